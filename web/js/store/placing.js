/** The order that a person gives to their tasks by hand. The server keeps it; here a task stands there at once. */

import { Problem } from "../api.js";
import { taskPath } from "../lib/paths.js";
import { shorten } from "../lib/text.js";
import { say } from "../words/words.js";

/**
 * @typedef {import("./core.js").Task} Task
 * @typedef {{after: string}|{before: string}} Spot beside which task of the list
 */

export class Placing {
    #core;
    #api;
    #listing;
    /** Moves go one after the other, so that each is beside what the person saw. @type {Promise<void>} */
    #last = Promise.resolve();

    /**
     * @param {import("./core.js").Core} core
     * @param {import("../api.js").Api} api
     * @param {import("./listing.js").Listing} listing
     */
    constructor(core, api, listing) {
        this.#core = core;
        this.#api = api;
        this.#listing = listing;
    }

    /** When the moves that are shown are written. */
    get settled() { return this.#last; }

    /**
     * Puts a task beside another.
     * @param {string} id
     * @param {Spot} spot
     * @returns {Promise<void>} when the server has it, or the list stands as before, which is said
     */
    place(id, spot) {
        const { rows: before } = this.#core.state;
        const rows = placed(before, id, spot);
        if (!rows) return Promise.resolve();
        const next = before[before.findIndex((one) => one.id === id) + 1];
        const last = before.at(-2);
        /** @type {Spot|null} */
        const back = next ? { before: next.id } : last ? { after: last.id } : null;
        // What is offered to be taken back is the move before; this one is offered once it is written.
        this.#core.set({ rows, notice: null });
        this.#last = this.#last.then(() => this.#send(id, spot, back));
        return this.#last;
    }

    /**
     * Moves a task among those that it can pass.
     * @param {string} id
     * @param {"up"|"down"|"top"|"bottom"} where
     * @returns {{place: number, count: number}|null} where it stands then, counted from 1; null where nothing moves
     */
    move(id, where) {
        const spot = spotOf(this.#core.state.rows, id, where);
        if (!spot) return null;
        this.place(id, spot);
        const { rows } = this.#core.state;
        const peers = rows.filter(({ completed }) => !completed);
        return { place: peers.findIndex((one) => one.id === id) + 1, count: peers.length };
    }

    /**
     * @param {string} id
     * @param {Spot} spot
     * @param {Spot|null} back where it stood
     */
    async #send(id, spot, back) {
        try {
            const { data, undo } = await this.#api.request("PUT", `${taskPath(id)}/position`, { body: spot });
            this.#listing.take(data);
            this.#core.say(say("order.moved", { title: `“${shorten(data.title)}”` }), {
                undo: undo ?? (back && (() => this.place(id, back))),
            });
        } catch (error) {
            if (!(error instanceof Problem)) throw error;
            this.#core.say(say("order.notMoved", { why: error.detail }), { tone: "error" });
            await this.#listing.refresh();
        }
    }
}

/**
 * @param {Task[]} rows
 * @param {string} id
 * @param {Spot} spot
 * @returns {Task[]|null} the rows with that task elsewhere; null where nothing moves
 */
export function placed(rows, id, spot) {
    const task = rows.find((one) => one.id === id);
    const beside = "after" in spot ? spot.after : spot.before;
    const others = rows.filter((one) => one.id !== id);
    const at = others.findIndex((one) => one.id === beside);
    if (!task || at < 0) return null;
    const place = at + ("after" in spot ? 1 : 0);
    if (rows[place] === task) return null;
    return [...others.slice(0, place), task, ...others.slice(place)];
}

/**
 * The spot one place up or down, or at an end, among open tasks; what is done has no place in this order.
 * @param {Task[]} rows
 * @param {string} id
 * @param {"up"|"down"|"top"|"bottom"} where
 * @returns {Spot|null} null where it stands there already
 */
export function spotOf(rows, id, where) {
    const peers = rows.filter(({ completed }) => !completed);
    const at = peers.findIndex((one) => one.id === id);
    const isUp = where === "up" || where === "top";
    if (at < 0 || at === (isUp ? 0 : peers.length - 1)) return null;
    const target = { up: at - 1, down: at + 1, top: 0, bottom: peers.length - 1 }[where];
    return isUp ? { before: peers[target].id } : { after: peers[target].id };
}
