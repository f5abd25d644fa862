/** The account: its address, password and sessions. */
export const CREDENTIALS = {
    "credentials.currentPassword": "Jetziges Passwort",
    "credentials.verify": "Bestätigung noch einmal senden",
    "credentials.signOutEverywhere": "Überall abmelden",
    "credentials.changePassword": "Passwort ändern",
    "credentials.changePassword.intro": "Alle anderen Sitzungen enden; hier bleibst du angemeldet.",
    "credentials.newPassword": "Neues Passwort",
    "credentials.newPassword.hint": "Mindestens 8 Zeichen; ein paar Wörter merken sich leicht.",
    "credentials.passwordChanged": "Das Passwort ist geändert. Alle anderen Sitzungen sind beendet.",
    "credentials.changeAddress": "Adresse ändern",
    "credentials.changeAddress.submit": "Link senden",
    "credentials.changeAddress.intro":
        "Ein Link geht an die neue Adresse. Die jetzige bleibt bis zum Öffnen des Links.",
    "credentials.newAddress": "Neue E-Mail-Adresse",
    "credentials.linkSent": "Ein Link ist unterwegs an {email}, falls dieser Server E-Mails verschickt.",
    "credentials.delete": "Konto löschen",
    "credentials.confirmed": "Bestätigt.",
    "credentials.unconfirmed": "Noch nicht bestätigt: andere E-Mails gehen erst danach dorthin.",
    "credentials.mailSent": "Eine E-Mail ist unterwegs, falls dieser Server E-Mails verschickt.",
};
