/** Speaking in place of typing. */
export const VOICE = {
    "voice.speak": "Sprechen statt tippen",
    "voice.listening":
        "Es wird zugehört. Vielleicht hört der Hersteller des Browsers mit; Errand bekommt erst, was du sendest.",
    "voice.refused": "Der Browser gibt dieser Seite das Mikrofon nicht. Seine Einstellungen können das ändern.",
    "voice.no-microphone": "Es wurde kein Mikrofon gefunden.",
    "voice.unreachable": "Was Sprache versteht, war nicht zu erreichen. Bitte die Verbindung prüfen.",
    "voice.language": "Dieser Browser versteht in dieser Sprache nichts Gesprochenes.",
    "voice.nothing": "Es war nichts zu hören. Bitte noch einmal, näher am Mikrofon.",
    "voice.failed": "Das hat nicht geklappt. Bitte noch einmal, oder tippen.",
};
