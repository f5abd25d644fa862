/**
 * Where a change that waited is at odds with one made elsewhere: both are shown field by field, and a person chooses.
 * Nothing happens to either until then.
 */

import { shorten } from "../lib/text.js";
import { say } from "../words/words.js";
import { conflictView } from "./conflict.js";
import { h, setText } from "./element.js";
import { PRIORITIES } from "./task-fields.js";
import { dueText, remindersText, ruleText } from "./value-words.js";

/**
 * @typedef {import("../store/core.js").Task} Task
 * @typedef {import("../store/core.js").State} State
 */

/**
 * The value of a field in words.
 * @param {string} name
 * @param {any} value
 * @param {Pick<State, "zone">} setting
 * @returns {string} "" where it is empty
 */
function valueWords(name, value, { zone }) {
    if (value === null || value === undefined || value === "") return "";
    if (name === "due") return dueText(value, zone);
    if (name === "priority") return PRIORITIES[/** @type {keyof typeof PRIORITIES} */ (value)] ?? String(value);
    if (name === "tags") return value.map((/** @type {string} */ tag) => `#${tag}`).join(" ");
    if (name === "recurrence") return typeof value === "string" ? value : value.text || ruleText(value);
    if (name === "reminders") return remindersText(value, zone);
    return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/**
 * @param {string} name
 * @param {{mine: Task, theirs: Task, patch: Record<string, any>}} sides
 * @param {Pick<State, "zone">} setting
 * @returns {import("./conflict.js").ConflictField}
 */
export function fieldOf(name, { mine, theirs, patch }, setting) {
    const label = say(`offline.field-${name}`);
    if (name === "skip") return { name, label, mine: say("offline.skip"), theirs: say("offline.no-skip") };
    if (name === "deleted") {
        const isTheirs = theirs.deleted_at !== null;
        return {
            name, label, mine: say(isTheirs ? "offline.stays" : "offline.is-deleted"),
            theirs: say(isTheirs ? "offline.is-deleted" : "offline.stays"),
        };
    }
    const key = /** @type {keyof Task} */ (name);
    return {
        name, label, mine: valueWords(name, name in patch ? patch[name] : mine[key], setting),
        theirs: valueWords(name, theirs[key], setting),
    };
}

export class ConflictDialog {
    #id = "";
    /** @type {import("./conflict.js").ConflictView|null} */
    #view = null;

    /**
     * @param {import("../store.js").Store} store
     * @param {{focusElsewhere: (id: string) => void}} outside
     */
    constructor(store, { focusElsewhere }) {
        this.store = store;
        this.focusElsewhere = focusElsewhere;
        const button = (/** @type {string} */ words, /** @type {object} */ rest) =>
            h("button", { type: "button", class: "button", ...rest }, words);
        this.heading = h("h2", { id: "conflict-heading", dir: "auto" });
        this.hint = h("p", { class: "field-hint" }, say("offline.both"));
        this.place = h("div", {});
        const marks = { class: "field-error", role: "alert", hidden: true, "data-testid": "conflict-message" };
        this.message = h("p", marks);
        this.element = h(
            "dialog", {
                class: "conflict-dialog", "aria-labelledby": "conflict-heading",
                "data-testid": "conflict-dialog",
                on: { close: () => this.#closed() },
            },
            this.heading, this.hint, this.place, this.message,
            h(
                "div", { class: "dialog-actions" },
                button(say("offline.drop"), { "data-testid": "conflict-drop", on: { click: () => this.#drop() } }),
                button(say("offline.later"), {
                    "data-testid": "conflict-later", on: { click: () => this.element.close() },
                }),
                button(say("offline.choose"), {
                    class: "button primary", "data-testid": "conflict-save", on: { click: () => this.#choose() },
                }),
            ),
        );
    }

    /** @param {string} id of a task that is at odds */
    open(id) {
        const fields = this.#fields(id);
        if (!fields) return;
        this.#id = id;
        setText(this.heading, say("offline.conflict-of", { title: shorten(this.#change?.task?.title ?? "") }));
        this.message.hidden = true;
        this.#view = conflictView({ fields, onChoose: () => { this.message.hidden = true; } });
        this.place.replaceChildren(this.#view.element);
        this.element.showModal();
        this.#view.focus();
    }

    get #change() { return this.store.state.changes[this.#id]; }

    /** @param {string} id @returns {import("./conflict.js").ConflictField[]|null} null where nothing is at odds */
    #fields(id) {
        const { state } = this.store;
        const change = state.changes[id];
        if (change?.status !== "conflict" || !change.task || !change.theirs) return null;
        const { patch = {}, task: mine, theirs } = change;
        return this.store.outbox.clashes(id).map((name) => fieldOf(name, { mine, theirs, patch }, state));
    }

    #choose() {
        const view = this.#view;
        if (!view) return;
        if (view.undecided().length) {
            setText(this.message, say("offline.undecided"));
            this.message.hidden = false;
            view.focus();
            return;
        }
        this.store.writing.resolve(this.#id, view.choices());
        this.element.close();
    }

    #drop() {
        this.store.writing.drop(this.#id);
        this.element.close();
    }

    #closed() {
        const id = this.#id;
        this.#id = "";
        this.#view = null;
        this.place.replaceChildren();
        this.focusElsewhere(id);
    }

    /** Another tab may have settled it, or it was changed there once more. */
    update() {
        if (!this.#id || !this.element.open) return;
        const fields = this.#fields(this.#id);
        if (fields) this.#view?.show(fields);
        else this.element.close();
    }

    suspend() { if (this.element.open) this.element.close(); }
}
