/** What stands where a list has nothing to show. */

import { say } from "../words/words.js";
import { h } from "./element.js";
import { mark } from "./icon.js";

/** @type {Readonly<Record<string, [string, string]>>} */
const WORDS = Object.freeze({
    open: ["Nothing left to do", "Write the next thing in the line above and press Enter."],
    today: ["Nothing is due today", "Give a task today’s date and it shows up here."],
    upcoming: ["Nothing is coming up", "Tasks with a date in the next five weeks stand here, day by day."],
    overdue: ["Nothing is overdue", "Tasks whose time has passed are gathered here."],
    all: ["No tasks yet", "Write the first thing in the line above and press Enter."],
    done: ["Nothing is completed yet", "Tick a task off and it is kept here."],
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
    if (query.expression) return [say("saved.emptyTitle"), say("saved.emptyHelp")];
    if (query.day) return ["Nothing on this day", "Choose another day, or choose it again to see all of them."];
    if (query.tag) {
        return [`Nothing under #${query.tag} here`, "Choose another list, or choose the tag again to leave it."];
    }
    return WORDS[query.filter];
}

export class EmptyState {
    /** @param {import("../store/examples.js").Examples} examples */
    constructor(examples) {
        this.title = h("h2", { dir: "auto" });
        this.help = h("p");
        this.offer = h("button", {
            type: "button", class: "button", hidden: true, "data-testid": "make-examples",
            on: { click: () => examples.make() },
        }, "Show me three examples");
        this.element = h(
            "div", { class: "empty", "data-testid": "empty" }, mark(), this.title, this.help, this.offer,
        );
    }

    /**
     * @param {import("../store/core.js").State} state
     * @param {number} count of what the list shows
     */
    update({ loading, listProblem, query, examples }, count) {
        this.element.hidden = count > 0 || loading !== "" || listProblem !== null;
        [this.title.textContent, this.help.textContent] = emptyWords(query);
        const fits = !query.search && !query.tag && !query.expression && ["open", "today", "all"].includes(query.filter);
        this.offer.hidden = !examples.isNew || !fits;
        this.offer.disabled = examples.isBusy;
    }
}
