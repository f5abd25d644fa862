/** What many areas say. */
export const COMMON = {
    "common.save": "Speichern",
    "common.cancel": "Abbrechen",
    "common.close": "Schließen",
    "common.delete": "Löschen",
    "common.undo": "Rückgängig",
    "common.add": "Hinzufügen",
    "common.remove": "Entfernen",
    "common.tasks": { one: "{count} Aufgabe", other: "{count} Aufgaben" },
};
