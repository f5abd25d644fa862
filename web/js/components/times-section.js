/** Settings: one or two times of the day that can be off, such as quiet hours. Saved a moment after the last key. */

import { say } from "../words/words.js";
import { h } from "./element.js";
import { field } from "./field.js";
import { SectionHead } from "./section-head.js";

const SAVE_AFTER = 700;

/**
 * @typedef {Record<string, string>} Times
 * @typedef {{name: import("../store/settings.js").Section, heading: string, toggle: string, hint: string,
 *   fields: {name: string, label: string, usual: string}[], save: (times: Times|null) => void}} TimesParts
 */

export class TimesSection {
    #timer = 0;
    /** What the controls were last filled with. @type {string|null} */
    #written = null;

    /** @param {TimesParts} parts */
    constructor({ name, heading, toggle, hint, fields, save }) {
        this.save = save;
        this.head = new SectionHead(heading, name);
        this.toggle = h("input", {
            type: "checkbox", "data-testid": `${name}-toggle`, on: { change: () => this.#switch() },
        });
        this.usual = Object.fromEntries(fields.map((one) => [one.name, one.usual]));
        this.fields = Object.fromEntries(fields.map((one) => {
            const control = h("input", {
                type: "time", required: true, value: one.usual, "data-testid": `${name}-${one.name}`,
                on: { input: () => this.#wait(), blur: () => this.#flush() },
            });
            return [one.name, field({ label: one.label, control })];
        }));
        this.times = h("div", { class: "settings-times" }, ...Object.values(this.fields).map(({ element }) => element));
        this.hint = h("p", { class: "settings-words" }, hint);
        this.element = h(
            "section", { class: "settings-section", "aria-labelledby": this.head.id },
            this.head.element, this.hint,
            h("label", { class: "settings-switch" }, this.toggle, toggle), this.times,
        );
    }

    /** @returns {Times|null} null while one of them is not written to its end */
    #read() {
        const entries = Object.entries(this.fields).map(([name, { control }]) => [name, control.value.slice(0, 5)]);
        return entries.every(([, value]) => value) ? Object.fromEntries(entries) : null;
    }

    #switch() {
        clearTimeout(this.#timer);
        this.#timer = 0;
        if (this.toggle.checked && !this.#read()) this.#fill(this.usual);
        this.#send();
    }

    #send() {
        const times = this.toggle.checked ? this.#read() : null;
        this.#written = JSON.stringify(times);
        this.save(times);
    }

    #wait() {
        clearTimeout(this.#timer);
        this.#timer = window.setTimeout(() => this.#flush(), SAVE_AFTER);
    }

    /** Saves what was typed and is not on its way yet. */
    #flush() {
        clearTimeout(this.#timer);
        const waits = this.#timer !== 0;
        this.#timer = 0;
        const times = this.#read();
        for (const one of Object.values(this.fields)) one.setError(one.control.value ? "" : say("notify.needsTime"));
        if (waits && times && this.toggle.checked && JSON.stringify(times) !== this.#written) this.#send();
    }

    /** @param {Times} times */
    #fill(times) {
        for (const [name, one] of Object.entries(this.fields)) {
            one.control.value = times[name];
            one.setError("");
        }
    }

    /** Saves what is still being typed; the next time, the controls show what is saved. */
    leave() {
        this.#flush();
        this.#written = null;
    }

    /**
     * @param {Times|null} times what is chosen
     * @param {{text: string, isError: boolean}} [note]
     */
    update(times, note) {
        this.head.update(note);
        const now = JSON.stringify(times);
        // What was refused stays to be put right.
        if (now !== this.#written && !note?.isError) {
            this.#written = now;
            this.toggle.checked = times !== null;
            if (times && this.#timer === 0) this.#fill(times);
        }
        this.times.hidden = !this.toggle.checked;
    }
}
