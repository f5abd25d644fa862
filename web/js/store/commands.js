/**
 * What a person did to a task and the server does not have yet, as commands: how a task looks with them, where they and
 * what happened elsewhere meanwhile are at odds, and what is left to send once somebody has chosen.
 * @typedef {import("../api.js").Task} Task
 * @typedef {"create"|"done"|"delete"|"restore"|"skip"|"patch"} Kind
 * @typedef {{kind: Kind, done?: boolean, patch?: Record<string, any>, input?: Record<string, any>, words?: string,
 *   moves?: boolean, scope?: "this"|"following", line?: string, usualDay?: string}} Deed `moves`: one occurrence of a
 *   series goes to another date, the rule stays; `scope`: of a task that comes again, which of them are meant; `line`:
 *   the words of a new task that nobody could read yet; `usualDay`: on which it is due unless they say when
 * @typedef {Deed & {id: string, task: string, key: string, base: Task|null, guarded: boolean, held: boolean,
 *   status: "saving"|"waiting"|"failed"|"conflict", problem: import("../api.js").Problem|null, theirs: Task|null,
 *   at: number}} Command
 *   `base`: the task that it was made on; `guarded`: it may only be done to that version of it; `held`: it was kept
 *   until the server can be reached; `theirs`: the task as it is there, where the two are at odds; `at`: when it was
 *   made, in milliseconds
 * @typedef {{patch: Record<string, any>, done: boolean|null, deleted: boolean|null, skips: number,
 *   moves: boolean, scope?: "this"|"following"}} Wish what commands come to together; null: as it is
 * @typedef {"mine"|"theirs"} Side
 */

import { instantOf } from "../lib/dates.js";

/**
 * @param {unknown} value
 * @returns {string} equal for equal contents; what is missing is as good as null
 */
function canonical(value) {
    if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
    if (value === null || typeof value !== "object") return JSON.stringify(value ?? null);
    const parts = Object.entries(value).filter(([, part]) => part !== null && part !== undefined).sort();
    return `{${parts.map(([name, part]) => `${name}:${canonical(part)}`).join()}}`;
}

/**
 * @param {unknown} one
 * @param {unknown} other
 */
export function same(one, other) { return canonical(one) === canonical(other); }

/**
 * A task that only this browser has, as far as it is known.
 * @param {Command} command that makes it
 * @returns {Task}
 */
export function presumed({ task, input = {}, at }) {
    const made = new Date(at).toISOString();
    const { title = "", description = "", priority = "medium", tags = [] } = input;
    const start = /** @type {Task} */ ({
        id: task, number: 0, title, description, priority, tags, status: "pending", completed: false,
        completed_at: null, due: null, due_date: null, recurrence: null, reminder_at: null, version: 0,
        created_at: made, updated_at: made, deleted_at: null,
    });
    const { due, recurrence } = input;
    return patched(start, { ...(due ? { due } : {}), ...(recurrence ? { recurrence } : {}) });
}

/**
 * @param {Task} task
 * @param {Record<string, any>} patch
 * @returns {Task}
 */
function patched(task, patch) {
    const next = { ...task, ...patch };
    if ("due" in patch) next.due_date = instantText(patch.due);
    if (typeof patch.recurrence === "string") next.recurrence = { rrule: "", text: patch.recurrence };
    return next;
}

/**
 * @param {import("../lib/dates.js").Due|null} due
 * @returns {string|null} about when, for the order of lists
 */
function instantText(due) {
    if (!due) return null;
    try {
        return instantOf(due.date, due.time ?? "23:59", due.time_zone ?? "UTC").toISOString();
    } catch {
        return null;
    }
}

/**
 * How a task looks with a command. What is deleted stays to be seen until the server knows of it.
 * @param {Task} task
 * @param {Command} command
 * @returns {Task}
 */
