/** What happened to a task, out of the audit log. Asked for when somebody looks; nothing of it is kept. */

import { queryString } from "../lib/paths.js";

/**
 * @typedef {{kind: "user"|"token"|"agent"|"rule"|"unknown", name?: string, via?: string}} Actor
 * @typedef {{seq: number, at: string, actor: Actor, action: string, before: Record<string, any>|null,
 *   after: Record<string, any>|null}} Entry
 */

/** Entries of one page. */
const PAGE = 20;

export class History {
    #api;

    /** @param {import("../api.js").Api} api */
    constructor(api) { this.#api = api; }

    /**
     * @param {string} task id
     * @param {string|null} [cursor] where the page begins, null for the newest
     * @returns {Promise<{items: Entry[], next_cursor: string|null}>} the newest first
     * @throws {import("../api.js").Problem}
     */
    async page(task, cursor = null) {
        const query = { task_id: task, limit: PAGE, ...(cursor ? { cursor } : {}) };
        return (await this.#api.request("GET", `/audit${queryString(query)}`)).data;
    }
}
