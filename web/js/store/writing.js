/**
 * Every change to a task: shown at once, marked until the server has it, kept when the server refuses it. All of them
 * leave through the outbox.
 */

import { Problem } from "../api.js";
import { todayIn } from "../lib/dates.js";
import { orderedID } from "../lib/ids.js";
import { shorten } from "../lib/text.js";
import { say } from "../words/words.js";
import { UNDO_FOR } from "./core.js";
import { dueOn, movedWords } from "./moving.js";
import { belongs } from "./query.js";

/**
 * @typedef {import("./core.js").Task} Task
 * @typedef {import("./core.js").Draft} Draft
 */

/**
 * @param {import("./commands.js").Deed} deed
 * @param {string} title
 * @returns {string} what is said of it once it is done
 */
function toldWords({ kind, done = false, words = "" }, title) {
    return say(`writing.told.${kind === "done" && !done ? "reopened" : kind}`, { title, words });
}

export class Writing {
    #core;
    #api;
    #listing;
    #outbox;
    #underWay;

    /**
     * @param {import("./core.js").Core} core
     * @param {import("../api.js").Api} api
     * @param {import("./listing.js").Listing} listing
     * @param {import("./outbox.js").Outbox} outbox
     * @param {() => Promise<void>} [underWay] ends with what is shown already and not yet written
     */
    constructor(core, api, listing, outbox, underWay = () => Promise.resolve()) {
        this.#core = core;
        this.#api = api;
        this.#listing = listing;
        this.#outbox = outbox;
        this.#underWay = underWay;
    }

    /**
     * How a line of words would be read.
     * @param {string} text
     * @returns {Promise<import("../lib/quick-add.js").Reading|null>} null when it cannot be read now
     */
    async readLine(text) {
        try {
            const { data } = await this.#api.readQuickAdd(text);
            return { line: text, ...data };
        } catch (error) {
            if (!(error instanceof Problem)) throw error;
            return null;
        }
    }

    /**
     * Adds a task. It is in the list from now on; a failure stays in its row.
     * @param {Record<string, any>} input a TaskCreate
     * @param {string} [line] its words, where they could not be read: they are when it is sent later
     * @param {string} [usualDay] on which it is due unless the line says when
     * @returns {Promise<Draft|null>} the draft if it failed
     */
    async add(input, line = "", usualDay = "") {
        const task = orderedID(Date.now());
        const words = line ? { line, usualDay } : {};
        try {
            await this.#outbox.submit({ kind: "create", task, input, ...words, base: null, key: this.#api.newKey() });
            return null;
        } catch (error) {
            if (!(error instanceof Problem)) throw error;
            return this.#draft(task);
        }
    }

    /** @param {string} id @returns {Draft|null} */
    #draft(id) { return this.#core.state.drafts.find((one) => one.id === id) ?? null; }

    /**
     * Tries a failed draft again. The key stays unless the server has already judged the request.
     * @param {string} id
     * @returns {Promise<Draft|null>} the draft if it failed again
     */
    async retryDraft(id) {
        await this.#outbox.retry(id);
        return this.#draft(id);
    }

    /**
     * Takes a draft out of the list.
     * @param {string} id
     * @returns {Draft|null}
     */
    takeDraft(id) {
        const draft = this.#draft(id);
        this.#outbox.drop(id);
        return draft;
    }

