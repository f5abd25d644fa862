/** What opens the settings, and brings them: they are loaded once somebody wants to see them. */

import { say } from "../words/words.js";
import { h } from "./element.js";
import { Later } from "./later.js";

/**
 * The parts of the settings in their order.
 * @type {readonly string[]}
 */
export const PARTS = Object.freeze([
    "profile", "region", "day", "notifications", "channels", "access", "data", "leaving",
]);

/** @param {string} name @returns {string} what a part is called */
export function partName(name) { return say(`account.${name}`); }

/** @extends {Later<import("./settings-panel.js").SettingsPanel, typeof import("./settings-panel.js")>} */
export class SettingsOpener extends Later {
    /**
     * @param {import("../store.js").Store} store
     * @param {import("./settings-panel.js").Ways} ways
     */
    constructor(store, ways) {
        super(store, {
            load: () => import("./settings-panel.js"), make: ({ SettingsPanel }) => new SettingsPanel(store, ways),
            isWanted: ({ settings }) => settings.isOpen, giveUp: () => store.settings.close(),
        });
        this.opener = h("button", {
            type: "button", class: "link", "aria-haspopup": "dialog", "aria-keyshortcuts": "g ,",
            "data-testid": "open-settings", on: { click: () => store.settings.open() },
        }, say("account.settings"));
    }
}
