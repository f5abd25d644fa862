/** The number on the icon of the installed page: what is open and due today or earlier. */

import { Problem } from "../api.js";
import { isOverdue, isToday, todayIn } from "../lib/dates.js";

/** How long changes gather before it is counted again, in milliseconds. */
const PAUSE = 1_500;

/**
 * @typedef {import("./core.js").Task} Task
 * @typedef {{setAppBadge?: (count: number) => Promise<void>, clearAppBadge?: () => Promise<void>}} Icon
 */

/**
 * @param {readonly Task[]} tasks
 * @param {Pick<import("./core.js").State, "now"|"zone"|"user">} state
 * @returns {number} how many are open and due today or earlier
 */
export function dueCount(tasks, { now, zone, user }) {
    return tasks.filter(({ due, completed, deleted_at: deleted }) => due && !completed && deleted === null
        && (isToday(due, now, zone, user?.day_ends_at) || isOverdue(due, now, zone, user?.day_ends_at))).length;
}

export class Badge {
    #core;
    #api;
    #icon;
    #later;
    #tasks;
    #asked = 0;
    #day = "";

    /**
     * @param {import("./core.js").Core} core
     * @param {import("../api.js").Api} api
     * @param {{navigator: Icon|null, later: (action: () => void, ms: number) => void,
     *   tasks: () => Promise<Task[]|null|undefined>}} parts `tasks`: what is kept, for when the server cannot be asked
     */
    constructor(core, api, { navigator, later, tasks }) {
        this.#core = core;
        this.#api = api;
        this.#icon = navigator?.setAppBadge ? navigator : null;
        this.#later = later;
        this.#tasks = tasks;
        if (this.#icon) core.subscribe((state, before) => this.#follow(state, before));
    }

    /** @param {import("./core.js").State} state @param {import("./core.js").State} before */
    #follow(state, before) {
        if (state.phase !== "signed-in") return;
        // Tags are read again after every change of a task.
        const isOther = state.tags !== before.tags || state.changes !== before.changes;
        const day = state.now === before.now ? this.#day : this.#today(state);
        if (isOther || day !== this.#day) this.look();
    }

    /** @param {Pick<import("./core.js").State, "now"|"zone"|"user">} state */
    #today({ now, zone, user }) { return todayIn(now, zone, user?.day_ends_at); }

    /** Counts, once for many changes. */
    look() {
        if (!this.#icon) return;
        this.#asked += 1;
        const asked = this.#asked;
        this.#later(() => { if (asked === this.#asked) this.#count(); }, PAUSE);
    }

    async #count() {
        const { user, phase } = this.#core.state;
        if (phase !== "signed-in" || !user) return;
        this.#day = this.#today(this.#core.state);
        const asked = this.#asked;
        const count = await this.#countThere() ?? await this.#countHere();
        if (asked !== this.#asked || this.#core.state.user?.id !== user.id || count === null) return;
        // A browser may refuse; there is just no number then.
        await this.#icon?.setAppBadge?.(count).catch(() => {});
    }

    /** @returns {Promise<number|null>} null where the server does not answer */
    async #countThere() {
        const today = this.#today(this.#core.state);
        try {
            const { data } = await this.#api.listTasks({ status: "pending", due_to: today, count: true, limit: 1 });
            return data.count;
        } catch (error) {
            if (!(error instanceof Problem)) throw error;
            return null;
        }
    }

    /** @returns {Promise<number|null>} */
    async #countHere() {
        const tasks = await this.#tasks();
        return tasks ? dueCount(tasks, this.#core.state) : null;
    }

    /** Nobody is signed in. */
    clear() {
        this.#asked += 1;
        this.#icon?.clearAppBadge?.().catch(() => {});
    }
}
