/** The settings. */
export const ACCOUNT = {
    "account.settings": "Einstellungen",
    "account.parts": "Teile der Einstellungen",
    "account.profile": "Profil",
    "account.region": "Sprache und Region",
    "account.day": "Dein Tag",
    "account.notifications": "Benachrichtigungen",
    "account.channels": "Kanäle und Geräte",
    "account.access": "Programme und Schlüssel",
    "account.data": "Deine Daten",
    "account.leaving": "Abmelden und löschen",

    "account.name": "Name",
    "account.nameHint": "Wie Errand dich nennt. Er darf leer bleiben.",
    "account.nameTooLong": "Schreib höchstens 100 Zeichen.",
    "account.address": "E-Mail-Adresse",

    "account.regionAbout": "Wie Datum und Uhrzeit aussehen, und wann „heute“ ist.",
    "account.language": "Sprache",
    "account.deviceLanguage": "Gerät: {language}",
    "account.zone": "Zeitzone",
    "account.zones": "Zeitzonen",
    "account.zoneHint": "Schreib eine Stadt oder eine Gegend.",
    "account.zoneNow": "Dort ist es jetzt {clock}.",
    "account.zoneUnknown": "Diese Zone gibt es nicht. Schreib eine Stadt wie Berlin und wähl aus der Liste.",
    "account.zoneDiffers": "Dieses Gerät ist anderswo.",
    "account.zoneTake": "{zone} nehmen",
    "account.weekStart": "Wochen beginnen am",
    "account.sentences": "Sätze werden gelesen auf",
    "account.dateOrder": "3/4 heißt",
    "account.dateOrderIs": "{date}",

    "account.dayAbout": "Was „heute“, „überfällig“ und „am Abend“ für dich heißen.",
    "account.dayEnds": "Der Tag endet",
    "account.dayEndsHint": "Bis dahin ist „heute“ noch der Tag davor.",
    "account.midnight": "Um Mitternacht",
    "account.nextMorning": "Um {time} am nächsten Morgen",
    "account.sameDay": "Um {time}",
    "account.allDay": "An Aufgaben ohne Uhrzeit erinnern um",
    "account.allDayHint": "Erinnerungen wie „einen Tag vorher“ zählen von hier an.",
    "account.dayParts": "Tageszeiten",
    "account.dayPartsHint": "Was du mit Wörtern wie „morgen Abend“ meinst.",
    "account.morning": "Morgen",
    "account.noon": "Mittag",
    "account.afternoon": "Nachmittag",
    "account.evening": "Abend",
    "account.night": "Nacht",

    "account.accessAbout": "Programme, die du zugelassen hast, und Schlüssel, die du angelegt hast. Jedes kann Errand "
        + "für dich benutzen, bis du es widerrufst.",
    "account.accessNone": "Kein Programm ist zugelassen, und kein Schlüssel ist angelegt.",
    "account.token": "Schlüssel",
    "account.tokenOnce":
        "Das ist der Schlüssel „{name}“. Er wird nur jetzt gezeigt; bewahre ihn auf wie ein Passwort.",
    "account.makeToken": "Schlüssel anlegen",
    "account.tokenName": "Wofür ist er?",
    "account.tokenNameHint": "Etwa das Skript, das ihn benutzen wird.",
    "account.tokenNeedsName": "Schreibe, wofür er ist.",
    "account.tokenLasts": "Er gilt",
    "account.tokenDays": { one: "{count} Tag", other: "{count} Tage" },
    "account.tokenNoEnd": "Bis ich ihn widerrufe",
    "account.tokenMay": "Er darf",
    "account.tokenNeedsRight": "Wähl mindestens ein Recht.",

    "account.export": "Eine Kopie zum Mitnehmen",
    "account.exportAbout": "Das Konto und alle Aufgaben, auch die im Papierkorb, als JSON-Datei.",
    "account.exportTasks": "Alles herunterladen",
    "account.log": "Das Protokoll von allem",
    "account.logAbout": "Jede Änderung ist ein Eintrag, der mit dem vor ihm verkettet ist, damit niemand unbemerkt "
        + "einen ändern kann.",
    "account.verifyLog": "Protokoll prüfen",
    "account.verifying": "Jeder Eintrag wird neu berechnet …",
    "account.logGood": {
        one: "Nichts wurde verändert: Der eine Eintrag ist, wie er geschrieben wurde. Der neueste ist {hash}….",
        other: "Nichts wurde verändert: Alle {count} Einträge sind, wie sie geschrieben wurden. "
            + "Der neueste ist {hash}….",
    },
    "account.logBad": "Das Protokoll wurde verändert: Eintrag {number} ist nicht, wie er geschrieben wurde. "
        + "Sag es denen, die diesen Server betreiben.",
    "account.exportLog": "Protokoll herunterladen",

    "account.signOut": "Abmelden",
    "account.everywhereAbout": "Überall heißt auf jedem Gerät, auch auf diesem. Programme und Schlüssel bleiben; "
        + "sie werden einzeln widerrufen.",
    "account.deleteNow": "Konto endgültig löschen",
    "account.deleteAbout": "Aufgaben, Einstellungen, Gespräche, Kanäle und Schlüssel sind sofort und endgültig weg; "
        + "niemand kann sie zurückholen. Eine E-Mail sagt es dir. Lade deine Daten vorher herunter, wenn du etwas "
        + "behalten willst.",
};
