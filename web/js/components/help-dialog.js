/** All keys of the page, from the table that listens to them. */

import { SHORTCUTS } from "../lib/keys.js";
import { say } from "../words/words.js";
import { h } from "./element.js";
import { icon } from "./icon.js";

/** @type {Readonly<Record<string, string>>} */
const NAMES = Object.freeze({ ArrowDown: "↓", ArrowUp: "↑", Escape: "Esc" });

/** In this order two columns are about as long. */
const GROUPS = Object.freeze(/** @type {const} */ (["anywhere", "go", "task"]));

/**
 * @param {string} keys "g t", "Ctrl+k", "j"
 * @returns {HTMLElement}
 */
function drawn(keys) {
    const parts = keys.split(/([ +])/u).map((part) => {
        if (part === " ") return say("keys.then");
        return part === "+" ? " + " : h("kbd", {}, NAMES[part] ?? part);
    });
    return h("span", {}, ...parts);
}

export class HelpDialog {
    constructor() {
        const groups = GROUPS.map((group) => {
            const lines = SHORTCUTS.filter((one) => one.group === group).map(({ id, keys }) => {
                const ways = keys.flatMap((one, at) => [at ? say("keys.or") : "", drawn(one)]);
                return h("div", {}, h("dt", {}, say(`keys.word.${id}`)), h("dd", {}, ...ways));
            });
            return h("section", {}, h("h3", {}, say(`keys.group.${group}`)), h("dl", {}, ...lines));
        });
        const close = h("button", {
            type: "button", class: "icon-button", "aria-label": say("common.close"), "data-testid": "close-help",
            on: { click: () => this.element.close() },
        }, icon("close"));
        this.element = h(
            "dialog", { class: "help", "aria-labelledby": "help-heading", "data-testid": "help" },
            h("div", { class: "dialog-head" }, h("h2", { id: "help-heading" }, say("keys.title")), close),
            h("p", { class: "field-hint" }, say("keys.about")),
            h("div", { class: "help-groups" }, ...groups),
        );
    }

    open() { if (!this.element.open) this.element.showModal(); }

    suspend() { if (this.element.open) this.element.close(); }
}
