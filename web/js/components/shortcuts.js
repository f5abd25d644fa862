/** Keys that act outside text fields, as `lib/keys.js` lists them. Single ones can be switched off (WCAG 2.1.4). */

import { KeyReader } from "../lib/keys.js";
import { say } from "../words/words.js";
import { h } from "./element.js";
import { isComing } from "./later.js";

const SETTING = "errand.shortcuts";

/** @typedef {Record<string, () => boolean|void>} Actions by the id of the shortcut; false: the key was for others */

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

/**
 * Until the next frame, what had the focus in a dialog that was just closed still has it, so that keys go there.
 * @param {HTMLElement|null} target
 * @returns {HTMLElement|null} null where that can no longer be seen
 */
function heldBy(target) { return target?.closest("dialog:not([open])") ? null : target; }

export class Shortcuts {
    #reader = new KeyReader();

    /** @param {Actions} actions */
    constructor(actions) {
        this.actions = actions;
        this.box = h("input", { type: "checkbox", "data-testid": "shortcuts" });
        this.box.checked = remembered();
        this.box.addEventListener("change", () => remember(this.box.checked));
        this.help = h("button", {
            type: "button", class: "link", "data-testid": "open-help", on: { click: () => { actions.help?.(); } },
        }, say("keys.all"));
        this.element = h(
            "div", { class: "shortcuts" },
            h("label", {}, this.box, h("span", {}, say("keys.title"), " ", h("kbd", {}, "q"), say("keys.add"),
                h("kbd", {}, "/"), say("keys.search"), h("kbd", {}, "?"))), this.help,
        );
        this.listener = (/** @type {KeyboardEvent} */ event) => this.#onKey(event);
        document.addEventListener("keydown", this.listener);
    }

    dispose() { document.removeEventListener("keydown", this.listener); }

    /** @param {KeyboardEvent} event */
    #onKey(event) {
        if (event.defaultPrevented || event.isComposing || isComing()) return;
        if (!this.element.isConnected || this.element.closest("[hidden]")) return;
        const target = heldBy(/** @type {HTMLElement|null} */ (event.target));
        if (target?.closest("dialog")) return;
        if (event.altKey) {
            this.#onAlt(event, target);
            return;
        }
        if (event.ctrlKey || event.metaKey) {
            if (event.key.toLowerCase() === "k" && !event.shiftKey) this.#run("palette", event);
            return;
        }
        if (!this.box.checked) return;
        if (target?.closest("input:not([type=checkbox]), textarea, select, [contenteditable], [role=combobox]")) return;
        // Outside of the list, and in it where there is nothing to go to, arrows scroll the page.
        if (event.key.startsWith("Arrow") && !target?.closest("[data-task-id]")) return;
        const { id, isHeard } = this.#reader.read(event.key, event.timeStamp);
        if (id) this.#run(id, event);
        else if (isHeard) event.preventDefault();
    }

    /** With Alt, arrows move the task at hand. @param {KeyboardEvent} event @param {HTMLElement|null} target */
    #onAlt(event, target) {
        if (event.ctrlKey || event.metaKey || !target?.closest("[data-task-id]")) return;
        const { id } = this.#reader.read(`Alt+${event.key}`, event.timeStamp);
        if (id) this.#run(id, event);
    }

    /** @param {string} id @param {KeyboardEvent} event */
    #run(id, event) {
        if (this.actions[id]?.() !== false) event.preventDefault();
    }
}
