/** A setting that is saved as soon as it is chosen, says so beside its label, and shows what was refused below it. */

import { h, setText } from "../element.js";
import { field } from "../field.js";

const SAVE_AFTER = 700;

/**
 * @typedef {import("../../store/core.js").State} State
 * @typedef {{name: string, label: string, hint?: string, control: import("../field.js").Control, store: any,
 *   read?: () => any, write?: (value: any) => void, error?: () => string,
 *   save?: (value: any) => Promise<void>|void, pick?: (value: any) => any, isReady?: () => boolean,
 *   isQuiet?: boolean}} SavedParts
 *   `read`: what is chosen; `error`: why it cannot be sent, "" where it can; `save`: other than by its name; `pick`:
 *   this control's share of the setting; `isReady`: whether typing has ended; `isQuiet`: others say how it went
 */

export class SavedField {
    #timer = 0;
    /** What the control was last filled with, or sent. @type {string|undefined} */
    #written;

    /** @param {SavedParts} parts */
    constructor(parts) {
        const { name, label, hint, control, store, read, write, error = () => "", save } = parts;
        this.name = name;
        this.control = control;
        this.read = read ?? (() => control.value);
        this.write = write ?? ((value) => { control.value = value ?? ""; });
        this.error = error;
        this.pick = parts.pick ?? ((value) => value);
        this.isReady = parts.isReady ?? (() => true);
        this.isQuiet = parts.isQuiet === true;
        this.save = save ?? ((value) => store.settings.change(name, value));
        if (!control.dataset.testid) control.dataset.testid = `set-${name}`;
        this.field = field({ label, hint, control });
        this.note = h("p", { class: "settings-note", role: "status", "data-testid": `${control.dataset.testid}-note` });
        this.element = h("div", { class: "saved-field" }, this.field.element, this.note);
        const isTyped = !(control instanceof HTMLSelectElement);
        if (isTyped) control.addEventListener("input", () => this.#wait());
        control.addEventListener("change", () => { if (!isTyped) this.flush(true); });
        control.addEventListener("blur", () => this.flush());
    }

    #wait() {
        clearTimeout(this.#timer);
        setText(this.note, "");
        this.#timer = window.setTimeout(() => { if (this.isReady()) this.flush(); else this.#wait(); }, SAVE_AFTER);
    }

    /**
     * Saves what is chosen and not on its way yet.
     * @param {boolean} [chosen] just now, all at once
     */
    flush(chosen = false) {
        const waits = this.#timer !== 0 || chosen;
        clearTimeout(this.#timer);
        this.#timer = 0;
        if (!waits) return;
        const problem = this.error();
        this.field.setError(problem);
        if (problem) return;
        const value = this.read();
        if (JSON.stringify(value) === this.#written) return;
        this.#written = JSON.stringify(value);
        this.save(value);
    }

    /** Saves what is still being typed; the next time, the control shows what is saved. */
    leave() {
        this.flush();
        this.#written = undefined;
        this.field.setError("");
    }

    /** @param {State} state */
    update({ user, settings }) {
        const all = this.name in settings.pending ? settings.pending : /** @type {any} */ (user);
        const shown = this.pick(all?.[this.name]);
        const note = this.isQuiet ? undefined : settings.notes[this.name];
        setText(this.note, note && !note.isError ? note.text : "");
        if (note?.isError) this.field.setError(note.text);
        const now = JSON.stringify(shown ?? null);
        // What was refused, and what is being typed, stays.
        if (now === this.#written || note?.isError || this.#timer !== 0) return;
        this.#written = now;
        this.write(shown);
        this.field.setError("");
    }
}
