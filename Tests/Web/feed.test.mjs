import assert from "node:assert/strict";
import { test } from "node:test";
import { problem, setUp, task, USER } from "./fake-store.mjs";

const page = (...items) => () => ({ items, next_cursor: null, count: items.length });
const event = (type, one) => ({ type: "event", cursor: 1, event_type: `task.${type}`, task: one, changes: {} });
const ids = (store) => store.state.rows.map(({ id }) => id);
const asked = (calls) => calls.filter(([name]) => name === "listTasks").length;

/** A signed-in window that is connected and shows `items`. */
async function connected(answers, query = {}) {
    const set = setUp(answers);
    set.store.listing.preset({ filter: "open", tag: "", sort: "", search: "", ...query });
    await set.store.start();
    set.live.status("connected");
    await set.runLater();
    set.calls.length = 0;
    return set;
}

test("a task made elsewhere shows at once, first, and is counted", async () => {
    const { store, live, calls, runLater } = await connected({ listTasks: page(task("a")) });
    live.event(event("created", task("b")));
    assert.deepEqual(ids(store), ["b", "a"]);
    assert.equal(store.state.total, 2);
    await runLater();
    assert.equal(asked(calls), 0);
    assert.equal(calls.some(([name]) => name === "tags"), true);
});

test("a change made elsewhere shows in its row; the order is settled where it may be another", async () => {
    const { store, live, calls, runLater } = await connected(
        { listTasks: page(task("a"), task("b")) }, { sort: "title" },
    );
    live.event(event("updated", task("b", { version: 2, priority: "high" })));
    assert.equal(store.state.rows[1].priority, "high");
    await runLater();
    assert.equal(asked(calls), 0);
    live.event(event("updated", task("b", { version: 3, title: "0" })));
    assert.deepEqual(store.state.rows.map(({ title }) => title), ["a", "0"]);
    await runLater();
    assert.equal(asked(calls), 1);
});

test("a task done or deleted elsewhere leaves at once, one reopened or restored comes", async () => {
    const { store, live } = await connected({ listTasks: page(task("a"), task("b")) });
    live.event(event("completed", task("a", { version: 2, completed: true })));
    assert.deepEqual(ids(store), ["b"]);
    live.event(event("deleted", task("b", { version: 2, deleted_at: "2026-11-18T11:00:00Z" })));
    assert.deepEqual(ids(store), []);
    assert.equal(store.state.total, 0);
    live.event(event("restored", task("b", { version: 3 })));
    live.event(event("reopened", task("a", { version: 3 })));
    assert.deepEqual(ids(store), ["a", "b"]);
});

test("a delete that keeps the version is noticed too", async () => {
    const { store, live } = await connected({ listTasks: page(task("a")) });
    live.event(event("deleted", task("a", { deleted_at: "2026-11-18T11:00:00Z" })));
    assert.deepEqual(ids(store), []);
});

test("what does not belong to the list shown changes nothing in it", async () => {
    const { store, live } = await connected({ listTasks: page(task("a", { tags: ["home"] })) }, { tag: "home" });
    live.event(event("created", task("b")));
    live.event(event("created", task("c", { tags: ["Home"] })));
    assert.deepEqual(ids(store), ["c", "a"]);
    live.event(event("updated", task("a", { version: 2, tags: ["work"] })));
    assert.deepEqual(ids(store), ["c"]);
});

test("in the trash, a task deleted elsewhere comes and one restored leaves", async () => {
    const trashed = (id, changes) => task(id, { deleted_at: "2026-11-18T10:00:00Z", ...changes });
    const { store, live } = await connected({ listTasks: page(trashed("a")) }, { filter: "trash" });
    live.event(event("deleted", trashed("b", { version: 2 })));
    live.event(event("restored", task("a", { version: 2 })));
    assert.deepEqual(ids(store), ["b"]);
});

test("a search is asked again rather than guessed, but what is gone leaves at once", async () => {
    const { store, live, answers, calls, runLater } = await connected(
        { listTasks: page(task("a"), task("b")) }, { search: "milk" },
    );
    live.event(event("deleted", task("b", { version: 2, deleted_at: "2026-11-18T11:00:00Z" })));
    assert.deepEqual(ids(store), ["a"]);
    live.event(event("created", task("c")));
    assert.deepEqual(ids(store), ["a"]);
    answers.listTasks = page(task("c"), task("a"));
    await runLater();
    assert.equal(asked(calls), 1);
    assert.deepEqual(ids(store), ["c", "a"]);
});

