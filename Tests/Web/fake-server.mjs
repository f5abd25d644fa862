import { problem, setUp, task, USER } from "./fake-store.mjs";

export const gone = () => { throw problem(0, "network"); };
export const turn = () => new Promise((done) => { setTimeout(done); });

/** A server with tasks of its own, which can be out of reach, and keeps to versions. */
export function server(tasks) {
    const kept = new Map(tasks.map((one) => [one.id, one]));
    const it = { kept, isGone: false, writes: [] };
    const write = (id, changes, { version, key } = {}) => {
        if (it.isGone) gone();
        const known = kept.get(id);
        if (!known) throw problem(404, "not_found");
        it.writes.push([id, changes, version, key]);
        if (version !== undefined && version !== known.version) throw problem(412, "version_mismatch");
        kept.set(id, { ...known, ...changes, version: known.version + 1 });
        return kept.get(id);
    };
    const read = (answer) => (it.isGone ? gone() : answer());
    it.there = (id, changes) => kept.set(id, { ...kept.get(id), ...changes, version: kept.get(id).version + 1 });
    it.answers = {
        me: () => read(() => USER), tags: () => read(() => ({ items: [] })),
        notifications: () => read(() => ({ items: [], next_cursor: null, unread: 0 })),
        listTasks: ({ status }) => read(() => {
            const items = [...kept.values()]
                .filter((one) => one.deleted_at === null && one.completed === (status === "completed"));
            return { items, next_cursor: null, count: items.length };
        }),
        task: (id) => read(() => kept.get(id) ?? (() => { throw problem(404, "not_found"); })()),
        createTask: ({ id, ...input }, options) => {
            if (it.isGone) gone();
            if (!kept.has(id)) kept.set(id, task(id, { ...input, version: 0 }));
            return write(id, {}, { key: options.key });
        },
        changeTask: (id, patch, options) => write(id, patch, options),
        actOnTask: (id, verb, options) => write(id, verb === "restore" ? { deleted_at: null }
            : { completed: verb === "complete" }, options),
        deleteTask: (id, options) => { write(id, { deleted_at: "2026-11-18T10:00:00Z" }, options); return null; },
    };
    return it;
}

/** The page, opened with a server and a shelf that outlives it. */
export async function open(it, shelf) {
    const page = setUp(it.answers, { shelf });
    await page.store.start();
    return page;
}

/** Lets everything that was put off happen. */
export async function rest(page) {
    for (let round = 0; round < 3; round += 1) { await page.runLater(); await turn(); }
}

/** @returns what the list shows */
export const titles = (store) => store.state.rows.map(({ title }) => title);
