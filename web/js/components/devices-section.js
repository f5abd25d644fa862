/** Below the inbox: whether this browser is told things while the page is closed, and which others are. */

import { statusWords } from "../words/notify.js";
import { say } from "../words/words.js";
import { h, setText } from "./element.js";

export class DevicesSection {
    /** @type {import("../store/devices.js").Channel[]|null} */
    #shown = null;

    /** @param {import("../store/devices.js").Devices} devices */
    constructor(devices) {
        this.devices = devices;
        this.words = h("p", { class: "devices-words", "data-testid": "device-words" });
        this.toggle = h("button", {
            type: "button", class: "button", "data-testid": "device-toggle", on: { click: () => this.#toggle() },
        });
        this.message = h("p", { class: "devices-words", role: "status", "data-testid": "devices-message" });
        this.list = h("ul", { class: "devices-list", "data-testid": "devices" });
        this.element = h(
            "section", { class: "devices", "aria-labelledby": "devices-heading" },
            h("h3", { id: "devices-heading" }, say("devices.title")), this.words, this.toggle, this.message, this.list,
        );
        this.isOn = false;
    }

    #toggle() { if (this.isOn) this.devices.switchOff(); else this.devices.switchOn(); }

    /** @param {import("../store/core.js").State} state */
    update({ devices: { state, channels, here, isBusy, message } }) {
        this.isOn = state === "on";
        setText(this.words, state === "unknown" ? "" : say(`devices.${state}`));
        setText(this.toggle, say(this.isOn ? "devices.switchOff" : "devices.switchOn"));
        this.toggle.hidden = state !== "on" && state !== "off";
        this.toggle.disabled = isBusy;
        setText(this.message, message);
        if (channels === this.#shown) return;
        this.#shown = channels;
        const browsers = channels.filter(({ kind }) => kind === "web_push");
        this.list.hidden = browsers.length === 0;
        this.list.replaceChildren(...browsers.map((channel) => this.#row(channel, channel.id === here)));
    }

    /**
     * @param {import("../store/devices.js").Channel} channel
     * @param {boolean} isHere
     */
    #row(channel, isHere) {
        const button = (/** @type {string} */ text, /** @type {string} */ testID, /** @type {() => void} */ click) =>
            h("button", {
                type: "button", class: "link", "data-testid": testID, on: { click },
                "aria-label": say("channels.about", { action: text, name: channel.name }),
            }, text);
        return h(
            "li", { class: "device", "data-testid": "device", "data-status": channel.status },
            h("span", { class: "device-name", dir: "auto" },
                isHere ? say("channels.isThis", { name: channel.name }) : channel.name),
            h("span", { class: "device-status" }, statusWords(channel)),
            h(
                "span", { class: "notification-actions" },
                button(say("channels.test"), "device-test", () => this.devices.test(channel.id)),
                button(say("common.remove"), "device-remove", () => this.devices.remove(channel.id)),
            ),
        );
    }
}
