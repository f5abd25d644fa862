/** What quick add has read out of a line, as chips; each can be rejected, and its words go back into the title. */

import { accepted } from "../lib/quick-add.js";
import { dueWords } from "../words/dates.js";
import { say } from "../words/words.js";
import { h } from "./element.js";
import { icon } from "./icon.js";

/** @typedef {import("../lib/quick-add.js").Reading} Reading */

const PAUSE = 200;
const ICONS = Object.freeze(/** @type {const} */ ({
    due: "clock", recurrence: "again", priority: "flag", tag: "tag", reminder: "bell",
}));

export class QuickChips {
    /** @type {Reading|null} */
    reading = null;
    /** @type {Set<number>} spans that are not wanted, by where they begin */
    rejected = new Set();
    #asked = 0;
    /** @type {ReturnType<typeof setTimeout>|undefined} */
    #timer;

    /**
     * @param {{read: (text: string) => Promise<Reading|null>, now: () => Date, zone: () => string,
     *   dayEndsAt: () => string|undefined}} parts
     */
    constructor(parts) {
        this.parts = parts;
        const marks = { class: "quick-chips", "aria-live": "polite", "data-testid": "quick-chips", hidden: true };
        this.element = h("div", marks);
    }

    /**
     * Reads the line as soon as typing pauses.
     * @param {string} text
     */
    watch(text) {
        clearTimeout(this.#timer);
        if (!text.trim()) { this.clear(); return; }
        this.#timer = setTimeout(() => { this.look(text); }, PAUSE);
    }

    /**
     * @param {string} text
     * @returns {Promise<Reading|null>} null when it could not be read; the line is a plain title then
     */
    async look(text) {
        clearTimeout(this.#timer);
        if (this.reading?.line === text) return this.reading;
        this.#asked += 1;
        const asked = this.#asked;
        const reading = await this.parts.read(text);
        if (asked !== this.#asked) return reading;
        if (!reading || this.reading?.line.slice(0, 3) !== text.slice(0, 3)) this.rejected.clear();
        this.reading = reading;
        this.#show();
        return reading;
    }

    clear() {
        clearTimeout(this.#timer);
        this.#asked += 1;
        this.reading = null;
        this.rejected.clear();
        this.#show();
    }

    /** @returns {Record<string, any>|null} the task that the accepted chips make */
    task() {
        return this.reading && accepted(this.reading, this.rejected);
    }

    #show() {
        const { reading } = this;
        const chips = (reading?.spans ?? []).map((span) => {
            const off = this.rejected.has(span.start);
            const chip = h(
                "button", {
                    type: "button", class: "chip quick", "aria-pressed": off ? "false" : "true",
                    "data-testid": `quick-${span.kind}`, title: say(off ? "tasks.readAgain" : "tasks.leaveInTitle"),
                    on: { click: () => this.#toggle(span.start) },
                },
                icon(ICONS[span.kind]), this.#words(span),
            );
            return chip;
        });
        const warnings = (reading?.warnings ?? []).map((one) => h("p", { class: "quick-warning" }, one.detail));
        this.element.replaceChildren(...chips, ...warnings);
        this.element.hidden = chips.length + warnings.length === 0;
    }

    /** @param {{kind: string, text: string}} span */
    #words(span) {
        const { parsed, spans } = /** @type {Reading} */ (this.reading);
        // Without its day, when a rule begins is the server's to say.
        const isUndated = spans.some(({ kind, start }) => kind === "due" && this.rejected.has(start));
        const due = isUndated ? null : parsed.due;
        if ((span.kind !== "due" && span.kind !== "recurrence") || !due) return span.text;
        return `${span.text} → ${dueWords(due, this.parts.now(), this.parts.zone(), this.parts.dayEndsAt())}`;
    }

    /** @param {number} start */
    #toggle(start) {
        if (!this.rejected.delete(start)) this.rejected.add(start);
        this.#show();
    }
}
