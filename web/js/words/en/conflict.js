/** Two values of the same field. */
export const CONFLICT = {
    "conflict.keep-mine": "Keep mine",
    "conflict.take-theirs": "Take theirs",
    "conflict.all-mine": "Keep all of mine",
    "conflict.all-theirs": "Take all of theirs",
    "conflict.empty": "empty",
};
