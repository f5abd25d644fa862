/** What is selected, and what is done to all of it: in batches, with one undo, and a word about what did not work. */

import { Problem } from "../api.js";
import { todayIn } from "../lib/dates.js";
import { fold, shorten } from "../lib/text.js";
import { say } from "../words/words.js";
import { dueOn, movedWords } from "./moving.js";
import { isUnreachable } from "./reach.js";

/** As many commands as the server takes at once. */
const BATCH = 100;

/**
 * @typedef {import("./core.js").Task} Task
 * @typedef {{op: string, args: Record<string, any>}} Command
 * @typedef {{tasks: Task[], gone: Task[], undos: string[], failed: {id: string, detail: string}[],
 *   held: number}} Outcome `held`: how many wait for the server
 */

/**
 * @param {Command} command
 * @returns {import("./commands.js").Deed}
 */
function deedOf({ op, args }) {
    if (op === "complete" || op === "reopen") return { kind: "done", done: op === "complete" };
    if (op === "delete" || op === "restore") return { kind: op };
    return op === "reschedule" ? { kind: "patch", patch: { due: args.due }, moves: true }
        : { kind: "patch", patch: args.patch };
}

export class Bulk {
    #core;
    #api;
    #listing;
    #hold;

    /**
     * @param {import("./core.js").Core} core
     * @param {import("../api.js").Api} api
     * @param {import("./listing.js").Listing} listing
     * @param {((task: Task, deed: import("./commands.js").Deed) => Promise<any>)|null} [hold] keeps a change for later
     */
    constructor(core, api, listing, hold = null) {
        this.#hold = hold;
        this.#core = core;
        this.#api = api;
        this.#listing = listing;
    }

    /** @param {string} id @returns {boolean} whether it is selected now */
    toggle(id) {
        const { selected } = this.#core.state;
        const isIn = selected.includes(id);
        this.#core.set({ selected: isIn ? selected.filter((one) => one !== id) : [...selected, id] });
        return !isIn;
    }

