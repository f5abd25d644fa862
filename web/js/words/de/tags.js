/** Tags: the field, its suggestions. */
export const TAGS = {
    "tags.label": "Schlagwörter",
    "tags.chosen": "Gewählte Schlagwörter",
    "tags.placeholder": "Haushalt, Besorgungen",
    "tags.remove": "Schlagwort {name} entfernen",
    "tags.create": "„{name}“ anlegen",
    "tags.uses": { one: "{count} Aufgabe", other: "{count} Aufgaben" },
    "tags.suggestions": { one: "{count} Vorschlag", other: "{count} Vorschläge" },
    "tags.too-many": "Eine Aufgabe hat höchstens 50 Schlagwörter.",
    "tags.too-long": "Ein Schlagwort hat höchstens 60 Zeichen.",
};
