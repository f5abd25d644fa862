/** One channel in the settings: what it is, how it is, and what can be done with it. */

import { Problem } from "../api.js";
import { placeWords } from "../lib/notify.js";
import { fieldMessages } from "../lib/text.js";
import { agoWords } from "../words/dates.js";
import { channelWords, kindWords, resultWords } from "../words/notify.js";
import { say } from "../words/words.js";
import { attribute, h, setText } from "./element.js";
import { field } from "./field.js";

/**
 * @typedef {import("../store/devices.js").Channel} Channel
 * @typedef {{now: Date, zone: string, note: import("../store/channels.js").Note|undefined,
 *   isHere: boolean}} ChannelSetting
 */

export class ChannelRow {
    /**
     * @param {Channel} channel
     * @param {import("../store/channels.js").Channels} channels
     * @param {(question: string) => boolean} confirm
     */
    constructor(channel, channels, confirm) {
        this.channel = channel;
        this.channels = channels;
        this.confirm = confirm;
        this.name = h("span", { class: "channel-name", dir: "auto", "data-testid": "channel-name" });
        this.status = h("span", { class: "channel-status", "data-testid": "channel-status" });
        this.place = h("p", { class: "channel-detail", dir: "auto", "data-testid": "channel-place" });
        this.result = h("p", { class: "channel-detail", "data-testid": "channel-result" });
        this.note = h("p", { class: "channel-note", role: "status", "data-testid": "channel-note" });
        this.#buildActions();
        this.actions = h(
            "div", { class: "notification-actions" },
            this.test, this.verify, this.rename, this.toggle, this.rotate, this.remove,
        );
        this.form = this.#renameForm();
        this.element = h(
            "li", { class: "channel", "data-testid": "channel", "data-channel-id": channel.id },
            h("div", { class: "channel-head" }, this.name, this.status),
            this.place, this.result, this.form, this.actions, this.note,
        );
    }

    #buildActions() {
        const { channels } = this;
        this.test = this.#button(say("channels.test"), "channel-test", () => channels.test(this.channel));
        this.verify = this.#button(
            say("channels.verify"), "channel-verify", () => channels.verify(this.channel),
        );
        this.rename = this.#button(say("channels.rename"), "channel-rename", () => this.#openForm());
        this.toggle = this.#button(say("channels.turnOff"), "channel-toggle", () => {
            channels.setEnabled(this.channel, this.channel.status === "disabled");
        });
        this.rotate = this.#button(say("channels.newSecret"), "channel-rotate", () => {
            const question = say("channels.confirmSecret", { name: this.channel.name });
            if (this.confirm(question)) channels.rotate(this.channel);
        });
        this.remove = this.#button(say("common.remove"), "channel-remove", () => {
            const question = say("channels.confirmRemove", { name: this.channel.name });
            if (this.confirm(question)) channels.remove(this.channel);
        });
    }

    /**
     * @param {string} text
     * @param {string} testID
     * @param {() => void} click
     */
    #button(text, testID, click) {
        return h("button", { type: "button", class: "link", "data-testid": testID, on: { click } }, text);
    }

    #renameForm() {
        this.input = h("input", {
            type: "text", maxlength: 100, autocomplete: "off", dir: "auto", "data-testid": "channel-new-name",
        });
        this.field = field({ label: say("channels.name"), control: this.input });
        const form = h(
            "form", { class: "channel-form", novalidate: true, hidden: true },
            this.field.element,
            h(
                "div", { class: "channel-buttons" },
                h("button", { type: "submit", class: "button primary", "data-testid": "channel-save-name" },
                    say("common.save")),
                h("button", { type: "button", class: "button", on: { click: () => this.#closeForm() } },
                    say("common.cancel")),
            ),
        );
        form.addEventListener("submit", (event) => { event.preventDefault(); this.#saveName(); });
        form.addEventListener("keydown", (event) => {
            if (event.key !== "Escape") return;
            event.preventDefault();
            event.stopPropagation();
            this.#closeForm();
        });
        return form;
    }

    #openForm() {
        this.input.value = this.channel.name;
        this.field.setError("");
        this.form.hidden = false;
        this.actions.hidden = true;
        this.input.focus();
        this.input.select();
    }

    #closeForm() {
        this.form.hidden = true;
        this.actions.hidden = false;
        this.rename.focus();
    }

    async #saveName() {
        try {
            await this.channels.rename(this.channel, this.input.value.trim());
            this.#closeForm();
        } catch (error) {
            if (!(error instanceof Problem)) throw error;
            this.field.setError(fieldMessages(error.errors).name ?? error.detail);
            this.input.focus();
        }
    }

    /**
     * @param {Channel} channel
     * @param {ChannelSetting} setting
     */
    update(channel, { now, zone, note, isHere }) {
        this.channel = channel;
        const { kind, status, name } = channel;
        attribute(this.element, "data-status", status);
        setText(this.name, isHere ? say("channels.isHere", { name }) : name);
        setText(this.status, channelWords(status, kind));
        setText(this.place, [kindWords(kind), placeWords(channel)].filter(Boolean).join(" · "));
        setText(this.result, resultWords(channel.last_result, (instant) => agoWords(instant, now, zone)));
        this.result.hidden = status === "unverified" && !channel.last_result;
        this.test.hidden = status === "disabled" || status === "gone" || status === "unverified";
        this.test.disabled = note?.isRunning === true;
        this.verify.hidden = status !== "unverified" || kind !== "email";
        this.toggle.hidden = status === "gone" || status === "unverified";
        setText(this.toggle, say(status === "disabled" ? "channels.turnOn" : "channels.turnOff"));
        this.rotate.hidden = kind !== "webhook";
        for (const button of [this.test, this.verify, this.rename, this.toggle, this.rotate, this.remove]) {
            attribute(button, "aria-label", say("channels.about", { action: button.textContent ?? "", name }));
        }
        setText(this.note, note?.text ?? "");
        this.note.classList.toggle("failed", note?.isError === true);
        attribute(this.note, "data-running", note?.isRunning === true);
    }
}
