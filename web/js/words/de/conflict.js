/** Two values of the same field. */
export const CONFLICT = {
    "conflict.keep-mine": "Meins behalten",
    "conflict.take-theirs": "Das andere übernehmen",
    "conflict.all-mine": "Alles von mir behalten",
    "conflict.all-theirs": "Alles andere übernehmen",
    "conflict.empty": "leer",
};
