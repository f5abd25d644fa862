/** The account: its address, password and sessions, and the way out. */

import { Problem } from "../api.js";
import { AccountForm } from "./account-forms.js";
import { h } from "./element.js";
import { icon } from "./icon.js";

/** @typedef {import("../store.js").Store} Store */

/** @param {string} testID */
const currentPassword = (testID) => ({
    name: "current_password", label: "Current password", type: "password", autocomplete: "current-password", testID,
});

export class AccountDialog {
    /** @param {Store} store */
    constructor(store) {
        this.store = store;
        this.opener = h("button", {
            type: "button", class: "link", "aria-haspopup": "dialog", "data-testid": "account",
            on: { click: () => this.open() },
        }, "Account");
        this.address = h("p", { class: "account-address", dir: "auto", "data-testid": "account-address" });
        this.state = h("p", { class: "settings-words" });
        this.verify = this.#button("Send the confirmation again", "verify-again", () => this.#verify());
        this.note = h("p", { class: "banner", role: "alert", hidden: true, "data-testid": "account-message" });
        this.forms = [this.#passwordForm(), this.#addressForm(), this.#deleteForm()];
        const leave = h("button", {
            type: "button", class: "icon-button", "aria-label": "Close", "data-testid": "account-close",
            on: { click: () => this.element.close() },
        }, icon("close"));
        const [password, address, deletion] = this.forms;
        this.element = h(
            "dialog", { class: "inbox", "aria-labelledby": "account-title", "data-testid": "account-dialog" },
            h("div", { class: "inbox-head" }, h("h2", { id: "account-title" }, "Account"), leave),
            h("div", { class: "account-body" },
                h("div", {}, this.address, this.state), this.note, this.verify, password.element, address.element,
                h("div", { class: "account-part" },
                    this.#button("Sign out everywhere", "sign-out-everywhere", () => this.#leave()),
                    h("p", { class: "settings-words" }, "On every device, this one included.")),
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
            summary: "Change the password", submit: "Change the password", testID: "change-password",
            intro: ["All other sessions end; you stay signed in here."],
            asked: [currentPassword("change-password-current"), {
                name: "new_password", label: "New password", type: "password", autocomplete: "new-password",
                hint: "At least 8 characters; a few words are easy to keep in mind.", testID: "change-password-new",
            }],
            send: async ({ current_password, new_password }) => {
                await this.store.changePassword({ current_password, new_password });
                return "The password is changed. All other sessions have ended.";
            },
        });
    }

    #addressForm() {
        return new AccountForm({
            summary: "Change the address", submit: "Send the link", testID: "change-address",
            intro: ["A link goes to the new address. The one of now stays until the link is opened."],
            asked: [{
                name: "email", label: "New email address", type: "email", autocomplete: "email",
                testID: "change-address-email",
            }, currentPassword("change-address-password")],
            send: async ({ email, current_password }) => {
                await this.store.changeAddress({ email, current_password });
                return `A link is on its way to ${email}, if this server sends mails.`;
            },
        });
    }

    #deleteForm() {
        return new AccountForm({
            summary: "Delete the account", submit: "Delete the account", testID: "delete-account", isGrave: true,
            intro: ["Everything goes, for good. Take your data along first: ",
                h("a", { href: "/api/v1/export", download: true }, "export tasks"), ", ",
                h("a", { href: "/api/v1/audit/export", download: true }, "export the log"), "."],
            asked: [{ ...currentPassword("delete-password"), label: "Password" }],
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
        this.state.textContent = verified ? "Confirmed." : "Not confirmed yet: other mails are sent there only then.";
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
            this.#say("A mail is on its way, if this server sends mails.", true);
        });
    }

    #leave() {
        return this.#attempt(async () => {
            await this.store.leave(() => this.store.signOutEverywhere());
            this.element.close();
        });
    }
}
