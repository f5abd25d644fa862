/** All keys of the page, from the table that listens to them. */

import { SHORTCUTS } from "../lib/keys.js";
import { h } from "./element.js";
import { icon } from "./icon.js";

/** @type {Readonly<Record<string, string>>} */
const NAMES = Object.freeze({ ArrowDown: "↓", ArrowUp: "↑", Escape: "Esc" });

/**
 * @param {string} keys "g t", "Ctrl+k", "j"
 * @returns {HTMLElement}
 */
function drawn(keys) {
    const parts = keys.split(/([ +])/u).map((part) => {
        if (part === " ") return " then ";
        return part === "+" ? " + " : h("kbd", {}, NAMES[part] ?? part);
    });
    return h("span", {}, ...parts);
}

export class HelpDialog {
    constructor() {
        const groups = [...new Set(SHORTCUTS.map(({ group }) => group))].map((group) => {
            const lines = SHORTCUTS.filter((one) => one.group === group).map(({ keys, words }) => {
                const ways = keys.flatMap((one, at) => [at ? " or " : "", drawn(one)]);
                return h("div", {}, h("dt", {}, words), h("dd", {}, ...ways));
            });
            return h("section", {}, h("h3", {}, group), h("dl", {}, ...lines));
        });
        const close = h("button", {
            type: "button", class: "icon-button", "aria-label": "Close", "data-testid": "close-help",
            on: { click: () => this.element.close() },
        }, icon("close"));
        this.element = h(
            "dialog", { class: "editor help", "aria-labelledby": "help-heading", "data-testid": "help" },
            h("div", { class: "dialog-head" }, h("h2", { id: "help-heading" }, "Keys"), close),
            h(
                "p", { class: "field-hint" },
                "They act outside of fields, on what is selected or else the task at hand.",
            ),
            h("div", { class: "help-groups" }, ...groups),
        );
    }

    open() { if (!this.element.open) this.element.showModal(); }

    suspend() { if (this.element.open) this.element.close(); }
}
