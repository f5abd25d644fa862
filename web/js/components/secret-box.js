/** A secret that is shown this once, with a way to take it along. */

import { h, setText } from "./element.js";

export class SecretBox {
    /** @type {string} */
    #shown = "";

    /** @param {() => void} forget */
    constructor(forget) {
        this.words = h("p");
        this.secret = h("code", { class: "secret-text", tabindex: "0", "data-testid": "secret" });
        this.copy = h("button", {
            type: "button", class: "button", "data-testid": "secret-copy", on: { click: () => this.#copy() },
        }, "Copy");
        this.done = h("button", {
            type: "button", class: "button", "data-testid": "secret-done", on: { click: forget },
        }, "I have kept it");
        this.note = h("p", { class: "settings-note", role: "status", "data-testid": "secret-note" });
        this.element = h(
            "div", { class: "secret", hidden: true, role: "group", "aria-label": "Signing secret" },
            this.words, this.secret, h("div", { class: "channel-buttons" }, this.copy, this.done, this.note),
        );
    }

    async #copy() {
        try {
            await navigator.clipboard.writeText(this.#shown);
            setText(this.note, "Copied.");
        } catch {
            // No clipboard, as on a page that came without TLS: it is marked, for the keys of the system.
            window.getSelection()?.selectAllChildren(this.secret);
            setText(this.note, "Press Ctrl+C or ⌘C to copy it.");
        }
    }

    /** @param {{name: string, text: string}|null} secret */
    update(secret) {
        const text = secret?.text ?? "";
        if (text === this.#shown) return;
        this.#shown = text;
        this.element.hidden = !text;
        const words = `Calls to “${secret?.name}” are signed with this secret. It is shown only now.`;
        setText(this.words, secret ? words : "");
        setText(this.secret, text);
        setText(this.note, "");
        if (text) this.copy.focus();
    }
}
