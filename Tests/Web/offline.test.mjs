import assert from "node:assert/strict";
import { test } from "node:test";
import { connectionWords } from "../../web/js/components/connection.js";
import { MemoryShelf } from "../../web/js/lib/shelf.js";
import { dueCount } from "../../web/js/store/badge.js";
import { clashesOf, deedsFor, wishOf } from "../../web/js/store/commands.js";
import { localList, localTags, matches } from "../../web/js/store/local.js";
import { gone, open, rest, server, titles, turn } from "./fake-server.mjs";
import { problem, setUp, task, USER } from "./fake-store.mjs";

test("the shelf gives what lies below a prefix in order, and takes several entries at once", async () => {
    const shelf = new MemoryShelf();
    await shelf.put([["a/2", { n: 2 }], ["a/1", { n: 1 }], ["b/1", { n: 3 }]]);
    assert.deepEqual(await shelf.all("a/"), [{ n: 1 }, { n: 2 }]);
    await shelf.put([["a/1", undefined]]);
    await shelf.drop("b/");
    assert.equal(await shelf.get("b/1"), undefined);
    assert.deepEqual(await shelf.all(""), [{ n: 2 }]);
});

test("the page opens from what it has kept, and says so; another person's browser keeps nothing of it", async () => {
    const shelf = new MemoryShelf();
    const it = server([task("a", { title: "Milk" }), task("b", { title: "Rent", completed: true })]);
    const filters = [{ id: "f1", name: "Work", expression: "#work", position: 0 }];
    it.answers.filters = true;
    it.answers.request = () => (it.isGone ? gone() : { items: filters });
    await rest(await open(it, shelf));
    it.isGone = true;
    const page = await open(it, shelf);
    assert.equal(page.store.state.phase, "signed-in");
    assert.deepEqual(page.store.state.filters, { items: filters, isKnown: true });
    assert.deepEqual(titles(page.store), ["Milk"]);
    assert.match(connectionWords(page.store.state), /^Offline: this is the list as it was/u);
    assert.equal(page.store.state.listProblem, null);
    const other = setUp(it.answers, { shelf: new MemoryShelf() });
    await other.store.start();
    assert.equal(other.store.state.phase, "unreachable");
});

test("what is done without a server waits over the end of the page, and is then sent in order, once", async () => {
    const shelf = new MemoryShelf();
    const it = server([task("a", { title: "Milk" }), task("b", { title: "Rent" })]);
    const first = await open(it, shelf);
    await rest(first);
    it.isGone = true;
    await first.store.writing.add({ title: "New" });
    const { id } = first.store.state.drafts[0];
    assert.equal(first.store.state.drafts[0].status, "waiting");
    await first.store.writing.change(first.store.state.drafts[0].task, { priority: "high" }, "Priority high");
    await first.store.writing.setDone(first.store.state.rows.find((row) => row.id === "a"), true);
    await first.store.writing.save(first.store.state.rows.find((row) => row.id === "b"), { title: "Pay rent" }, "k");
    assert.equal(first.store.state.outbox.waiting, 4);
    assert.match(connectionWords(first.store.state), /4 changes not yet saved\./u);
    assert.equal(first.store.unkept, 4, "memory does not outlive the page");

    const second = await open(it, shelf);
    assert.equal(second.store.state.drafts[0].task.priority, "high");
    assert.equal(second.store.state.changes.a.status, "waiting");
    assert.deepEqual(titles(second.store).sort(), ["Milk", "Pay rent"]);
    it.isGone = false;
    it.writes.length = 0;
    await second.store.reconnect();
    assert.deepEqual(it.writes.map(([task]) => task), [id, id, "a", "b"]);
    assert.deepEqual(it.writes.map(([, , version]) => version), [undefined, 1, 1, 1]);
    assert.equal(new Set(it.writes.map(([, , , key]) => key)).size, 4);
    assert.equal(it.kept.get(id).priority, "high");
    assert.equal(second.store.unsaved, 0);
    assert.equal(second.store.state.notice.text, "Saved 4 changes that had waited.");
    await second.store.reconnect();
    assert.equal(it.writes.length, 4);
    assert.deepEqual(await shelf.all(`people/${USER.id}/commands/`), []);
});

