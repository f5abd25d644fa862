/** A quiet line for as long as changes made elsewhere do not come in. */

import { say } from "../words/words.js";
import { h, setText } from "./element.js";

/**
 * @param {import("../store/core.js").State["live"]} live
 * @returns {string} "" when there is nothing to say
 */
export function connectionWords(live) {
    return live === "offline" || live === "crowded" ? say(`page.${live}`) : "";
}

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
