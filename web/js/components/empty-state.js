/** What stands where a list has nothing to show. */

import { say } from "../words/words.js";
import { h } from "./element.js";
import { mark } from "./icon.js";

/**
 * @param {import("../lib/route.js").Query} query
 * @returns {[string, string]} a heading and a sentence of help
 */
export function emptyWords(query) {
    const why = query.search.trim() ? "search" : query.day ? "day" : query.expression ? "filter"
        : query.tag ? "tag" : query.filter;
    return [say(`lists.empty.${why}`, { tag: query.tag }), say(`lists.empty.${why}.help`)];
}

export class EmptyState {
    /** @param {import("../store/examples.js").Examples} examples */
    constructor(examples) {
        this.title = h("h2", { dir: "auto" });
        this.help = h("p");
        this.offer = h("button", {
            type: "button", class: "button", hidden: true, "data-testid": "make-examples",
            on: { click: () => examples.make() },
        }, say("lists.examples.offer"));
        this.element = h(
            "div", { class: "empty", "data-testid": "empty" }, mark(), this.title, this.help, this.offer,
        );
    }

    /**
     * @param {import("../store/core.js").State} state
     * @param {number} count of what the list shows
     */
    update({ loading, listProblem, query, examples, copy }, count) {
        this.element.hidden = count > 0 || loading !== "" || listProblem !== null || Boolean(copy?.unanswered);
        [this.title.textContent, this.help.textContent] = emptyWords(query);
        const isWhole = !query.search && !query.tag && !query.expression;
        const fits = isWhole && ["open", "today", "all"].includes(query.filter);
        this.offer.hidden = !examples.isNew || !fits;
        this.offer.disabled = examples.isBusy;
    }
}
