import assert from "node:assert/strict";
import { test } from "node:test";
import { Api } from "../../web/js/api.js";
import { agoWords } from "../../web/js/words/dates.js";
import { problem, setUp, task, USER } from "./fake-store.mjs";

const note = (id, changes = {}) => ({
    id, kind: "reminder", reminder_id: `r-${id}`, task_id: `t-${id}`, title: id, due_at: null,
    remind_at: "2026-11-18T10:50:00Z", late: false, created_at: "2026-11-18T10:50:00Z", read_at: null, receipts: [],
    ...changes,
});
const READ = "2026-11-18T11:00:00Z";

/** A signed-in window whose inbox holds `stored`, which writes change as the server would. */
async function withInbox(...stored) {
    const set = setUp({
        notifications: () => ({
            items: [...stored], next_cursor: null, unread: stored.filter(({ read_at: read }) => !read).length,
        }),
        readNotification: (id) => {
            const at = stored.findIndex((one) => one.id === id);
            stored[at] = { ...stored[at], read_at: READ };
            return stored[at];
        },
        readAllNotifications: () => {
            stored.forEach((one, at) => { stored[at] = { ...one, read_at: READ }; });
            return { marked: stored.length };
        },
        removeNotification: (id) => { stored.splice(stored.findIndex((one) => one.id === id), 1); return null; },
        snoozeReminder: () => ({ id: "s", remind_at: "2026-11-18T11:10:00Z" }),
    });
    await set.store.start();
    await settled();
    set.calls.length = 0;
    return { ...set, stored, inbox: () => set.store.state.inbox };
}
const settled = () => new Promise((done) => { setTimeout(done); });
const writes = (calls) => calls.filter(([name]) => !["notifications", "tags", "listTasks"].includes(name));

test("the number of unread notifications is known after signing in, and forgotten after signing out", async () => {
    const { store, inbox } = await withInbox(note("a"), note("b", { read_at: READ }));
    assert.equal(inbox().unread, 1);
    assert.deepEqual(inbox().items.map(({ id }) => id), ["a", "b"]);
    await store.signOut();
    assert.deepEqual(inbox().items, []);
    assert.equal(inbox().unread, 0);
});

/** A frame of what happened to a notification. */
const frame = (type, id, more = {}) => ({
    type: "event", cursor: 1, event_type: type, subject: { kind: "notification", id }, changes: {}, ...more,
});
const readAt = (to) => ({ changes: { read_at: { from: null, to } } });
const reads = (calls) => calls.filter(([name]) => name === "notifications").length;

test("a reminder is said at once and offers the inbox; its notification comes by itself, unasked", async () => {
    const { store, live, inbox, calls, runLater } = await withInbox();
    const remind_at = "2026-11-18T10:50:00.000Z";
    const reminder = { reminder_id: "r-a", title: "Call", due_at: null, remind_at, late: false };
    live.event({ type: "event", cursor: 1, event_type: "reminder.trigger", task_id: "t", changes: {}, reminder });
    assert.equal(store.state.notice.text, "Reminder: Call");
    assert.equal(store.state.notice.inbox, true);
    live.event(frame("notification.added", "a", { notification: note("a") }));
    live.event(frame("notification.added", "a", { notification: note("a") }));
    assert.equal(inbox().unread, 1);
    assert.deepEqual(inbox().items.map(({ id }) => id), ["a"]);
    await runLater();
    assert.equal(reads(calls), 0, "nothing is polled");
});

test("what is read or removed elsewhere shows here, and nothing is asked", async () => {
    const { live, inbox, calls } = await withInbox(note("a"), note("b"), note("c"));
    live.event(frame("notification.read", "a", readAt(READ)));
    live.event(frame("notification.read", "a", readAt(READ)));
    assert.equal(inbox().unread, 2);
    assert.equal(inbox().items[0].read_at, READ);
    live.event(frame("notification.deleted", "b"));
    live.event(frame("notification.deleted", "b"));
    assert.deepEqual(inbox().items.map(({ id }) => id), ["a", "c"]);
    assert.equal(inbox().unread, 1);
    live.event({ ...frame("inbox.read", "u1", readAt(READ)), subject: { kind: "account", id: "u1" } });
    assert.equal(inbox().unread, 0);
    assert.equal(inbox().items.every(({ read_at: read }) => read === READ), true);
    assert.equal(reads(calls), 0);
});

