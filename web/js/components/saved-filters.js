/** The filters that a person keeps, beside the tags; one is chosen, changed, or made anew. */

import { listOf } from "../lib/filter-words.js";
import { say } from "../words/words.js";
import { attribute, freshID, h } from "./element.js";
import { icon } from "./icon.js";

/** @typedef {import("../store/filters.js").Filter} Filter */

/** What moves a filter among the others. */
const MOVES = Object.freeze(["Alt+ArrowUp", "Alt+ArrowDown"]);

export class SavedFilters {
    /** @type {unknown} */
    #shown = null;
    /** Rows by filter; what has only moved keeps its own.
     * @type {Map<string, {filter: Filter, element: HTMLElement}>} */
    #rows = new Map();

    /**
     * @param {{show: (changes: Partial<import("../store/core.js").Query>) => void,
     *   edit: (filter: Filter|null) => void, move: (filter: Filter, step: -1|1) => void}} parts
     *   `edit`: null for a new one; `move`: up (-1) or down among the others
     */
    constructor(parts) {
        this.parts = parts;
        const id = freshID("saved");
        this.list = h("ul", { "data-testid": "saved-filters" });
        this.summary = h("summary", { id }, say("saved.heading"));
        const make = h(
            "button", {
                type: "button", class: "nav-item saved-new", "data-testid": "new-filter",
                on: { click: () => parts.edit(null) },
            },
            icon("plus"), h("span", { class: "nav-name" }, say("saved.new")),
        );
        this.element = h(
            "details", { class: "tags saved", hidden: true, "data-testid": "saved" }, this.summary,
            h("nav", { "aria-labelledby": id }, this.list, make),
        );
        const wide = window.matchMedia("(min-width: 56rem)");
        this.element.open = wide.matches;
        wide.addEventListener("change", () => { this.element.open = wide.matches; });
    }

    /** @param {import("../store/core.js").State} state */
    update({ filters, query }) {
        this.element.hidden = !filters.isKnown;
        if (this.#shown !== filters) {
            this.#shown = filters;
            const focused = this.list.contains(document.activeElement) ? document.activeElement : null;
            const id = focused instanceof HTMLElement ? focused.dataset.filter : undefined;
            this.#place(filters.items);
            if (id !== undefined) {
                const again = this.list.querySelector(`[data-filter="${CSS.escape(id)}"]`) ?? this.summary;
                /** @type {HTMLElement} */ (again).focus();
            }
        }
        const chosen = filters.items.find(({ expression }) => expression === query.expression);
        for (const button of this.list.querySelectorAll(".nav-item")) {
            const isIt = button instanceof HTMLElement && button.dataset.filter === chosen?.id;
            attribute(button, "aria-current", isIt ? "true" : null);
        }
        this.summary.dataset.chosen = chosen?.name ?? "";
    }

    /** @param {Filter[]} filters */
    #place(filters) {
        const before = this.#rows;
        this.#rows = new Map(filters.map((filter) => {
            const known = before.get(filter.id);
            const isSame = known?.filter.name === filter.name && known.filter.expression === filter.expression;
            return [filter.id, isSame && known ? known : { filter, element: this.#row(filter) }];
        }));
        this.list.replaceChildren(...[...this.#rows.values()].map(({ element }) => element));
    }

    /**
     * @param {Filter} filter
     * @param {KeyboardEvent} event
     */
    #onKey(filter, event) {
        if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
        if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
        event.preventDefault();
        event.stopPropagation();
        this.parts.move(filter, event.key === "ArrowUp" ? -1 : 1);
    }

    /** @param {Filter} filter */
    #row(filter) {
        const { id, name, expression } = filter;
        const choose = () => this.parts.show({ filter: listOf(expression), expression, tag: "", search: "" });
        return h(
            "li", { class: "saved-row" },
            h(
                "button", {
                    type: "button", class: "nav-item", title: expression, "data-testid": "saved-filter",
                    "data-filter": id, "aria-keyshortcuts": MOVES.join(" "),
                    on: { click: choose, keydown: (event) => this.#onKey(filter, event) },
                },
                icon("filter"), h("span", { class: "nav-name", dir: "auto" }, name),
            ),
            h("button", {
                type: "button", class: "icon-button", "aria-label": say("saved.edit", { name }),
                "data-testid": "edit-filter", on: { click: () => this.parts.edit(filter) },
            }, icon("edit")),
        );
    }
}
