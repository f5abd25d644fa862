/** A line of words that the server reads while it is typed, and what it made of them. */

import { say } from "../words/words.js";
import { h, setText } from "./element.js";
import { field } from "./field.js";

/** @typedef {import("../store/timing.js").Reading} Reading */

const PAUSE = 200;

export class WordsField {
    #asked = 0;
    /** What was read last, and whether it was understood. */
    #read = { text: "", isGood: true };
    /** @type {ReturnType<typeof setTimeout>|undefined} */
    #timer;

    /**
     * @param {{label: string, placeholder: string, testID: string, read: (text: string) => Promise<Reading|null>,
     *   take: (reading: Reading, text: string) => string|null}} parts `take`: uses what was read and says what it is;
     *   null where it is nothing of use here
     */
    constructor(parts) {
        this.parts = parts;
        this.control = h("input", {
            type: "text", dir: "auto", autocomplete: "off", placeholder: parts.placeholder, maxlength: "200",
            enterkeyhint: "done", "data-testid": parts.testID,
        });
        this.field = field({ label: parts.label, control: this.control });
        this.said = h("p", {
            class: "words-read", role: "status", dir: "auto", "data-testid": `${parts.testID}-read`,
        });
        this.element = h("div", { class: "words-field" }, this.field.element, this.said);
        this.control.addEventListener("input", () => this.#watch());
    }

    clear() {
        clearTimeout(this.#timer);
        this.#asked += 1;
        this.control.value = "";
        this.#read = { text: "", isGood: true };
        this.#say("", false);
    }

    /** Whether something stands in it. */
    get isUsed() { return this.control.value.trim() !== ""; }

    /**
     * Waits until what stands in it is read.
     * @returns {Promise<boolean>} whether it was understood; nothing is
     */
    async settle() {
        clearTimeout(this.#timer);
        const text = this.control.value.trim();
        if (text !== this.#read.text) await this.#look(text);
        return this.#read.text === this.control.value.trim() && this.#read.isGood;
    }

    #watch() {
        clearTimeout(this.#timer);
        const text = this.control.value.trim();
        if (!text) { this.clear(); return; }
        this.#timer = setTimeout(() => { this.#look(text); }, PAUSE);
    }

    /** @param {string} text */
    async #look(text) {
        this.#asked += 1;
        const asked = this.#asked;
        const reading = await this.parts.read(text);
        if (asked !== this.#asked) return;
        const words = reading && this.parts.take(reading, text);
        this.#read = { text, isGood: Boolean(words) };
        if (words) this.#say([words, ...(reading?.warnings ?? [])].join(" "), false);
        else if (!reading) this.#say(say("pickers.unread"), true);
        else this.#say(say("pickers.notUnderstood", { words: reading.rest || text }), true);
    }

    /** @param {string} words @param {boolean} isFlaw */
    #say(words, isFlaw) {
        setText(this.said, words);
        this.said.classList.toggle("flaw", isFlaw);
        this.said.hidden = !words;
    }
}