export function applied(task, command) {
    if (command.kind === "create") return presumed(command);
    if (command.kind === "patch") return patched(task, command.patch ?? {});
    if (command.kind !== "done") return task;
    const done = command.done === true;
    return {
        ...task, completed: done, status: done ? "completed" : "pending",
        completed_at: done ? new Date(command.at).toISOString() : null,
    };
}

/**
 * @param {readonly Command[]} commands of one task, in order
 * @returns {Wish}
 */
export function wishOf(commands) {
    /** @type {Wish} */
    const wish = { patch: {}, done: null, deleted: null, skips: 0, moves: false };
    for (const { kind, patch, done, moves, scope } of commands) {
        if (kind === "patch") Object.assign(wish.patch, patch);
        if (kind === "patch" && moves) wish.moves = true;
        if (kind === "patch" && scope) wish.scope = scope;
        if (kind === "done") wish.done = done === true;
        if (kind === "delete") wish.deleted = true;
        if (kind === "restore") wish.deleted = false;
        if (kind === "skip") wish.skips += 1;
    }
    return wish;
}

/** What a person sees of a task, so that a change of it counts as one. */
const SEEN = Object.freeze(["title", "description", "priority", "tags", "due", "recurrence", "completed"]);

/**
 * Where a wish and what happened elsewhere are at odds: fields of the task, "deleted" and "skip". What was changed on
 * one side only is not at odds, nor is what both sides made the same.
 * @param {Task} base that the wish was made on
 * @param {Wish} wish
 * @param {Task} theirs the task as it is now
 * @returns {string[]}
 */
export function clashesOf(base, wish, theirs) {
    const isChanged = (/** @type {string} */ name) => !same(
        base[/** @type {keyof Task} */ (name)], theirs[/** @type {keyof Task} */ (name)]);
    const wasDeleted = theirs.deleted_at !== null && base.deleted_at === null;
    if (wish.deleted === true) return !wasDeleted && SEEN.some(isChanged) ? ["deleted"] : [];
    const fields = Object.keys(wish.patch).filter((name) => (
        isChanged(name) && !same(theirs[/** @type {keyof Task} */ (name)], wish.patch[name])));
    const skip = wish.skips > 0 && (isChanged("due") || isChanged("completed"));
    return [...(wasDeleted ? ["deleted"] : []), ...fields, ...(skip ? ["skip"] : [])];
}

/**
 * What there is left to do to the task as it is now.
 * @param {Wish} wish
 * @param {Task} theirs
 * @param {readonly string[]} clashes
 * @param {Record<string, Side>} choices by what is at odds; what is not chosen stays as it is there
 * @returns {Deed[]}
 */
export function deedsFor(wish, theirs, clashes, choices) {
    const isWanted = (/** @type {string} */ name) => !clashes.includes(name) || choices[name] === "mine";
    if (wish.deleted === true) {
        return theirs.deleted_at === null && isWanted("deleted") ? [{ kind: "delete" }] : [];
    }
    if (theirs.deleted_at !== null && wish.deleted === null && !isWanted("deleted")) return [];
    /** @type {Deed[]} */
    const deeds = theirs.deleted_at === null ? [] : [{ kind: "restore" }];
    const names = Object.keys(wish.patch).filter((name) => (
        isWanted(name) && !same(theirs[/** @type {keyof Task} */ (name)], wish.patch[name])));
    const isMoved = wish.moves && names.includes("due");
    const patch = Object.fromEntries(
        names.filter((name) => !isMoved || name !== "due").map((name) => [name, wish.patch[name]]));
    if (Object.keys(patch).length) deeds.push({ kind: "patch", patch, ...(wish.scope ? { scope: wish.scope } : {}) });
    if (isMoved) deeds.push({ kind: "patch", patch: { due: wish.patch.due }, moves: true });
    if (isWanted("skip")) for (let count = 0; count < wish.skips; count += 1) deeds.push({ kind: "skip" });
    if (wish.done !== null && wish.done !== theirs.completed) deeds.push({ kind: "done", done: wish.done });
    return deeds;
}
