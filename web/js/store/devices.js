/** Where a person is told things beside this page: this browser and the others that they have switched on. */

import { Problem } from "../api.js";
import { isKeyOf } from "../lib/push.js";
import { say } from "../words/words.js";

/**
 * @typedef {{id: string, kind: string, name: string, status: string, failures: number,
 *   configuration: Record<string, any>,
 *   last_result: {at: string, succeeded: boolean, reason: string|null}|null}} Channel
 * @typedef {"unknown"|"unsupported"|"not-set-up"|"denied"|"off"|"on"} DeviceState
 * @typedef {{state: DeviceState, here: string|null, channels: Channel[], isBusy: boolean,
 *   message: string}} DevicesState
 *   `here`: which channel this browser is
 */

const PLACE = "errand.push-channel";

export class Devices {
    #core;
    #api;
    #push;
    #kept;

    /**
     * @param {import("./core.js").Core} core
     * @param {import("../api.js").Api} api
     * @param {import("../push.js").Push|null} push null where there is no browser, as in tests
     * @param {Pick<Storage, "getItem"|"setItem"|"removeItem">|null} kept what this browser remembers
     */
    constructor(core, api, push, kept) {
        this.#core = core;
        this.#api = api;
        this.#push = push;
        this.#kept = kept;
    }

    /** @param {Partial<DevicesState>} changes */
    #set(changes) { this.#core.set({ devices: { ...this.#core.state.devices, ...changes } }); }

    /** Finds out how this browser and the others are. Asks the person nothing. */
    async refresh() {
        if (this.#core.state.phase !== "signed-in") return;
        await this.#try(say("devices.stale"), async () => {
            const { data } = await this.#api.channels();
            this.#set({ channels: data.items, here: this.#kept?.getItem(PLACE) ?? null });
            this.#set({ state: await this.#stateHere() });
        });
    }

    /** @returns {Promise<DeviceState>} */
    async #stateHere() {
        const push = this.#push;
        if (!push?.isSupported) return "unsupported";
        if (push.permission === "denied") return "denied";
        const { data } = await this.#api.pushKey();
        if (!data.public_key) {
            this.#set({ message: data.reason ?? "" });
            return "not-set-up";
        }
        const subscription = push.permission === "granted" ? await push.subscription() : null;
        const { channels, here } = this.#core.state.devices;
        const known = channels.find(({ id }) => id === here);
        return subscription && known && !["gone", "disabled"].includes(known.status) ? "on" : "off";
    }

    /**
     * Called by a click, since the browser asks the person now.
     * @returns {Promise<void>}
     */
    async switchOn() {
        const push = this.#push;
        if (!push) return;
        this.#set({ isBusy: true, message: "" });
        await this.#try(say("devices.notOn"), async () => {
            if (await push.ask() !== "granted") {
                this.#set({ state: push.permission === "denied" ? "denied" : "off" });
                return;
            }
            await this.#subscribe();
            this.#set({ message: "" });
        });
        this.#set({ isBusy: false });
        await this.refresh();
    }

    /** Has the server know this browser, under its key of today. */
    async #subscribe() {
        const push = this.#push;
        const { data: offer } = await this.#api.pushKey();
        if (!push || !offer.public_key) return;
        const { subscription, ended } = await push.subscribe(offer.public_key);
        if (ended) await this.#forgetEndpoint(ended);
        const { endpoint, keys } = subscription.toJSON();
        const { data } = await this.#api.subscribePush({ endpoint, keys, name: push.name });
        this.#kept?.setItem(PLACE, data.id);
        this.#set({ here: data.id });
    }

    /** Where the server has another key than this browser knows, nothing would arrive: it subscribes again. */
    async repair() {
        const push = this.#push;
        if (!push?.isSupported || push.permission !== "granted" || !this.#kept?.getItem(PLACE)) return;
        await this.#try("", async () => {
            const subscription = await push.subscription();
            const { data } = await this.#api.pushKey();
            if (!data.public_key || isKeyOf(subscription?.options.applicationServerKey, data.public_key)) return;
            await this.#subscribe();
        });
    }

    /** This browser is told nothing more. */
    async switchOff() {
        this.#set({ isBusy: true, message: "" });
        await this.#try(say("devices.notOff"), () => this.leave());
        this.#set({ isBusy: false });
        await this.refresh();
    }

    /** The same without a word, for whoever signs out. */
    async leave() {
        const subscription = await this.#push?.subscription();
        if (!subscription) return;
        await this.#forgetEndpoint(subscription.endpoint);
        await subscription.unsubscribe();
        this.#kept?.removeItem(PLACE);
        this.#set({ here: null });
    }

    /** @param {string} endpoint */
    async #forgetEndpoint(endpoint) {
        try {
            await this.#api.unsubscribePush(endpoint);
        } catch (error) {
            if (!(error instanceof Problem) || error.status !== 404) throw error;
        }
    }

    /** @param {string} id */
    async test(id) {
        await this.#try(say("devices.notSent"), async () => {
            await this.#api.testChannel(id);
            this.#set({ message: say("devices.testSent") });
        });
    }

    /** @param {string} id */
    async remove(id) {
        if (id === this.#core.state.devices.here) { await this.switchOff(); return; }
        await this.#try(say("devices.notRemoved"), async () => { await this.#api.removeChannel(id); });
        await this.refresh();
    }

    /**
     * @param {string} failure
     * @param {() => Promise<void>} action
     */
    async #try(failure, action) {
        try {
            await action();
        } catch (error) {
            // Browsers refuse in errors of their own: no push service, no permission after all.
            const detail = error instanceof Error ? error.message : "";
            if (failure) this.#set({ message: `${failure} ${detail}`.trim() });
        }
    }
}
