/** Says which tasks are examples for as long as they are there, and takes them away with one click. */

import { say } from "../words/words.js";
import { h } from "./element.js";

export class ExamplesBar {
    /** @param {import("../store/examples.js").Examples} examples */
    constructor(examples) {
        const button = (/** @type {string} */ name, /** @type {string} */ label, /** @type {() => void} */ click) =>
            h("button", { type: "button", class: "button", "data-testid": name, on: { click } }, label);
        this.remove = button("remove-examples", say("examples.remove"), () => examples.remove());
        this.keep = button("keep-examples", say("examples.keep"), () => examples.keep());
        this.element = h(
            "div", { class: "banner calm", hidden: true, "data-testid": "examples" },
            h("p", {}, say("examples.about")),
            h("div", { class: "banner-actions" }, this.keep, this.remove),
        );
    }

    /** @param {import("../store/core.js").State} state */
    update({ examples, query }) {
        this.element.hidden = examples.ids.length === 0 || query.filter === "trash" || query.search !== "";
        this.remove.disabled = this.keep.disabled = examples.isBusy;
    }
}
