/** The account: its address, sessions, and the way out. */

import { Problem } from "../api.js";
import { h } from "./element.js";
import { field, showErrors } from "./field.js";

/** @typedef {import("../store.js").Store} Store */

export class AccountDialog {
    /** @param {Store} store */
    constructor(store) {
        this.store = store;
        this.opener = h("button", {
            type: "button", class: "link", "data-testid": "account", on: { click: () => this.open() },
        }, "Account");
        this.address = h("p", { dir: "auto" });
        this.verify = this.#button("Send the confirmation again", "verify-again", () => this.#verify());
        this.note = h("p", { class: "banner", role: "alert", hidden: true, "data-testid": "account-message" });
        this.password = h("input", {
            type: "password", name: "current_password", autocomplete: "current-password",
            "data-testid": "delete-password",
        });
        this.field = field({ label: "Password", control: this.password });
        this.form = h(
            "form", { novalidate: true },
            h("p", {}, "Everything goes, for good. Take your data along first: ",
                h("a", { href: "/api/v1/export", download: true }, "export tasks"), ", ",
                h("a", { href: "/api/v1/audit/export", download: true }, "export the log"), "."),
            this.field.element,
            h("button", { type: "submit", class: "button", "data-testid": "delete-account" }, "Delete the account"),
        );
        this.form.addEventListener("submit", (event) => { event.preventDefault(); this.#delete(); });
        const close = this.#button("Close", "account-close", () => this.element.close());
        this.element = h(
            "dialog", { class: "editor", "aria-label": "Account", "data-testid": "account-dialog" },
            h("h2", {}, "Account"), this.address, this.note, this.verify,
            this.#button("Sign out everywhere", "sign-out-everywhere", () => this.#leave()),
            h("details", {}, h("summary", {}, "Delete the account"), this.form), close,
        );
    }

    /**
     * @param {string} text
     * @param {string} id
     * @param {() => void} action
     */
    #button(text, id, action) {
        return h("button", { type: "button", class: "button", "data-testid": id, on: { click: action } }, text);
    }

    open() {
        const user = this.store.state.user;
        const verified = user?.email_verified === true;
        this.address.textContent = `${user?.email ?? ""}${verified ? "" : " (not confirmed yet)"}`;
        this.verify.hidden = verified || !user?.email;
        this.password.value = "";
        this.field.setError("");
        this.#say("");
        this.element.showModal();
    }

    /** @param {string} text */
    #say(text) {
        this.note.textContent = text;
        this.note.hidden = !text;
    }

    /** @param {() => Promise<void>} action */
    async #attempt(action) {
        this.#say(showErrors({ current_password: this.field }, {}));
        try {
            await action();
        } catch (error) {
            if (!(error instanceof Problem)) throw error;
            this.#say(error.detail);
        }
    }

    #verify() {
        return this.#attempt(async () => {
            await this.store.verifyAddress();
            this.#say("A mail is on its way, if this server sends mails.");
        });
    }

    #leave() {
        return this.#attempt(async () => {
            await this.store.leave(() => this.store.signOutEverywhere());
            this.element.close();
        });
    }

    #delete() {
        return this.#attempt(async () => {
            await this.store.leave(() => this.store.deleteAccount(this.password.value));
            this.element.close();
        });
    }
}
