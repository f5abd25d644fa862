/** Brings what happens elsewhere into the state, as the live connection tells it. */

import { Problem } from "../api.js";

/** A connection away for less is not worth a word. */
const MENTION_AFTER = 5_000;

/**
 * @typedef {import("../live.js").LiveEvent} LiveEvent
 * @typedef {{api: import("../api.js").Api, listing: import("./listing.js").Listing,
 *   writing: import("./writing.js").Writing, inbox: import("./inbox.js").Inbox,
 *   later: (action: () => void, ms: number) => void, found: (user: import("./core.js").User) => void,
 *   connected: () => void}} Parts `found`: the server said who is signed in; `connected`: it is within reach
 */

export class Feed {
    #core;
    #live;
    #parts;
    /** @type {Set<(task: import("./core.js").Task) => void>} */
    #listeners = new Set();
    #user = "";
    #drops = 0;

    /**
     * @param {import("./core.js").Core} core
     * @param {import("../live.js").Live|null} live
     * @param {Parts} parts
     */
    constructor(core, live, parts) {
        this.#core = core;
        this.#live = live;
        this.#parts = parts;
    }

    /**
     * Follows what happens to the tasks of a person, from where it was left off if it was the same person.
     * @param {string} user
     * @param {number|null} [cursor] where it was left off before the page was opened
     */
    open(user, cursor = null) {
        if (!this.#live) return;
        if (user !== this.#user) this.#live.forget(cursor);
        this.#user = user;
        this.#dropped();
        this.#live.open({
            event: (event) => this.#apply(event),
            reread: () => this.#reread(),
            status: (status) => {
                if (status === "closed") this.#dropped();
                else this.#core.set({ live: status });
                if (status === "connected") this.#parts.connected();
            },
            renew: () => this.#renew(),
        });
    }

    /**
     * @param {(task: import("./core.js").Task) => void} listener told of every task that was changed somewhere
     * @returns {() => void} ends it
     */
    watch(listener) {
        this.#listeners.add(listener);
        return () => { this.#listeners.delete(listener); };
    }

    close() {
        this.#live?.close();
        this.#core.set({ live: "off" });
    }

    #dropped() {
        if (["waiting", "offline"].includes(this.#core.state.live)) return;
        this.#drops += 1;
        const drop = this.#drops;
        this.#core.set({ live: "waiting" });
        this.#parts.later(() => {
            if (drop === this.#drops && this.#core.state.live === "waiting") this.#core.set({ live: "offline" });
        }, MENTION_AFTER);
    }

    /** @returns {Promise<boolean>} whether the session is known to be alive */
    async #renew() {
        try {
            const { data } = await this.#parts.api.me();
            this.#parts.found(data);
            return true;
        } catch (error) {
            if (!(error instanceof Problem)) throw error;
            return false;
        }
    }

    /**
     * Settings were changed elsewhere: what is due today, and when, may be something else now.
     * @param {Partial<import("./core.js").User>} settings
     */
    #settle(settings) {
        const { user } = this.#core.state;
        if (!user) return;
        this.#core.set({ user: { ...user, ...settings } });
        this.#parts.listing.refresh();
    }

    /** Something may have been missed: of tasks, of notifications, and of settings. */
    #reread() {
        this.#parts.listing.reread();
        this.#parts.inbox.refresh();
        this.#renew();
    }

    /** @param {LiveEvent} event */
    #apply(event) {
        const { event_type: type, task, reminder, settings } = event;
        if (type === "reminder.trigger" && reminder) {
            this.#parts.inbox.announce(reminder);
        } else if (type.startsWith("notification.") || type === "inbox.read") {
            this.#parts.inbox.follow(event);
        } else if (type === "settings.changed" && settings) {
            this.#settle(settings);
        } else if (type.startsWith("task.") && task) {
            this.#parts.writing.settleDraft(task);
            for (const listener of [...this.#listeners]) listener(task);
            this.#parts.listing.follow(task, { isNew: type === "task.created" });
        }
    }
}
