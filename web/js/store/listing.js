/** The list on the screen: its pages, its tags, and what is known of each task. */

import { Problem } from "../api.js";
import { Known } from "./known.js";
import { localTags, localView } from "./local.js";
import { inUsualOrder, isUsual, sortOf } from "./order.js";
import { collect, LARGEST_PAGE } from "./pages.js";
import { belongs, isAsked, isMoved, isNewestFirst } from "./query.js";
import { isUnreachable } from "./reach.js";

/**
 * @typedef {import("./core.js").Task} Task
 * @typedef {import("./core.js").Query} Query
 * @typedef {import("./core.js").Place} Place
 * @typedef {import("./copy.js").Kept} Kept
 */

const PAGE = 50;
/** Upcoming counts by day, so it is read whole, as far as this. */
const WHOLE = 1_000;
const LINGER = 900;
const MOST_TRIES = 3;
const SETTLE_AFTER = 250;

export class Listing {
    #core;
    #api;
    #later;
    /** @type {AbortController|null} */
    #running = null;
    /** The beginning of the list, as it was asked for while the screen is built; null where it was not answered.
     * @type {{query: Query, page: ReturnType<typeof collect>|Promise<null>}|null} */
    #early = null;
    #known = new Known((task) => this.#kept.copy?.seen(task));
    #tagsAsked = 0;
    #writes = 0;
    #settles = 0;
    /** @type {Kept} */
    #kept = { over: (task) => task, copy: null };

    /**
     * @param {import("./core.js").Core} core
     * @param {import("../api.js").Api} api
     * @param {(action: () => void, ms: number) => void} later
     */
    constructor(core, api, later) {
        this.#core = core;
        this.#api = api;
        this.#later = later;
    }

