/** A list of suggestions below a field (the combobox pattern of ARIA): arrows choose, Enter or a press takes one. */

import { attribute, freshID, h } from "./element.js";

/**
 * @typedef {{label: string, hint?: string, value: any}} Suggestion
 * @typedef {{label: string, suggest: () => Suggestion[], take: (suggestion: Suggestion) => void}} SuggestParts
 *   `label`: what the list is called
 */

export class Suggestions {
    /** @type {Suggestion[]} */
    #items = [];
    #chosen = -1;

    /**
     * @param {HTMLInputElement|HTMLTextAreaElement} control
     * @param {SuggestParts} parts
     */
    constructor(control, parts) {
        this.control = control;
        this.parts = parts;
        this.list = h("ul", {
            id: freshID("suggestions"), class: "suggestions", role: "listbox", "aria-label": parts.label, hidden: true,
            "data-testid": "suggestions",
        });
        for (const [name, value] of Object.entries({
            role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id,
            autocomplete: "off", autocapitalize: "none", spellcheck: "false",
        })) control.setAttribute(name, value);
        control.addEventListener("input", () => this.show());
        control.addEventListener("blur", () => this.hide());
        control.addEventListener("keydown", (event) => this.#onKey(/** @type {KeyboardEvent} */ (event)));
        // A press must not take the focus away before it counts.
        this.list.addEventListener("pointerdown", (event) => event.preventDefault());
        this.list.addEventListener("mousedown", (event) => event.preventDefault());
    }

    get isOpen() { return !this.list.hidden; }

    /** Looks for what fits what the field holds now. */
    show() {
        this.#items = this.parts.suggest();
        this.#chosen = -1;
        this.list.replaceChildren(...this.#items.map((one, at) => h(
            "li", {
                role: "option", id: `${this.list.id}-${at}`, "aria-selected": "false", "data-testid": "suggestion",
                on: { click: () => this.#take(at) },
            },
            h("span", { class: "nav-name", dir: "auto" }, one.label),
            one.hint ? h("span", { class: "count" }, one.hint) : null,
        )));
        this.list.hidden = this.#items.length === 0;
        attribute(this.control, "aria-expanded", String(this.isOpen));
        attribute(this.control, "aria-activedescendant", null);
    }

    hide() {
        this.list.hidden = true;
        this.#chosen = -1;
        attribute(this.control, "aria-expanded", "false");
        attribute(this.control, "aria-activedescendant", null);
    }

    /** @param {number} at */
    #choose(at) {
        const count = this.#items.length;
        // One step past either end leads back to what was typed.
        this.#chosen = ((at + 1 + count + 1) % (count + 1)) - 1;
        [...this.list.children].forEach((option, place) => {
            attribute(option, "aria-selected", String(place === this.#chosen));
        });
        const option = this.list.children[this.#chosen];
        attribute(this.control, "aria-activedescendant", option?.id ?? null);
        option?.scrollIntoView({ block: "nearest" });
    }

    /** @param {number} at */
    #take(at) {
        const one = this.#items[at];
        this.hide();
        if (one) this.parts.take(one);
    }

    /** @param {KeyboardEvent} event */
    #onKey(event) {
        if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
        const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
        if (step) {
            if (!this.isOpen) this.show();
            if (!this.isOpen) return;
            this.#choose(this.#chosen + step);
        } else if (event.key === "Escape" && this.isOpen) {
            // The list alone, not the dialog around it.
            event.stopPropagation();
            this.hide();
        } else if ((event.key === "Enter" || event.key === "Tab") && this.#chosen >= 0) {
            this.#take(this.#chosen);
        } else return;
        event.preventDefault();
    }
}
