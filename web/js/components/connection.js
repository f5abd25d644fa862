/** A quiet line for as long as changes made elsewhere do not come in. */

import { h, setText } from "./element.js";

/** @type {Readonly<Record<string, string>>} */
const WORDS = Object.freeze({
    offline: "Offline: changes of other windows show when the connection is back.",
    crowded: "Too many windows are open: changes of other windows show later here.",
});

/**
 * @param {import("../store/core.js").State["live"]} live
 * @returns {string} "" when there is nothing to say
 */
export function connectionWords(live) { return WORDS[live] ?? ""; }

export class Connection {
    constructor() {
        this.element = h("p", { class: "connection", hidden: true, "data-testid": "connection" });
    }

    /** @param {import("../store/core.js").State} state */
    update({ live }) {
        const words = connectionWords(live);
        this.element.hidden = !words;
        setText(this.element, words);
    }
}
