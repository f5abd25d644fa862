/**
 * The keys of the page: the one table that listens, the help and the palette are made from.
 * @typedef {{id: string, keys: string[], words: string, group: "Anywhere"|"The task at hand"|"Go to",
 *   command?: string}} Shortcut `keys`: each a way to say it, "g t" one key after the other; `command`: how the palette
 *   names it, where it makes sense there
 */

/** @type {readonly Shortcut[]} */
export const SHORTCUTS = Object.freeze([
    { id: "add", keys: ["q", "n"], words: "Add a task", group: "Anywhere", command: "Add a task" },
    { id: "search", keys: ["/"], words: "Search", group: "Anywhere", command: "Search tasks" },
    { id: "filter", keys: ["f"], words: "Save the list as a filter", group: "Anywhere",
        command: "Save this list as a filter" },
    { id: "palette", keys: ["Ctrl+k", "⌘+k"], words: "Find a command or a task", group: "Anywhere" },
    { id: "undo", keys: ["z"], words: "Undo", group: "Anywhere", command: "Undo the last change" },
    { id: "help", keys: ["?"], words: "Show these keys", group: "Anywhere", command: "Show the keys" },
    { id: "clear", keys: ["Escape"], words: "Let go of what is selected", group: "Anywhere" },
    { id: "next", keys: ["j", "ArrowDown"], words: "Next task", group: "The task at hand" },
    { id: "previous", keys: ["k", "ArrowUp"], words: "Task before", group: "The task at hand" },
    { id: "select", keys: ["x"], words: "Select", group: "The task at hand" },
    { id: "edit", keys: ["e"], words: "Open", group: "The task at hand" },
    { id: "done", keys: ["c"], words: "Done, or open again", group: "The task at hand" },
    { id: "due", keys: ["d"], words: "Due date", group: "The task at hand" },
    { id: "urgent", keys: ["1"], words: "Priority urgent", group: "The task at hand" },
    { id: "high", keys: ["2"], words: "Priority high", group: "The task at hand" },
    { id: "medium", keys: ["3"], words: "Priority medium", group: "The task at hand" },
    { id: "low", keys: ["4"], words: "Priority low", group: "The task at hand" },
    { id: "tags", keys: ["l"], words: "Tags", group: "The task at hand" },
    { id: "reminder", keys: ["r"], words: "Reminders", group: "The task at hand" },
    { id: "skip", keys: ["s"], words: "Skip this time", group: "The task at hand" },
    { id: "up", keys: ["Alt+ArrowUp"], words: "Move up, in my order", group: "The task at hand" },
    { id: "down", keys: ["Alt+ArrowDown"], words: "Move down, in my order", group: "The task at hand" },
    { id: "go-today", keys: ["g t"], words: "Today", group: "Go to", command: "Go to Today" },
    { id: "go-upcoming", keys: ["g u"], words: "Upcoming", group: "Go to", command: "Go to Upcoming" },
    { id: "go-open", keys: ["g o"], words: "Open", group: "Go to", command: "Go to Open" },
    { id: "go-all", keys: ["g a"], words: "All", group: "Go to", command: "Go to All" },
    { id: "go-done", keys: ["g d"], words: "Completed", group: "Go to", command: "Go to Completed" },
    { id: "go-trash", keys: ["g x"], words: "Trash", group: "Go to", command: "Go to Trash" },
    { id: "go-inbox", keys: ["g i"], words: "Notifications", group: "Go to", command: "Open the notifications" },
    { id: "settings", keys: ["g ,"], words: "Settings", group: "Go to", command: "Open the settings" },
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
 * @param {readonly Shortcut[]} [shortcuts]
 * @returns {Shortcut[]}
 */
export function commandsFor(text, shortcuts = SHORTCUTS) {
    const words = text.trim().toLowerCase().split(/\s+/u).filter(Boolean);
    const parts = (/** @type {Shortcut} */ one) => (one.command ?? "").toLowerCase().split(/\s+/u);
    return shortcuts.filter((one) => one.command
        && words.every((word) => parts(one).some((part) => part.startsWith(word))));
}
