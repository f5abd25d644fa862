/**
 * The commands of the outbox by task, in memory and on the shelf, and how they show in the state: a task that is made
 * by one is a draft, any other a change.
 * @typedef {import("./commands.js").Command} Command
 * @typedef {import("./core.js").Draft} Draft
 * @typedef {import("./core.js").Change} Change
 */

import { Problem } from "../api.js";
import { randomID } from "../lib/ids.js";
import { applied, presumed } from "./commands.js";

/** @param {string} owner */
const PLACE = (owner) => `people/${owner}/commands/`;

/**
 * A command as it is kept: whoever reads it does not know whether it is on its way.
 * @param {Command} command
 */
function kept(command) {
    const { problem, status } = command;
    const { code, detail, errors } = problem ?? {};
    return {
        ...command, status: status === "saving" ? "waiting" : status,
        problem: problem ? { status: problem.status, code, detail, errors } : null,
    };
}

/**
 * @param {any} value as it was kept
 * @returns {Command}
 */
function revived(value) {
    const problem = value.problem ? new Problem(value.problem) : null;
    // What was refused for now is tried again by itself.
    const status = value.status === "failed" && problem?.passing ? "waiting" : value.status;
    const isMaking = value.kind === "create";
    // Sent before without a version, it cannot be sent with one under the same key.
    const key = value.held || isMaking ? value.key : randomID();
    return { ...value, key, problem, status, held: true, guarded: !isMaking };
}

export class Lanes {
    #core;
    #shelf;
    #changed;
    /** @type {Map<string, readonly Command[]>} */
    #lanes = new Map();
    /** @type {Map<string, {lane: readonly Command[], draft: Draft|null, change: Change|null}>} */
    #views = new Map();
    /** Commands that could not be put on the shelf. */
    #unkept = new Set();
    /** Commands that are on the shelf, as far as this tab knows. */
    #onShelf = new Set();
    #edits = 0;
    owner = "";

    /**
     * @param {import("./core.js").Core} core
     * @param {import("../lib/shelf.js").Shelf} shelf
     * @param {(task: string) => void} changed a task looks otherwise now
     */
    constructor(core, shelf, changed) {
        this.#core = core;
        this.#shelf = shelf;
        this.#changed = changed;
    }

    /** @param {string} owner */
    async open(owner) {
        if (owner === this.owner) return;
        this.close();
        this.owner = owner;
        await this.read({ isFirst: true });
    }