test("what this window did to its inbox comes back unnoticed", async () => {
    const { store, live, inbox, calls } = await withInbox(note("a"), note("b"), note("c"));
    await store.inbox.markRead(inbox().items[0]);
    live.event(frame("notification.read", "a", readAt(READ)));
    await store.inbox.remove(inbox().items[1]);
    live.event(frame("notification.deleted", "b"));
    assert.equal(inbox().unread, 1);
    assert.equal(reads(calls), 0);
});

test("a change of a notification further down is asked for, since it may have been counted", async () => {
    const { live, stored, inbox, calls } = await withInbox(note("a"));
    stored[0] = { ...stored[0], read_at: READ };
    live.event(frame("notification.read", "far", readAt(READ)));
    await settled();
    assert.equal(reads(calls), 1);
    assert.equal(inbox().unread, 0);
});

test("a list asked for before a notification came does not leave it out", async () => {
    const { store, stored, live, inbox, answers } = await withInbox();
    let release = () => {};
    const held = new Promise((done) => { release = done; });
    answers.notifications = async () => {
        const items = [...stored];
        await held;
        return { items, next_cursor: null, unread: items.length };
    };
    const reading = store.inbox.refresh();
    stored.unshift(note("a"));
    live.event(frame("notification.added", "a", { notification: note("a") }));
    release();
    await reading;
    assert.deepEqual(inbox().items.map(({ id }) => id), ["a"]);
    assert.equal(inbox().unread, 1);
});

test("after a time without the live connection the inbox is read again", async () => {
    const { live, stored, inbox, calls } = await withInbox();
    stored.unshift(note("a"));
    live.reread();
    await settled();
    assert.equal(reads(calls), 1);
    assert.equal(inbox().unread, 1);
});

test("with the inbox open a reminder shows there and nowhere else", async () => {
    const { store, live, inbox } = await withInbox();
    await store.inbox.open();
    assert.equal(inbox().isOpen, true);
    const reminder = { reminder_id: "r", title: "Call", due_at: null, remind_at: READ, late: false };
    live.event({ type: "event", cursor: 1, event_type: "reminder.trigger", task_id: "t", reminder });
    assert.equal(store.state.notice, null);
});

test("read, it stays and is no longer counted; read again, nothing is sent", async () => {
    const { store, inbox, calls } = await withInbox(note("a"), note("b"));
    await store.inbox.markRead(inbox().items[0]);
    assert.equal(inbox().unread, 1);
    assert.equal(inbox().items[0].read_at, READ);
    await store.inbox.markRead(inbox().items[0]);
    assert.deepEqual(writes(calls), [["readNotification", "a"]]);
});

test("all are read in one go", async () => {
    const { store, inbox } = await withInbox(note("a"), note("b"));
    await store.inbox.markAllRead();
    assert.equal(inbox().unread, 0);
    assert.equal(inbox().items.every(({ read_at: read }) => read), true);
});

test("removed, it leaves, and counts no more", async () => {
    const { store, inbox } = await withInbox(note("a"), note("b"));
    await store.inbox.remove(inbox().items[0]);
    assert.deepEqual(inbox().items.map(({ id }) => id), ["b"]);
    assert.equal(inbox().unread, 1);
});

test("snoozed, it is read, and the inbox says when it comes again", async () => {
    const { store, inbox, calls } = await withInbox(note("a"));
    await store.inbox.open();
    await store.inbox.snooze(inbox().items[0], "PT10M");
    assert.deepEqual(writes(calls), [["snoozeReminder", "r-a", "PT10M"], ["readNotification", "a"]]);
    assert.match(inbox().message, /^“a” comes again today 12:10\sPM\.$/u);
    assert.equal(inbox().unread, 0);
});

