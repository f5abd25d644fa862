/** Settings: where a person can be reached, and how to add more. */

import { KINDS } from "../lib/notify.js";
import { kindWords } from "../words/notify.js";
import { say } from "../words/words.js";
import { ASKED, ChannelForm } from "./channel-forms.js";
import { ChannelRow } from "./channel-row.js";
import { attribute, freshID, h, setText } from "./element.js";
import { SecretBox } from "./secret-box.js";

const ADDABLE = KINDS.filter((kind) => kind in ASKED);
export class ChannelsSection {
    /** @type {Map<string, ChannelRow>} */
    #rows = new Map();
    #open = "";

    /**
     * @param {import("../store.js").Store} store
     * @param {(question: string) => boolean} confirm
     */
    constructor(store, confirm) {
        this.store = store;
        this.confirm = confirm;
        const headingID = freshID("settings-heading");
        this.heading = h("h3", { id: headingID, tabindex: "-1" }, say("channels.title"));
        this.message = h("p", { class: "settings-message", role: "status", "data-testid": "channels-message" });
        this.secret = new SecretBox(() => { store.channels.forgetSecret(); this.heading.focus(); });
        this.list = h("ul", { class: "channels", "data-testid": "channels", "aria-labelledby": headingID });
        this.empty = h("p", { class: "settings-words", "data-testid": "channels-empty" });
        this.browser = h("p", { class: "settings-words", "data-testid": "browser-words" });
        this.forms = new Map(ADDABLE.map((id) => [id, new ChannelForm(id, {
            add: (input) => store.channels.add(input), close: () => this.#choose(""),
        })]));
        this.element = h(
            "section", { class: "settings-section", "aria-labelledby": headingID },
            this.heading, this.message, this.secret.element, this.list, this.empty, this.#adding(), this.browser,
            ...[...this.forms.values()].map(({ element }) => element),
        );
    }

    #adding() {
        this.here = h("button", {
            type: "button", class: "button", "data-testid": "add-browser",
            on: { click: () => this.store.channels.addThisBrowser() },
        }, say("channels.here"));
        this.choices = new Map(ADDABLE.map((id) => [id, h("button", {
            type: "button", class: "button", "aria-expanded": "false", "data-testid": `add-${id}`,
            on: { click: () => this.#choose(this.#open === id ? "" : id) },
        }, kindWords(id))]));
        const label = freshID("add-channel");
        return h(
            "div", { class: "channel-adding", role: "group", "aria-labelledby": label },
            h("span", { id: label }, say("channels.add")), this.here, ...this.choices.values(),
        );
    }

    /** @param {string} kind whose form is shown; "" for none */
    #choose(kind) {
        const before = this.#open;
        this.#open = kind;
        for (const [id, form] of this.forms) {
            attribute(/** @type {Element} */ (this.choices.get(id)), "aria-expanded", String(id === kind));
            form.show(id === kind);
        }
        // Where a secret is shown, focus is there already.
        if (!kind && before && !this.secret.element.contains(document.activeElement)) this.choices.get(before)?.focus();
    }

    /** Whether something is typed that would be lost. */
    get dirty() { return [...this.forms.values()].some(({ dirty }) => dirty); }

    leave() {
        this.#choose("");
        this.store.channels.forgetSecret();
    }

    /** @param {import("../store/core.js").State} state */
    update({ devices, channels, now, zone }) {
        setText(this.message, channels.message || devices.message);
        this.message.classList.toggle("failed", channels.isError);
        this.secret.update(channels.secret);
        this.#showRows(devices.channels, (channel) => ({
            now, zone, note: channels.notes[channel.id], isHere: channel.id === devices.here,
        }));
        this.list.hidden = devices.channels.length === 0;
        this.empty.hidden = devices.channels.length > 0;
        setText(this.empty, say(devices.state === "unknown" ? "page.loading" : "channels.none"));
        this.here.hidden = devices.state !== "off";
        this.here.disabled = devices.isBusy;
        const { state } = devices;
        const words = state === "denied" || state === "unsupported" ? say(`channels.${state}`) : "";
        setText(this.browser, words);
        this.browser.hidden = !words;
    }

    /**
     * @param {import("../store/devices.js").Channel[]} items
     * @param {(channel: import("../store/devices.js").Channel) => import("./channel-row.js").ChannelSetting} setting
     */
    #showRows(items, setting) {
        const kept = new Set(items.map(({ id }) => id));
        for (const [id, row] of this.#rows) {
            if (kept.has(id)) continue;
            const hadFocus = row.element.contains(document.activeElement);
            row.element.remove();
            this.#rows.delete(id);
            if (hadFocus) this.heading.focus();
        }
        for (const item of items) {
            const row = this.#rows.get(item.id) ?? new ChannelRow(item, this.store.channels, this.confirm);
            if (!this.#rows.has(item.id)) this.list.append(row.element);
            this.#rows.set(item.id, row);
            row.update(item, setting(item));
        }
    }
}
