/** Reads the list of a filter from the server, page by page. */

import { todayIn } from "../lib/dates.js";
import { isDueFirst, steps } from "./query.js";

/**
 * @typedef {import("./core.js").Task} Task
 * @typedef {import("./core.js").Place} Place
 */

/** As much as the server gives at once. */
export const LARGEST_PAGE = 200;

/**
 * Walks the steps of the filter until enough tasks are there.
 * @param {import("../api.js").Api} api
 * @param {import("./core.js").State} state
 * @param {{start: Place, wanted: number, signal?: AbortSignal}} options
 * @returns {Promise<{items: Task[], next: Place|null, total: number|null}>}
 */
export async function collect(api, state, { start, wanted, signal }) {
    const { query: asked, now, zone, user } = state;
    // Only Upcoming begins with a day of the reader's; a browser's first look at its clock takes a while.
    const plan = steps(asked, asked.filter === "upcoming" ? todayIn(now, zone, user?.day_ends_at) : "");
    /** @type {Task[]} */
    const items = [];
    const ids = new Set();
    /** @type {Place|null} */
    let place = start;
    let total = null;
    while (place && items.length < wanted) {
        const { step, cursor } = /** @type {Place} */ (place);
        const count = (plan.length === 1 || asked.filter === "open") && step === 0 && !cursor ? true : undefined;
        const query = { ...plan[step], limit: Math.min(wanted, LARGEST_PAGE), cursor, count };
        const { data } = await api.listTasks(query, { signal });
        const isSplit = isDueFirst(asked) && step === 0;
        const turnsUndated = isSplit && data.next_cursor && data.items.some((/** @type {Task} */ one) => !one.due);
        for (const task of data.items) {
            if (turnsUndated && !task.due) continue;
            if (ids.has(task.id)) continue;
            ids.add(task.id);
            items.push(task);
        }
        total = data.count ?? total;
        const following = step + (isSplit && !data.next_cursor ? 2 : 1);
        if (data.next_cursor && !turnsUndated) place = { step, cursor: data.next_cursor };
        else place = following < plan.length ? { step: following, cursor: null } : null;
    }
    return { items, next: place, total };
}
