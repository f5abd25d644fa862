/**
 * The keys of the page: the one table that listens, the help and the palette are made from.
 * @typedef {{id: string, keys: string[], group: "anywhere"|"task"|"go", isCommand?: true}} Shortcut `keys`: each a way
 *   to say it, "g t" one key after the other; `isCommand`: the palette has it too. How they are named is in the tables
 *   of words, by id
 */

/** @type {readonly Shortcut[]} */
export const SHORTCUTS = Object.freeze([
    { id: "add", keys: ["q", "n"], group: "anywhere", isCommand: true },
    { id: "search", keys: ["/"], group: "anywhere", isCommand: true },
    { id: "palette", keys: ["Ctrl+k", "⌘+k"], group: "anywhere" },
    { id: "undo", keys: ["z"], group: "anywhere", isCommand: true },
    { id: "help", keys: ["?"], group: "anywhere", isCommand: true },
    { id: "clear", keys: ["Escape"], group: "anywhere" },
    { id: "next", keys: ["j", "ArrowDown"], group: "task" },
    { id: "previous", keys: ["k", "ArrowUp"], group: "task" },
    { id: "select", keys: ["x"], group: "task" },
    { id: "edit", keys: ["e"], group: "task" },
    { id: "done", keys: ["c"], group: "task" },
    { id: "due", keys: ["d"], group: "task" },
    { id: "urgent", keys: ["1"], group: "task" },
    { id: "high", keys: ["2"], group: "task" },
    { id: "medium", keys: ["3"], group: "task" },
    { id: "low", keys: ["4"], group: "task" },
    { id: "tags", keys: ["l"], group: "task" },
    { id: "reminder", keys: ["r"], group: "task" },
    { id: "skip", keys: ["s"], group: "task" },
    { id: "go-today", keys: ["g t"], group: "go", isCommand: true },
    { id: "go-upcoming", keys: ["g u"], group: "go", isCommand: true },
    { id: "go-open", keys: ["g o"], group: "go", isCommand: true },
    { id: "go-all", keys: ["g a"], group: "go", isCommand: true },
    { id: "go-done", keys: ["g d"], group: "go", isCommand: true },
    { id: "go-trash", keys: ["g x"], group: "go", isCommand: true },
    { id: "go-inbox", keys: ["g i"], group: "go", isCommand: true },
]);

/** How long the second key of two may take, in milliseconds. */
const PATIENCE = 1_500;

/** Tells which shortcut keys add up to. */
export class KeyReader {
    #first = "";
    #at = 0;

    /** @param {readonly Shortcut[]} [shortcuts] */
    constructor(shortcuts = SHORTCUTS) { this.shortcuts = shortcuts; }

    /**
     * @param {string} key as browsers name it
     * @param {number} at milliseconds
     * @returns {{id: string|null, isHeard: boolean}} `isHeard`: the key is one of ours, if only the first of two
     */
    read(key, at) {
        const pair = this.#first && at - this.#at < PATIENCE ? `${this.#first} ${key}` : key;
        this.#first = "";
        const found = this.#find(pair) ?? (pair === key ? undefined : this.#find(key));
        if (found) return { id: found.id, isHeard: true };
        const begins = this.shortcuts.some(({ keys }) => keys.some((one) => one.startsWith(`${key} `)));
        if (begins) {
            this.#first = key;
            this.#at = at;
        }
        return { id: null, isHeard: begins };
    }

    /** @param {string} keys */
    #find(keys) { return this.shortcuts.find((one) => one.keys.includes(keys)); }
}

/**
 * The commands that fit what was typed into the palette: those first that begin with it.
 * @param {string} text
 * @param {(command: Shortcut) => string} name how the palette names a command
 * @param {readonly Shortcut[]} [shortcuts]
 * @returns {Shortcut[]}
 */
export function commandsFor(text, name, shortcuts = SHORTCUTS) {
    const words = text.trim().toLowerCase().split(/\s+/u).filter(Boolean);
    const parts = (/** @type {Shortcut} */ one) => name(one).toLowerCase().split(/\s+/u);
    return shortcuts.filter((one) => one.isCommand
        && words.every((word) => parts(one).some((part) => part.startsWith(word))));
}
