/** What is asked of a person to add a channel of one kind. */

import { Problem } from "../api.js";
import { fieldMessages } from "../lib/text.js";
import { say } from "../words/words.js";
import { h } from "./element.js";
import { field, showErrors } from "./field.js";

/** @typedef {{name: "name"|"address"|"url"|"topic"|"server"|"token", input: Record<string, any>}} Asked */

const NAME = Object.freeze(/** @type {Asked} */ ({ name: "name", input: {} }));

/** @type {Readonly<Record<string, Asked[]>>} */
export const ASKED = Object.freeze({
    email: [
        { name: "address", input: { type: "email", inputmode: "email", autocomplete: "email", maxlength: 254 } }, NAME,
    ],
    webhook: [
        { name: "url", input: { type: "url", inputmode: "url", placeholder: "https://", maxlength: 2048 } }, NAME,
    ],
    ntfy: [
        { name: "topic", input: { maxlength: 64 } },
        { name: "server", input: { type: "url", inputmode: "url", placeholder: "https://ntfy.sh", maxlength: 2048 } },
        { name: "token", input: { type: "password", autocomplete: "off", maxlength: 200 } },
        NAME,
    ],
});

export class ChannelForm {
    /**
     * @param {string} kind
     * @param {{add: (input: Record<string, string>) => Promise<void>, close: () => void}} parts
     */
    constructor(kind, { add, close }) {
        this.kind = kind;
        this.add = add;
        this.close = close;
        this.fields = Object.fromEntries(ASKED[kind].map(({ name, input }) => {
            const control = h("input", {
                type: "text", name, autocomplete: "off", autocapitalize: "none", spellcheck: "false", ...input,
                "data-testid": `add-${kind}-${name}`,
            });
            return [name, field({ label: say(`channels.${name}`), hint: say(`channels.${name}.hint`), control })];
        }));
        this.message = h("p", { class: "banner", role: "alert", hidden: true, "data-testid": `add-${kind}-message` });
        this.submit = h("button", {
            type: "submit", class: "button primary", "data-testid": `add-${kind}-submit`,
        }, say("common.add"));
        this.element = h(
            "form", { class: "channel-form", novalidate: true, hidden: true, "data-testid": `add-${kind}-form` },
            this.message, ...Object.values(this.fields).map(({ element }) => element),
            h(
                "div", { class: "channel-buttons" }, this.submit,
                h("button", { type: "button", class: "button", on: { click: () => this.close() } },
                    say("common.cancel")),
            ),
        );
        this.element.addEventListener("submit", (event) => { event.preventDefault(); this.#send(); });
        this.element.addEventListener("keydown", (event) => {
            if (event.key !== "Escape") return;
            event.preventDefault();
            event.stopPropagation();
            this.close();
        });
    }

    /** @param {boolean} isOpen */
    show(isOpen) {
        if (this.element.hidden === !isOpen) return;
        this.element.hidden = !isOpen;
        this.element.reset();
        this.#say(showErrors(this.fields, {}));
        if (isOpen) Object.values(this.fields)[0].control.focus();
    }

    /** Whether something is typed that would be lost. */
    get dirty() { return !this.element.hidden && Object.values(this.fields).some(({ control }) => control.value); }

    /** @param {string} text */
    #say(text) {
        this.message.textContent = text;
        this.message.hidden = !text;
    }

    async #send() {
        if (this.submit.disabled) return;
        /** @type {Record<string, string>} */
        const input = { kind: this.kind };
        for (const [name, { control }] of Object.entries(this.fields)) {
            const value = control.value.trim();
            if (value) input[name] = value;
        }
        const first = ASKED[this.kind][0];
        if (!input[first.name]) {
            this.#say(showErrors(this.fields, { [first.name]: say(`channels.needs.${first.name}`) }));
            return;
        }
        this.submit.disabled = true;
        try {
            await this.add(input);
            this.close();
        } catch (error) {
            if (!(error instanceof Problem)) throw error;
            const messages = fieldMessages(error.errors);
            const rest = showErrors(this.fields, messages);
            this.#say(Object.keys(messages).length ? rest : error.errors[0]?.detail ?? error.detail);
        } finally {
            this.submit.disabled = false;
        }
    }
}
