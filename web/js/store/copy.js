/**
 * What this browser keeps of a person, so that the page opens without the server: their tasks as they were seen last,
 * their settings and filters, and where the live connection had come to. Everything goes when they sign out.
 * @typedef {import("./core.js").Task} Task
 * @typedef {import("./core.js").User} User
 * @typedef {import("./filters.js").Filter} Filter
 * @typedef {{user: User, cursor: number|null, at: number, filters?: Filter[]}} Visit `at`: when the server was heard
 *   last, in milliseconds; `filters`: those kept under a name, where they were known
 * @typedef {{over: (task: Task) => Task, copy: Copy|null, ready?: () => Promise<void>|null}} Kept `over`: a task with
 *   what the server does not have yet, known when `ready`; `copy`: what this browser has kept, null where it keeps
 *   nothing
 */

/** Who was here last. */
const LAST = "last";
/** How long changes gather before they are written, in milliseconds. */
const PAUSE = 500;
/** As many tasks are written at once, so that nothing else has to wait. */
const SLICE = 50;
/** More tasks than this are not kept: those seen last stay. */
export const MOST_TASKS = 5_000;

/** @param {string} owner */
const PLACE = (owner) => `people/${owner}/`;

export class Copy {
    #core;
    #shelf;
    #later;
    #cursor;
    #clock;
    /** Tasks that are not written yet, by id.
     * @type {Map<string, Task>} */
    #pending = new Map();
    #owner = "";
    #isWaiting = false;
    /** When the server was heard last, in milliseconds. */
    at = 0;

    /**
     * @param {import("./core.js").Core} core
     * @param {import("../lib/shelf.js").Shelf} shelf
     * @param {{later: (action: () => void, ms: number) => void, cursor: () => number|null, clock: () => Date}} parts
     */
    constructor(core, shelf, { later, cursor, clock }) {
        this.#core = core;
        this.#shelf = shelf;
        this.#later = later;
        this.#cursor = cursor;
        this.#clock = clock;
        core.subscribe(({ user, filters }, before) => {
            if (user && (user !== before.user || filters !== before.filters)) this.#soon();
        });
    }

    /**
     * Who was here last, for when the server cannot say who is.
     * @returns {Promise<Visit|null>}
     */
    async recall() {
        const owner = await this.#shelf.get(LAST);
        const visit = owner ? await this.#shelf.get(`${PLACE(owner)}visit`) : null;
        return visit?.user?.id === owner ? visit : null;
    }

    /**
     * Keeps what is seen of a person from now on.
     * @param {string} owner
     * @param {number} at when the server was heard last, in milliseconds
     */
    open(owner, at) {
        if (owner !== this.#owner) this.#pending.clear();
        this.#owner = owner;
        this.at = at;
        this.#soon();
    }

    /** Keeps nothing more; what is kept stays. */
    close() {
        this.#owner = "";
        this.#pending.clear();
    }

    /**
     * Everything that was kept of a person goes.
     * @param {string} owner
     */
    async forget(owner) {
        this.close();
        if (await this.#shelf.get(LAST) === owner) await this.#shelf.put([[LAST, undefined]]);
        await this.#shelf.drop(PLACE(owner));
    }

    /** The server was heard just now. */
    fresh() {
        this.at = this.#clock().getTime();
        this.#soon();
    }

    /** @param {Task} task as the server has it */
    seen(task) {
        if (!this.#owner) return;
        this.#pending.set(task.id, task);
        this.#soon();
    }

    /** @returns {Promise<Task[]|null>} all that is kept; null where nothing ever was */
    async tasks() {
        const owner = this.#owner;
        if (!owner || !this.at) return null;
        const found = await this.#shelf.all(`${PLACE(owner)}tasks/`);
        if (owner !== this.#owner) return null;
        const tasks = new Map(found.map(({ task }) => [task.id, task]));
        for (const [id, task] of this.#pending) tasks.set(id, task);
        return [...tasks.values()];
    }

    #soon() {
        if (this.#isWaiting || !this.#owner) return;
        this.#isWaiting = true;
        this.#later(() => {
            this.#isWaiting = false;
            this.write();
        }, PAUSE);
    }

    /** Writes what has gathered: tasks first, so that the place of the live connection is never ahead of them. */
    async write() {
        const owner = this.#owner;
        const { user, filters } = this.#core.state;
        if (!owner || user?.id !== owner) return;
        const tasks = [...this.#pending.values()];
        const seen = this.#clock().getTime();
        /** @type {Visit} */
        const visit = { user, cursor: this.#cursor(), at: this.at };
        if (filters.isKnown) visit.filters = filters.items;
        this.#pending.clear();
        for (let start = 0; start < tasks.length; start += SLICE) {
            await this.#shelf.put(tasks.slice(start, start + SLICE).map((task) => (
                /** @type {[string, any]} */ ([`${PLACE(owner)}tasks/${task.id}`, { task, seen }]))));
            if (owner !== this.#owner) return;
        }
        await this.#shelf.put([[LAST, owner], [`${PLACE(owner)}visit`, visit]]);
    }

    /** Lets go of what is too much. */
    async trim() {
        const owner = this.#owner;
        const found = owner ? await this.#shelf.all(`${PLACE(owner)}tasks/`) : [];
        if (found.length <= MOST_TASKS) return;
        found.sort((one, other) => other.seen - one.seen);
        await this.#shelf.put(found.slice(MOST_TASKS).map(({ task }) => (
            /** @type {[string, any]} */ ([`${PLACE(owner)}tasks/${task.id}`, undefined]))));
    }
}
