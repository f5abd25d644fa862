/** This device and the others. */
export const DEVICES = {
    "devices.title": "Auf diesem Gerät",
    "devices.on": "An. Erinnerungen erscheinen auf diesem Gerät.",
    "devices.off":
        "Erinnerungen können auf diesem Gerät erscheinen, auch wenn diese Seite geschlossen ist, mit Knöpfen "
        + "zum Erledigen oder Aufschieben. Dein Browser fragt, ob er darf.",
    "devices.unsupported":
        "Dieser Browser kann keine Benachrichtigungen zeigen, solange die Seite geschlossen ist. Auf iPhone "
        + "oder iPad füg die Seite zuerst zum Home-Bildschirm hinzu.",
    "devices.denied":
        "Dein Browser lässt diese Seite keine Benachrichtigungen zeigen. Erlaube sie in seinen Einstellungen "
        + "für diese Seite.",
    "devices.not-set-up": "Der Server ist dafür nicht eingerichtet.",
    "devices.switchOff": "Ausschalten",
    "devices.switchOn": "Einschalten",
    "devices.works": "Funktioniert.",
    "devices.isOn": "An.",
    "devices.trouble": "Hat Probleme.",
    "devices.gone": "Beendet. Schalte es dort wieder ein.",
    "devices.isOff": "Aus.",
    "devices.waits": "Wartet auf Bestätigung.",
    "devices.browser": "Browser",
    "devices.name": "{browser} auf {system}",
    "devices.stale": "Nicht auf dem neuesten Stand.",
    "devices.notOn": "Nicht eingeschaltet.",
    "devices.notOff": "Nicht ausgeschaltet.",
    "devices.notSent": "Nicht gesendet.",
    "devices.notRemoved": "Nicht entfernt.",
    "devices.testSent": "Ein Test ist unterwegs.",
};
