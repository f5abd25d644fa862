/** What is shown when the server does not answer at the start. */

import { h } from "../components/element.js";
import { mark } from "../components/icon.js";
import { say } from "../words/words.js";

export class UnreachableView {
    /** @param {import("../store.js").Store} store */
    constructor(store) {
        this.text = h("p");
        const again = h("button", {
            type: "button", class: "button primary", "data-testid": "start-again",
            on: { click: () => store.start() },
        }, say("auth.again"));
        this.element = h(
            "main", { class: "auth", hidden: true },
            h(
                "div", { class: "empty", role: "alert" },
                mark(), h("h1", {}, say("auth.unreachable")), this.text, again,
            ),
        );
    }

    /** @param {import("../store/core.js").State} state */
    update({ listProblem }) { this.text.textContent = listProblem?.detail ?? ""; }
}