    /**
     * Lets go of a draft whose task is there after all: only the answer was lost.
     * @param {Task} task
     */
    settleDraft(task) { this.#outbox.arrived(task); }

    /** Tries again what waited for a sign-in. */
    resume() { this.#outbox.resume(); }

    /**
     * Marks a task done or open. Said again while the first is on its way, the last word counts.
     * @param {Task} task
     * @param {boolean} done
     * @returns {Promise<void>}
     */
    setDone(task, done) { return this.#send(task, { kind: "done", done }); }

    /** @param {Task} task */
    remove(task) { return this.#send(task, { kind: "delete" }); }

    /** @param {Task} task one that comes again: it moves on to its next date */
    skip(task) { return this.#send(task, { kind: "skip" }); }

    /**
     * Moves a task to another day of the reader's calendar; time and zone stay.
     * @param {Task} task
     * @param {string} date
     */
    async moveTo(task, date) {
        const { zone, now, user } = this.#core.state;
        const due = dueOn(task.due, date, zone);
        if (due) await this.change(task, { due }, movedWords(date, todayIn(now, zone, user?.day_ends_at)));
    }

    /**
     * @param {Task} task
     * @param {Record<string, any>} patch
     * @param {string} words what is said when it is done
     * @param {"this"|"following"} [scope] of a task that comes again; without it a due moves this one alone, everything
     *   else holds for those that follow too
     */
    change(task, patch, words, scope) {
        // One occurrence of a series moves alone, without the rule.
        const moves = Boolean(!scope && task.recurrence && patch.due && Object.keys(patch).length === 1);
        return this.#send(task, { kind: "patch", patch, words, scope, moves });
    }

    /** @param {Task} task */
    restore(task) { return this.#send(task, { kind: "restore" }); }

    /**
     * Keeps a change for when the server can be reached.
     * @param {Task} task
     * @param {import("./commands.js").Deed} deed
     */
    hold(task, deed) {
        const base = this.#listing.truth(task);
        return this.#outbox.submit({ ...deed, task: task.id, base, key: this.#api.newKey() }, { isHeld: true });
    }

    /** @param {Task} task */
    retryChange(task) { return this.#outbox.retry(task.id); }

    /** @param {Task} task */
    giveUpChange(task) { this.drop(task.id); }

    /** @param {string} id of a task whose unsaved changes are let go of */
    drop(id) {
        this.#outbox.drop(id);
        this.#listing.settleSoon();
    }

    /**
     * Chooses between what was done here and what was done elsewhere.
     * @param {string} id
     * @param {Record<string, import("./commands.js").Side>} choices by field
     */
    resolve(id, choices) { return this.#outbox.resolve(id, choices); }

    /**
     * The same said twice in one breath is said once; a failure stays in the row.
     * @param {Task} task
     * @param {import("./commands.js").Deed} deed
     * @returns {Promise<void>}
     */
    async #send(task, deed) {
        const last = this.#outbox.lane(task.id).at(-1);
        const isOnItsWay = last?.status === "saving" || (last?.held && last.status === "waiting");
        if (isOnItsWay && last?.kind === deed.kind && last.done === deed.done && deed.kind !== "patch") return;
        try {
            const base = this.#listing.truth(task);
            await this.#outbox.submit({ ...deed, task: task.id, base, key: this.#api.newKey() });
        } catch (error) {
            if (!(error instanceof Problem)) throw error;
        }
    }

    /**
     * The server has what was written.
     * @param {import("./commands.js").Command} command
     * @param {Task|null} answered
     * @param {string|null} undo
     */
    settle(command, answered, undo) {
        const known = answered ?? command.base;
        if (command.kind === "delete" && known) this.#listing.drop(known);
        else if (answered) this.#listing.take(answered);
        if (!command.held && known) this.#tell(command, known, undo);
        // The next occurrence is made a moment after the completion; while connected it comes by itself.
        const comesAgain = command.kind === "done" && known?.recurrence;
        if (comesAgain && this.#core.state.live !== "connected") this.#listing.refreshSoon();
    }

    /**
     * @param {import("./commands.js").Command} command
     * @param {Task} task
     * @param {string|null} undo
     */
    #tell(command, task, undo) {
        const title = shorten((command.kind === "create" ? task : command.base ?? task).title);
        if (command.kind === "create") {
            const key = belongs(task, this.#core.state) ? "writing.added" : "writing.addedElsewhere";
            this.#core.say(say(key, { title }), { undo });
        } else if (command.kind === "patch" && !command.words) {
            this.#core.say(say("writing.saved", { title: shorten(task.title) }), { undo });
        } else this.#core.say(toldWords(command, title), { undo });
    }

    /**
     * Saves what the editor changed. Where the server cannot be reached it is kept until it can.
     * @param {Task} task
     * @param {Record<string, any>} patch
     * @param {string} key
     * @param {"this"|"following"|"all"} [scope] of a task that comes again
     * @returns {Promise<Task>}
     * @throws {Problem} version_mismatch when the task was changed elsewhere
     */
    async save(task, patch, key, scope) {
        const base = this.#outbox.lane(task.id).length ? this.#listing.truth(task) : task;
        const deed = { kind: /** @type {const} */ ("patch"), task: task.id, patch, base, key, scope, guarded: true };
        const answer = await this.#outbox.submit(deed, { isStrict: true });
        return answer?.task ?? { ...task, ...patch };
    }

    newKey() { return this.#api.newKey(); }

    /**
     * @param {Task} task
     * @returns {Promise<Task>} as it is on the server now
     */
    async reload(task) {
        const { data } = await this.#api.task(task.id);
        this.#listing.take(data);
        return data;
    }

    /**
     * Takes back the last write; said again, the one before it.
     * @returns {Promise<void>}
     */
    async undo() {
        await this.#underWay();
        const { undos } = this.#core.state;
        const last = undos.at(-1);
        if (!last || Date.now() - last.at > UNDO_FOR) { this.#core.say(say("writing.nothingToUndo")); return; }
        this.#core.set({ notice: null, undos: undos.slice(0, -1) });
        // The newest first; what could not be reached can be tried again.
        const left = [...last.tokens];
        try {
            while (left.length) {
                const one = /** @type {import("./core.js").Undo} */ (left.at(-1));
                if (typeof one === "function") await one();
                else this.#listing.takeAll((await this.#api.undo(one)).data.items, []);
                left.pop();
            }
            this.#core.say(say("writing.undone"));
            await this.#listing.refresh();
        } catch (error) {
            if (!(error instanceof Problem)) throw error;
            const again = error.passing ? left : null;
            this.#core.say(say("writing.notUndone", { reason: error.detail }), { tone: "error", undo: again });
        }
    }
}
