/** The newest version seen of each task, so that an answer overtaken on the way cannot bring an old one back. */

/** @typedef {import("./core.js").Task} Task */

export class Known {
    /** @type {Map<string, Task>} */
    #tasks = new Map();
    #seen;

    /** @param {(task: Task) => void} seen told of each version that was not known, for whoever keeps it */
    constructor(seen) { this.#seen = seen; }

    /** @param {string} id @returns {Task|undefined} as the server had it last */
    get(id) { return this.#tasks.get(id); }

    /**
     * @param {Task} task
     * @returns {Task} the newest version seen
     */
    newest(task) {
        const known = this.#tasks.get(task.id);
        if (known && known.version > task.version) return known;
        this.learn(task);
        return task;
    }

    /** @param {Task} task */
    learn(task) {
        const known = this.#tasks.get(task.id);
        this.#tasks.set(task.id, task);
        if (known?.version !== task.version || known?.deleted_at !== task.deleted_at) this.#seen(task);
    }

    /**
     * @param {Task} task
     * @returns {boolean} whether this version, or a later one, has been seen
     */
    has(task) {
        const known = this.#tasks.get(task.id);
        if (!known || known.version !== task.version) return known !== undefined && known.version > task.version;
        return (known.deleted_at === null) === (task.deleted_at === null);
    }

    /** @param {Task} task known to be in the trash, or gone from it, though not in which version */
    bury(task) {
        const version = Math.max(task.version + 1, this.#tasks.get(task.id)?.version ?? 0);
        this.learn({ ...task, version, deleted_at: task.deleted_at ?? new Date().toISOString() });
    }

    clear() { this.#tasks.clear(); }
}
