/** The account: its address, password and sessions, and the way out. */

import { Problem } from "../api.js";
import { say } from "../words/words.js";
import { AccountForm } from "./account-forms.js";
import { h } from "./element.js";
import { icon } from "./icon.js";

/** @typedef {import("../store.js").Store} Store */

/** @param {string} testID */
const currentPassword = (testID) => ({
    name: "current_password", label: say("credentials.currentPassword"), type: "password",
    autocomplete: "current-password", testID,
});

export class AccountDialog {
    /** @param {Store} store */
    constructor(store) {
        this.store = store;
        this.opener = h("button", {
            type: "button", class: "link", "aria-haspopup": "dialog", "data-testid": "account",
            on: { click: () => this.open() },
        }, say("credentials.title"));
        this.address = h("p", { class: "account-address", dir: "auto", "data-testid": "account-address" });
        this.state = h("p", { class: "settings-words" });
        this.verify = this.#button(say("credentials.verify"), "verify-again", () => this.#verify());
        this.note = h("p", { class: "banner", role: "alert", hidden: true, "data-testid": "account-message" });
        this.forms = [this.#passwordForm(), this.#addressForm(), this.#deleteForm()];
        const leave = h("button", {
            type: "button", class: "icon-button", "aria-label": say("common.close"), "data-testid": "account-close",
            on: { click: () => this.element.close() },
        }, icon("close"));
        const [password, address, deletion] = this.forms;
        this.element = h(
            "dialog", { class: "inbox", "aria-labelledby": "account-title", "data-testid": "account-dialog" },
            h("div", { class: "inbox-head" }, h("h2", { id: "account-title" }, say("credentials.title")), leave),
            h("div", { class: "account-body" },
                h("div", {}, this.address, this.state), this.note, this.verify, password.element, address.element,
                h("div", { class: "account-part" },
                    this.#button(say("credentials.signOutEverywhere"), "sign-out-everywhere", () => this.#leave()),
                    h("p", { class: "settings-words" }, say("credentials.signOutEverywhere.hint"))),
                deletion.element),
        );
        this.element.addEventListener("click", (event) => {
            if (event.target === this.element) this.element.close();
        });
        // Passwords do not stay behind a closed dialog.
        this.element.addEventListener("close", () => { for (const form of this.forms) form.reset(); });
    }

    #passwordForm() {
        return new AccountForm({
            summary: say("credentials.changePassword"), submit: say("credentials.changePassword"),
            testID: "change-password",
            intro: [say("credentials.changePassword.intro")],
            asked: [currentPassword("change-password-current"), {
                name: "new_password", label: say("credentials.newPassword"), type: "password",
                autocomplete: "new-password", hint: say("credentials.newPassword.hint"), testID: "change-password-new",
            }],
            send: async ({ current_password, new_password }) => {
                await this.store.changePassword({ current_password, new_password });
                return say("credentials.passwordChanged");
            },
        });
    }

    #addressForm() {
        return new AccountForm({
            summary: say("credentials.changeAddress"), submit: say("credentials.changeAddress.submit"),
            testID: "change-address",
            intro: [say("credentials.changeAddress.intro")],
            asked: [{
                name: "email", label: say("credentials.newAddress"), type: "email", autocomplete: "email",
                testID: "change-address-email",
            }, currentPassword("change-address-password")],
            send: async ({ email, current_password }) => {
                await this.store.changeAddress({ email, current_password });
                return say("credentials.linkSent", { email });
            },
        });
    }

    #deleteForm() {
        return new AccountForm({
            summary: say("credentials.delete"), submit: say("credentials.delete"), testID: "delete-account",
            isGrave: true,
            intro: [say("credentials.delete.intro"),
                h("a", { href: "/api/v1/export", download: true }, say("credentials.exportTasks")), ", ",
                h("a", { href: "/api/v1/audit/export", download: true }, say("credentials.exportLog")), "."],
            asked: [{ ...currentPassword("delete-password"), label: say("auth.password") }],
            send: async ({ current_password: password }) => {
                await this.store.leave(() => this.store.deleteAccount(password));
                this.element.close();
                return "";
            },
        });
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
        this.address.textContent = user?.email ?? "";
        this.state.textContent = say(verified ? "credentials.confirmed" : "credentials.unconfirmed");
        this.verify.hidden = verified || !user?.email;
        for (const form of this.forms) form.reset();
        this.#say("");
        this.element.showModal();
    }

    /** Makes way for the sign-in screen. */
    suspend() { this.element.close(); }

    /**
     * @param {string} text
     * @param {boolean} [calm] news rather than a failure
     */
    #say(text, calm = false) {
        this.note.classList.toggle("calm", calm);
        this.note.textContent = text;
        this.note.hidden = !text;
    }

    /** @param {() => Promise<void>} action */
    async #attempt(action) {
        this.#say("");
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
            this.#say(say("credentials.mailSent"), true);
        });
    }

    #leave() {
        return this.#attempt(async () => {
            await this.store.leave(() => this.store.signOutEverywhere());
            this.element.close();
        });
    }
}
