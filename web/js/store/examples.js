/** Three tasks to look around with: made by one press of a button, never without it, and taken away by another. */

import { Problem } from "../api.js";
import { addDays, todayIn } from "../lib/dates.js";
import { orderedID } from "../lib/ids.js";
import { say } from "../words/words.js";

/** Days from today, and what the tasks say. */
const EXAMPLES = Object.freeze([
    { words: "examples.tick", priority: "high", days: 0 },
    { words: "examples.move", priority: "medium", days: 1 },
    { words: "examples.write", priority: "medium", days: null },
]);

const NAME = (/** @type {string} */ user) => `errand.examples.${user}`;

export class Examples {
    #core;
    #api;
    #listing;
    #kept;
    #looked = "";

    /**
     * @param {import("./core.js").Core} core
     * @param {import("../api.js").Api} api
     * @param {{listing: import("./listing.js").Listing, kept: Storage|null}} parts `kept`: what outlives the page
     */
    constructor(core, api, { listing, kept }) {
        this.#core = core;
        this.#api = api;
        this.#listing = listing;
        this.#kept = kept;
    }

    /** Knows again which examples this browser made for the person earlier. */
    recall() {
        const { user } = this.#core.state;
        if (user) this.#put({ ids: this.#remembered(user.id) });
    }

    /** Finds out, once, whether this person has no task at all. */
    async look() {
        const { user } = this.#core.state;
        if (!user || this.#looked === user.id) return;
        this.#looked = user.id;
        try {
            const [{ data: all }, { data: trash }] = await Promise.all([
                this.#api.listTasks({ limit: 1 }), this.#api.listTasks({ limit: 1, trash: true }),
            ]);
            if (this.#core.state.user?.id !== user.id) return;
            this.#put({ isNew: all.items.length + trash.items.length === 0 });
        } catch (error) {
            if (!(error instanceof Problem)) throw error;
        }
    }

    /** Makes them. */
    async make() {
        const { now, zone, user, examples } = this.#core.state;
        if (examples.isBusy || !user) return;
        const today = todayIn(now, zone, user.day_ends_at);
        const made = EXAMPLES.map(({ words, priority, days }, at) => ({
            id: orderedID(Date.now() + at), title: say(words), priority,
            ...(days === null ? {} : { due: { kind: "date", date: addDays(today, days) } }),
        }));
        await this.#busy(async () => {
            const commands = made.map((args, at) => ({ id: String(at), op: "create", args }));
            const { data, undo } = await this.#api.batch(commands);
            this.#remember(user.id, made.map(({ id }) => id));
            this.#put({ isNew: false });
            this.#listing.takeAll(data.results.map((/** @type {any} */ one) => one.task).filter(Boolean), []);
            this.#core.say(say("examples.added"), { undo });
        });
    }

    /** Takes them away, those that are still there. */
    async remove() {
        const { user, examples, rows } = this.#core.state;
        if (examples.isBusy || !user || examples.ids.length === 0) return;
        await this.#busy(async () => {
            const commands = examples.ids.map((id, at) => ({ id: String(at), op: "delete", args: { task_id: id } }));
            const { undo } = await this.#api.batch(commands);
            const gone = rows.filter(({ id }) => examples.ids.includes(id));
            this.#remember(user.id, []);
            this.#listing.takeAll([], gone);
            this.#core.say(say("examples.removed"), { undo });
        });
    }

    /** They are tasks like others from now on. */
    keep() {
        const { user } = this.#core.state;
        if (user) this.#remember(user.id, []);
    }

    /** @param {() => Promise<void>} action */
    async #busy(action) {
        this.#put({ isBusy: true });
        try {
            await action();
        } catch (error) {
            if (!(error instanceof Problem)) throw error;
            this.#core.say(error.detail, { tone: "error" });
        } finally {
            this.#put({ isBusy: false });
        }
    }

    /** @param {Partial<import("./core.js").Examples>} changes */
    #put(changes) { this.#core.set({ examples: { ...this.#core.state.examples, ...changes } }); }

    /** @param {string} user @param {string[]} ids */
    #remember(user, ids) {
        this.#put({ ids });
        try {
            if (ids.length) this.#kept?.setItem(NAME(user), JSON.stringify(ids));
            else this.#kept?.removeItem(NAME(user));
        } catch {
            // Storage is full or closed: they can be removed until the page is left.
        }
    }

    /** @param {string} user @returns {string[]} */
    #remembered(user) {
        try {
            const ids = JSON.parse(this.#kept?.getItem(NAME(user)) ?? "[]");
            return Array.isArray(ids) ? ids.filter((id) => typeof id === "string").slice(0, EXAMPLES.length) : [];
        } catch {
            return [];
        }
    }
}
