/** Every tag with the number of its open tasks; one can be chosen. */

import { fold } from "../lib/text.js";
import { count as number, say } from "../words/words.js";
import { attribute, freshID, h } from "./element.js";
import { toned } from "./tag-field.js";

export class TagList {
    /** @type {unknown} */
    #shown = null;

    /** @param {import("../store.js").Store} store */
    constructor(store) {
        this.store = store;
        const id = freshID("tags");
        this.list = h("ul", { "data-testid": "tag-list" });
        this.summary = h("summary", { id }, say("tags.label"));
        this.element = h("details", { class: "tags" }, this.summary, h("nav", { "aria-labelledby": id }, this.list));
        const wide = window.matchMedia("(min-width: 56rem)");
        this.element.open = wide.matches;
        wide.addEventListener("change", () => { this.element.open = wide.matches; });
    }

    /** @param {import("../store/core.js").State} state */
    update({ tags, query }) {
        this.element.hidden = tags.length === 0 && !query.tag;
        if (this.#shown !== tags) {
            this.#shown = tags;
            const focused = this.list.contains(document.activeElement) ? document.activeElement : null;
            this.list.replaceChildren(...tags.map((tag) => h("li", {}, this.#button(tag))));
            this.#focus(focused instanceof HTMLElement ? focused.dataset.tag : undefined);
        }
        for (const button of this.list.querySelectorAll("button")) {
            const chosen = fold(button.dataset.tag ?? "") === fold(query.tag);
            attribute(button, "aria-pressed", chosen ? "true" : "false");
        }
        this.summary.dataset.chosen = query.tag;
    }

    /** @param {string} [name] of the tag that had the focus before the list was made anew */
    #focus(name) {
        if (name === undefined) return;
        const buttons = [...this.list.querySelectorAll("button")];
        (buttons.find((button) => button.dataset.tag === name) ?? this.summary).focus();
    }

    /** @param {import("../store/core.js").Tag} tag */
    #button({ name, pending, count }) {
        const choose = () => {
            const chosen = fold(this.store.state.query.tag) === fold(name);
            this.store.listing.show({ tag: chosen ? "" : name });
        };
        return h(
            "button", {
                type: "button", class: "nav-item", "data-testid": "tag-filter", "data-tag": name,
                title: say("tasks.openOf", { open: pending, all: count }), on: { click: choose },
            },
            toned(h("span", { class: "hash", "aria-hidden": "true" }, "#"), name),
            h("span", { class: "nav-name", dir: "auto" }, name),
            h("span", { class: "count" }, number(pending),
                h("span", { class: "unseen" }, say("tasks.restOf", { all: count }))),
        );
    }
}
