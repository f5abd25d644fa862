import assert from "node:assert/strict";
import { test } from "node:test";
import { MemoryShelf } from "../../web/js/lib/shelf.js";
import { open, rest, server, titles, turn } from "./fake-server.mjs";
import { setUp, task } from "./fake-store.mjs";

test("two tabs send once, and the other one hears of it", async () => {
    const it = server([task("a", { title: "Milk" })]);
    const shelf = new MemoryShelf();
    const tabs = twoTabs();
    const [one, other] = await Promise.all(tabs.map(async (tab) => {
        const page = setUp(it.answers, { shelf, tabs: tab });
        await page.store.start();
        return page;
    }));
    it.isGone = true;
    await one.store.writing.setDone(one.store.state.rows[0], true);
    await turn();
    assert.equal(other.store.state.changes.a.status, "waiting");
    it.isGone = false;
    it.writes.length = 0;
    await Promise.all([one.store.reconnect(), other.store.reconnect()]);
    await turn();
    assert.equal(it.writes.length, 1);
    for (const { store } of [one, other]) assert.equal(store.unsaved, 0);
});

test("what another tab sent leaves this list too, where the server told of it before that tab did", async () => {
    const it = server([task("a", { title: "Milk" }), task("b", { title: "Rent" }), task("c", { title: "Soup" })]);
    const shelf = new MemoryShelf();
    const [, tab] = twoTabs();
    const one = await open(it, shelf);
    await rest(one);
    const other = setUp(it.answers, { shelf, tabs: tab });
    it.isGone = true;
    const [milk, rent] = one.store.state.rows;
    await one.store.writing.remove(milk);
    await one.store.writing.setDone(rent, true);
    await other.store.start();
    assert.deepEqual(Object.keys(other.store.state.changes), ["a", "b"]);
    it.isGone = false;
    await one.store.reconnect();
    for (const id of ["a", "b"]) other.store.listing.follow(it.kept.get(id));
    await rest(other);
    await other.store.outbox.reread();
    await rest(other);
    assert.equal(other.store.unsaved, 0);
    assert.deepEqual(titles(other.store), ["Soup"]);
});

/** Two tabs of one browser, with locks. */
function twoTabs() {
    const held = new Map();
    const listeners = [];
    return [0, 1].map((at) => ({
        alone: (name, action) => {
            const run = (held.get(name) ?? Promise.resolve()).then(action);
            held.set(name, run.catch(() => {}));
            return run;
        },
        unlessBusy: async (name, action) => {
            if (held.has(name)) return;
            held.set(name, Promise.resolve());
            try { await action(); } finally { held.delete(name); }
        },
        tell: (message) => { queueMicrotask(() => listeners[1 - at]?.(structuredClone(message))); },
        onHear: (action) => { listeners[at] = action; },
    }));
}
