/**
 * A quiet line for as long as changes made elsewhere do not come in, or something waits to be saved. It says how old
 * the list is where it was kept by this browser.
 */

import { agoWords } from "../words/dates.js";
import { say } from "../words/words.js";
import { h, setText } from "./element.js";

/** @typedef {Pick<import("../store/core.js").State, "live"|"copy"|"outbox"|"now"|"zone">} Shown */

/**
 * @param {Shown} state
 * @returns {string} "" when there is nothing to say
 */
export function connectionWords({ live, copy, outbox, now, zone }) {
    const { waiting = 0, conflicts = 0 } = outbox ?? {};
    const away = live === "offline" || live === "crowded" ? say(`page.${live}`) : "";
    const first = copy ? say("offline.copy", { ago: agoWords(new Date(copy.at).toISOString(), now, zone) }) : away;
    return [
        first, waiting ? say("offline.count", { count: waiting }) : "",
        conflicts ? say("offline.conflicts", { count: conflicts }) : "",
    ].filter(Boolean).join(" ");
}

export class Connection {
    constructor() {
        this.element = h("p", { class: "connection", hidden: true, "data-testid": "connection" });
    }

    /** @param {Shown} state */
    update(state) {
        const words = connectionWords(state);
        this.element.hidden = !words;
        this.element.toggleAttribute("data-copy", Boolean(state.copy));
        setText(this.element, words);
    }
}

/** A line where the list is, for as long as only the server could tell what belongs there. */
export class Unanswered {
    constructor() {
        this.element = h("p", { class: "unanswered", role: "status", hidden: true, "data-testid": "unanswered" });
    }

    /** @param {Pick<import("../store/core.js").State, "copy">} state */
    update({ copy }) {
        const isUnanswered = Boolean(copy?.unanswered);
        this.element.hidden = !isUnanswered;
        setText(this.element, isUnanswered ? say("offline.unanswered") : "");
    }
}
