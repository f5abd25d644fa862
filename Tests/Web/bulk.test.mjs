import assert from "node:assert/strict";
import { test } from "node:test";
import { problem, setUp, task, USER } from "./fake-store.mjs";

const rows = (count) => Array.from({ length: count }, (_, at) => task(`t${String(at).padStart(3, "0")}`));
const ids = ({ state }) => state.rows.map(({ id }) => id);

async function withTasks(tasks, answers = {}) {
    const parts = setUp({ listTasks: () => ({ items: tasks, next_cursor: null, count: tasks.length }), ...answers });
    await parts.store.start();
    return parts;
}

/** Does what the commands of a batch say, but for those that `refuse` names. */
const server = (tasks, refuse = () => false) => (commands) => ({
    applied: true,
    results: commands.map(({ id, op, args }) => {
        const known = tasks.find((one) => one.id === args.task_id);
        if (refuse(args.task_id)) return { id, status: 409, problem: { detail: "It was busy." } };
        if (op === "delete") return { id, status: 204 };
        const changes = op === "complete" ? { completed: true } : args.patch;
        return { id, status: 200, task: { ...known, version: 2, ...changes } };
    }),
});

test("what is selected is done in batches of 100 at most, and taken back by one undo", async () => {
    const tasks = rows(250);
    const { store, calls } = await withTasks(tasks, { batch: server(tasks), undo: () => ({ items: [] }) });
    store.bulk.selectAll();
    await store.bulk.setPriority("high");
    assert.deepEqual(calls.filter(([name]) => name === "batch").map(([, commands]) => commands.length), [100, 100, 50]);
    assert.equal(store.state.rows.every(({ priority }) => priority === "high"), true);
    assert.deepEqual(store.state.selected, []);
    assert.equal(store.state.notice.text, "Priority high: 250 tasks.");
    await store.writing.undo();
    assert.equal(calls.filter(([name]) => name === "undo").length, 3);
    assert.deepEqual(store.state.undos, []);
});

test("what did not work is counted, told, and still selected", async () => {
    const tasks = rows(3);
    const { store } = await withTasks(tasks, { batch: server(tasks, (id) => id === "t001") });
    store.bulk.selectAll();
    await store.bulk.remove();
    assert.deepEqual(ids(store), ["t001"]);
    assert.deepEqual(store.state.selected, ["t001"]);
    assert.equal(store.state.notice.tone, "error");
    assert.equal(
        store.state.notice.text, "Deleted: 2 of 3 tasks. 1 did not work: It was busy. It is still selected.",
    );
});

test("a batch that does not arrive leaves its tasks selected, those before it are done", async () => {
    const tasks = rows(101);
    let batches = 0;
    const { store } = await withTasks(tasks, {
        batch: (commands) => {
            batches += 1;
            if (batches === 2) throw problem(0, "network");
            return server(tasks)(commands);
        },
    });
    store.bulk.selectAll();
    await store.bulk.complete();
    assert.deepEqual(store.state.selected, ["t100"]);
    assert.match(store.state.notice.text, /^Done: 100 of 101 tasks\. 1 did not work/u);
});

test("a tag that is there already is not added again, whatever its case", async () => {
    const tasks = [task("a", { tags: ["Home"] }), task("b")];
    const { store, calls } = await withTasks(tasks, { batch: server(tasks) });
    store.bulk.selectAll();
    await store.bulk.addTag("home");
    const [, commands] = calls.find(([name]) => name === "batch");
    assert.deepEqual(commands.map(({ args }) => args), [{ task_id: "b", patch: { tags: ["home"] } }]);
});

test("a moved task keeps its time; one of a series moves alone, without its rule", async () => {
    const timed = task("a", { due: { kind: "floating", date: "2026-11-18", time: "09:00" } });
    const series = task("b", { due: { kind: "date", date: "2026-11-18" }, recurrence: { rrule: "FREQ=DAILY" } });
    const { store, calls } = await withTasks([timed, series], {
        batch: server([timed, series]), rescheduleTask: (id, { due }) => ({ ...series, due, version: 2 }),
        changeTask: (id, patch) => ({ ...timed, ...patch, version: 3 }),
    });
    store.bulk.selectAll();
    await store.bulk.moveTo("2026-11-20");
    assert.deepEqual(calls.find(([name]) => name === "batch")[1].map(({ args }) => args.patch), [
        { due: { kind: "floating", date: "2026-11-20", time: "09:00" } },
    ]);
    assert.deepEqual(calls.find(([name]) => name === "rescheduleTask").slice(1, 3), [
        "b", { due: { kind: "date", date: "2026-11-20" } },
    ]);
    assert.match(store.state.notice.text, /^Moved to .+: 2 tasks\.$/u);
    await store.writing.moveTo(store.state.rows.find(({ id }) => id === "a"), "2026-11-19");
    assert.deepEqual(calls.find(([name]) => name === "changeTask").slice(1, 3), [
        "a", { due: { kind: "floating", date: "2026-11-19", time: "09:00" } },
    ]);
});