test("a refused snooze is said in the inbox and leaves the notification unread", async () => {
    const { store, inbox, answers } = await withInbox(note("a"));
    answers.snoozeReminder = () => { throw problem(409, "reminder_not_fired"); };
    await store.inbox.open();
    await store.inbox.snooze(inbox().items[0], "PT1H");
    assert.equal(inbox().message, "Not snoozed. reminder_not_fired.");
    assert.equal(inbox().unread, 1);
});

test("with the task of a notification the notification is read; that a task is gone is said", async () => {
    const { store, inbox, answers } = await withInbox(note("a"), note("b"));
    answers.task = (id) => task(id);
    await store.inbox.open();
    assert.equal((await store.inbox.task(inbox().items[0])).id, "t-a");
    await settled();
    assert.equal(inbox().unread, 1);
    answers.task = () => { throw problem(404, "not_found"); };
    assert.equal(await store.inbox.task(inbox().items[1]), null);
    assert.equal(inbox().message, "It is no longer there.");
});

test("a list asked for before a write was answered does not undo that write", async () => {
    const { store, stored, inbox, answers } = await withInbox(note("a"));
    let release = () => {};
    const held = new Promise((done) => { release = done; });
    answers.notifications = async () => {
        const items = [...stored];
        await held;
        return { items, next_cursor: null, unread: items.filter(({ read_at: read }) => !read).length };
    };
    const reading = store.inbox.refresh();
    await store.inbox.markRead(inbox().items[0]);
    release();
    await reading;
    assert.equal(inbox().unread, 0);
});

test("older pages are added, and stay when the newest is read again", async () => {
    const { store, inbox, answers } = await withInbox();
    const older = note("old", { created_at: "2026-11-17T00:00:00Z" });
    answers.notifications = ({ cursor }) => (cursor
        ? { items: [older], next_cursor: null, unread: 2 } : { items: [note("a")], next_cursor: "c", unread: 2 });
    await store.inbox.refresh();
    await store.inbox.loadMore();
    await store.inbox.refresh();
    assert.deepEqual(inbox().items.map(({ id }) => id), ["a", "old"]);
    assert.equal(inbox().next, null);
});

test("an answer for one person is not shown to another", async () => {
    const { store, inbox, answers } = await withInbox();
    let release = () => {};
    answers.notifications = () => new Promise((done) => { release = done; });
    const reading = store.inbox.refresh();
    await store.signOut();
    answers.signIn = () => ({ user: { ...USER, id: "u2" } });
    const old = release;
    await store.signIn({ email: "c", password: "d" });
    old({ items: [note("a")], next_cursor: null, unread: 1 });
    await reading;
    assert.deepEqual(inbox().items, []);
});

test("the doors of the inbox", async () => {
    const sent = [];
    const fetch = async (path, { method, body }) => {
        sent.push([method, path, body]);
        return method === "DELETE" ? new Response(null, { status: 204 }) : new Response("{}");
    };
    const api = new Api({ fetch, newKey: () => "k" });
    await api.notifications({ status: "all", limit: 50 });
    await api.readNotification("a/b");
    await api.readAllNotifications();
    await api.removeNotification("a");
    await api.snoozeReminder("r", "PT10M");
    assert.deepEqual(sent, [
        ["GET", "/api/v1/notifications?status=all&limit=50", undefined],
        ["POST", "/api/v1/notifications/a%2Fb/read", undefined],
        ["POST", "/api/v1/notifications/read-all", undefined],
        ["DELETE", "/api/v1/notifications/a", undefined],
        ["POST", "/api/v1/reminders/r/snooze", '{"for":"PT10M"}'],
    ]);
});

test("how long ago, in words", () => {
    const now = new Date("2026-11-18T11:00:00Z");
    const words = (instant) => agoWords(instant, now, "Europe/Paris");
    assert.equal(words("2026-11-18T11:00:20Z"), "just now");
    assert.equal(words("2026-11-18T10:59:00Z"), "1 minute ago");
    assert.equal(words("2026-11-18T10:50:00Z"), "10 minutes ago");
    assert.equal(words("2026-11-18T09:59:00Z"), "1 hour ago");
    assert.equal(words("2026-11-17T11:00:01Z"), "23 hours ago");
    assert.match(words("2026-11-17T11:00:00Z"), /^yesterday 12:00\sPM$/u);
});
