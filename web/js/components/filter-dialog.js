/** Makes a filter, or changes one: its name, which tasks it shows, and how many those are now. */

import { Problem } from "../api.js";
import { asksForDone, completionsAt, listOf, mistakeIn } from "../lib/filter-words.js";
import { codePoints, fieldMessages } from "../lib/text.js";
import { language, say } from "../words/words.js";
import { attribute, h, setText } from "./element.js";
import { field, showErrors } from "./field.js";
import { icon } from "./icon.js";
import { Suggestions } from "./suggestions.js";

/** @typedef {import("../store/filters.js").Filter} Filter */

const PAUSE = 300;
const LONGEST_NAME = 60;
/** How long an expression may be, in UTF-16 code units; the server says the rest. */
const LONGEST = 1_000;

/**
 * @param {string} told what the server expected, in English
 * @returns {string}
 */
function expectedWords(told) {
    if (language() === "en") return told;
    return say(/closing bracket/iu.test(told) ? "saved.needsBracket" : "saved.needsCondition");
}

export class FilterDialog {
    /** The filter that is changed; null for a new one. @type {Filter|null} */
    #filter = null;
    #timer = 0;
    /** @type {AbortController|null} */
    #asking = null;
    #before = "";

    /**
     * @param {import("../store.js").Store} store
     * @param {(expression: string, before: string) => void} done called when one was saved; `before`: what it was, ""
     *   for a new one; an empty `expression`: it was deleted
     */
    constructor(store, done) {
        this.store = store;
        this.done = done;
        this.heading = h("h2", { id: "filter-heading" });
        const name = h("input", { type: "text", dir: "auto", autocomplete: "off", "data-testid": "filter-name" });
        this.name = field({ label: say("saved.name"), control: name });
        this.control = h("input", {
            type: "text", dir: "ltr", maxlength: LONGEST, class: "expression", "data-testid": "filter-expression",
        });
        this.expression = field({
            label: say("saved.expression"), control: this.control,
            hint: say("saved.expressionHint", { example: "(#work | #home) & p1 & due before: friday" }),
        });
        this.suggestions = new Suggestions(this.control, {
            label: say("saved.suggestions"), suggest: () => this.#suggest(), take: ({ value }) => this.#take(value),
        });
        this.mistake = h("p", {
            class: "mistake", "aria-hidden": "true", hidden: true, "data-testid": "filter-mistake",
        });
        this.count = h("p", { class: "filter-count", role: "status", "data-testid": "filter-count" });
        this.message = h("p", { class: "banner", role: "alert", hidden: true, "data-testid": "filter-message" });
        this.element = this.#dialog();
        this.control.addEventListener("input", () => this.#wait());
        this.control.addEventListener("focus", () => { if (!this.control.value) this.suggestions.show(); });
        this.element.addEventListener("close", () => this.#onClose());
    }

    #dialog() {
        const act = (/** @type {string} */ label, /** @type {string} */ testID, /** @type {() => void} */ click) =>
            h("button", { type: "button", class: "button", "data-testid": testID, on: { click } }, label);
        this.remove = act(say("common.delete"), "filter-delete", () => this.#remove());
        this.submit = h("button", { type: "submit", class: "button primary", "data-testid": "filter-save" },
            say("common.save"));
        const form = h(
            "form", { novalidate: true, "data-testid": "filter-form" }, this.heading, this.message, this.name.element,
            h("div", { class: "suggesting" }, this.expression.element, this.suggestions.list),
            this.mistake, this.count, this.#place(),
            h("div", { class: "dialog-actions" }, this.remove,
                act(say("common.cancel"), "filter-cancel", () => this.element.close()), this.submit),
        );
        form.addEventListener("submit", (event) => { event.preventDefault(); this.#submit(); });
        return h(
            "dialog", { class: "filter-dialog", "aria-labelledby": "filter-heading", "data-testid": "filter-dialog" },
            form,
        );
    }

    /** Where the filter stands among the others, and what moves it. */
    #place() {
        const act = (/** @type {-1|1} */ step) => h("button", {
            type: "button", class: "button", "data-testid": step < 0 ? "filter-up" : "filter-down",
            on: { click: () => this.#move(step) },
        }, icon(step < 0 ? "high" : "low"), say(step < 0 ? "saved.up" : "saved.down"));
        this.moves = [act(-1), act(1)];
        this.standing = h("p", { role: "status", "data-testid": "filter-place" });
        this.place = h("div", { class: "filter-place" }, this.standing, ...this.moves);
        return this.place;
    }

    /** @param {-1|1} step */
    #move(step) {
        if (this.#filter) this.store.filters.move(this.#filter.id, step);
        this.#showPlace();
    }

    #showPlace() {
        const { items } = this.store.state.filters;
        const at = items.findIndex(({ id }) => id === this.#filter?.id);
        const [place, moves] = [/** @type {HTMLElement} */ (this.place), this.moves ?? []];
        place.hidden = at < 0 || items.length < 2;
        setText(/** @type {HTMLElement} */ (this.standing), say("saved.place", { place: at + 1, count: items.length }));
        // Not disabled: the focus would be lost.
        const ends = [at === 0, at === items.length - 1];
        moves.forEach((button, one) => attribute(button, "aria-disabled", ends[one] ? "true" : null));
    }

    /**
     * @param {Filter|null} filter null for a new one
     * @param {{name?: string, expression?: string}} [begun] what a new one begins with
     */
    open(filter, begun = {}) {
        if (this.element.open) return;
        this.#filter = filter;
        const { name = "", expression = "" } = filter ?? begun;
        this.name.control.value = name;
        this.control.value = expression;
        this.#before = JSON.stringify([name, expression]);
        setText(this.heading, say(filter ? "saved.titleEdit" : "saved.titleNew"));
        this.remove.hidden = !filter;
        this.#showPlace();
        showErrors({ name: this.name, expression: this.expression }, {});
        this.#say("");
        this.#showMistake(null);
        setText(this.count, "");
        this.element.showModal();
        (filter ? this.control : this.name.control).focus();
        this.suggestions.hide();
        this.#ask();
    }

    suspend() { if (this.element.open) this.element.close(); }

    /** Whether something typed here would be lost with the page. */
    get dirty() {
        return this.element.open && JSON.stringify([this.name.control.value, this.control.value]) !== this.#before;
    }

    #onClose() {
        clearTimeout(this.#timer);
        this.#asking?.abort();
        this.suggestions.hide();
    }

    #suggest() {
        const caret = this.control.selectionStart ?? this.control.value.length;
        const tags = this.store.state.tags.map(({ name }) => name);
        const { from, to, items } = completionsAt(this.control.value, caret, tags);
        return items.map(({ text, word }) => ({
            label: text.trim(), hint: word ? say(word) : "", value: { from, to, text },
        }));
    }

    /** @param {{from: number, to: number, text: string}} chosen */
    #take({ from, to, text }) {
        const { value } = this.control;
        // What is whole is followed by a space, so that the next one is offered.
        const whole = text.endsWith(" ") ? text : `${text} `;
        const rest = value.slice(to).replace(/^ /u, "");
        this.control.value = `${value.slice(0, from)}${whole}${rest}`;
        const caret = from + whole.length;
        this.control.setSelectionRange(caret, caret);
        this.expression.setError("");
        if (text.endsWith(": ")) this.suggestions.show();
        this.#wait();
    }

    #wait() {
        clearTimeout(this.#timer);
        this.#showMistake(null);
        this.#timer = window.setTimeout(() => this.#ask(), PAUSE);
    }

    /** Counts what is found now, or shows where the expression is mistaken. */
    async #ask() {
        this.#asking?.abort();
        const expression = this.control.value.trim();
        setText(this.count, expression ? say("saved.counting") : "");
        if (!expression) return;
        const asking = new AbortController();
        this.#asking = asking;
        try {
            const status = listOf(expression) === "open" ? "pending" : "all";
            const count = await this.store.filters.count({ filter: expression, status }, asking.signal);
            if (this.#asking !== asking) return;
            this.#showMistake(null);
            setText(this.count, say(asksForDone(expression) ? "saved.foundAll" : "saved.found", { count }));
        } catch (error) {
            if (asking.signal.aborted || this.#asking !== asking) return;
            if (!(error instanceof Problem)) throw error;
            setText(this.count, "");
            const detail = error.errors[0]?.told ?? error.errors[0]?.detail ?? error.detail;
            const found = mistakeIn(detail, expression);
            // What has not come to its end yet is not held against whoever is typing.
            const isTyping = document.activeElement === this.control && (found?.from ?? 0) >= expression.length;
            if (!isTyping) this.#refuse(detail);
        }
    }

    /**
     * Says what is wrong with the expression, and where.
     * @param {string} detail
     * @param {boolean} [marks] whether the place is selected
     */
    #refuse(detail, marks = false) {
        const lead = this.control.value.length - this.control.value.trimStart().length;
        const found = mistakeIn(detail, this.control.value.trim());
        this.expression.setError(found ? expectedWords(found.words) : detail);
        this.#showMistake(found && { from: found.from + lead, to: found.to + lead });
        if (!marks) return;
        this.control.focus();
        if (found) this.control.setSelectionRange(found.from + lead, found.to + lead);
    }

    /** @param {{from: number, to: number}|null} place */
    #showMistake(place) {
        const text = this.control.value;
        this.mistake.hidden = !place;
        this.mistake.replaceChildren(...(place ? [
            text.slice(0, place.from), h("mark", {}, text.slice(place.from, place.to) || "\u00a0"),
            text.slice(place.to),
        ] : []));
    }

    /** @param {string} text */
    #say(text) {
        setText(this.message, text);
        this.message.hidden = !text;
    }

