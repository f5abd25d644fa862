/** Signing in and up, and a server out of reach. */
export const AUTH = {
    "auth.title": "Anmelden",
    "auth.sign-in.heading": "Anmelden",
    "auth.sign-in.submit": "Anmelden",
    "auth.sign-in.question": "Neu hier?",
    "auth.sign-in.other": "Konto anlegen",
    "auth.sign-up.heading": "Konto anlegen",
    "auth.sign-up.submit": "Konto anlegen",
    "auth.sign-up.question": "Hast du schon ein Konto?",
    "auth.sign-up.other": "Anmelden",
    "auth.sign-up.hint":
        "Mindestens 8 Zeichen; 15 oder mehr sind sicherer. Ein paar Wörter ohne Zusammenhang eignen sich gut.",
    "auth.email": "E-Mail-Adresse",
    "auth.password": "Passwort",
    "auth.show": "Zeigen",
    "auth.hide": "Verbergen",
    "auth.showPassword": "Passwort zeigen",
    "auth.hidePassword": "Passwort verbergen",
    "auth.forgotten": "Passwort vergessen?",
    "auth.expired":
        "Deine Sitzung ist zu Ende. Melde dich an, um weiterzumachen; was du geschrieben hast, ist noch da.",
    "auth.needsEmail": "Gib eine E-Mail-Adresse an, etwa du@example.com.",
    "auth.needsPassword": "Gib dein Passwort ein.",
    "auth.shortPassword": "Ein Passwort hat mindestens 8 Zeichen.",
    "auth.wrong": "Adresse oder Passwort stimmt nicht.",
    "auth.unreachable": "Errand ist nicht erreichbar",
    "auth.again": "Noch einmal versuchen",
};
