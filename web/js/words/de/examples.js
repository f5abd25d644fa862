/** Tasks to look around with. */
export const EXAMPLES = {
    "examples.tick": "Hak mich ab: drück c oder den Kreis",
    "examples.move": "Verschieb mich: drück d oder zieh mich auf einen Tag in „Demnächst“",
    "examples.write": "Drück q und schreib: Miete zahlen jeden Monat am 1. #zuhause",
    "examples.about": "Drei dieser Aufgaben sind Beispiele zum Ausprobieren.",
    "examples.remove": "Beispiele entfernen",
    "examples.keep": "Behalten",
    "examples.added": "Drei Beispiele hinzugefügt.",
    "examples.removed": "Beispiele entfernt.",
};