test("what leaves the list is selected no longer, and another list begins with nothing selected", async () => {
    const tasks = rows(2);
    const { store, live } = await withTasks(tasks);
    store.bulk.selectAll();
    live.event({ event_type: "task.deleted", task: { ...tasks[0], version: 2, deleted_at: "2026-11-18T11:00:00Z" } });
    assert.deepEqual(store.state.selected, ["t001"]);
    await store.listing.show({ filter: "all" });
    assert.deepEqual(store.state.selected, []);
});

test("writes are taken back one after the other, the last one first, though the toast has gone", async () => {
    let count = 0;
    const { store, answers, calls } = await withTasks(rows(1));
    answers.undo = () => ({ items: [] });
    answers.changeTask = (id, patch) => task(id, { ...patch, version: (count += 1) + 1 });
    await store.writing.change(store.state.rows[0], { priority: "high" }, "Priority high");
    await store.writing.change(store.state.rows[0], { priority: "low" }, "Priority low");
    store.dismissNotice();
    await store.writing.undo();
    await store.writing.undo();
    assert.equal(calls.filter(([name]) => name === "undo").length, 2);
    await store.writing.undo();
    assert.equal(store.state.notice.text, "There is nothing to undo.");
});

test("the zone is the person's, not the device's; without a person it is the device's", async () => {
    const { store } = setUp({ me: () => ({ ...USER, time_zone: "Asia/Tokyo" }) });
    assert.equal(store.state.zone, "Europe/Paris");
    await store.start();
    assert.equal(store.state.zone, "Asia/Tokyo");
    await store.signOut();
    assert.equal(store.state.zone, "Europe/Paris");
    const odd = setUp({ me: () => ({ ...USER, time_zone: "Mars/Olympus" }) });
    await odd.store.start();
    assert.equal(odd.store.state.zone, "Europe/Paris");
});

test("examples are offered to who has no task at all, made when asked for, and removed together", async () => {
    const { store, answers, calls } = await withTasks([]);
    await store.examples.look();
    assert.equal(store.state.examples.isNew, true);
    assert.equal(calls.some(([name]) => name === "batch"), false, "nothing is made unasked");
    answers.batch = (commands) => ({
        results: commands.map(({ id, op, args }) => (op === "create"
            ? { id, status: 201, task: task(args.id, { title: args.title, due: args.due ?? null }) }
            : { id, status: 204 })),
    });
    await store.examples.make();
    assert.equal(store.state.rows.length, 3);
    assert.equal(store.state.examples.isNew, false);
    const { ids: made } = store.state.examples;
    await store.examples.remove();
    assert.deepEqual(store.state.rows, []);
    const deleted = calls.filter(([name]) => name === "batch")[1][1].map(({ args }) => args.task_id);
    assert.deepEqual(deleted, made);
    assert.deepEqual(store.state.examples.ids, []);
});

test("examples made by this browser are known again, without asking the server whether there is any task", async () => {
    const values = new Map([[`errand.examples.${USER.id}`, JSON.stringify(["t0"])]]);
    const kept = { getItem: (key) => values.get(key) ?? null, setItem: (key, one) => values.set(key, one),
        removeItem: (key) => values.delete(key) };
    const { store, calls } = setUp({ listTasks: () => ({ items: rows(1), next_cursor: null }) }, { kept });
    await store.start();
    assert.deepEqual(store.state.examples.ids, ["t0"]);
    assert.equal(calls.filter(([name, query]) => name === "listTasks" && query.limit === 1).length, 0);
});

test("a long list in the usual order turns from what is due to what is not, by priority", async () => {
    const due = Array.from({ length: 30 }, (_, at) => task(`due${at}`, {
        due: { kind: "date", date: "2026-11-20" }, due_date: "2026-11-19T23:00:00Z",
    }));
    const undated = [task("urgent", { priority: "urgent" }), ...rows(40)];
    const { store, calls } = setUp({
        listTasks: ({ due: word, sort, cursor }) => {
            if (word === "none") {
                assert.equal(sort, "priority");
                return { items: undated, next_cursor: null };
            }
            assert.equal(cursor ?? "", "");
            return { items: [...due, ...rows(20)], next_cursor: "c", count: 71 };
        },
    });
    await store.start();
    assert.equal(store.state.total, 71);
    assert.equal(store.state.rows.length, 71);
    assert.equal(store.state.rows[30].id, "urgent");
    assert.equal(store.state.next, null);
    assert.equal(calls.filter(([name]) => name === "listTasks").length, 2);
});