test("words that nobody could read are read when they are sent, as of when they were written", async () => {
    const it = server([]);
    const page = await open(it, new MemoryShelf());
    it.isGone = true;
    await page.store.writing.add({ title: "Call Ann tomorrow #home", priority: "high" }, "Call Ann tomorrow #home");
    it.isGone = false;
    const asked = [];
    it.answers.request = (method, path, { body }) => {
        asked.push([path, body.text, Math.abs(Date.parse(body.now) - Date.now()) < 60_000]);
        return {
            parsed: { title: "Call Ann", due: { kind: "date", date: "2026-11-19" }, tags: ["home"], priority: null },
            spans: [{ start: 9, end: 17, kind: "due", text: "tomorrow" },
                { start: 18, end: 23, kind: "tag", text: "#home" }], warnings: [],
        };
    };
    await page.store.reconnect();
    assert.deepEqual(asked, [["/tasks/quick-add", "Call Ann tomorrow #home", true]]);
    const [{ title, due, tags, priority }] = [...it.kept.values()];
    assert.deepEqual([title, due.date, tags, priority], ["Call Ann", "2026-11-19", ["home"], "high"]);
});

test("what is done to many tasks at once waits too", async () => {
    const it = server([task("a"), task("b"), task("c")]);
    const page = await open(it, new MemoryShelf());
    it.isGone = true;
    it.answers.batch = gone;
    for (const id of ["a", "b"]) page.store.bulk.toggle(id);
    await page.store.bulk.setPriority("urgent");
    assert.deepEqual(page.store.state.selected, []);
    assert.deepEqual(page.store.state.rows.map(({ priority }) => priority).sort(), ["medium", "urgent", "urgent"]);
    it.isGone = false;
    await page.store.reconnect();
    assert.deepEqual(["a", "b", "c"].map((id) => it.kept.get(id).priority), ["urgent", "urgent", "medium"]);
    assert.equal(page.store.unsaved, 0);
});

test("a write whose answer was lost is not done twice, and is no conflict with itself", async () => {
    const it = server([task("a", { title: "Milk" })]);
    const page = await open(it, new MemoryShelf());
    const { changeTask } = it.answers;
    it.answers.changeTask = (...parts) => { changeTask(...parts); gone(); };
    await page.store.writing.change(page.store.state.rows[0], { title: "Oat milk" }, "Named");
    assert.equal(page.store.state.changes.a.status, "waiting");
    it.answers.changeTask = changeTask;
    await page.store.reconnect();
    assert.equal(it.kept.get("a").version, 2);
    assert.equal(page.store.unsaved, 0);
    assert.deepEqual(titles(page.store), ["Oat milk"]);
});

test("what was changed elsewhere in another field is kept beside what was changed here", async () => {
    const it = server([task("a", { title: "Milk" })]);
    const page = await open(it, new MemoryShelf());
    it.isGone = true;
    await page.store.writing.change(page.store.state.rows[0], { title: "Oat milk" }, "Named");
    it.there("a", { priority: "urgent" });
    it.isGone = false;
    await page.store.reconnect();
    const { title, priority } = it.kept.get("a");
    assert.deepEqual([title, priority], ["Oat milk", "urgent"]);
    assert.equal(page.store.unsaved, 0);
});

/** A task renamed here and elsewhere while there was no connection. */
async function atOdds(shelf = new MemoryShelf()) {
    const it = server([task("a", { title: "Milk" })]);
    const page = await open(it, shelf);
    await rest(page);
    it.isGone = true;
    await page.store.writing.change(page.store.state.rows[0], { title: "Mine", priority: "high" }, "Named");
    it.there("a", { title: "Theirs" });
    it.isGone = false;
    await page.store.reconnect();
    return { it, page, shelf };
}

test("the same field changed here and elsewhere waits for a choice, also over the end of the page", async () => {
    const { it, shelf } = await atOdds();
    assert.equal(it.kept.get("a").title, "Theirs");
    const { store } = await open(it, shelf);
    assert.equal(store.state.changes.a.status, "conflict");
    assert.equal(store.state.changes.a.theirs.title, "Theirs");
    assert.deepEqual(store.outbox.clashes("a"), ["title"]);
    assert.match(connectionWords(store.state), /1 needs your choice\./u);
    assert.deepEqual(titles(store), ["Mine"]);
    await store.reconnect();
    assert.equal(it.kept.get("a").title, "Theirs", "nothing is sent before");
});

