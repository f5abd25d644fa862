/** Every change to a task: shown at once, marked until the server has it, kept when the server refuses it. */

import { Problem } from "../api.js";
import { todayIn } from "../lib/dates.js";
import { orderedID } from "../lib/ids.js";
import { queryString, taskPath } from "../lib/paths.js";
import { shorten } from "../lib/text.js";
import { say } from "../words/words.js";
import { UNDO_FOR } from "./core.js";
import { dueOn, movedWords } from "./moving.js";
import { belongs } from "./query.js";

/**
 * @typedef {import("./core.js").Task} Task
 * @typedef {import("./core.js").Draft} Draft
 * @typedef {import("./core.js").Change} Change
 */

/**
 * @param {Change} change
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

    /**
     * @param {import("./core.js").Core} core
     * @param {import("../api.js").Api} api
     * @param {import("./listing.js").Listing} listing
     */
    constructor(core, api, listing) {
        this.#core = core;
        this.#api = api;
        this.#listing = listing;
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
     * @returns {Promise<Draft|null>} the draft if it failed
     */
    add(input) {
        const id = orderedID(Date.now());
        /** @type {Draft} */
        const draft = { id, key: this.#api.newKey(), input, status: "saving", problem: null };
        this.#core.set({ drafts: [draft, ...this.#core.state.drafts] });
        return this.#create(draft);
    }

    /**
     * Tries a failed draft again. The key stays unless the server has already judged the request.
     * @param {string} id
     * @returns {Promise<Draft|null>}
     */
    retryDraft(id) {
        const draft = this.#core.state.drafts.find((one) => one.id === id);
        if (!draft || draft.status === "saving") return Promise.resolve(null);
        const key = draft.problem?.passing ? draft.key : this.#api.newKey();
        const again = { ...draft, key, status: /** @type {const} */ ("saving"), problem: null };
        this.#putDraft(again);
        return this.#create(again);
    }

    /**
     * Takes a draft out of the list.
     * @param {string} id
     * @returns {Draft|undefined}
     */
    takeDraft(id) {
        const { drafts } = this.#core.state;
        this.#core.set({ drafts: drafts.filter((one) => one.id !== id) });
        return drafts.find((one) => one.id === id);
    }

    /** @param {Draft} draft */
    #putDraft(draft) {
        this.#core.set({ drafts: this.#core.state.drafts.map((one) => (one.id === draft.id ? draft : one)) });
    }

    /** @param {Draft} draft */
    async #create(draft) {
        try {
            const { data, undo } = await this.#api.createTask({ id: draft.id, ...draft.input }, { key: draft.key });
            if (!this.#core.state.drafts.some((one) => one.id === draft.id)) return null;
            this.takeDraft(draft.id);
            this.#listing.take(data);
            const words = belongs(data, this.#core.state) ? "writing.added" : "writing.addedElsewhere";
            this.#core.say(say(words, { title: shorten(data.title) }), { undo });
            return null;
        } catch (error) {
            if (!(error instanceof Problem)) throw error;
            const failed = { ...draft, status: /** @type {const} */ ("failed"), problem: error };
            this.#putDraft(failed);
            return failed;
        }
    }

    /**
     * Lets go of a draft whose task is there after all: only the answer was lost.
     * @param {string} id
     */
    settleDraft(id) {
        if (this.#core.state.drafts.some((one) => one.id === id && one.status === "failed")) this.takeDraft(id);
    }

    /** Tries again what waited for a sign-in. */
    resume() {
        const { drafts, changes, rows } = this.#core.state;
        for (const draft of drafts) if (draft.problem?.status === 401) this.retryDraft(draft.id);
        for (const task of rows) if (changes[task.id]?.problem?.status === 401) this.retryChange(task);
    }

    /**
     * Marks a task done or open. Said again while the first is on its way, the last word counts.
     * @param {Task} task
     * @param {boolean} done
     * @returns {Promise<void>}
     */
    async setDone(task, done) {
        const running = this.#core.state.changes[task.id];
        if (running?.status === "saving") {
            if (running.kind === "done") this.#putChange(task.id, { ...running, done });
            return;
        }
        await this.#send(task, { kind: "done", done, key: this.#api.newKey(), status: "saving", problem: null });
    }

    /** @param {Task} task */
    remove(task) {
        return this.#send(task, { kind: "delete", key: this.#api.newKey(), status: "saving", problem: null });
    }

    /** @param {Task} task one that comes again: it moves on to its next date */
    skip(task) {
        return this.#send(task, { kind: "skip", key: this.#api.newKey(), status: "saving", problem: null });
    }

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
        return this.#send(task, {
            kind: "patch", patch, words, scope, key: this.#api.newKey(), status: "saving", problem: null,
        });
    }

    /** @param {Task} task */
    restore(task) {
        return this.#send(task, { kind: "restore", key: this.#api.newKey(), status: "saving", problem: null });
    }

    /** @param {Task} task */
    async retryChange(task) {
        const change = this.#core.state.changes[task.id];
        if (!change || change.status === "saving") return;
        const key = change.problem?.passing ? change.key : this.#api.newKey();
        await this.#send(task, { ...change, key, status: "saving", problem: null });
    }

    /** @param {Task} task */
    giveUpChange(task) {
        this.#putChange(task.id, null);
    }

    /**
     * @param {string} id
     * @param {Change|null} change null takes it away
     */
    #putChange(id, change) {
        const { [id]: _, ...others } = this.#core.state.changes;
        this.#core.set({ changes: change ? { ...others, [id]: change } : others });
    }

    /**
     * @param {Task} task
     * @param {Change} change
     * @returns {Promise<void>}
     */
    async #send(task, change) {
        const known = this.#core.state.changes[task.id];
        if (known?.status === "saving") return;
        this.#putChange(task.id, change);
        try {
            const { data, undo } = await this.#call(task, change);
            const now = this.#core.state.changes[task.id];
            this.#putChange(task.id, null);
            this.#settle(task, change, data, undo);
            if (now?.kind === "done" && now.done !== change.done) await this.setDone(data, now.done === true);
        } catch (error) {
            if (!(error instanceof Problem)) throw error;
            const now = this.#core.state.changes[task.id] ?? change;
            this.#putChange(task.id, { ...now, status: "failed", problem: error });
        }
    }

    /**
     * @param {Task} task
     * @param {Change} change
     */
    #call(task, { kind, done, patch, scope, key }) {
        if (kind === "patch") return this.#patch(task, patch ?? {}, key, scope);
        if (kind === "delete") return this.#api.deleteTask(task.id, { key });
        if (kind === "restore" || kind === "skip") return this.#api.actOnTask(task.id, kind, { key });
        return this.#api.actOnTask(task.id, done ? "complete" : "reopen", { key });
    }

    /**
     * One occurrence of a series moves alone, without the rule.
     * @param {Task} task
     * @param {Record<string, any>} patch
     * @param {string} key
     * @param {string} [scope]
     */
    #patch(task, patch, key, scope) {
        const names = Object.keys(patch).join();
        if (names === "reminders" && scope !== "this") {
            return this.#api.request("PUT", `${taskPath(task.id)}/reminders`, { body: patch, key });
        }
        if (scope) {
            const path = `${taskPath(task.id)}${queryString({ scope })}`;
            return this.#api.request("PATCH", path, { body: patch, key });
        }
        if (task.recurrence && patch.due && names === "due") {
            return this.#api.rescheduleTask(task.id, { due: patch.due }, { key });
        }
        return this.#api.changeTask(task.id, patch, { key });
    }

    /**
     * @param {Task} task
     * @param {Change} change
     * @param {Task|null} answered
     * @param {string|null} undo
     */
    #settle(task, change, answered, undo) {
        if (change.kind === "delete") this.#listing.drop(task);
        else if (answered) this.#listing.take(answered);
        this.#core.say(toldWords(change, shorten(task.title)), { undo });
        // The next occurrence is made a moment after the completion; while connected it comes by itself.
        const comesAgain = change.kind === "done" && task.recurrence;
        if (comesAgain && this.#core.state.live !== "connected") this.#listing.refreshSoon();
    }

    /**
     * Saves what the editor changed.
     * @param {Task} task
     * @param {Record<string, any>} patch
     * @param {string} key
     * @param {"this"|"following"|"all"} [scope] of a task that comes again
     * @returns {Promise<Task>}
     * @throws {Problem} version_mismatch when the task was changed elsewhere
     */
    async save(task, patch, key, scope) {
        const path = `${taskPath(task.id)}${queryString({ scope })}`;
        const options = { version: task.version, key };
        const { data, undo } = scope ? await this.#api.request("PATCH", path, { ...options, body: patch })
            : await this.#api.changeTask(task.id, patch, options);
        this.#listing.take(data);
        this.#core.say(say("writing.saved", { title: shorten(data.title) }), { undo });
        return data;
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
