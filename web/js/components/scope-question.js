/** Asks of a task that comes again whether a change is about this time alone. */

import { say } from "../words/words.js";
import { freshID, h } from "./element.js";

export class ScopeQuestion {
    /** @param {string} testID */
    constructor(testID) {
        const name = freshID("scope");
        const radio = (/** @type {"this"|"following"} */ value) => {
            const input = h("input", { type: "radio", name, value, "data-testid": `${testID}-${value}` });
            return { input, label: h("label", {}, input, say(`pickers.scope-${value}`)) };
        };
        this.one = radio("this");
        this.all = radio("following");
        this.element = h(
            "fieldset", { class: "scope", "data-testid": testID },
            h("legend", {}, say("pickers.scope")), this.one.label, this.all.label,
        );
    }

    /**
     * @param {boolean} isAsked
     * @param {"this"|"following"} usual
     */
    open(isAsked, usual) {
        this.element.hidden = !isAsked;
        this.one.input.checked = usual === "this";
        this.all.input.checked = usual === "following";
    }

    /** @returns {"this"|"following"} */
    get value() { return this.all.input.checked ? "following" : "this"; }
}
