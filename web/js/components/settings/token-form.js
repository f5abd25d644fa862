/** Makes a key for a program of one's own: what for, what it may, until when; then shows it, once. */

import { Problem } from "../../api.js";
import { codePoints, fieldMessages } from "../../lib/text.js";
import { say } from "../../words/words.js";
import { attribute, freshID, h, setText } from "../element.js";
import { field, showErrors } from "../field.js";
import { SecretBox } from "../secret-box.js";
import { button } from "./group.js";

/** The rights that a token can carry, the harmless ones first. */
const SCOPES = Object.freeze(["tasks:read", "tasks:write", "account:read", "account:write"]);

/** How long a key lasts, in days; "" for as long as nobody revokes it. */
const LASTS = Object.freeze(["30", "90", "365", ""]);
const DAY = 86_400_000;
const LONGEST_NAME = 100;

export class TokenForm {
    /** @param {import("../../store.js").Store} store */
    constructor(store) {
        this.store = store;
        this.opener = button(say("account.makeToken"), "make-token", () => this.show(this.form.hidden));
        this.secret = new SecretBox(() => { this.secret.update(null); this.opener.focus(); }, {
            label: say("account.token"), words: (name) => say("account.tokenOnce", { name }),
            testID: "token-secret",
        });
        const name = h("input", { type: "text", dir: "auto", autocomplete: "off", "data-testid": "token-name" });
        this.name = field({ label: say("account.tokenName"), hint: say("account.tokenNameHint"), control: name });
        const lasts = h("select", { "data-testid": "token-lasts" }, ...LASTS.map((days) => h("option", { value: days },
            days ? say("account.tokenDays", { count: Number(days) }) : say("account.tokenNoEnd"))));
        lasts.value = "90";
        this.lasts = field({ label: say("account.tokenLasts"), control: lasts });
        this.boxes = SCOPES.map((scope) => h("input", {
            type: "checkbox", value: scope, checked: scope === "tasks:read", "data-testid": `scope-${scope}`,
            on: { change: () => setText(this.scopeError, "") },
        }));
        this.message = h("p", { class: "banner", role: "alert", hidden: true, "data-testid": "token-message" });
        this.submit = h("button", { type: "submit", class: "button primary", "data-testid": "token-submit" },
            say("account.makeToken"));
        this.form = h(
            "form", { class: "channel-form token-form", novalidate: true, hidden: true, "data-testid": "token-form" },
            this.message, h("div", { class: "settings-fields" }, this.name.element, this.lasts.element),
            this.#scopes(), h("div", { class: "channel-buttons" }, this.submit,
                button(say("common.cancel"), "token-cancel", () => this.show(false))),
        );
        this.form.addEventListener("submit", (event) => { event.preventDefault(); this.#submit(); });
        this.element = h("div", { class: "settings-block" }, this.secret.element, this.opener, this.form);
        attribute(this.opener, "aria-expanded", "false");
    }

    #scopes() {
        const error = freshID("scope-error");
        this.scopeError = h("p", { class: "field-error", id: error, role: "alert" });
        return h(
            "fieldset", { class: "scopes", "aria-describedby": error }, h("legend", {}, say("account.tokenMay")),
            ...this.boxes.map((box) => h("label", { class: "settings-switch" }, box, h("span", {},
                say(`programs.right.${box.value}`)))),
            this.scopeError,
        );
    }

    /** Whether something is typed that would be lost. */
    get dirty() { return !this.form.hidden && this.name.control.value.trim() !== ""; }

    /** @param {boolean} isShown */
    show(isShown) {
        const hadFocus = this.form.contains(document.activeElement);
        this.form.hidden = !isShown;
        attribute(this.opener, "aria-expanded", String(isShown));
        if (isShown) { this.name.control.focus(); return; }
        this.form.reset();
        this.#say("");
        showErrors({ name: this.name }, {});
        setText(/** @type {HTMLElement} */ (this.scopeError), "");
        if (hadFocus) this.opener.focus();
    }

    leave() {
        this.show(false);
        this.secret.update(null);
    }

    /** @param {string} text */
    #say(text) {
        setText(this.message, text);
        this.message.hidden = !text;
    }

    /** What is not as it must be. @param {string} name @param {string[]} scopes */
    #refuse(name, scopes) {
        /** @type {Record<string, string>} */
        const messages = {};
        if (!name) messages.name = say("account.tokenNeedsName");
        else if (codePoints(name) > LONGEST_NAME) messages.name = say("account.nameTooLong");
        showErrors({ name: this.name }, messages);
        setText(/** @type {HTMLElement} */ (this.scopeError), scopes.length ? "" : say("account.tokenNeedsRight"));
        if (!messages.name && !scopes.length) this.boxes[0].focus();
        return Boolean(messages.name) || scopes.length === 0;
    }

    async #submit() {
        if (this.submit.disabled) return;
        const name = this.name.control.value.trim();
        const scopes = this.boxes.filter(({ checked }) => checked).map(({ value }) => value);
        this.#say("");
        if (this.#refuse(name, scopes)) return;
        const days = Number(this.lasts.control.value);
        const end = days ? new Date(this.store.state.now.getTime() + days * DAY).toISOString() : null;
        this.submit.disabled = true;
        try {
            const text = await this.store.tokens.make({ name, scopes, expires_at: end });
            this.show(false);
            this.secret.update({ name, text });
        } catch (error) {
            if (!(error instanceof Problem)) throw error;
            const found = fieldMessages(error.errors);
            const rest = showErrors({ name: this.name, expires_at: this.lasts }, found);
            this.#say(Object.keys(found).length ? rest : error.detail);
        } finally {
            this.submit.disabled = false;
        }
    }
}