    /** @param {Kept} kept */
    keepWith(kept) { this.#kept = kept; }

    /** @param {Task} task @returns {Task} as the server had it last */
    truth(task) { return this.#known.get(task.id) ?? task; }

    /**
     * Shows a task again, since what the server does not have of it has changed. Once nothing of it waits any more, it
     * leaves a list that it no longer belongs to: the server may have been heard before.
     * @param {string} id
     */
    redraw(id) {
        const { rows, changes } = this.#core.state;
        const truth = this.#known.get(id);
        const at = rows.findIndex((row) => row.id === id);
        if (!truth || at < 0) return;
        const task = this.#kept.over(truth);
        if (task !== rows[at]) this.#core.set({ rows: this.#arranged(rows.with(at, task)) });
        if (!changes[id] && !belongs(task, this.#core.state)) this.#later(() => this.#sweep(), LINGER);
    }

    /**
     * @param {Partial<Query>} changes
     * @returns {Promise<void>}
     */
    show(changes) {
        const before = this.#core.state.query;
        // A day belongs to Upcoming alone.
        const leaves = changes.filter !== undefined && changes.filter !== before.filter;
        const { day, ...query } = { ...before, ...(leaves ? { day: undefined } : {}), ...changes };
        const changed = (/** @type {keyof Query} */ name) => (query[name] ?? "") !== (before[name] ?? "");
        const isOther = /** @type {const} */ (["filter", "tag", "sort", "search", "expression"]).some(changed);
        if (!isOther && (day ?? "") === (before.day ?? "")) return Promise.resolve();
        this.#core.set({ query: day ? { ...query, day } : query, ...(isOther ? { selected: [] } : {}) });
        return isOther ? this.load() : Promise.resolve();
    }

    /**
     * Rows as they stand in the list.
     * @param {Task[]} rows
     */
    #arranged(rows) {
        const { query } = this.#core.state;
        return isUsual(query) ? inUsualOrder(rows, { doneLast: query.filter !== "open" }) : rows;
    }

    /** How much a first page holds. */
    get #page() { return this.#core.state.query.filter === "upcoming" ? WHOLE : PAGE; }

    /** @param {Query} query what the first load will show */
    preset(query) { this.#core.set({ query }); }

    /** Asks for what the first load will show, unless that depends on where the person is. */
    begin() {
        const { query } = this.#core.state;
        if (query.filter === "upcoming") return;
        const asked = collect(this.#api, this.#core.state, { start: { step: 0, cursor: null }, wanted: this.#page });
        this.#early = { query, page: asked.catch(() => null) };
    }

    /** @param {Place} start @returns the early answer, once, where it is one to this */
    #takeEarly({ step, cursor }) {
        const early = this.#early;
        this.#early = null;
        return early?.query === this.#core.state.query && step === 0 && !cursor ? early.page : null;
    }

    /**
     * Reads the list from its beginning.
     * @returns {Promise<void>}
     */
    async load() {
        if (this.#core.state.phase !== "signed-in") return;
        this.#core.set({ loading: "first", listProblem: null });
        await this.#read({ step: 0, cursor: null }, this.#page, (items) => items);
    }

    /**
     * Reads as much again as is shown, without a sign of it.
     * @returns {Promise<void>}
     */
    async refresh() {
        const { rows, loading, phase } = this.#core.state;
        if (loading || phase !== "signed-in") return;
        const wanted = Math.min(Math.max(rows.length, this.#page), WHOLE);
        if (rows.length > WHOLE) { await this.#refreshBeginning(); return; }
        await this.#read({ step: 0, cursor: null }, wanted, (items) => items);
    }

    /**
     * Of a very long list only the beginning is read again; what follows is kept right by the live connection.
     * @returns {Promise<void>}
     */
    async #refreshBeginning() {
        const { next } = this.#core.state;
        await this.#read({ step: 0, cursor: null }, WHOLE, (items) => {
            const read = new Set(items.map((task) => task.id));
            return [...items, ...this.#core.state.rows.slice(WHOLE).filter((task) => !read.has(task.id))];
        }, next);
    }

    /**
     * Reads again because something may have been missed; a read on its way starts over.
     * @returns {Promise<void>}
     */
    reread() {
        this.#writes += 1;
        this.refreshTags();
        return this.refresh();
    }

    /** @returns {Promise<void>} */
    async loadMore() {
        const { next, loading } = this.#core.state;
        if (!next || loading) return;
        this.#core.set({ loading: "more", listProblem: null });
        // Who goes on scrolling wants more of it.
        await this.#read(next, this.#core.state.rows.length > PAGE ? LARGEST_PAGE : PAGE, (items) => {
            const { rows } = this.#core.state;
            const shown = new Set(rows.map((task) => task.id));
            return [...rows, ...items.filter((task) => !shown.has(task.id))];
        });
        if (this.#core.state.listProblem?.code === "invalid_cursor") await this.load();
    }

    /**
     * @param {Place} start
     * @param {number} wanted
     * @param {(items: Task[]) => Task[]} place
     * @param {Place|null} [keptNext] where the next page begins, if not after what was read
     */
    async #read(start, wanted, place, keptNext) {
        this.#running?.abort();
        const running = new AbortController();
        this.#running = running;
        try {
            const page = await this.#collectSettled(start, wanted, running.signal);
            if (this.#running !== running) return;
            const items = page.items.map((task) => this.#known.newest(task))
                .filter((task) => belongs(task, this.#core.state)).map((task) => this.#kept.over(task));
            this.#kept.copy?.fresh();
            this.#core.set({
                copy: null,
                rows: this.#arranged(place(items)), next: keptNext === undefined ? page.next : keptNext,
                loading: "", listProblem: null,
                ...(start.cursor || start.step ? {} : { total: page.total }),
            });
        } catch (error) {
            if (this.#running !== running) return;
            if (!(error instanceof Problem)) throw error;
            if (isUnreachable(error) && await this.#showKept(running)) return;
            const shown = this.#core.state.loading === "first" ? { rows: [], next: null, total: null } : {};
            this.#core.set({ loading: "", listProblem: error, ...shown });
        }
    }

    /**
     * Shows what this browser has kept.
     * @param {AbortController} running
     * @returns {Promise<boolean>} whether it has
     */
    async #showKept(running) {
        const kept = await this.#kept.copy?.tasks();
        if (!kept || this.#running !== running) return Boolean(kept);
        const tasks = kept.map((task) => {
            const truth = this.#known.newest(task);
            return { truth, shown: this.#kept.over(truth) };
        });
        const { tags } = this.#core.state;
        this.#core.set({
            ...localView(tasks, this.#core.state, this.#kept.copy?.at ?? 0), next: null, loading: "", listProblem: null,
            tags: tags.length ? tags : localTags(tasks.map(({ truth }) => truth)),
        });
        return true;
    }

    /**
     * A list asked for before a write was answered may lack that write, so it is asked for again.
     * @param {Place} start
     * @param {number} wanted
     * @param {AbortSignal} signal
     */
    async #collectSettled(start, wanted, signal) {
        let early = this.#takeEarly(start);
        for (let tries = 1; ; tries += 1) {
            const writes = this.#writes;
            const ask = () => collect(this.#api, this.#core.state, { start, wanted, signal });
            const asked = early?.then((page) => page ?? ask()) ?? ask();
            early = null;
            const page = await asked.finally(() => this.#kept.ready?.());
            if (writes === this.#writes || tries === MOST_TRIES) return page;
        }
    }

    /**
     * Takes in a task as a write answered it. A task that no longer belongs stays for a moment, then leaves.
     * @param {Task} answered
     */
    take(answered) {
        this.#writes += 1;
        const task = this.#kept.over(this.#known.newest(answered));
        const { rows, query } = this.#core.state;
        const shown = rows.some((row) => row.id === task.id);
        if (shown) {
            this.#core.set({ rows: this.#arranged(rows.map((row) => (row.id === task.id ? task : row))) });
            if (!belongs(task, this.#core.state)) this.#later(() => this.#sweep(), LINGER);
        } else if (belongs(task, this.#core.state) && !query.expression) {
            this.#core.set({ rows: this.#arranged([task, ...rows]), total: this.#total(1) });
        }
        if (query.expression || (sortOf(query) === "manual" && !shown)) this.settleSoon();
        this.refreshTags();
    }

    /**
     * Takes in what one request has written, in one go.
     * @param {Task[]} answered
     * @param {Task[]} gone those that the server no longer lists
     */
    takeAll(answered, gone) {
        this.#writes += 1;
        const changed = new Map(answered.map((task) => [task.id, this.#kept.over(this.#known.newest(task))]));
        for (const task of gone) this.#known.bury(task);
        const left = new Set(gone.map(({ id }) => id));
        const { rows } = this.#core.state;
        const shown = new Set(rows.map(({ id }) => id));
        const fresh = [...changed.values()].filter((task) => !shown.has(task.id) && belongs(task, this.#core.state));
        const kept = rows.filter(({ id }) => !left.has(id)).map((row) => changed.get(row.id) ?? row);
        const total = this.#total(fresh.length - (rows.length - kept.length));
        const selected = this.#core.state.selected.filter((id) => !left.has(id));
        this.#core.set({ rows: this.#arranged([...fresh, ...kept]), total, selected });
        this.#later(() => this.#sweep(), LINGER);
        this.refreshTags();
    }

    /**
     * Takes in a task as it was changed, here or elsewhere. What this window knows already changes nothing. What no
     * longer belongs leaves at once, unless a write of this window is on its way. What comes to belong stands first
     * until the list has been read again, where its place is not known.
     * @param {Task} task
     * @param {{isNew?: boolean}} [options] whether it was just made
     */
    follow(task, { isNew = false } = {}) {
        if (this.#known.has(task)) return;
        const { state } = this.#core;
        const row = state.rows.find((one) => one.id === task.id);
        const stays = belongs(task, state);
        const change = state.changes[task.id];
        if (row ? stays || (change && change.kind !== "delete") : stays && this.#hasRoom(isNew)) {
            this.take(task);
        } else {
            this.#writes += 1;
            this.#known.learn(task);
            if (!change) this.#keep(state.rows.filter((one) => one.id !== task.id));
            this.refreshTags();
        }
        const isPlaced = row ? !isMoved(row, task, state.query) : isNew && isNewestFirst(state.query);
        if (stays && !isPlaced) this.settleSoon();
    }

    /**
     * Whether a task that belongs but is not shown can be put in: it is not just further down, and sure to match.
     * @param {boolean} isNew
     */
    #hasRoom(isNew) {
        const { query, next, loading } = this.#core.state;
        return !isAsked(query) && loading !== "first" && (isNew || next === null);
    }

    /** Reads the list again once no change has come for a moment. */
    settleSoon() {
        this.#settles += 1;
        const asked = this.#settles;
        this.#later(() => {
            if (asked !== this.#settles) return;
            if (this.#core.state.loading) this.settleSoon();
            else this.refresh();
        }, SETTLE_AFTER);
    }

    /** @param {Task} task that the server no longer lists */
    drop(task) {
        this.#writes += 1;
        this.#known.bury(task);
        this.#keep(this.#core.state.rows.filter((row) => row.id !== task.id));
        this.refreshTags();
    }

    /** Lets go of rows that left the filter, except those with a write on its way. */
    #sweep() {
        const { rows, changes } = this.#core.state;
        this.#keep(rows.filter((row) => changes[row.id] || belongs(row, this.#core.state)));
    }

    /** @param {Task[]} rows those that stay */
    #keep(rows) {
        const gone = this.#core.state.rows.length - rows.length;
        if (!gone) return;
        const stays = new Set(rows.map((row) => row.id));
        const selected = this.#core.state.selected.filter((id) => stays.has(id));
        this.#core.set({ rows, selected, total: this.#total(-gone) });
    }

    /** @param {number} difference */
    #total(difference) {
        const { total } = this.#core.state;
        return total === null ? null : Math.max(total + difference, 0);
    }

    /** Looks again in a moment, and once more: for what the server does because of a change. */
    refreshSoon() { for (const pause of [300, 1500]) this.#later(() => { this.refresh(); }, pause); }

    /** Asks for the tags again, soon, and once for many writes. */
    refreshTags() {
        this.#tagsAsked += 1;
        const asked = this.#tagsAsked;
        this.#later(async () => {
            if (asked !== this.#tagsAsked || this.#core.state.phase !== "signed-in") return;
            try {
                const { data } = await this.#api.tags();
                this.#core.set({ tags: data.items });
            } catch (error) {
                if (!(error instanceof Problem)) throw error;
            }
        }, 200);
    }

    /** Forgets everything, for another account. */
    forget() {
        this.#running?.abort();
        this.#running = null;
        this.#early = null;
        this.#known.clear();
    }
}
