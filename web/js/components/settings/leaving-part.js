/** The ways out: of this session, of all of them, for good. */

import { Problem } from "../../api.js";
import { say } from "../../words/words.js";
import { AccountForm } from "../account-forms.js";
import { h } from "../element.js";
import { button, group } from "./group.js";
import { currentPassword } from "./profile-part.js";

export class LeavingPart {
    /**
     * @param {import("../../store.js").Store} store
     * @param {{signOut: () => void, close: () => void}} parts
     */
    constructor(store, parts) {
        this.store = store;
        this.parts = parts;
        this.note = h("p", { class: "banner", role: "alert", hidden: true, "data-testid": "leaving-message" });
        this.deletion = this.#deleteForm();
        this.element = group(
            "leaving", say("account.leaving"), "", this.note,
            h("div", { class: "settings-block" },
                h("div", { class: "channel-buttons" },
                    button(say("account.signOut"), "settings-sign-out", () => parts.signOut()),
                    button(say("credentials.signOutEverywhere"), "sign-out-everywhere", () => this.#everywhere())),
                h("p", { class: "settings-words" }, say("account.everywhereAbout"))),
            h("div", { class: "settings-forms" }, this.deletion.element),
        );
    }

    #deleteForm() {
        return new AccountForm({
            summary: say("credentials.delete"), submit: say("account.deleteNow"), testID: "delete-account",
            isGrave: true,
            intro: [say("account.deleteAbout")],
            asked: [{ ...currentPassword("delete-password"), label: say("auth.password") }],
            send: async ({ current_password: password }) => {
                await this.store.leave(() => this.store.deleteAccount(password));
                this.parts.close();
                return "";
            },
        });
    }

    leave() {
        this.deletion.reset();
        this.note.hidden = true;
    }

    async #everywhere() {
        this.note.hidden = true;
        try {
            await this.store.leave(() => this.store.signOutEverywhere());
            this.parts.close();
        } catch (error) {
            if (!(error instanceof Problem)) throw error;
            this.note.textContent = error.detail;
            this.note.hidden = false;
        }
    }
}
