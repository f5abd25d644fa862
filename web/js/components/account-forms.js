/** Small forms of the account, each folded away until it is wanted. */

import { Problem } from "../api.js";
import { codePoints, fieldMessages } from "../lib/text.js";
import { say } from "../words/words.js";
import { h } from "./element.js";
import { field, showErrors } from "./field.js";

/**
 * @typedef {{name: string, label: string, hint?: string, type: string, autocomplete: string, testID: string}} Asked
 * @typedef {{summary: string, intro?: (Node|string)[], asked: Asked[], submit: string, testID: string,
 *   isGrave?: boolean, send: (input: Record<string, string>) => Promise<string>}} FormParts
 *   `send`: gives what to say when it is done
 */

const SHORTEST_PASSWORD = 8;

/**
 * What can be seen without asking the server.
 * @param {Record<string, string>} input
 * @returns {Record<string, string>} messages by field
 */
export function firstLook(input) {
    /** @type {Record<string, string>} */
    const messages = {};
    if ("email" in input && !input.email.includes("@")) {
        messages.email = say("auth.needsEmail");
    }
    if ("new_password" in input && codePoints(input.new_password) < SHORTEST_PASSWORD) {
        messages.new_password = say("auth.shortPassword");
    }
    return messages;
}

export class AccountForm {
    /** @param {FormParts} parts */
    constructor({ summary, intro = [], asked, submit, testID, isGrave = false, send }) {
        this.send = send;
        this.fields = Object.fromEntries(asked.map(({ name, label, hint, type, autocomplete, testID: id }) => {
            const control = h("input", { type, name, autocomplete, autocapitalize: "none", "data-testid": id });
            return [name, field({ label, hint, control })];
        }));
        this.note = h("p", { class: "banner", role: "alert", hidden: true, "data-testid": `${testID}-message` });
        this.submit = h("button", {
            type: "submit", class: `button ${isGrave ? "grave" : "primary"}`, "data-testid": testID,
        }, submit);
        this.form = h(
            "form", { novalidate: true }, intro.length ? h("p", { class: "settings-words" }, ...intro) : null,
            this.note, ...Object.values(this.fields).map(({ element }) => element), this.submit,
        );
        this.form.addEventListener("submit", (event) => { event.preventDefault(); this.#submit(); });
        this.element = h(
            "details", { class: "account-part", "data-testid": `${testID}-part` }, h("summary", {}, summary), this.form,
        );
    }

    /** Forgets what was typed and said, and folds up. */
    reset() {
        this.form.reset();
        this.element.open = false;
        this.#say(showErrors(this.fields, {}));
    }

    /**
     * @param {string} text
     * @param {boolean} [calm] news rather than a failure
     */
    #say(text, calm = false) {
        this.note.classList.toggle("calm", calm);
        this.note.textContent = text;
        this.note.hidden = !text;
    }

    async #submit() {
        if (this.submit.disabled) return;
        /** @type {Record<string, string>} */
        const input = {};
        for (const [name, { control }] of Object.entries(this.fields)) input[name] = control.value;
        if ("email" in input) input.email = input.email.trim();
        const messages = firstLook(input);
        this.#say(showErrors(this.fields, messages));
        if (Object.keys(messages).length) return;
        this.submit.disabled = true;
        try {
            const said = await this.send(input);
            this.form.reset();
            this.#say(said, true);
        } catch (error) {
            if (!(error instanceof Problem)) throw error;
            const found = fieldMessages(error.errors);
            const rest = showErrors(this.fields, found);
            this.#say(Object.keys(found).length ? rest : error.detail);
        } finally {
            this.submit.disabled = false;
        }
    }
}
