/** What stands where a list has nothing to show. */

import { h } from "./element.js";
import { mark } from "./icon.js";

/** @type {Readonly<Record<string, [string, string]>>} */
const WORDS = Object.freeze({
    open: ["Nothing left to do", "Write the next thing in the line above and press Enter."],
    today: ["Nothing is due today", "Give a task today’s date and it shows up here."],
    overdue: ["Nothing is overdue", "Tasks whose time has passed are gathered here."],
    all: ["No tasks yet", "Write the first thing in the line above and press Enter."],
    done: ["Nothing is done yet", "Tick a task off and it is kept here."],
    trash: ["The trash is empty", "A deleted task stays here for 30 days and can be restored."],
});

/**
 * @param {import("../lib/route.js").Query} query
 * @returns {[string, string]} a heading and a sentence of help
 */
export function emptyWords(query) {
    if (query.search.trim()) {
        return ["No task matches", "Try fewer words, another list, or clear the search with Escape."];
    }
    if (query.tag) {
        return [`Nothing under #${query.tag} here`, "Choose another list, or choose the tag again to leave it."];
    }
    return WORDS[query.filter];
}

export class EmptyState {
    constructor() {
        this.title = h("h2", { dir: "auto" });
        this.help = h("p");
        this.element = h("div", { class: "empty", "data-testid": "empty" }, mark(), this.title, this.help);
    }

    /** @param {import("../store/core.js").State} state */
    update({ rows, drafts, loading, listProblem, query }) {
        this.element.hidden = rows.length + drafts.length > 0 || loading !== "" || listProblem !== null;
        [this.title.textContent, this.help.textContent] = emptyWords(query);
    }
}