    async #submit() {
        if (this.submit.disabled) return;
        const name = this.name.control.value.trim();
        const expression = this.control.value.trim();
        /** @type {Record<string, string>} */
        const messages = {};
        if (!name) messages.name = say("saved.nameMissing");
        else if (codePoints(name) > LONGEST_NAME) messages.name = say("saved.nameTooLong");
        if (!expression) messages.expression = say("saved.expressionMissing");
        this.#say("");
        showErrors({ name: this.name, expression: this.expression }, messages);
        if (Object.keys(messages).length) return;
        const before = this.#filter?.expression ?? "";
        this.submit.disabled = true;
        try {
            await this.store.filters.save({ ...(this.#filter ? { id: this.#filter.id } : {}), name, expression });
            this.element.close();
            this.store.say(say("saved.saved", { name: `“${name}”` }));
            this.done(expression, before);
        } catch (error) {
            if (!(error instanceof Problem)) throw error;
            this.#show(error);
        } finally {
            this.submit.disabled = false;
        }
    }

    /** @param {Problem} problem */
    #show(problem) {
        const { expression, ...others } = fieldMessages(problem.errors.map((one) => (
            { ...one, detail: mistakeIn(one.told ?? "", "") ? one.told : one.detail })));
        this.#say(showErrors({ name: this.name }, others));
        if (expression) this.#refuse(expression, !others.name);
        if (!expression && Object.keys(others).length === 0) this.#say(problem.detail);
    }

    #remove() {
        const filter = this.#filter;
        this.element.close();
        if (!filter) return;
        this.store.filters.remove(filter);
        this.done("", filter.expression);
    }
}
