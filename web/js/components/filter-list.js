/** The lists to choose from. */

import { FILTERS } from "../lib/route.js";
import { attribute, h } from "./element.js";
import { icon } from "./icon.js";

/** @type {Readonly<Record<string, {label: string, drawing: import("./icon.js").IconName}>>} */
export const LISTS = Object.freeze({
    open: { label: "Open", drawing: "inbox" },
    today: { label: "Today", drawing: "sun" },
    upcoming: { label: "Upcoming", drawing: "calendar" },
    overdue: { label: "Overdue", drawing: "clock" },
    all: { label: "All", drawing: "layers" },
    done: { label: "Completed", drawing: "check" },
    trash: { label: "Trash", drawing: "trash" },
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
        this.element = h("nav", { class: "filters", "aria-label": "Lists" }, h("ul", {}, ...items));
    }

    /** @param {import("../store/core.js").State} state */
    update({ query }) {
        for (const [filter, button] of this.buttons) {
            attribute(button, "aria-current", filter === query.filter && !query.expression ? "true" : null);
        }
    }
}
