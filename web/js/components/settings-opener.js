/** What opens the settings, and brings them: they are loaded once somebody wants to see them. */

import { say } from "../words/words.js";
import { h } from "./element.js";

/**
 * The parts of the settings in their order.
 * @type {readonly string[]}
 */
export const PARTS = Object.freeze([
    "profile", "region", "day", "notifications", "channels", "access", "data", "leaving",
]);

/** @param {string} name @returns {string} what a part is called */
export function partName(name) { return say(`account.${name}`); }

export class SettingsOpener {
    /** @type {import("./settings-panel.js").SettingsPanel|null} */
    #panel = null;
    #isLoading = false;

    /**
     * @param {import("../store.js").Store} store
     * @param {import("./settings-panel.js").Ways} ways
     */
    constructor(store, ways) {
        this.store = store;
        this.ways = ways;
        this.opener = h("button", {
            type: "button", class: "link", "aria-haspopup": "dialog", "aria-keyshortcuts": "g ,",
            "data-testid": "open-settings", on: { click: () => store.settings.open() },
        }, say("account.settings"));
        this.element = h("div", {});
    }

    async #load() {
        this.#isLoading = true;
        try {
            const { SettingsPanel } = await import("./settings-panel.js");
            this.#panel = new SettingsPanel(this.store, this.ways);
            this.element.append(this.#panel.element);
            if (this.element.isConnected) this.#panel.update(this.store.state);
        } catch (error) {
            if (!(error instanceof TypeError)) throw error;
            this.store.settings.close();
            this.store.say(say("account.notLoaded"));
        } finally {
            this.#isLoading = false;
        }
    }

    /** Makes way for the sign-in screen. */
    suspend() { this.#panel?.suspend(); }

    /** Whether something typed here would be lost with the page. */
    get dirty() { return this.#panel?.dirty === true; }

    /** @param {import("../store/core.js").State} state */
    update(state) {
        if (this.#panel) this.#panel.update(state);
        else if (state.settings.isOpen && !this.#isLoading) this.#load();
    }
}
