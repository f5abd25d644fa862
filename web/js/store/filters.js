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
            if (asked === this.#asked && this.#core.state.user?.id === user) this.#put(data.items);
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
