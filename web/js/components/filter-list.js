/** The lists to choose from. */

import { FILTERS } from "../lib/route.js";
import { say } from "../words/words.js";
import { attribute, h } from "./element.js";
import { icon } from "./icon.js";

/**
 * @param {string} id
 * @param {import("./icon.js").IconName} drawing
 */
const list = (id, drawing) => ({ drawing, get label() { return say(`lists.${id}`); } });

/** @type {Readonly<Record<string, {label: string, drawing: import("./icon.js").IconName}>>} */
export const LISTS = Object.freeze({
    open: list("open", "inbox"), today: list("today", "sun"), upcoming: list("upcoming", "calendar"),
    overdue: list("overdue", "clock"), all: list("all", "layers"), done: list("done", "check"),
    trash: list("trash", "trash"),
});

export class FilterList {
    /** @param {import("../store.js").Store} store */
    constructor(store) {
        /** @type {Map<string, HTMLButtonElement>} */
        this.buttons = new Map(FILTERS.map((filter) => [filter, h(
            "button", {
                type: "button", class: "nav-item", "data-testid": `filter-${filter}`,
                on: { click: () => store.listing.show({ filter, expression: "" }) },
            },
            icon(LISTS[filter].drawing), h("span", {}, LISTS[filter].label),
        )]));
        const items = [...this.buttons.values()].map((button) => h("li", {}, button));
        this.element = h("nav", { class: "filters", "aria-label": say("lists.label") }, h("ul", {}, ...items));
        // On phones they are a strip; browsers are content with an edge of what has the focus.
        this.element.addEventListener("focusin", ({ target }) => {
            /** @type {Element} */ (target).scrollIntoView({ block: "nearest", inline: "nearest" });
        });
    }

    /** @param {import("../store/core.js").State} state */
    update({ query }) {
        for (const [filter, button] of this.buttons) {
            attribute(button, "aria-current", filter === query.filter && !query.expression ? "true" : null);
        }
    }
}
