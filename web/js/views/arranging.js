/** What a person arranges on the screen of tasks: filters under a name, and the order made by hand. */

import { LISTS } from "../components/filter-list.js";
import { attribute, h } from "../components/element.js";
import { Later } from "../components/later.js";
import { OrderDrag } from "../components/order-drag.js";
import { SavedFilters } from "../components/saved-filters.js";
import { partName, PARTS } from "../components/settings-opener.js";
import { expressionOf, listOf } from "../lib/filter-words.js";
import { shorten } from "../lib/text.js";
import { say } from "../words/words.js";

/**
 * @typedef {import("../store/core.js").State} State
 * @typedef {import("../lib/route.js").Query} Query
 */

/** @param {string} expression @returns {Partial<Query>} the list that shows it */
function shownBy(expression) { return { filter: listOf(expression), expression, tag: "", search: "" }; }

export class Arranging {
    /** @param {import("./tasks.js").TasksView} view whose list there is already */
    constructor(view) {
        this.view = view;
        this.store = view.store;
        /** @type {Later<import("../components/filter-dialog.js").FilterDialog, any>} */
        this.dialog = new Later(this.store, {
            load: () => import("../components/filter-dialog.js"),
            make: ({ FilterDialog }) => new FilterDialog(this.store, (after, before) => this.#filtered(after, before)),
        });
        this.saved = new SavedFilters({
            show: (changes) => this.store.listing.show(changes), edit: (filter) => this.#edit(filter),
            move: (filter, step) => this.#moveFilter(filter, step),
        });
        this.drag = new OrderDrag(view.list.element, {
            place: (id, spot) => this.store.placing.place(id, spot), move: (id, where) => this.#move(id, where),
        });
        this.keep = h("button", {
            type: "button", class: "link keep-filter", hidden: true, "data-testid": "keep-filter",
            on: { click: () => { this.keepFilter(); } },
        }, say("saved.keep"));
        this.manual = h("option", { value: "manual" }, say("order.manual"));
    }

    /** Keeps what is shown under a name. @returns {boolean} whether that can be */
    keepFilter() {
        const { query, filters } = this.store.state;
        if (!filters.isKnown) return false;
        const known = this.#known(this.store.state);
        if (known && !query.tag && !query.search.trim()) this.#edit(known);
        else this.#edit(null, expressionOf(query));
        return true;
    }

    /**
     * @param {import("../store/filters.js").Filter|null} filter null for a new one
     * @param {string} [expression] what a new one begins with
     */
    #edit(filter, expression = "") { this.dialog.use((dialog) => dialog.open(filter, { expression })); }

    /** @param {import("../store/filters.js").Filter} filter @param {-1|1} step up or down among the others */
    #moveFilter({ id, name }, step) {
        const stands = this.store.filters.move(id, step);
        this.view.announce(stands ? say("order.place", { title: shorten(name), ...stands }) : say("order.end"));
    }

    /** @param {State} state @returns {import("../store/filters.js").Filter|undefined} the filter that is shown */
    #known({ filters, query }) { return filters.items.find(({ expression }) => expression === query.expression); }

    /** @param {string} expression of a filter that was saved, "" for none any more @param {string} before */
    #filtered(expression, before) {
        const { listing, state } = this.store;
        if (expression) listing.show(shownBy(expression));
        else if (state.query.expression === before) listing.show({ filter: "open", expression: "" });
    }

    /** Moves the task at hand, where tasks stand as they were placed. @param {"up"|"down"} where */
    place(where) {
        const item = this.view.list.current;
        if (!item || item.draft) return false;
        if (this.store.order.sort(this.store.state.query) === "manual") this.#move(item.id, where);
        else this.view.announce(say("order.choose"));
        return true;
    }

    /** @param {string} id @param {"up"|"down"|"top"|"bottom"} where */
    #move(id, where) {
        const title = shorten(this.store.state.rows.find((one) => one.id === id)?.title ?? "");
        const stands = this.store.placing.move(id, where);
        this.view.announce(stands ? say("order.place", { title, ...stands }) : say("order.end"));
    }

    /**
     * What the palette offers beside commands and tasks.
     * @returns {import("../components/palette.js").Choice[]}
     */
    places() {
        const filters = this.store.state.filters.items.map(({ name, expression }) => ({
            label: say("saved.go", { name }), hint: expression, drawing: /** @type {const} */ ("filter"),
            run: () => { this.store.listing.show(shownBy(expression)); },
        }));
        const parts = PARTS.map((name) => ({
            label: `${say("account.settings")}: ${partName(name)}`, hint: "", drawing: /** @type {const} */ ("sliders"),
            run: () => this.store.settings.open(name),
        }));
        return [...filters, ...parts];
    }

    /**
     * Shows which filter and which order the list has.
     * @param {State} state
     * @param {HTMLSelectElement} sort
     * @returns {string} what the list is called
     */
    update(state, sort) {
        const { query, filters } = state;
        const known = this.#known(state);
        const isNarrower = Boolean(query.tag || query.search.trim());
        this.keep.hidden = !filters.isKnown || !(isNarrower || query.expression) || Boolean(known && !isNarrower);
        if (!this.manual.parentNode) sort.append(this.manual);
        this.manual.hidden = !this.store.order.isPlaceable(query);
        sort.value = this.store.order.sort(query);
        attribute(this.view.list.element, "data-manual", sort.value === "manual");
        this.saved.update(state);
        const list = query.expression ? known?.name ?? say("saved.unsaved") : LISTS[query.filter].label;
        return query.tag ? `${list} · #${query.tag}` : list;
    }
}
