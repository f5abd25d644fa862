/** A list made from what this browser has kept, where the server cannot be asked. */

import { fold } from "../lib/text.js";
import { conditionOf } from "./conditions.js";
import { inUsualOrder, isUsual } from "./order.js";
import { belongs } from "./query.js";

/**
 * @typedef {import("./core.js").Task} Task
 * @typedef {import("./core.js").State} State
 */

const PRIORITIES = Object.freeze(["urgent", "high", "medium", "low"]);
/** After every instant. */
const NEVER = "9999";
/** After every place that a person gave a task. */
const UNPLACED = "~";

/** What comes first, by sort.
 * @type {Readonly<Record<string, (one: Task, other: Task) => number>>} */
const COMPARED = Object.freeze({
    due_date: (one, other) => ordered(one.due_date ?? NEVER, other.due_date ?? NEVER),
    priority: (one, other) => PRIORITIES.indexOf(one.priority) - PRIORITIES.indexOf(other.priority),
    title: (one, other) => fold(one.title).localeCompare(fold(other.title)),
    updated_at: (one, other) => ordered(other.updated_at, one.updated_at),
    completed: (one, other) => ordered(other.completed_at ?? "", one.completed_at ?? ""),
    created_at: (one, other) => ordered(other.created_at, one.created_at),
    manual: (one, other) => ordered(one.position ?? UNPLACED, other.position ?? UNPLACED),
});

/** What comes first where the reader has chosen nothing. */
const USUAL = Object.freeze({ upcoming: "due_date", done: "completed", trash: "updated_at", overdue: "due_date" });

/** @param {string} one @param {string} other */
function ordered(one, other) { return one < other ? -1 : Number(one > other); }

/** @param {string} text */
function bare(text) { return fold(text).normalize("NFD").replace(/\p{M}/gu, ""); }

/**
 * @param {Task} task
 * @param {string} search
 * @returns {boolean} whether it has every word of a search, "-word" none
 */
export function matches(task, search) {
    const text = bare([task.title, task.description, ...task.tags].join("\n"));
    return bare(search).split(/\s+/u).filter(Boolean).every((word) => {
        const isNot = word.startsWith("-") && word.length > 1;
        const plain = word.replace(/^-|"/gu, "");
        return text.includes(plain) !== isNot;
    });
}

/**
 * What is shown of what this browser has kept.
 * @param {{truth: Task, shown: Task}[]} tasks
 * @param {State} state
 * @param {number} at when the server was heard last, in milliseconds
 * @returns {Pick<State, "rows"|"total"|"copy">}
 */
export function localView(tasks, state, at) {
    const rows = localList(tasks, state);
    // What nobody can tell is not shown as if it were known.
    if (!rows) return { rows: [], total: null, copy: { at, unanswered: true } };
    return { rows, total: rows.length, copy: { at } };
}

/**
 * @param {{truth: Task, shown: Task}[]} tasks as the server had them last, and with what it does not have yet: a task
 *   stays in the lists in which it stood until the server has said something else
 * @param {State} state
 * @returns {Task[]|null} null where only the server can tell which tasks fit the filter
 */
export function localList(tasks, state) {
    const { filter, sort, search, expression = "" } = state.query;
    const fits = expression ? conditionOf(expression, state, matches) : () => true;
    if (!fits) return null;
    const holds = (/** @type {Task} */ task) => belongs(task, state) && fits(task);
    const wanted = tasks
        .filter(({ truth, shown }) => holds(shown) || (truth !== shown && holds(truth)))
        .map(({ shown }) => shown).filter((task) => !search.trim() || matches(task, search));
    if (isUsual(state.query)) return inUsualOrder(wanted, { doneLast: filter !== "open" });
    const name = sort || USUAL[/** @type {keyof USUAL} */ (filter)] || "created_at";
    const compare = COMPARED[name] ?? COMPARED.created_at;
    return wanted.sort((one, other) => (
        Number(one.completed) - Number(other.completed) || compare(one, other) || ordered(other.id, one.id)));
}

/**
 * @param {readonly Task[]} tasks
 * @returns {import("./core.js").Tag[]} the tags of those that are not in the trash
 */
export function localTags(tasks) {
    /** @type {Map<string, import("./core.js").Tag>} */
    const tags = new Map();
    for (const { tags: names, completed, deleted_at: deleted } of tasks) {
        if (deleted !== null) continue;
        for (const name of names) {
            const tag = tags.get(fold(name)) ?? { name, count: 0, pending: 0 };
            tags.set(fold(name), { ...tag, count: tag.count + 1, pending: tag.pending + (completed ? 0 : 1) });
        }
    }
    return [...tags.values()].sort((one, other) => ordered(fold(one.name), fold(other.name)));
}