test("a task further down than the list reaches does not jump into it", async () => {
    // Due, so that the page is wholly of the first step: what is due comes first.
    const due = { due: { kind: "date", date: "2026-11-20" }, due_date: "2026-11-19T23:00:00Z" };
    const items = Array.from({ length: 50 }, (_, at) => task(`t${at}`, due));
    const { store, live, calls, runLater } = await connected({
        listTasks: () => ({ items, next_cursor: "c", count: 80 }),
    });
    live.event(event("updated", task("far", { version: 2 })));
    assert.equal(ids(store).includes("far"), false);
    assert.equal(store.state.total, 80);
    await runLater();
    assert.equal(asked(calls), 1);
});

test("many changes are settled by one look", async () => {
    const { live, calls, runLater } = await connected({ listTasks: page() }, { sort: "due_date" });
    for (const id of ["a", "b", "c"]) live.event(event("created", task(id)));
    await runLater();
    assert.equal(asked(calls), 1);
    assert.equal(calls.filter(([name]) => name === "tags").length, 1);
});

test("what this window wrote comes back unnoticed", async () => {
    const { store, answers, live, runLater } = await connected({ listTasks: page(task("a"), task("b")) });
    answers.actOnTask = (id) => task(id, { version: 2, completed: true });
    answers.createTask = (body) => task(body.id, { title: body.title });
    await store.writing.setDone(store.state.rows[0], true);
    await store.writing.add({ title: "Milk" });
    const { rows, total, notice } = store.state;
    const renders = [];
    store.subscribe((state) => renders.push(state));
    live.event(event("completed", task("a", { version: 2, completed: true })));
    live.event(event("created", { ...rows[0] }));
    assert.deepEqual(renders, []);
    assert.deepEqual([store.state.rows, store.state.total, store.state.notice], [rows, total, notice]);
    await runLater();
    assert.equal(ids(store).includes("a"), false);
});

test("what this window writes may come back before its answer: once in the list, marked until the answer", async () => {
    const { store, answers, live, runLater } = await connected({ listTasks: page(task("a"), task("b")) });
    answers.createTask = (body) => {
        live.event(event("created", task(body.id)));
        assert.equal(store.state.drafts.length, 1);
        return task(body.id);
    };
    await store.writing.add({ title: "Milk" });
    assert.equal(store.state.rows.length, 3);
    assert.equal(store.state.total, 3);
    answers.actOnTask = (id) => {
        live.event(event("completed", task(id, { version: 2, completed: true })));
        assert.equal(store.state.rows.length, 3);
        return task(id, { version: 2, completed: true });
    };
    await store.writing.setDone(store.state.rows[1], true);
    assert.equal(store.state.rows.length, 3);
    answers.deleteTask = (id) => {
        const before = store.state.rows;
        live.event(event("deleted", task(id, { version: 2, deleted_at: "2026-11-18T11:00:00Z" })));
        assert.deepEqual(store.state.rows, before);
        return null;
    };
    await store.writing.remove(store.state.rows[2]);
    await runLater();
    assert.equal(store.state.rows.length, 1);
    assert.equal(store.state.total, 1);
});

test("a draft whose answer was lost goes when its task turns out to be there", async () => {
    const { store, answers, live } = await connected({ listTasks: page() });
    answers.createTask = () => { throw problem(0, "network"); };
    await store.writing.add({ title: "Milk" });
    const [{ id }] = store.state.drafts;
    live.event(event("created", task(id)));
    assert.deepEqual(store.state.drafts, []);
    assert.deepEqual(ids(store), [id]);
});

test("a list read before an event does not hide the event", async () => {
    const { store, answers, live } = await connected({ listTasks: page() });
    let isOld = true;
    answers.listTasks = () => {
        if (!isOld) return { items: [task("b")], next_cursor: null, count: 1 };
        isOld = false;
        live.event(event("created", task("b")));
        return { items: [], next_cursor: null, count: 0 };
    };
    await store.listing.refresh();
    assert.deepEqual(ids(store), ["b"]);
    assert.equal(store.state.total, 1);
});

