import assert from "node:assert/strict";
import { test } from "node:test";
import { problem, setUp, task, USER } from "./fake-store.mjs";

test("listeners hear each change with the state before, until they leave", async () => {
    const { store } = setUp();
    const heard = [];
    const leave = store.subscribe((state, before) => heard.push([before.phase, state.phase]));
    await store.start();
    leave();
    store.tick();
    assert.deepEqual(heard.at(0), ["starting", "starting"]);
    assert.equal(heard.some(([before, after]) => before === "starting" && after === "signed-in"), true);
    const count = heard.length;
    store.tick();
    assert.equal(heard.length, count);
});

test("without a session the sign-in screen is shown, without a server its absence is", async () => {
    const { store, answers } = setUp({ me: () => { throw problem(401, "unauthenticated"); } });
    await store.start();
    assert.equal(store.state.phase, "signed-out");
    answers.me = () => { throw problem(0, "network"); };
    await store.start();
    assert.equal(store.state.phase, "unreachable");
});

test("sign-up says the zone of this device", async () => {
    const { store, calls } = setUp();
    await store.signUp({ email: "a@b.c", password: "p" });
    assert.deepEqual(calls[0], ["signUp", { email: "a@b.c", password: "p", time_zone: "Europe/Paris" }]);
});

test("All shows open tasks, then done ones, page by page", async () => {
    const pages = {
        "pending/": { items: [task("a")], next_cursor: "c1" }, "pending/c1": { items: [task("b")], next_cursor: null },
        "completed/": { items: [task("z", { completed: true })], next_cursor: null },
    };
    const { store } = setUp({ listTasks: ({ status, cursor }) => pages[`${status}/${cursor ?? ""}`] });
    store.listing.preset({ filter: "all", tag: "", sort: "", search: "" });
    await store.start();
    assert.deepEqual(store.state.rows.map(({ id }) => id), ["a", "b", "z"]);
    assert.equal(store.state.next, null);
});

test("an overtaken search leaves no trace", async () => {
    const held = [];
    const { store, answers } = setUp();
    await store.start();
    answers.listTasks = ({ search }) => new Promise((done) => {
        held.push(() => done({ items: [task(search)], next_cursor: null }));
    });
    const first = store.listing.show({ search: "one" });
    const second = store.listing.show({ search: "two" });
    held[1]();
    held[0]();
    await Promise.all([first, second]);
    assert.deepEqual(store.state.rows.map(({ id }) => id), ["two"]);
});

test("an older answer does not bring an older task back", async () => {
    const old = task("a", { title: "old" });
    const { store, answers } = setUp({ listTasks: () => ({ items: [old], next_cursor: null }) });
    await store.start();
    answers.changeTask = () => task("a", { title: "new", version: 2 });
    await store.writing.save(store.state.rows[0], { title: "new" }, "k");
    await store.listing.refresh();
    assert.equal(store.state.rows[0].title, "new");
});

test("a list asked for before a write was answered does not hide that write", async () => {
    const { store, answers } = setUp();
    await store.start();
    const stored = [];
    let release = () => {};
    const held = new Promise((done) => { release = done; });
    answers.listTasks = async () => {
        const items = [...stored];
        await held;
        return { items, next_cursor: null };
    };
    answers.createTask = (body) => stored[stored.push(task(body.id)) - 1];
    const loading = store.listing.load();
    await store.writing.add({ title: "Milk" });
    release();
    await loading;
    assert.equal(store.state.rows.length, 1);
});

test("a new task is shown while it is saved, and under the same id afterwards", async () => {
    const { store, answers, calls } = setUp();
    await store.start();
    answers.createTask = (body) => task(body.id, { title: body.title });
    const saving = store.writing.add({ title: "Milk" });
    assert.equal(store.state.drafts[0].status, "saving");
    const { id } = store.state.drafts[0];
    await saving;
    assert.deepEqual(store.state.drafts, []);
    assert.equal(store.state.rows[0].id, id);
    assert.deepEqual(calls.find(([name]) => name === "createTask").slice(1), [{ id, title: "Milk" }, { key: "key-1" }]);
});

test("a task that was not saved stays, and tries again with its key if the server did not judge it", async () => {
    const { store, answers, calls } = setUp();
    await store.start();
    answers.createTask = () => { throw problem(0, "network"); };
    await store.writing.add({ title: "Milk" });
    assert.equal(store.state.drafts[0].problem.code, "network");
    answers.createTask = () => { throw problem(422, "validation_failed"); };
    await store.writing.retryDraft(store.state.drafts[0].id);
    answers.createTask = (body) => task(body.id);
    await store.writing.retryDraft(store.state.drafts[0].id);
    const keys = calls.filter(([name]) => name === "createTask").map(([, , { key }]) => key);
    assert.deepEqual(keys, ["key-1", "key-1", "key-2"]);
    assert.deepEqual(store.state.drafts, []);
});

