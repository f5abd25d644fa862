import assert from "node:assert/strict";
import { test } from "node:test";

import { actorWords, doorWords, entryLines } from "../../web/js/components/history-words.js";
import { dueText, momentText, remindersText, ruleText } from "../../web/js/components/value-words.js";
import { History } from "../../web/js/store/history.js";
import { speak } from "../../web/js/words/words.js";

const me = { kind: "user", via: "page" };
const reader = { zone: "Europe/Berlin", today: "2026-11-28", rule: null };
const updated = (before, after, actor = me) => (
    { seq: 1, at: "2026-11-28T11:03:00Z", actor, action: "task.updated", before, after });
const said = (...parts) => entryLines(updated(...parts), reader).map(({ text }) => text);

test("who did it is said in words", () => {
    assert.equal(actorWords(me), "You");
    assert.equal(actorWords({ kind: "user", via: "chat" }), "The chat");
    assert.equal(actorWords({ kind: "agent", name: "Tidy" }), "Tidy");
    assert.equal(actorWords({ kind: "token", via: "api" }), "A program");
    assert.equal(actorWords({ kind: "rule", name: "recurring-task-service" }), "The recurrence service");
    assert.equal(actorWords({ kind: "rule", name: "reminder-clock" }), "Errand");
    assert.equal(doorWords({ kind: "user", via: "cli" }), "on the command line");
    assert.equal(doorWords(me), "");
});

test("each change of a field is a sentence, with the values before and after", () => {
    assert.deepEqual(entryLines(updated({ priority: "low" }, { priority: "high" }), reader), [
        { text: "You set the priority to high", before: "low", after: "high" },
    ]);
    assert.deepEqual(said({ tags: ["Home", "b"] }, { tags: ["home", "c", "d"] }), [
        "You added the tags c and d", "You removed the tag b",
    ]);
    assert.deepEqual(said({ due: { kind: "date", date: "2026-12-01" } }, { due: null }), ["You removed the due date"]);
    assert.deepEqual(said({ reminders: [] }, { reminders: [{ kind: "relative", before: "PT1H" }] }), [
        "You set the reminders",
    ]);
    // The title comes first, however the log orders them.
    assert.deepEqual(said({ description: "", title: "a" }, { description: "x", title: "b" }), [
        "You changed the title", "You wrote a description",
    ]);
});

test("a series that only follows the task is not a change of its rule", () => {
    const series = (rrule, priority) => (
        { recurrence: { rrule, anchor: "schedule", start: "2026-12-02T10:00" }, template: { priority } });
    assert.deepEqual(
        said({ priority: "low", recurrence: series("FREQ=DAILY", "low") },
            { priority: "high", recurrence: series("FREQ=DAILY", "high") }),
        ["You set the priority to high"],
    );
    assert.deepEqual(said({ recurrence: null }, { recurrence: series("FREQ=DAILY;INTERVAL=3", "low") }), [
        "You made it come again: Every 3 days",
    ]);
    assert.deepEqual(said({ recurrence: series("FREQ=DAILY", "low") }, { recurrence: null }), [
        "You ended the repetition",
    ]);
});

test("what is not known is still said", () => {
    assert.deepEqual(said({ invented: 1 }, { invented: 2 }), ["You changed the task"]);
    const own = { rrule: "FREQ=YEARLY;BYWEEKNO=7", anchor: "schedule", start: "2026-12-02T10:00" };
    assert.equal(ruleText(own), "A rule of its own");
    assert.equal(ruleText(own, { ...own, text: "now and then" }), "now and then");
});

test("verbs, and the next one of a series", () => {
    const act = (action, actor, before = {}, after = {}) => (
        entryLines({ ...updated(before, after, actor), action }, reader)[0]);
    assert.equal(act("task.completed", me).text, "You completed the task");
    assert.equal(act("task.created", { kind: "rule", name: "recurring-task-service" }, null, {}).text,
        "The recurrence service added it as the next one of its series");
    assert.equal(act("reminder.trigger", { kind: "rule", name: "reminder-clock" }).text, "A reminder went out");
    const due = (date) => ({ due: { kind: "date", date } });
    const skipped = act("task.skipped", me, due("2026-12-01"), due("2026-12-08"));
    assert.deepEqual([skipped.before, skipped.after], ["Dec 1, 2026", "Dec 8, 2026"]);
});

test("German has its own order of words, and its dates", async (t) => {
    t.after(() => speak("en"));
    await speak("de-DE");
    assert.deepEqual(said({ priority: "low" }, { priority: "high" }, { kind: "user", via: "chat" }), [
        "Der Chat hat die Priorität auf hoch gesetzt",
    ]);
    assert.equal(dueText({ kind: "date", date: "2026-12-01" }, "Europe/Berlin"), "01.12.2026");
    assert.equal(remindersText([
        { kind: "relative", before: "PT2H", repeat_every: "PT15M" }, { kind: "relative", before: "PT0S" },
    ], reader), "2 Stunden vorher, erneut alle 15 Minuten; Wenn sie fällig ist");
});

test("times are those of the reader's zone, days by their name where they are near", () => {
    const now = new Date("2026-11-28T23:30:00Z");
    const plain = (text) => text.replace(/\u202f/gu, " ");
    assert.equal(plain(momentText("2026-11-28T23:05:00Z", now, "Europe/Berlin")), "12:05 AM");
    assert.equal(plain(momentText("2026-11-28T11:03:00Z", now, "Europe/Berlin")), "Yesterday, 12:03 PM");
    assert.equal(plain(momentText("2026-11-01T11:03:00Z", now, "Europe/Berlin")), "Nov 1, 2026, 12:03 PM");
    const due = { kind: "zoned", date: "2026-12-02", time: "10:00", time_zone: "America/New_York" };
    assert.equal(plain(dueText(due, "Europe/Berlin")), "Dec 2, 2026, 10:00 AM (America/New York)");
});

test("the history of a task is asked for page by page", async () => {
    const asked = [];
    const api = {
        request: async (...parts) => {
            asked.push(parts.join(" "));
            return { data: { items: [], next_cursor: null } };
        },
    };
    const history = new History(api);
    await history.page("a");
    await history.page("a", "c+1");
    assert.deepEqual(asked, ["GET /audit?task_id=a&limit=20", "GET /audit?task_id=a&limit=20&cursor=c%2B1"]);
});
