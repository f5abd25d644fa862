/** Single keys that act outside text fields. They can be switched off (WCAG 2.1.4). */

import { h } from "./element.js";

const SETTING = "errand.shortcuts";

/** @typedef {{key: string, label: string, action: () => void}} Shortcut */

/** @returns {boolean} */
function remembered() {
    try {
        return localStorage.getItem(SETTING) !== "off";
    } catch {
        return true;
    }
}

/** @param {boolean} on */
function remember(on) {
    try {
        localStorage.setItem(SETTING, on ? "on" : "off");
    } catch {
        // Storage is closed to this page: the choice lasts until it is left.
    }
}

export class Shortcuts {
    /** @param {Shortcut[]} shortcuts */
    constructor(shortcuts) {
        this.shortcuts = shortcuts;
        this.box = h("input", { type: "checkbox", "data-testid": "shortcuts" });
        this.box.checked = remembered();
        this.box.addEventListener("change", () => remember(this.box.checked));
        const keys = shortcuts.flatMap(({ key, label }) => [h("kbd", {}, key), ` ${label} `]);
        this.element = h("label", { class: "shortcuts" }, this.box, h("span", {}, "Keys: ", ...keys));
        this.listener = (/** @type {KeyboardEvent} */ event) => this.#onKey(event);
        document.addEventListener("keydown", this.listener);
    }

    dispose() { document.removeEventListener("keydown", this.listener); }

    /** @param {KeyboardEvent} event */
    #onKey(event) {
        if (!this.box.checked || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
        const target = /** @type {HTMLElement|null} */ (event.target);
        if (target?.closest("input:not([type=checkbox]), textarea, select, dialog, [contenteditable]")) return;
        if (!this.element.isConnected || this.element.closest("[hidden]")) return;
        const found = this.shortcuts.find(({ key }) => key === event.key);
        if (!found) return;
        event.preventDefault();
        found.action();
    }
}