    close() {
        this.owner = "";
        for (const part of [this.#lanes, this.#views, this.#unkept, this.#onShelf]) part.clear();
    }

    /**
     * Reads what is on the shelf; what is on its way from here, or not there yet, stays.
     * @param {{isFirst?: boolean}} [options] whether what no tab has finished is taken up too
     * @returns {Promise<void>}
     */
    async read({ isFirst = false } = {}) {
        const { owner } = this;
        if (!owner) return;
        const edits = this.#edits;
        const found = await this.#shelf.all(PLACE(owner));
        if (owner !== this.owner) return;
        if (edits !== this.#edits) { await this.read({ isFirst }); return; }
        /** @type {Command[]} */
        const values = found.filter(({ held }) => held || isFirst).map(revived);
        /** @type {Map<string, Command[]>} */
        const lanes = new Map();
        const own = [...this.#lanes.values()].flat();
        const stays = own.filter((one) => one.status === "saving" || !this.#onShelf.has(one.id));
        const mine = new Map(stays.map((one) => [one.id, one]));
        for (const command of [...values.filter(({ id }) => !mine.has(id)), ...stays]) {
            lanes.set(command.task, [...lanes.get(command.task) ?? [], command]);
        }
        this.#onShelf = new Set([...values.map(({ id }) => id), ...stays.map(({ id }) => id)
            .filter((id) => this.#onShelf.has(id))]);
        const touched = new Set([...this.#lanes.keys(), ...lanes.keys()]);
        for (const lane of lanes.values()) lane.sort((one, other) => one.at - other.at);
        this.#lanes = lanes;
        this.#publish();
        for (const task of touched) this.#changed(task);
    }

    /** @param {string} task @returns {readonly Command[]} */
    of(task) { return this.#lanes.get(task) ?? []; }

    /** @returns {Command[]} the first of each task */
    heads() { return [...this.#lanes.values()].map(([head]) => head); }

    /** @param {string} id @returns {Command|undefined} */
    find(id) {
        for (const lane of this.#lanes.values()) {
            const found = lane.find((one) => one.id === id);
            if (found) return found;
        }
        return undefined;
    }

    /** Whether anything waits for the server. */
    get waits() { return this.heads().some(({ held, status }) => held && status === "waiting"); }

    get unkept() { return this.#shelf.lasts ? this.#unkept.size : [...this.#lanes.values()].flat().length; }

    /**
     * @param {Set<string>} tried
     * @returns {Command|undefined} what has waited longest
     */
    next(tried) {
        return this.heads().filter(({ held, status, id }) => held && status === "waiting" && !tried.has(id))
            .sort((one, other) => one.at - other.at)[0];
    }

    /**
     * @param {string} id
     * @returns {Promise<boolean>} whether it is still on the shelf: if not, another tab has done it
     */
    async isKept(id) {
        if (this.#unkept.has(id)) return true;
        return await this.#shelf.get(PLACE(this.owner) + id) !== undefined;
    }

    /** @param {string} id that another tab has done */
    forget(id) {
        const command = this.find(id);
        if (!command) return;
        this.#onShelf.delete(id);
        this.#show(command.task, this.of(command.task).filter((one) => one.id !== id));
    }

    /**
     * @param {string} task
     * @param {readonly Command[]} lane all its commands from now on
     */
    set(task, lane) {
        const stays = new Set(lane.map(({ id }) => id));
        const gone = this.of(task).filter(({ id }) => !stays.has(id));
        this.#show(task, lane);
        return this.#write(gone, lane);
    }

    /** @param {Command} command in the place of its earlier self */
    put(command) {
        const lane = this.of(command.task);
        if (!lane.some(({ id }) => id === command.id)) return Promise.resolve();
        this.#show(command.task, lane.map((one) => (one.id === command.id ? command : one)));
        return this.#write([], [command]);
    }

    /** @param {readonly Command[]} commands of one task */
    remove(commands) {
        const ids = new Set(commands.map(({ id }) => id));
        return this.set(commands[0].task, this.of(commands[0].task).filter(({ id }) => !ids.has(id)));
    }

    /**
     * The server has a command: the next one of its task is about the task as it is now.
     * @param {Command} command
     * @param {import("../api.js").Task|null} task
     */
    answered(command, task) {
        const [next, ...others] = this.of(command.task).filter(({ id }) => id !== command.id);
        return this.set(command.task, next ? [{ ...next, base: task, guarded: next.held }, ...others] : []);
    }

    /**
     * @param {readonly Command[]} gone
     * @param {readonly Command[]} lane
     */
    async #write(gone, lane) {
        const { owner } = this;
        if (!owner) return;
        const written = await this.#shelf.put([
            ...gone.map(({ id }) => /** @type {[string, any]} */ ([PLACE(owner) + id, undefined])),
            ...lane.map((one) => /** @type {[string, any]} */ ([PLACE(owner) + one.id, kept(one)])),
        ]);
        for (const { id } of gone) for (const set of [this.#unkept, this.#onShelf]) set.delete(id);
        for (const { id } of lane) {
            if (written) { this.#unkept.delete(id); this.#onShelf.add(id); } else this.#unkept.add(id);
        }
    }

    /** @param {string} task @param {readonly Command[]} lane */
    #show(task, lane) {
        this.#edits += 1;
        if (lane.length) this.#lanes.set(task, lane);
        else this.#lanes.delete(task);
        this.#publish();
        this.#changed(task);
    }

    #publish() {
        /** @type {Draft[]} */
        const drafts = [];
        /** @type {Record<string, Change>} */
        const changes = {};
        for (const [task, lane] of this.#lanes) {
            const known = this.#views.get(task);
            const view = known?.lane === lane ? known : { lane, ...seenAs(lane) };
            this.#views.set(task, view);
            if (view.draft) drafts.unshift(view.draft);
            if (view.change) changes[task] = view.change;
        }
        for (const task of this.#views.keys()) if (!this.#lanes.has(task)) this.#views.delete(task);
        const waiting = [...this.#lanes.values()].flat().filter(({ held }) => held).length;
        const conflicts = this.heads().filter(({ status }) => status === "conflict").length;
        this.#core.set({ drafts, changes, outbox: { waiting, conflicts } });
    }
}

/**
 * @param {readonly Command[]} lane
 * @returns {{draft: Draft|null, change: Change|null}}
 */
function seenAs(lane) {
    const [head] = lane;
    const last = lane[lane.length - 1];
    const { problem, held, theirs } = head;
    const status = lane.some((one) => one.status === "saving") && head.status !== "conflict" ? "saving" : head.status;
    if (head.kind === "create") {
        const task = lane.slice(1).reduce(applied, presumed(head));
        const { task: id, key, input = {} } = head;
        return { draft: { id, key, input, status, problem, task: held ? task : null }, change: null };
    }
    const task = head.base ? lane.reduce(applied, head.base) : null;
    const { kind, done, patch, words, key } = last;
    return {
        draft: null,
        change: { kind, done, patch, words, key, status, problem, base: head.base, task, theirs, isHeld: held },
    };
}
