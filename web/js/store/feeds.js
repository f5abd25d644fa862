/** The addresses by which calendars read a person's tasks: asked for when the settings are opened, kept by nobody. */

/**
 * @typedef {{id: string, name: string, filter: string|null, form: "events"|"todos", include_completed: boolean,
 *   created_at: string, last_read_at: string|null}} CalendarFeed
 * @typedef {{name: string, filter: string|null, form: string, include_completed: boolean}} FeedInput
 */

export class CalendarFeeds {
    #api;

    /** @param {import("../api.js").Api} api */
    constructor(api) { this.#api = api; }

    /**
     * @returns {Promise<CalendarFeed[]>} the oldest first
     * @throws {import("../api.js").Problem}
     */
    async list() { return (await this.#api.request("GET", "/me/feeds")).data.items; }

    /**
     * Makes a feed; its address is shown this once.
     * @param {FeedInput} input
     * @returns {Promise<CalendarFeed & {url: string}>}
     * @throws {import("../api.js").Problem}
     */
    async make(input) { return (await this.#api.request("POST", "/me/feeds", { body: input })).data; }

    /**
     * Its address leads nowhere from then on.
     * @param {string} id
     * @throws {import("../api.js").Problem}
     */
    async revoke(id) { await this.#api.request("DELETE", `/me/feeds/${encodeURIComponent(id)}`); }
}

/**
 * The address as programs that subscribe to calendars are called by.
 * @param {string} url
 * @returns {string}
 */
export function webcalAddress(url) { return url.replace(/^https?:/u, "webcal:"); }
