/** Asks of a task that comes again which of its times a change is about. */

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

/** The same in one line, for changes of all kinds at once; done ones can be meant too. */
export class ScopeChoice {
    /** @param {string} testID */
    constructor(testID) {
        const id = freshID("scope");
        this.select = h(
            "select", { id, "data-testid": testID },
            ...["usual", "this", "following", "all"].map((value) => (
                h("option", { value: value === "usual" ? "" : value }, say(`pickers.save-${value}`)))),
        );
        const label = h("label", { for: id }, say("pickers.saveFor"));
        this.element = h("div", { class: "scope-choice" }, label, this.select);
    }

    /** @param {boolean} isAsked what was chosen stays for as long as it is */
    ask(isAsked) {
        this.element.hidden = !isAsked;
        if (!isAsked) this.select.value = "";
    }

    /** @returns {"this"|"following"|"all"|undefined} undefined as the server does by itself */
    get value() {
        return /** @type {any} */ (this.element.hidden ? "" : this.select.value) || undefined;
    }
}
