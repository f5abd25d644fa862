/**
 * A list of suggestions below a line of text, by keys and by pointer: the combobox pattern of the ARIA Authoring
 * Practices with manual selection. Nothing is taken that was not chosen.
 */

import { say } from "../words/words.js";
import { attribute, freshID, h, setText } from "./element.js";

/**
 * @typedef {{value: string, content: (Node|string)[], testID?: string}} Option
 */

export class Completion {
    /** @type {Option[]} */
    #options = [];
    #active = -1;

    /**
     * @param {HTMLInputElement} input
     * @param {{options: (typed: string) => Option[], choose: (value: string) => void, label: string}} parts
     */
    constructor(input, parts) {
        this.input = input;
        this.parts = parts;
        this.list = h("ul", {
            class: "options", role: "listbox", id: freshID("options"), "aria-label": parts.label, hidden: true,
            "data-testid": `${input.dataset.testid}-options`,
        });
        this.status = h("p", { class: "unseen", "aria-live": "polite" });
        for (const [name, value] of Object.entries({
            role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id,
        })) input.setAttribute(name, value);
        input.addEventListener("input", () => this.open());
        input.addEventListener("keydown", (event) => this.#onKey(event));
        input.addEventListener("blur", () => this.close());
        // Pressing an option must not take the focus out of the line.
        this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    }

    get isOpen() { return !this.list.hidden; }

    /** Shows what fits the line as it is; nothing where it is empty. @param {boolean} [always] also when empty */
    open(always = false) {
        const typed = this.input.value.trim();
        this.#options = typed || always ? this.parts.options(typed) : [];
        this.#active = -1;
        this.list.replaceChildren(...this.#options.map((option, at) => h(
            "li", {
                class: "option", role: "option", id: `${this.list.id}-${at}`, "aria-selected": "false",
                "data-testid": option.testID ?? "option", on: { click: () => this.#choose(at) },
            }, ...option.content,
        )));
        this.list.hidden = this.#options.length === 0;
        attribute(this.input, "aria-expanded", this.isOpen ? "true" : "false");
        attribute(this.input, "aria-activedescendant", null);
        setText(this.status, this.isOpen ? say("tags.suggestions", { count: this.#options.length }) : "");
        if (this.isOpen) this.list.scrollIntoView({ block: "nearest" });
    }

    close() {
        this.list.hidden = true;
        this.#active = -1;
        attribute(this.input, "aria-expanded", "false");
        attribute(this.input, "aria-activedescendant", null);
        setText(this.status, "");
    }

    /** @param {KeyboardEvent} event */
    #onKey(event) {
        if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
        const { key } = event;
        if (key === "ArrowDown" || key === "ArrowUp") {
            if (!this.isOpen) this.open(true);
            if (this.isOpen) this.#move(key === "ArrowDown" ? 1 : -1);
        } else if (key === "Enter" && this.isOpen && this.#active >= 0) {
            this.#choose(this.#active);
        } else if (key === "Escape" && this.isOpen) {
            this.close();
        } else {
            if (key === "Enter") this.close();
            return;
        }
        event.preventDefault();
        event.stopImmediatePropagation();
    }

    /** @param {1|-1} step */
    #move(step) {
        const count = this.#options.length;
        // One place more than there are options: the line itself.
        this.#active = (this.#active + 1 + step + count + 1) % (count + 1) - 1;
        const items = [...this.list.children];
        items.forEach((item, at) => attribute(item, "aria-selected", at === this.#active ? "true" : "false"));
        attribute(this.input, "aria-activedescendant", items[this.#active]?.id ?? null);
        items[this.#active]?.scrollIntoView({ block: "nearest" });
    }

    /** @param {number} at */
    #choose(at) {
        const { value } = this.#options[at];
        this.close();
        this.parts.choose(value);
    }
}
