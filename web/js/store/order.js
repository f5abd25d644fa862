/** In which order tasks stand, and under which headings. */

import { dateIn, isOverdue, localDue } from "../lib/dates.js";
import { say } from "../words/words.js";

/**
 * @typedef {import("../api.js").Task} Task
 * @typedef {import("../lib/route.js").Query} Query
 * @typedef {{now: Date, zone: string, dayEndsAt?: string}} Setting
 * @typedef {{key: string, title: string, date: string|null}} Heading `date`: the day that it stands for
 */

/** How many days Upcoming shows, today among them. */
export const UPCOMING_DAYS = 35;

const PRIORITIES = Object.freeze(["urgent", "high", "medium", "low"]);

/**
 * What is said about the order beside the menu that changes it.
 * @param {Query} query
 * @returns {string} "" where the menu says it all
 */
export function orderWords({ filter, sort, search }) {
    if (sort && filter !== "upcoming") return "";
    return say(filter !== "upcoming" && search.trim() ? "lists.order.search" : `lists.order.${filter}`);
}

/**
 * Tasks in the usual order: what is due first, then by priority, then the newest.
 * @param {Task[]} rows
 * @param {{doneLast: boolean}} options whether done tasks stand below open ones
 * @returns {Task[]}
 */
export function inUsualOrder(rows, { doneLast }) {
    const keyed = rows.map((task) => ({
        task, done: doneLast && task.completed ? 1 : 0, due: task.due_date ? Date.parse(task.due_date) : Infinity,
        priority: PRIORITIES.indexOf(task.priority), made: Date.parse(task.created_at),
    }));
    keyed.sort((a, b) => a.done - b.done || (a.due === b.due ? 0 : a.due - b.due)
        || a.priority - b.priority || b.made - a.made);
    return keyed.map(({ task }) => task);
}

/**
 * Whether a list stands in the order of `inUsualOrder`.
 * @param {Query} query
 */
export function isUsual({ filter, sort, search }) {
    if (filter === "upcoming") return true;
    return !sort && !search.trim() && ["open", "all", "today"].includes(filter);
}

/**
 * The heading under which a task stands; null where a list has none.
 * @param {Task} task
 * @param {Query} query
 * @param {Setting} setting
 * @returns {Heading|null}
 */
export function headingOf(task, query, { now, zone, dayEndsAt }) {
    const { filter, sort, search } = query;
    if (filter === "upcoming") return task.due ? day(localDue(task.due, zone).date) : null;
    if (search.trim() || sort) return null;
    switch (filter) {
    case "today":
        if (task.completed) return named("done", say("lists.heading.done"));
        if (task.due && isOverdue(task.due, now, zone, dayEndsAt)) return named("overdue", say("lists.overdue"));
        return named("today", say("lists.today"));
    case "done": return task.completed_at ? day(dateIn(new Date(task.completed_at), zone)) : null;
    case "all": return task.completed ? named("done", say("lists.done")) : named("open", say("lists.open"));
    default: return null;
    }
}

/**
 * The same; days are found once for each version of a task, since they do not follow the clock.
 */
export class Headings {
    /** @type {WeakMap<object, {place: string, heading: Heading|null}>} */
    #known = new WeakMap();

    /** @param {Task} task @param {Query} query @param {Setting} setting */
    of(task, query, setting) {
        if (query.filter !== "done" && query.filter !== "upcoming") return headingOf(task, query, setting);
        const place = `${query.filter} ${setting.zone} ${query.sort} ${query.search !== ""}`;
        const known = this.#known.get(task);
        if (known?.place === place) return known.heading;
        const heading = headingOf(task, query, setting);
        this.#known.set(task, { place, heading });
        return heading;
    }
}

/** @param {string} date @returns {Heading} */
function day(date) { return { key: date, title: "", date }; }

/** @param {string} key @param {string} title @returns {Heading} */
function named(key, title) { return { key, title, date: null }; }

/**
 * How many open tasks each day has.
 * @param {Task[]} rows
 * @param {string} zone
 * @returns {Map<string, number>}
 */
export function countsByDay(rows, zone) {
    const counts = new Map();
    for (const { due, completed } of rows) {
        if (!due || completed) continue;
        const { date } = localDue(due, zone);
        counts.set(date, (counts.get(date) ?? 0) + 1);
    }
    return counts;
}