test("mine is written over theirs, theirs stays with the rest of mine, or all of mine goes", async () => {
    const mine = await atOdds();
    await mine.page.store.writing.resolve("a", { title: "mine" });
    assert.deepEqual([mine.it.kept.get("a").title, mine.it.kept.get("a").priority], ["Mine", "high"]);
    const theirs = await atOdds();
    await theirs.page.store.writing.resolve("a", { title: "theirs" });
    assert.deepEqual([theirs.it.kept.get("a").title, theirs.it.kept.get("a").priority], ["Theirs", "high"]);
    assert.equal(theirs.page.store.unsaved, 0);
    const dropped = await atOdds();
    dropped.page.store.writing.drop("a");
    await turn();
    assert.deepEqual(titles(dropped.page.store), ["Theirs"]);
    assert.equal(dropped.it.kept.get("a").priority, "medium");
    assert.deepEqual(await dropped.shelf.all(`people/${USER.id}/commands/`), []);
});

test("changed once more while somebody chooses, it is compared once more", async () => {
    const { it, page } = await atOdds();
    it.there("a", { title: "Theirs again" });
    await page.store.writing.resolve("a", { title: "mine" });
    assert.equal(it.kept.get("a").title, "Theirs again");
    assert.equal(page.store.state.changes.a.status, "conflict");
    assert.equal(page.store.state.changes.a.theirs.title, "Theirs again");
});

test("what the server refuses stays to be seen, with its reason, and what comes behind it waits", async () => {
    const it = server([task("a", { title: "Milk" })]);
    const page = await open(it, new MemoryShelf());
    it.isGone = true;
    await page.store.writing.change(page.store.state.rows[0], { title: "x".repeat(501) }, "Named");
    await page.store.writing.setDone(page.store.state.rows[0], true);
    it.isGone = false;
    it.answers.changeTask = () => { throw problem(422, "validation_failed"); };
    await page.store.reconnect();
    assert.equal(page.store.state.changes.a.status, "failed");
    assert.equal(page.store.state.changes.a.problem.code, "validation_failed");
    assert.equal(it.kept.get("a").completed, false);
});

test("what waits is sent for nobody but who made it", async () => {
    const it = server([task("a", { title: "Milk" })]);
    const shelf = new MemoryShelf();
    const page = await open(it, shelf);
    it.isGone = true;
    await page.store.writing.setDone(page.store.state.rows[0], true);
    it.isGone = false;
    it.answers.me = () => ({ ...USER, id: "u2" });
    it.writes.length = 0;
    await page.store.reconnect();
    assert.deepEqual(it.writes, []);
    assert.equal(page.store.state.user.id, "u2");
    assert.equal(page.store.unsaved, 0);
    assert.equal((await shelf.all(`people/${USER.id}/commands/`)).length, 1, "it waits for them");
});

test("signing out takes away what was kept, and clears the number on the icon", async () => {
    const it = server([task("a", { title: "Milk" })]);
    const shelf = new MemoryShelf();
    const icon = [];
    const badge = {
        setAppBadge: async (count) => { icon.push(count); }, clearAppBadge: async () => { icon.push("-"); },
    };
    const page = setUp(it.answers, { shelf, badge });
    await page.store.start();
    await rest(page);
    assert.deepEqual(icon, [1]);
    await page.store.signOut();
    assert.deepEqual(await shelf.all(""), []);
    await rest(page);
    assert.deepEqual(icon, [1, "-"]);
    assert.deepEqual(await shelf.all(""), []);
});

test("the live connection goes on from where it was when the page was closed, if the list is of then", async () => {
    const it = server([task("a")]);
    const shelf = new MemoryShelf();
    const first = setUp(it.answers, { shelf });
    first.live.cursor = 41;
    await first.store.start();
    await rest(first);
    it.isGone = true;
    const second = await open(it, shelf);
    assert.deepEqual(second.live.from, [41]);
    it.isGone = false;
    const third = await open(it, shelf);
    assert.deepEqual(third.live.from, [null], "what was read just now is newer");
});

