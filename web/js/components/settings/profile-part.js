/** Who this is: the name, the address and the password. */

import { Problem } from "../../api.js";
import { codePoints } from "../../lib/text.js";
import { say } from "../../words/words.js";
import { AccountForm } from "../account-forms.js";
import { h, setText } from "../element.js";
import { button, group } from "./group.js";
import { SavedField } from "./saved-field.js";

/** @typedef {import("../../store.js").Store} Store */

/** The longest name, as the server counts. */
const LONGEST_NAME = 100;

/** @param {string} testID */
export const currentPassword = (testID) => ({
    name: "current_password", label: say("credentials.currentPassword"), type: "password",
    autocomplete: "current-password", testID,
});

export class ProfilePart {
    /** @param {Store} store */
    constructor(store) {
        this.store = store;
        const control = h("input", { type: "text", autocomplete: "name", dir: "auto" });
        this.name = new SavedField({
            name: "name", label: say("account.name"), hint: say("account.nameHint"), control, store,
            read: () => control.value.trim(),
            error: () => (codePoints(control.value.trim()) > LONGEST_NAME ? say("account.nameTooLong") : ""),
        });
        this.address = h("p", { class: "account-address", dir: "auto", "data-testid": "account-address" });
        this.state = h("p", { class: "settings-words", "data-testid": "account-state" });
        this.verify = button(say("credentials.verify"), "verify-again", () => this.#verify());
        this.note = h("p", { class: "banner", role: "alert", hidden: true, "data-testid": "account-message" });
        this.forms = [this.#addressForm(), this.#passwordForm()];
        this.element = group(
            "profile", say("account.profile"), "",
            h("div", { class: "settings-fields" }, this.name.element),
            h("div", { class: "settings-block" },
                h("h4", {}, say("account.address")), this.address, this.state, this.note, this.verify),
            h("div", { class: "settings-forms" }, ...this.forms.map(({ element }) => element)),
        );
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

    /** Passwords do not stay behind closed settings. */
    leave() {
        this.name.leave();
        for (const form of this.forms) form.reset();
        this.#say("");
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

    async #verify() {
        this.#say("");
        try {
            await this.store.verifyAddress();
            this.#say(say("credentials.mailSent"), true);
        } catch (error) {
            if (!(error instanceof Problem)) throw error;
            this.#say(error.detail);
        }
    }

    /** @param {import("../../store/core.js").State} state */
    update(state) {
        const { user } = state;
        const isVerified = user?.email_verified === true;
        this.name.update(state);
        setText(this.address, user?.email ?? "");
        setText(this.state, say(isVerified ? "credentials.confirmed" : "credentials.unconfirmed"));
        this.verify.hidden = isVerified || !user?.email;
    }
}
