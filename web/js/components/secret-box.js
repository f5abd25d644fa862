/** A secret that is shown this once, with a way to take it along. */

import { say } from "../words/words.js";
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
        }, say("channels.secret.copy"));
        this.done = h("button", {
            type: "button", class: "button", "data-testid": "secret-done", on: { click: forget },
        }, say("channels.secret.kept"));
        this.note = h("p", { class: "settings-note", role: "status", "data-testid": "secret-note" });
        this.element = h(
            "div", { class: "secret", hidden: true, role: "group", "aria-label": say("channels.secret") },
            this.words, this.secret, h("div", { class: "channel-buttons" }, this.copy, this.done, this.note),
        );
    }

    async #copy() {
        try {
            await navigator.clipboard.writeText(this.#shown);
            setText(this.note, say("channels.secret.copied"));
        } catch {
            // No clipboard, as on a page that came without TLS: it is marked, for the keys of the system.
            window.getSelection()?.selectAllChildren(this.secret);
            setText(this.note, say("channels.secret.press"));
        }
    }

    /** @param {{name: string, text: string}|null} secret */
    update(secret) {
        const text = secret?.text ?? "";
        if (text === this.#shown) return;
        this.#shown = text;
        this.element.hidden = !text;
        setText(this.words, secret ? say("channels.secret.about", { name: secret.name }) : "");
        setText(this.secret, text);
        setText(this.note, "");
        if (text) this.copy.focus();
    }
}
