/** The dialog with what a person decides about notifications. */

import { choicesOf } from "../lib/notify.js";
import { ChannelsSection } from "./channels-section.js";
import { h, setText } from "./element.js";
import { icon } from "./icon.js";
import { MatrixSection } from "./matrix-section.js";
import { TimesSection } from "./times-section.js";

export class SettingsPanel {
    /**
     * @param {import("../store.js").Store} store
     * @param {(question: string) => boolean} [confirm] asks before something is removed
     */
    constructor(store, confirm = (question) => window.confirm(question)) {
        this.store = store;
        this.opener = h("button", {
            type: "button", class: "link", "aria-haspopup": "dialog", "data-testid": "open-settings",
            on: { click: () => store.settings.open() },
        }, "Settings");
        this.matrix = new MatrixSection(store);
        this.quiet = this.#quietHours();
        this.digest = this.#digest();
        this.channels = new ChannelsSection(store, confirm);
        this.zone = h("p", { class: "settings-words" });
        this.leave = h("button", {
            type: "button", class: "icon-button", "aria-label": "Close", "data-testid": "close-settings",
            on: { click: () => this.element.close() },
        }, icon("close"));
        this.element = h(
            "dialog", { class: "inbox settings", "aria-labelledby": "settings-title", "data-testid": "settings" },
            h("div", { class: "inbox-head" }, h("h2", { id: "settings-title" }, "Notification settings"), this.leave),
            this.matrix.element, this.channels.element,
            h("div", { class: "settings-pair" }, this.quiet.element, this.digest.element), this.zone,
        );
        this.element.addEventListener("click", (event) => {
            if (event.target === this.element) this.element.close();
        });
        this.element.addEventListener("close", () => {
            store.settings.close();
            for (const part of [this.quiet, this.digest, this.channels]) part.leave();
        });
    }

    #quietHours() {
        return new TimesSection({
            name: "quiet", heading: "Quiet hours", toggle: "Keep quiet every night",
            hint: "Reminders, push, ntfy and e-mail wait for the end. Webhooks and what concerns your account do not.",
            fields: [{ name: "from", label: "From", usual: "22:00" }, { name: "to", label: "To", usual: "07:00" }],
            save: (times) => {
                this.store.settings.setQuietHours(times ? { from: times.from, to: times.to } : null);
            },
        });
    }

    #digest() {
        return new TimesSection({
            name: "digest", heading: "Daily digest", toggle: "Send a digest every day",
            hint: "What is overdue and due today, in one message.",
            fields: [{ name: "at", label: "At", usual: "07:30" }],
            save: (times) => { this.store.settings.setDigest(times?.at ?? null); },
        });
    }

    /** Makes way for the sign-in screen. */
    suspend() { this.element.close(); }

    /** Whether something typed here would be lost with the page. */
    get dirty() { return this.channels.dirty; }

    /** @param {import("../store/core.js").State} state */
    update(state) {
        const { settings, user } = state;
        if (!settings.isOpen) {
            if (this.element.open) this.element.close();
            return;
        }
        const { quiet, digest } = choicesOf(user, settings.pending);
        this.matrix.update(state);
        this.quiet.update(quiet && { from: quiet.from, to: quiet.to }, settings.notes.quiet);
        this.digest.update(digest ? { at: digest } : null, settings.notes.digest);
        this.channels.update(state);
        setText(this.zone, user?.time_zone ? `Times are those of your clock (${user.time_zone}).` : "");
        if (!this.element.open) {
            this.element.showModal();
            this.leave.focus();
            this.store.channels.open();
        }
    }
}