test("a task ticked off lingers, then leaves the open list", async () => {
    const { store, answers, runLater } = setUp({
        listTasks: () => ({ items: [task("a"), task("b")], next_cursor: null, count: 2 }),
    });
    await store.start();
    answers.actOnTask = (id, verb) => task(id, { completed: verb === "complete", version: 2 });
    await store.writing.setDone(store.state.rows[0], true);
    assert.equal(store.state.rows.length, 2);
    assert.equal(store.state.notice.undo, "token");
    await runLater();
    assert.deepEqual(store.state.rows.map(({ id }) => id), ["b"]);
    assert.equal(store.state.total, 1);
});

test("ticked and unticked in one breath, the last word counts", async () => {
    const { store, answers, calls } = setUp({ listTasks: () => ({ items: [task("a")], next_cursor: null }) });
    await store.start();
    let version = 1;
    answers.actOnTask = (id, verb) => task(id, { completed: verb === "complete", version: version += 1 });
    const row = store.state.rows[0];
    await Promise.all([store.writing.setDone(row, true), store.writing.setDone(row, false)]);
    assert.deepEqual(calls.filter(([name]) => name === "actOnTask").map(([, , verb]) => verb), ["complete", "reopen"]);
    assert.equal(store.state.rows[0].completed, false);
    assert.deepEqual(store.state.changes, {});
});

test("a refused delete keeps the task and says why; giving up clears that", async () => {
    const { store, answers } = setUp({ listTasks: () => ({ items: [task("a")], next_cursor: null }) });
    await store.start();
    answers.deleteTask = () => { throw problem(503, "unavailable"); };
    await store.writing.remove(store.state.rows[0]);
    assert.equal(store.state.changes.a.problem.code, "unavailable");
    assert.equal(store.unsaved, 1);
    store.writing.giveUpChange(store.state.rows[0]);
    assert.equal(store.unsaved, 0);
});

test("a delete is taken back by its token", async () => {
    const { store, answers, calls } = setUp({ listTasks: () => ({ items: [task("a")], next_cursor: null }) });
    await store.start();
    answers.deleteTask = () => null;
    answers.undo = () => ({ items: [task("a", { version: 3 })], undone: 1 });
    await store.writing.remove(store.state.rows[0]);
    assert.deepEqual(store.state.rows, []);
    await store.writing.undo();
    assert.deepEqual(calls.find(([name]) => name === "undo"), ["undo", "token"]);
    assert.deepEqual(store.state.rows.map(({ version }) => version), [3]);
});

test("what waited for a sign-in is sent after it; another person finds nothing of it", async () => {
    const stored = [];
    const { store, answers, lose } = setUp({ listTasks: () => ({ items: [...stored], next_cursor: null }) });
    await store.start();
    answers.createTask = () => { lose(); throw problem(401, "unauthenticated"); };
    await store.writing.add({ title: "Milk" });
    assert.equal(store.state.phase, "expired");
    answers.createTask = (body) => stored[stored.push(task(body.id)) - 1];
    await store.signIn({ email: "a", password: "b" });
    await new Promise((done) => { setTimeout(done); });
    assert.deepEqual(store.state.drafts, []);
    assert.equal(store.state.rows.length, 1);

    answers.createTask = () => { lose(); throw problem(401, "unauthenticated"); };
    await store.writing.add({ title: "Secret" });
    answers.signIn = () => ({ user: { ...USER, id: "u2" } });
    stored.length = 0;
    await store.signIn({ email: "c", password: "d" });
    assert.deepEqual(store.state.drafts, []);
    assert.deepEqual(store.state.rows, []);
});

test("signing out forgets everything, and a failed attempt says so", async () => {
    const { store, answers } = setUp({ listTasks: () => ({ items: [task("a")], next_cursor: null }) });
    await store.start();
    answers.signOut = () => { throw problem(0, "network"); };
    await store.signOut();
    assert.equal(store.state.phase, "signed-in");
    assert.equal(store.state.notice.tone, "error");
    answers.signOut = () => null;
    await store.signOut();
    assert.equal(store.state.phase, "signed-out");
    assert.deepEqual(store.state.rows, []);
    assert.equal(store.state.user, null);
});
