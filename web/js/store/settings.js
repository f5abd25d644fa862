/** What a person has chosen about notifications. A choice is saved at once; until then it shows as if it were. */

import { Problem } from "../api.js";
import { choicesOf, withKind } from "../lib/notify.js";
import { say } from "../words/words.js";

/**
 * @typedef {"matrix"|"quiet"|"digest"} Section
 * @typedef {{text: string, isError: boolean}} Note
 * @typedef {{isOpen: boolean, pending: Record<string, any>, notes: Partial<Record<Section, Note>>}} SettingsState
 *   `pending`: what is on its way to the server, by the name of the setting
 */

export class Settings {
    #core;
    #api;
    /** Writes go one after the other, so that the last choice is the one that stays. @type {Promise<void>} */
    #last = Promise.resolve();

    /**
     * @param {import("./core.js").Core} core
     * @param {import("../api.js").Api} api
     */
    constructor(core, api) {
        this.#core = core;
        this.#api = api;
    }

    /** @param {Partial<SettingsState>} changes */
    #set(changes) { this.#core.set({ settings: { ...this.#core.state.settings, ...changes } }); }

    open() { this.#set({ isOpen: true, notes: {} }); }

    close() {
        if (this.#core.state.settings.isOpen) this.#set({ isOpen: false, notes: {} });
    }

    /**
     * @param {string} type of notification
     * @param {string} kind of channel
     * @param {boolean} isOn
     */
    setKind(type, kind, isOn) {
        const { user, settings } = this.#core.state;
        const kinds = withKind(choicesOf(user, settings.pending).matrix[type] ?? [], kind, isOn);
        return this.#save("matrix", `notifications.${type}`, kinds, { notifications: { [type]: kinds } });
    }

    /** @param {import("../lib/notify.js").QuietHours|null} hours null for none */
    setQuietHours(hours) { return this.#save("quiet", "quiet_hours", hours, { quiet_hours: hours }); }

    /** @param {string|null} time null for no digest */
    setDigest(time) { return this.#save("digest", "digest_at", time, { digest_at: time }); }

    /**
     * @param {Section} section
     * @param {string} name of the setting
     * @param {any} value
     * @param {object} patch
     * @returns {Promise<void>}
     */
    #save(section, name, value, patch) {
        const user = this.#core.state.user?.id;
        const { pending, notes } = this.#core.state.settings;
        const note = { text: say("notify.saving"), isError: false };
        this.#set({ pending: { ...pending, [name]: value }, notes: { ...notes, [section]: note } });
        this.#last = this.#last.then(() => this.#send(section, name, value, patch, user));
        return this.#last;
    }

    /**
     * @param {Section} section
     * @param {string} name
     * @param {any} value
     * @param {object} patch
     * @param {string|undefined} user who chose it
     */
    async #send(section, name, value, patch, user) {
        if (this.#core.state.user?.id !== user) return;
        let failure = "";
        try {
            const { data } = await this.#api.changeMe(patch);
            if (this.#core.state.user?.id === data.id) this.#core.set({ user: data });
        } catch (error) {
            if (!(error instanceof Problem)) throw error;
            failure = error.errors[0]?.detail ?? error.detail;
        }
        if (this.#core.state.user?.id !== user) return;
        const { [name]: waiting, ...others } = this.#core.state.settings.pending;
        // A later choice of the same is still to come, and will say how it went.
        if (waiting !== value) return;
        const text = failure ? say("notify.notSaved", { reason: failure }) : say("notify.saved");
        const note = { text, isError: Boolean(failure) };
        this.#set({ pending: others, notes: { ...this.#core.state.settings.notes, [section]: note } });
    }
}