test("a wish and what happened elsewhere: what is at odds, and what is left to do", () => {
    const base = task("a", { title: "Milk", tags: ["home"] });
    const wish = (...deeds) => wishOf(deeds);
    const patch = (changes, rest = {}) => ({ kind: "patch", patch: changes, ...rest });
    const named = wish(patch({ title: "Mine", tags: ["work"] }), { kind: "done", done: true });
    const moved = { ...base, title: "Theirs", priority: "low", version: 3 };
    assert.deepEqual(clashesOf(base, named, moved), ["title"]);
    assert.deepEqual(deedsFor(named, moved, ["title"], { title: "mine" }), [
        patch({ title: "Mine", tags: ["work"] }), { kind: "done", done: true },
    ]);
    assert.deepEqual(deedsFor(named, moved, ["title"], {}), [patch({ tags: ["work"] }), { kind: "done", done: true }]);
    const trashed = { ...base, deleted_at: "2026-11-18T10:00:00Z", version: 2 };
    assert.deepEqual(clashesOf(base, named, trashed), ["deleted"]);
    assert.deepEqual(deedsFor(named, trashed, ["deleted"], { deleted: "theirs" }), []);
    assert.equal(deedsFor(named, trashed, ["deleted"], { deleted: "mine" })[0].kind, "restore");
    const removal = wish({ kind: "delete" });
    assert.deepEqual(clashesOf(base, removal, { ...base, version: 2 }), [], "nothing that one sees was changed");
    assert.deepEqual(clashesOf(base, removal, moved), ["deleted"]);
    assert.deepEqual(deedsFor(removal, moved, ["deleted"], { deleted: "mine" }), [{ kind: "delete" }]);
    assert.deepEqual(deedsFor(removal, trashed, [], {}), []);
    const due = { kind: "date", date: "2026-12-01" };
    assert.deepEqual(deedsFor(wish(patch({ due }, { moves: true })), base, [], {}), [patch({ due }, { moves: true })]);
    const skip = wish({ kind: "skip" });
    assert.deepEqual(clashesOf(base, skip, { ...base, due }), ["skip"]);
});

test("lists are made from what is kept as the server makes them", () => {
    const state = (filter, rest = {}) => ({
        query: { filter, tag: "", sort: "", search: "", ...rest }, now: new Date("2026-11-18T11:00:00Z"),
        zone: "Europe/Paris", user: USER,
    });
    const today = { kind: "date", date: "2026-11-18" };
    const tasks = [
        task("a", { title: "Crème brûlée", tags: ["Home"] }),
        task("b", { due: today, due_date: "2026-11-18T22:59:00Z" }),
        task("c", { completed: true, completed_at: "2026-11-17T00:00:00Z" }),
        task("d", { deleted_at: "2026-11-17T00:00:00Z" }),
    ].map((one) => ({ truth: one, shown: one }));
    const ids = (...query) => localList(tasks, state(...query)).map(({ id }) => id);
    assert.deepEqual(ids("open"), ["b", "a"]);
    assert.deepEqual(ids("today"), ["b"]);
    assert.deepEqual(ids("done"), ["c"]);
    assert.deepEqual(ids("trash"), ["d"]);
    assert.deepEqual(ids("all", { sort: "title" }), ["b", "a", "c"]);
    assert.deepEqual(ids("all", { search: "creme BRU" }), ["a"]);
    assert.deepEqual(ids("all", { tag: "home" }), ["a"]);
    assert.equal(matches(tasks[0].truth, "brulee -milk"), true);
    assert.equal(matches(tasks[0].truth, "-brulee"), false);
    const done = { truth: tasks[1].truth, shown: { ...tasks[1].truth, completed: true } };
    assert.deepEqual(localList([done], state("open")).map(({ id }) => id), ["b"], "until the server knows of it");
    assert.deepEqual(localTags(tasks.map(({ truth }) => truth)), [{ name: "Home", count: 1, pending: 1 }]);
    assert.equal(dueCount(tasks.map(({ truth }) => truth), state("open")), 1);
});
