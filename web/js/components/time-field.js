/** A time of the day, or none, written as the reader's region writes it. */

import { halfHours, readTime, timeWords } from "../lib/clock.js";
import { locale, say } from "../words/words.js";
import { freshID, h } from "./element.js";
import { field } from "./field.js";

export class TimeField {
    #value = "";

    /** @param {{label: string, testID: string, change: () => void}} parts */
    constructor({ label, testID, change }) {
        this.options = h("datalist", { id: freshID("times") });
        this.control = h("input", {
            type: "text", autocomplete: "off", list: this.options.id, maxlength: "12", "data-testid": testID,
            placeholder: say("pickers.noTime"),
        });
        this.field = field({ label, control: this.control, class: "time-field" });
        this.element = this.field.element;
        this.element.append(this.options);
        this.control.addEventListener("focus", () => this.#fill());
        this.control.addEventListener("input", () => {
            const read = readTime(this.control.value) ?? "";
            if (read === this.#value) return;
            this.#value = read;
            change();
        });
        this.control.addEventListener("change", () => {
            this.#value = readTime(this.control.value) ?? "";
            this.field.setError(this.flaw);
            if (!this.flaw) this.control.value = this.#value && timeWords(this.#value, locale());
            change();
        });
    }

    #fill() {
        if (this.options.childElementCount) return;
        this.options.append(...halfHours().map((time) => h("option", { value: timeWords(time, locale()) })));
    }

    /** @returns {string} "HH:MM", "" for none */
    get value() { return this.#value; }

    set value(time) {
        this.#value = time.slice(0, 5);
        this.control.value = time && timeWords(time, locale());
        this.field.setError("");
    }

    /** @returns {string} what is wrong with what was typed, or "" */
    get flaw() {
        const typed = this.control.value.trim();
        return typed && readTime(typed) === null ? say("pickers.notATime", { time: timeWords("15:30", locale()) }) : "";
    }
}
