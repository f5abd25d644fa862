/** Sign-up and sign-in: one card, two modes. */

import { Problem } from "../api.js";
import { field, showErrors } from "../components/field.js";
import { h } from "../components/element.js";
import { mark } from "../components/icon.js";
import { codePoints, fieldMessages } from "../lib/text.js";
import { say } from "../words/words.js";

/** @typedef {import("../store.js").Store} Store */

const MODES = Object.freeze({
    "sign-in": { autocomplete: "current-password" }, "sign-up": { autocomplete: "new-password" },
});

export class AuthView {
    /** @type {keyof MODES} */
    #mode = "sign-in";

    /** @param {Store} store */
    constructor(store) {
        this.store = store;
        const email = h("input", {
            type: "email", name: "email", autocomplete: "username", inputmode: "email", autocapitalize: "none",
            spellcheck: "false", "data-testid": "email",
        });
        const password = h("input", { type: "password", name: "password", "data-testid": "password" });
        this.fields = {
            email: field({ label: say("auth.email"), control: email }),
            password: field({ label: say("auth.password"), control: password, class: "field-password" }),
        };
        this.password = password;
        this.reveal = h("button", {
            type: "button", class: "link reveal", "aria-label": say("auth.showPassword"),
            on: { click: () => this.#reveal() },
        }, say("auth.show"));
        this.fields.password.element.append(this.reveal);
        this.heading = h("h1");
        this.note = h("p", { class: "banner", role: "alert", hidden: true, "data-testid": "auth-message" });
        this.submit = h("button", { type: "submit", class: "button primary wide", "data-testid": "submit-auth" });
        this.form = h(
            "form", { class: "card auth-form", novalidate: true },
            this.heading, this.note, this.fields.email.element, this.fields.password.element, this.submit,
        );
        this.form.addEventListener("submit", (event) => { event.preventDefault(); this.#send(); });
        this.question = h("span");
        this.switch = h("button", {
            type: "button", class: "link", "data-testid": "switch-auth",
            on: { click: () => this.show(this.#mode === "sign-in" ? "sign-up" : "sign-in") },
        });
        this.forgotten = h(
            "p", { class: "auth-switch" },
            h("a", { href: "/account/forgot-password", "data-testid": "forgot" }, say("auth.forgotten")),
        );
        this.element = h(
            "main", { class: "auth", "data-testid": "auth-view" },
            h("p", { class: "brand" }, mark(), "Errand"), this.form,
            h("p", { class: "auth-switch" }, this.question, " ", this.switch),
            this.forgotten,
        );
        this.show("sign-in");
    }

    /** @param {keyof MODES} mode */
    show(mode) {
        this.#mode = mode;
        this.heading.textContent = say(`auth.${mode}.heading`);
        this.submit.textContent = say(`auth.${mode}.submit`);
        this.question.textContent = say(`auth.${mode}.question`);
        this.switch.textContent = say(`auth.${mode}.other`);
        this.form.dataset.testid = `${mode}-form`;
        this.form.setAttribute("aria-label", this.heading.textContent);
        this.password.setAttribute("autocomplete", MODES[mode].autocomplete);
        this.forgotten.hidden = mode !== "sign-in";
        this.fields.password.setHint(mode === "sign-up" ? say("auth.sign-up.hint") : "");
        for (const one of Object.values(this.fields)) one.setError("");
        this.#say("");
    }

    /** @param {import("../store/core.js").State} state */
    enter({ phase, user }) {
        const expired = phase === "expired";
        this.show("sign-in");
        this.switch.parentElement?.toggleAttribute("hidden", expired);
        if (expired) {
            this.fields.email.control.value = user?.email ?? "";
            this.#say(say("auth.expired"), true);
        }
        (this.fields.email.control.value ? this.password : this.fields.email.control).focus();
    }

    #reveal() {
        const hidden = this.password.type === "password";
        this.password.type = hidden ? "text" : "password";
        this.reveal.textContent = say(hidden ? "auth.hide" : "auth.show");
        this.reveal.setAttribute("aria-label", say(hidden ? "auth.hidePassword" : "auth.showPassword"));
        this.password.focus();
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

    /**
     * @param {{email: string, password: string}} input
     * @returns {Record<string, string>}
     */
    #firstLook({ email, password }) {
        /** @type {Record<string, string>} */
        const messages = {};
        if (!email.includes("@")) messages.email = say("auth.needsEmail");
        if (!password) messages.password = say("auth.needsPassword");
        else if (this.#mode === "sign-up" && codePoints(password) < 8) {
            messages.password = say("auth.shortPassword");
        }
        return messages;
    }

    async #send() {
        if (this.submit.disabled) return;
        const input = { email: this.fields.email.control.value.trim(), password: this.password.value };
        const messages = this.#firstLook(input);
        this.#say(showErrors(this.fields, messages));
        if (Object.keys(messages).length) return;
        this.submit.disabled = true;
        try {
            await (this.#mode === "sign-up" ? this.store.signUp(input) : this.store.signIn(input));
            this.password.value = "";
        } catch (error) {
            if (!(error instanceof Problem)) throw error;
            this.#refused(error);
        } finally {
            this.submit.disabled = false;
        }
    }

    /** @param {Problem} problem */
    #refused(problem) {
        const messages = fieldMessages(problem.errors);
        if (problem.code === "email_taken") messages.email = problem.detail;
        const rest = showErrors(this.fields, messages);
        const reason = problem.status === 401 ? say("auth.wrong") : problem.detail;
        this.#say(Object.keys(messages).length ? rest : reason);
    }
}
