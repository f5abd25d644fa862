/** Where a person can be reached: adding, changing, trying out. The list itself is that of the devices. */

import { Problem } from "../api.js";
import { isSettled } from "../lib/notify.js";
import { say } from "../words/words.js";

/** How long to wait before each look at what became of a test: half a minute in all. */
const PAUSES = Object.freeze([300, 700, 1_000, 2_000, 3_000, 5_000, 8_000, 10_000]);

/**
 * @typedef {import("./devices.js").Channel} Channel
 * @typedef {{text: string, isError: boolean, isRunning: boolean}} Note
 * @typedef {{message: string, isError: boolean, notes: Record<string, Note>,
 *   secret: {id: string, name: string, text: string}|null}} ChannelsState
 *   `notes`: by channel, what was said about it last; `secret`: what is shown this once
 */

export class Channels {
    #core;
    #api;
    #devices;
    #later;

    /**
     * @param {import("./core.js").Core} core
     * @param {import("../api.js").Api} api
     * @param {{devices: import("./devices.js").Devices, later: (action: () => void, ms: number) => void}} parts
     */
    constructor(core, api, { devices, later }) {
        this.#core = core;
        this.#api = api;
        this.#devices = devices;
        this.#later = later;
    }

    /** @param {Partial<ChannelsState>} changes */
    #set(changes) { this.#core.set({ channels: { ...this.#core.state.channels, ...changes } }); }

    /**
     * @param {string} message
     * @param {boolean} [isError]
     */
    #say(message, isError = false) { this.#set({ message, isError }); }

    /**
     * @param {Channel} channel
     * @param {string} text
     * @param {Partial<Note>} [how]
     */
    #note(channel, text, { isError = false, isRunning = false } = {}) {
        const { notes } = this.#core.state.channels;
        this.#set({ notes: { ...notes, [channel.id]: { text, isError, isRunning } } });
    }

    /** Reads the list, and forgets what was said. */
    open() {
        this.#set({ message: "", isError: false, notes: {}, secret: null });
        return this.#devices.refresh();
    }

    /** What was shown once is not shown again. */
    forgetSecret() {
        if (this.#core.state.channels.secret) this.#set({ secret: null });
    }

    /**
     * @param {Record<string, string>} input `kind` and what such a channel is made of
     * @throws {Problem} with what is wrong, by field
     */
    async add(input) {
        this.#say("");
        const { data, status } = await this.#api.addChannel(input);
        if (data.secret) this.#set({ secret: { id: data.id, name: data.name, text: data.secret } });
        const added = data.status === "unverified" ? "channels.addedUnconfirmed" : "channels.added";
        this.#say(say(status === 200 ? "channels.there" : added, { name: data.name }));
        await this.#devices.refresh();
    }

    /** This browser; it asks the person now. */
    async addThisBrowser() {
        this.#say("");
        await this.#devices.switchOn();
    }

    /**
     * @param {Channel} channel
     * @param {string} name
     * @throws {Problem}
     */
    async rename(channel, name) {
        await this.#api.changeChannel(channel.id, { name });
        this.#note(channel, say("channels.renamed"));
        await this.#devices.refresh();
    }

    /**
     * @param {Channel} channel
     * @param {boolean} enabled
     */
    setEnabled(channel, enabled) {
        return this.#attempt(channel, say("channels.notChanged"), async () => {
            await this.#api.changeChannel(channel.id, { enabled });
            this.#note(channel, say(enabled ? "channels.turnedOn" : "channels.turnedOff"));
        });
    }

    /** @param {Channel} channel */
    async remove(channel) {
        const isRemoved = await this.#attempt(channel, say("channels.notRemoved"), async () => {
            if (channel.id === this.#core.state.devices.here) await this.#devices.leave();
            await this.#drop(channel);
        });
        if (!isRemoved) return;
        if (this.#core.state.channels.secret?.id === channel.id) this.forgetSecret();
        this.#say(say("channels.removed", { name: channel.name }));
    }

    /** @param {Channel} channel which may be gone already */
    async #drop(channel) {
        try {
            await this.#api.removeChannel(channel.id);
        } catch (error) {
            if (!(error instanceof Problem) || error.status !== 404) throw error;
        }
    }

    /** @param {Channel} channel an address that nobody has shown to be theirs yet */
    verify(channel) {
        return this.#attempt(channel, say("channels.notSent"), async () => {
            await this.#api.verifyChannel(channel.id);
            this.#note(channel, say("channels.linkSent"));
        });
    }

    /** @param {Channel} channel a webhook: calls are signed with another secret */
    rotate(channel) {
        return this.#attempt(channel, say("channels.sameSecret"), async () => {
            const { data } = await this.#api.rotateSecret(channel.id);
            if (data?.secret) this.#set({ secret: { id: channel.id, name: channel.name, text: data.secret } });
        });
    }

    /**
     * Sends a test and says what became of it, as far as that is known within half a minute.
     * @param {Channel} channel
     */
    async test(channel) {
        if (this.#core.state.channels.notes[channel.id]?.isRunning) return;
        const user = this.#core.state.user?.id;
        this.#note(channel, say("channels.testing"), { isRunning: true });
        await this.#attempt(channel, say("channels.notSent"), async () => {
            const { data } = await this.#api.testChannel(channel.id);
            const outcome = await this.#outcome(channel, data.notification_id, user);
            if (this.#core.state.user?.id !== user) return;
            const isError = outcome !== null && ["failed", "expired", "skipped"].includes(outcome.state);
            const words = outcome && isSettled(outcome.state) ? outcome.explanation
                : `${outcome?.explanation ?? ""} ${say("channels.lookAgain")}`.trim();
            this.#note(channel, say("channels.tested", { words }), { isError });
        });
    }

    /**
     * @param {Channel} channel
     * @param {string} notification
     * @param {string|undefined} user who asked
     * @returns {Promise<import("../lib/notify.js").Delivery|null>} as it was last seen
     */
    async #outcome(channel, notification, user) {
        let seen = null;
        for (const pause of PAUSES) {
            await new Promise((done) => { this.#later(() => done(null), pause); });
            if (this.#core.state.user?.id !== user) break;
            seen = await this.#look(notification, channel) ?? seen;
            if (seen && isSettled(seen.state)) break;
            if (seen) this.#note(channel, say("channels.tested", { words: seen.explanation }), { isRunning: true });
        }
        return seen;
    }

    /**
     * @param {string} notification
     * @param {Channel} channel
     * @returns {Promise<import("../lib/notify.js").Delivery|null>} null where it cannot be had just now
     */
    async #look(notification, channel) {
        try {
            const { data } = await this.#api.deliveries(notification);
            return data.items.find((/** @type {any} */ one) => one.channel_id === channel.id) ?? null;
        } catch (error) {
            if (!(error instanceof Problem)) throw error;
            return null;
        }
    }

    /**
     * @param {Channel} channel
     * @param {string} failure
     * @param {() => Promise<void>} action
     * @returns {Promise<boolean>} whether it succeeded
     */
    async #attempt(channel, failure, action) {
        const user = this.#core.state.user?.id;
        let succeeded = true;
        try {
            await action();
        } catch (error) {
            if (!(error instanceof Problem)) throw error;
            succeeded = false;
            if (this.#core.state.user?.id === user) {
                this.#note(channel, `${failure} ${error.detail}`, { isError: true });
            }
        }
        if (this.#core.state.user?.id === user) await this.#devices.refresh();
        return succeeded;
    }
}
