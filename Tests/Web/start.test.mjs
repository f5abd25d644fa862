import assert from "node:assert/strict";
import { test } from "node:test";
import { shown } from "../../web/js/lib/frame.js";
import { DatabaseShelf, MemoryShelf, shelfOf } from "../../web/js/lib/shelf.js";
import { problem, setUp, task, USER } from "./fake-store.mjs";

const page = (...items) => ({ items, next_cursor: null, count: items.length });
const ids = (store) => store.state.rows.map(({ id }) => id);
const turn = () => new Promise((done) => { setTimeout(done); });

test("the list is asked for before the screen is built, and once", async () => {
    const { store, calls } = setUp({ listTasks: () => page(task("a")) });
    let asked = null;
    store.subscribe(({ phase }) => { if (phase === "signed-in") asked ??= calls.map(([name]) => name); });
    await store.start();
    assert.deepEqual(asked, ["me", "listTasks"]);
    assert.deepEqual(ids(store), ["a"]);
    assert.equal(calls.filter(([name]) => name === "listTasks").length, 1);
    // It is no answer to what is asked later.
    await store.listing.load();
    assert.equal(calls.filter(([name]) => name === "listTasks").length, 2);
});

test("whom nobody knows is asked for no list, and whoever signs in then sees their own", async () => {
    const { store, calls } = setUp({
        me: () => { throw problem(401, "unauthenticated"); }, listTasks: () => page(task("own")),
    });
    await store.start();
    assert.equal(calls.some(([name]) => name === "listTasks"), false);
    await store.signIn({ email: "a", password: "b" });
    assert.deepEqual(ids(store), ["own"]);
});

test("where it was refused, or depends on where the person is, the list is asked for when that is known", async () => {
    let isFirst = true;
    const { store } = setUp({
        listTasks: () => {
            if (!isFirst) return page(task("a"));
            isFirst = false;
            throw problem(503, "unavailable");
        },
    });
    await store.start();
    assert.deepEqual(ids(store), ["a"]);

    const upcoming = setUp({ me: () => ({ ...USER, time_zone: "Pacific/Kiritimati" }) });
    upcoming.store.listing.preset({ filter: "upcoming", tag: "", sort: "", search: "" });
    await upcoming.store.start();
    const asked = upcoming.calls.filter(([name]) => name === "listTasks").map(([, query]) => query.due_from);
    assert.deepEqual(asked, ["2026-11-19"]);
});

test("all but the list waits until that can be seen, and is left for whoever is not there any more", async () => {
    let see;
    const { store, calls, live } = setUp({ listTasks: () => page(task("a")) }, {
        rest: (work) => work.then(() => new Promise((done) => { see = done; })),
    });
    const started = store.start();
    await turn();
    assert.deepEqual(ids(store), ["a"]);
    assert.equal(live.isOpen, false);
    assert.equal(calls.some(([name]) => name === "notifications"), false);
    see();
    await started;
    assert.equal(live.isOpen, true);
    assert.equal(calls.some(([name]) => name === "notifications"), true);

    const other = store.signIn({ email: "a", password: "b" });
    await turn();
    await store.signOut();
    see();
    await other;
    assert.equal(live.isOpen, false);
});

test("only a shelf on which something was put is waited for", async () => {
    const closed = new MemoryShelf();
    closed.all = () => new Promise(() => {});
    const { store } = setUp({ listTasks: () => page(task("a")) }, { shelf: closed });
    store.start();
    await turn();
    assert.deepEqual(ids(store), ["a"]);

    await closed.put([["people/u1/visit", {}]]);
    const again = setUp({ listTasks: () => page(task("a")) }, { shelf: closed });
    again.store.start();
    await turn();
    assert.deepEqual(ids(again.store), []);
});

test("a browser says at once whether it keeps anything; where it does not say, it may", async () => {
    const kept = new Map();
    const localStorage = { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value) };
    const indexedDB = { open() { throw new Error("refused"); } };
    const first = shelfOf({ indexedDB, localStorage });
    assert.ok(first instanceof DatabaseShelf && first.isBlank);
    await first.put([["last", "u1"]]);
    assert.equal(first.isBlank, false);
    assert.equal(shelfOf({ indexedDB, localStorage }).isBlank, false);
    assert.equal(shelfOf({ indexedDB, get localStorage() { throw new Error("closed"); } }).isBlank, false);
});

test("something is seen when it was painted and the browser rests, or a second has passed", async () => {
    const done = [];
    const steps = [];
    const add = (name) => (action) => { steps.push([name, action]); return name; };
    const window = {
        requestAnimationFrame: add("frame"), requestIdleCallback: add("idle"), setTimeout: add("timeout"),
        clearTimeout: (timer) => steps.push(["clear", timer]),
    };
    shown(window, Promise.resolve()).then(() => done.push("seen"));
    await turn();
    const names = () => steps.map(([name]) => name);
    assert.deepEqual(names(), ["timeout", "frame"]);
    for (const next of [1, 2, 3]) {
        assert.deepEqual(done, []);
        steps[next][1]();
    }
    await turn();
    assert.deepEqual(names(), ["timeout", "frame", "timeout", "idle", "clear"]);
    assert.deepEqual(done, ["seen"]);

    steps.length = 0;
    shown(window, new Promise(() => {})).then(() => done.push("waited enough"));
    steps[0][1]();
    await turn();
    assert.deepEqual(done, ["seen", "waited enough"]);
});