test("told to read again, it reads tasks, tags, notifications and settings", async () => {
    const { store, answers, live, calls, runLater } = await connected({ listTasks: page(task("a")) });
    answers.listTasks = page(task("z"));
    live.reread();
    await runLater();
    assert.deepEqual(ids(store), ["z"]);
    assert.deepEqual([...new Set(calls.map(([name]) => name))].sort(), ["listTasks", "me", "notifications", "tags"]);
});


test("settings that were changed before it was connected are learned when it is", async () => {
    const { store, live, answers } = await connected({ listTasks: page(task("a")) });
    answers.me = () => ({ ...USER, day_ends_at: "02:00" });
    live.reread();
    await new Promise((done) => { setTimeout(done); });
    assert.equal(store.state.user.day_ends_at, "02:00");
});
test("a list on its way when it is told to read again is read anew", async () => {
    const { store, answers, live } = await connected({ listTasks: page() });
    let reads = 0;
    answers.listTasks = () => {
        reads += 1;
        if (reads === 1) live.reread();
        return { items: [], next_cursor: null };
    };
    await store.listing.load();
    assert.equal(reads, 2);
});

test("a connection away for long is mentioned once, and no more when it is back", async () => {
    const { store, live, runLater } = await connected({});
    live.status("closed");
    assert.equal(store.state.live, "waiting");
    live.status("connected");
    await runLater();
    assert.equal(store.state.live, "connected");
    live.status("closed");
    await runLater();
    live.status("closed");
    assert.equal(store.state.live, "offline");
    live.status("crowded");
    assert.equal(store.state.live, "crowded");
    live.status("connected");
    assert.equal(store.state.live, "connected");
});

test("the next occurrence is looked for only while it does not come by itself", async () => {
    const again = { recurrence: { rrule: "FREQ=DAILY", text: "every day" } };
    const { store, answers, live, calls, runLater } = await connected({ listTasks: page(task("a", again)) });
    answers.actOnTask = (id, verb) => task(id, { ...again, version: 2, completed: verb === "complete" });
    await store.writing.setDone(store.state.rows[0], true);
    await runLater();
    assert.equal(asked(calls), 0);
    live.status("closed");
    live.event(event("created", task("b", again)));
    await store.writing.setDone(store.state.rows[0], true);
    await runLater();
    assert.equal(asked(calls), 2);
});

test("it listens while somebody is signed in, and starts over for another person", async () => {
    const { store, answers, live, lose } = await connected({});
    assert.equal(live.isOpen, true);
    assert.equal(live.forgotten, 1);
    lose();
    assert.equal(live.isOpen, false);
    await store.signIn({ email: "a", password: "b" });
    assert.equal(live.isOpen, true);
    assert.equal(live.forgotten, 1);
    answers.signOut = () => { throw problem(503, "unavailable"); };
    await store.signOut();
    assert.equal(live.isOpen, true);
    answers.signOut = () => null;
    await store.signOut();
    assert.equal(live.isOpen, false);
    answers.signIn = () => ({ user: { ...USER, id: "u2" } });
    await store.signIn({ email: "c", password: "d" });
    assert.equal(live.forgotten, 2);
});

test("a session is alive if the server says so, and unknown if it cannot be reached", async () => {
    const { answers, live } = await connected({});
    assert.equal(await live.renew(), true);
    answers.me = () => { throw problem(0, "network"); };
    assert.equal(await live.renew(), false);
});

test("settings changed elsewhere count at once, and the list is asked again", async () => {
    const { store, live, calls } = await connected({ listTasks: page(task("a")) });
    const settings = { name: "Ana", time_zone: "Asia/Tokyo", day_ends_at: "03:00" };
    live.event({
        type: "event", cursor: 1, event_type: "settings.changed", subject: { kind: "account", id: USER.id },
        changes: { day_ends_at: { from: "24:00", to: "03:00" } }, settings,
    });
    assert.equal(store.state.user.day_ends_at, "03:00");
    assert.equal(store.state.user.email, USER.email);
    assert.equal(asked(calls), 1);
});

test("an event of a type that this page does not know is passed over", async () => {
    const { store, live, calls } = await connected({ listTasks: page(task("a")) });
    const before = store.state;
    for (const type of ["session.started", "token.created", "thing.happened"]) {
        live.event({ type: "event", cursor: 1, event_type: type, subject: { kind: "thing", id: "x" }, changes: {} });
    }
    assert.equal(store.state, before);
    assert.deepEqual(calls, []);
});
