/** Filters that a person keeps under a name, in the order in which they stand. */

import { Problem } from "../api.js";
import { shorten } from "../lib/text.js";
import { say } from "../words/words.js";

/**
 * @typedef {{id: string, name: string, expression: string, position?: number}} Filter
 * @typedef {{items: Filter[], isKnown: boolean}} FiltersState `isKnown`: the server keeps filters
 */

export class Filters {
    #core;
    #api;
    #asked = 0;
    /** The move that was asked for last; the next one waits for it, since places are counted on what came before.
     * @type {Promise<void>} */
    #moving = Promise.resolve();
    /** As they stand on the server, by id. @type {string[]} */
    #order = [];

    /**
     * @param {import("./core.js").Core} core
     * @param {import("../api.js").Api} api
     */
    constructor(core, api) {
        this.#core = core;
        this.#api = api;
    }

    /** @param {Filter[]} items */
    #put(items) { this.#core.set({ filters: { items, isKnown: true } }); }

    /** @param {string} id */
    #path(id) { return `/filters/${encodeURIComponent(id)}`; }

    /**
     * Reads them again; what was read before stays where the server cannot be asked.
     * @returns {Promise<void>}
     */
    async refresh() {
        this.#asked += 1;
        const asked = this.#asked;
        const user = this.#core.state.user?.id;
        try {
            const { data } = await this.#api.request("GET", "/filters");
            if (asked !== this.#asked || this.#core.state.user?.id !== user) return;
            this.#order = data.items.map((/** @type {Filter} */ one) => one.id);
            this.#put(data.items);
        } catch (error) {
            if (!(error instanceof Problem)) throw error;
        }
    }

    /**
     * @param {{id?: string, name: string, expression: string}} input with an id, that filter is changed
     * @returns {Promise<Filter>}
     * @throws {Problem}
     */
    async save({ id, name, expression }) {
        const body = { name, expression };
        const { data } = id ? await this.#api.request("PATCH", this.#path(id), { body })
            : await this.#api.request("POST", "/filters", { body });
        this.#asked += 1;
        const { items } = this.#core.state.filters;
        const isThere = items.some((one) => one.id === data.id);
        this.#put(isThere ? items.map((one) => (one.id === data.id ? data : one)) : [...items, data]);
        return data;
    }

    /**
     * Puts a filter before the one above it, or behind the one below. It stands there at once.
     * @param {string} id
     * @param {-1|1} step
     * @returns {{place: number, count: number}|null} where it stands now, the first place is 1; null where it was at
     *   the end
     */
    move(id, step) {
        const { items } = this.#core.state.filters;
        const from = items.findIndex((one) => one.id === id);
        const to = from + step;
        if (from < 0 || to < 0 || to >= items.length) return null;
        this.#asked += 1;
        const moved = items.toSpliced(from, 1).toSpliced(to, 0, items[from]);
        this.#put(moved);
        this.#moving = this.#moving.then(() => this.#place(items[from], moved));
        return { place: to + 1, count: items.length };
    }

    /**
     * @param {Filter} filter
     * @param {Filter[]} moved all of them, as they shall stand
     */
    async #place({ id, name }, moved) {
        try {
            const position = moved.findIndex((one) => one.id === id);
            await this.#api.request("PATCH", this.#path(id), { body: { position } });
            this.#asked += 1;
            this.#order = moved.map((one) => one.id);
        } catch (error) {
            if (!(error instanceof Problem)) throw error;
            const words = say("saved.notMoved", { name: `“${shorten(name)}”`, why: error.detail });
            this.#core.say(words, { tone: "error" });
            const rank = (/** @type {Filter} */ one) => (this.#order.indexOf(one.id) + 1) || Infinity;
            this.#put(this.#core.state.filters.items.toSorted((one, other) => (
                rank(one) === rank(other) ? 0 : rank(one) - rank(other))));
            await this.refresh();
        }
    }

    /**
     * Forgets a filter; Undo makes it again.
     * @param {Filter} filter
     */
    async remove(filter) {
        const shown = `“${shorten(filter.name)}”`;
        try {
            await this.#api.request("DELETE", this.#path(filter.id));
        } catch (error) {
            if (!(error instanceof Problem)) throw error;
            // Somebody else was quicker.
            if (error.status !== 404) {
                this.#core.say(say("saved.notRemoved", { name: shown, why: error.detail }), { tone: "error" });
                return;
            }
        }
        this.#asked += 1;
        this.#put(this.#core.state.filters.items.filter(({ id }) => id !== filter.id));
        const { name, expression } = filter;
        this.#core.say(say("saved.removed", { name: shown }), {
            undo: async () => { await this.save({ name, expression }); },
        });
    }

    /**
     * How many tasks an expression finds.
     * @param {Record<string, any>} query what is asked of the list
     * @param {AbortSignal} signal
     * @returns {Promise<number>}
     * @throws {Problem}
     */
    async count(query, signal) {
        const { data } = await this.#api.listTasks({ ...query, limit: 1, count: true }, { signal });
        return data.count ?? data.items.length;
    }
}
