/** What a filter asks of the server, and which tasks belong to it. */

import { addDays, isOverdue, isToday, localDue, todayIn } from "../lib/dates.js";
import { fold } from "../lib/text.js";
import { isUsual, sortOf, UPCOMING_DAYS } from "./order.js";

/**
 * @typedef {import("./core.js").Task} Task
 * @typedef {import("./core.js").Query} Query
 * @typedef {import("./core.js").State} State
 */

/** The lists that make up a filter, in order: open tasks come before done ones, whatever the sort. */
const STEPS = Object.freeze({
    all: [{ status: "pending" }, { status: "completed" }],
    open: [{ status: "pending" }],
    // The server's hours of today may have passed; what is in both counts once.
    today: [
        { status: "pending", due: "overdue" }, { status: "pending", due: "today" },
        { status: "completed", due: "today" },
    ],
    upcoming: [{ status: "pending" }],
    overdue: [{ status: "pending", due: "overdue" }],
    done: [{ status: "completed" }],
    trash: [{ trash: true }],
});

/** What comes first where the reader has chosen nothing. */
const USUAL_SORT = Object.freeze({
    upcoming: "due_date", done: "completed", trash: "updated_at", overdue: "due_date", today: "due_date",
});

/**
 * @param {Query} query
 * @param {string} [today] the reader's, for Upcoming
 * @returns {Record<string, any>[]} query parameters, one set per step
 */
export function steps(query, today = "") {
    const { filter } = query;
    const search = query.search.trim();
    const { expression = "" } = query;
    const sort = sortOf(query);
    const shared = {
        tags: query.tag || undefined,
        search: search || undefined,
        sort: sort || (search && filter !== "upcoming" ? undefined
            : USUAL_SORT[/** @type {keyof USUAL_SORT} */ (filter)]),
    };
    const days = filter === "upcoming" ? { due_from: today, due_to: addDays(today, UPCOMING_DAYS - 1) } : {};
    const plan = stepsOf(filter, sort).map((step) => ({
        ...step, ...shared, ...days,
        // What is done has no place in an order made by hand.
        ...(sort === "manual" && step.status === "completed" ? { sort: "completed" } : {}),
        ...(expression ? { filter: both(expression, step.filter) } : {}),
    }));
    if (!isDueFirst(query)) return plan;
    const [open, ...others] = plan;
    return [{ ...open, sort: "due_date" }, { ...open, due: "none", sort: "priority" }, ...others];
}

/**
 * @param {string} expression
 * @param {string} [other]
 * @returns {string} an expression that both must meet
 */
function both(expression, other) { return other ? `(${expression}) & (${other})` : expression; }

/**
 * @param {string} filter
 * @param {string} sort
 * @returns {readonly Record<string, any>[]}
 */
function stepsOf(filter, sort) {
    // What is overdue may stand anywhere in an order made by hand.
    if (filter === "today" && sort === "manual") {
        return [{ status: "pending", filter: "overdue | today" }, { status: "completed", due: "today" }];
    }
    return STEPS[/** @type {keyof STEPS} */ (filter)];
}

/**
 * Whether only the server can tell which tasks a list holds, or where they stand.
 * @param {Query} query
 */
export function isAsked(query) {
    return Boolean(query.search.trim() || query.expression) || sortOf(query) === "manual";
}

/**
 * Whether the first step has what is due, and the second what is not, by priority. Where the first holds all open tasks
 * in one page there is no need of the second.
 * @param {Query} query
 */
export function isDueFirst(query) {
    return isUsual(query) && (query.filter === "open" || query.filter === "all");
}

/**
 * Whether a task still belongs in the list. What only the server can tell (search, filter) counts as met.
 * @param {Task} task
 * @param {State} state
 * @returns {boolean}
 */
export function belongs(task, { query, now, zone, user }) {
    if ((task.deleted_at !== null) !== (query.filter === "trash")) return false;
    if (query.tag && !task.tags.some((tag) => fold(tag) === fold(query.tag))) return false;
    switch (query.filter) {
    case "open": return !task.completed;
    case "done": return task.completed;
    case "today":
        return task.due !== null && (isToday(task.due, now, zone, user?.day_ends_at)
            || (!task.completed && isOverdue(task.due, now, zone, user?.day_ends_at)));
    case "upcoming":
        return !task.completed && task.due !== null
            && isSoon(localDue(task.due, zone).date, todayIn(now, zone, user?.day_ends_at));
    case "overdue": return !task.completed && task.due !== null && isOverdue(task.due, now, zone, user?.day_ends_at);
    default: return true;
    }
}

/**
 * @param {string} date
 * @param {string} today
 * @returns {boolean} whether Upcoming has this day
 */
function isSoon(date, today) {
    return date >= today && date < addDays(today, UPCOMING_DAYS);
}

/** What of a task decides its place, by sort. */
const ORDERED_BY = Object.freeze({
    due_date: ["due"], priority: ["priority"], title: ["title"], updated_at: ["updated_at"],
    completed: ["completed_at"], created_at: ["created_at"],
});

/**
 * Whether a list puts the newest task first.
 * @param {Query} query
 * @returns {boolean}
 */
export function isNewestFirst({ filter, sort, search }) {
    return !sort && !search.trim() && !(filter in USUAL_SORT);
}

/**
 * Whether two versions of a task may stand at different places of a list.
 * @param {Task} before
 * @param {Task} after
 * @param {Query} query
 * @returns {boolean}
 */
export function isMoved(before, after, query) {
    if (isAsked(query)) return true;
    if (isUsual(query)) return false;
    const sort = query.sort || USUAL_SORT[/** @type {keyof USUAL_SORT} */ (query.filter)] || "created_at";
    const names = /** @type {(keyof Task)[]} */ (ORDERED_BY[/** @type {keyof ORDERED_BY} */ (sort)]);
    // Open tasks come before done ones.
    return [...names, /** @type {const} */ ("completed")]
        .some((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
}
