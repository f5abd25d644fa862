/** What the page says by itself: messages and the connection. */
export const PAGE = {
    "page.title": "{name} · Errand",
    "page.show": "Zeigen",
    "page.dismiss": "Meldung schließen",
    "page.offline": "Offline: Änderungen aus anderen Fenstern erscheinen, sobald die Verbindung wieder da ist.",
    "page.crowded": "Zu viele Fenster sind offen: Änderungen aus anderen Fenstern erscheinen hier später.",
    "page.not-loaded": "Dieser Teil der Seite ließ sich nicht laden. Bitte mit Verbindung noch einmal versuchen.",
    "page.loading": "Lädt …",
};
