/** A store whose server, live connection and time are driven by a test. */

import { Problem } from "../../web/js/api.js";
import { Store } from "../../web/js/store.js";

export const USER = { id: "u1", email: "ana@example.com", name: "", time_zone: "Europe/Paris", day_ends_at: "24:00" };

/** @returns {any} a task */
export const task = (id, changes = {}) => ({
    id, number: 1, title: id, description: "", status: "pending", completed: false, completed_at: null,
    priority: "medium", tags: [], due: null, due_date: null, version: 1, created_at: "2026-01-01T00:00:00Z",
    updated_at: "2026-01-01T00:00:00Z", deleted_at: null, ...changes,
});
export const problem = (status, code) => new Problem({ status, code, detail: `${code}.` });

/**
 * A store over an Api of plain functions; what `later` was given runs by hand. `parts`: more of what a store is given.
 */
export function setUp(answers = {}, parts = {}) {
    const waiting = [];
    const calls = [];
    let keys = 0;
    const usual = {
        me: () => USER, tags: () => ({ items: [] }), listTasks: () => ({ items: [], next_cursor: null, count: 0 }),
        notifications: () => ({ items: [], next_cursor: null, unread: 0 }),
        signIn: () => ({ user: USER }), signUp: () => ({ user: USER }), signOut: () => null,
    };
    let lose = () => {};
    const api = new Proxy({}, {
        get: (_, name) => {
            if (name === "onSessionLost") return (action) => { lose = action; };
            if (name === "newKey") return () => `key-${keys += 1}`;
            return async (...parts) => {
                // Filters are asked for whoever comes; this server keeps none unless a test says so.
                if (name === "request" && parts[1].startsWith("/filters") && !answers.filters) {
                    throw problem(404, "not_found");
                }
                calls.push([name, ...parts]);
                return { data: await (answers[name] ?? usual[name])(...parts), undo: "token" };
            };
        },
    });
    /** A live connection that says what a test has it say. */
    const live = {
        isOpen: false, forgotten: 0, open: (listener) => Object.assign(live, listener, { isOpen: true }),
        close: () => { live.isOpen = false; }, from: [],
        forget: (cursor) => {
            live.forgotten += 1;
            live.from.push(cursor);
        },
    };
    const store = new Store(api, {
        zone: "Europe/Paris", clock: () => new Date("2026-11-18T11:00:00Z"), live,
        later: (action) => { waiting.push(action); }, ...parts,
    });
    const runLater = async () => {
        for (const action of waiting.splice(0)) await action();
        await new Promise((done) => { setTimeout(done); });
    };
    return { store, calls, answers, runLater, live, lose: () => lose() };
}