    /** @param {string[]} ids to be selected too */
    add(ids) { this.#core.set({ selected: [...new Set([...this.#core.state.selected, ...ids])] }); }

    clear() { if (this.#core.state.selected.length) this.#core.set({ selected: [] }); }

    /** Selects whatever is in the list, as far as it has been read. */
    selectAll() { this.#core.set({ selected: this.#core.state.rows.map(({ id }) => id) }); }

    complete() {
        return this.#run(say("writing.done"), (task) => (task.completed ? null : this.#verb("complete", task)));
    }

    reopen() { return this.#run(say("writing.reopened"), (task) => this.#verb("reopen", task)); }

    remove() { return this.#run(say("writing.deleted"), (task) => this.#verb("delete", task)); }

    restore() { return this.#run(say("writing.restored"), (task) => this.#verb("restore", task)); }

    /** @param {string} priority */
    setPriority(priority) {
        return this.#run(say(`writing.priority.${priority}`), (task) => this.#patch(task, { priority }));
    }

    /** @param {string} tag */
    addTag(tag) {
        return this.#run(say("writing.tagged", { tag: shorten(tag, 20) }), (task) => {
            const has = task.tags.some((one) => fold(one) === fold(tag));
            return has ? null : this.#patch(task, { tags: [...task.tags, tag] });
        });
    }

    /** @param {string} date a day of the reader's calendar; times and zones stay */
    moveTo(date) {
        const { zone, now, user } = this.#core.state;
        return this.#run(movedWords(date, todayIn(now, zone, user?.day_ends_at)), (task) => {
            const due = dueOn(task.due, date, zone);
            if (!due) return null;
            return task.recurrence ? { op: "reschedule", args: { due } } : this.#patch(task, { due });
        });
    }

    /** @param {string} op @param {Task} task @returns {Command} */
    #verb(op, task) { return { op, args: { task_id: task.id } }; }

    /** @param {Task} task @param {Record<string, any>} patch @returns {Command} */
    #patch(task, patch) { return { op: "update", args: { task_id: task.id, patch } }; }

    /**
     * @param {string} words
     * @param {(task: Task) => Command|null} command null where there is nothing to do
     */
    async #run(words, command) {
        const { selected, rows, bulkBusy } = this.#core.state;
        if (bulkBusy) return;
        const wanted = new Set(selected);
        const tasks = rows.filter((task) => wanted.has(task.id));
        const work = tasks.map((task) => ({ task, command: command(task) }));
        const waiting = work.filter((one) => one.command !== null);
        this.#core.set({ bulkBusy: true });
        /** @type {Outcome} */
        const outcome = { tasks: [], gone: [], undos: [], failed: [], held: 0 };
        try {
            await this.#send(/** @type {{task: Task, command: Command}[]} */ (waiting), outcome);
        } finally {
            const failed = outcome.failed.map(({ id }) => id);
            this.#core.set({ bulkBusy: false, selected: failed });
        }
        this.#listing.takeAll(outcome.tasks, outcome.gone);
        this.#tell(words, waiting.length, outcome);
        const comesAgain = waiting.some(({ task, command: one }) => task.recurrence && one?.op === "complete");
        if (comesAgain && this.#core.state.live !== "connected") this.#listing.refreshSoon();
    }

    /** @param {{task: Task, command: Command}[]} work @param {Outcome} outcome */
    async #send(work, outcome) {
        // One occurrence of a series is moved by a verb that batches do not have.
        const alone = work.filter(({ command }) => command.op === "reschedule");
        const together = work.filter(({ command }) => command.op !== "reschedule");
        for (let start = 0; start < together.length; start += BATCH) {
            const part = together.slice(start, start + BATCH);
            await this.#guarded(part, outcome, async () => {
                const commands = part.map(({ command }, at) => ({ id: String(at), ...command }));
                const { data, undo } = await this.#api.batch(commands);
                if (undo) outcome.undos.push(undo);
                data.results.forEach((/** @type {any} */ result, /** @type {number} */ at) => {
                    const { task } = part[at];
                    if (result.problem) outcome.failed.push({ id: task.id, detail: result.problem.detail });
                    else if (result.task) outcome.tasks.push(result.task);
                    else outcome.gone.push(task);
                });
            });
        }
        for (const one of alone) {
            await this.#guarded([one], outcome, async () => {
                const { data, undo } = await this.#api.rescheduleTask(one.task.id, one.command.args);
                if (undo) outcome.undos.push(undo);
                outcome.tasks.push(data);
            });
        }
    }

    /**
     * What is refused as a whole counts as refused for each.
     * What does not arrive is kept for later, one by one, where there is somewhere to keep it.
     * @param {{task: Task, command: Command}[]} part @param {Outcome} outcome @param {() => Promise<void>} action
     */
    async #guarded(part, outcome, action) {
        try {
            await action();
        } catch (error) {
            if (!(error instanceof Problem)) throw error;
            if (this.#hold && isUnreachable(error)) {
                for (const { task, command } of part) await this.#hold(task, deedOf(command));
                outcome.held += part.length;
                return;
            }
            for (const { task } of part) outcome.failed.push({ id: task.id, detail: error.detail });
        }
    }

    /** @param {string} words @param {number} count @param {Outcome} outcome */
    #tell(words, count, { undos, failed, held }) {
        const undo = undos.length ? undos : null;
        const tasks = say("common.tasks", { count });
        if (count === 0) this.#core.say(say("bulk.nothing"));
        else if (held && failed.length === 0) this.#core.say(say("offline.held"), { undo });
        else if (failed.length === 0) this.#core.say(say("bulk.done", { done: words, tasks }), { undo });
        else {
            const text = say("bulk.partly", {
                done: words, tasks, changed: count - failed.length, failed: failed.length, reason: failed[0].detail,
                left: say("bulk.left", { count: failed.length }),
            });
            this.#core.say(text, { undo, tone: "error" });
        }
    }
}
