import assert from "node:assert/strict";
import { test } from "node:test";
import { dayHeading, daysBetween, movedTo } from "../../web/js/lib/days.js";
import { highlighted, soughtWords } from "../../web/js/lib/highlight.js";
import { commandsFor, KeyReader, SHORTCUTS } from "../../web/js/lib/keys.js";
import { formatRoute, parseRoute } from "../../web/js/lib/route.js";
import { dueOn, movedWords } from "../../web/js/store/moving.js";
import { countsByDay, headingOf, inUsualOrder, orderWords } from "../../web/js/store/order.js";
import { belongs, steps } from "../../web/js/store/query.js";
import { say } from "../../web/js/words/words.js";
import { task } from "./fake-store.mjs";

const query = (filter, rest = {}) => ({ filter, tag: "", sort: "", search: "", ...rest });
const on = (date, time) => ({ due: time ? { kind: "floating", date, time } : { kind: "date", date } });

test("a day is named near to today, and dated in the reader's language", () => {
    const english = dayHeading("2026-11-29", "2026-11-28", "en-US");
    assert.deepEqual(english, { near: "Tomorrow", full: "Sunday, November 29" });
    assert.deepEqual(dayHeading("2026-11-28", "2026-11-28", "de"), { near: "Heute", full: "Samstag, 28. November" });
    assert.match(dayHeading("2027-01-04", "2026-11-28", "en-GB").full, /^Monday,? 4 January 2027$/u);
    assert.equal(dayHeading("2027-01-04", "2026-11-28", "en-GB").near, "");
});

test("days are counted across the end of a month and of summer time", () => {
    assert.equal(daysBetween("2026-03-28", "2026-03-30"), 2);
    assert.equal(daysBetween("2026-11-29", "2026-12-01"), 2);
    assert.equal(daysBetween("2026-12-01", "2026-11-29"), -2);
});

test("a task moved to a day keeps its time and zone, also where its own calendar shows another day", () => {
    assert.deepEqual(movedTo(null, "2026-11-30", "2026-11-30"), { kind: "date", date: "2026-11-30" });
    const tokyo = { kind: "zoned", date: "2026-11-29", time: "08:00", time_zone: "Asia/Tokyo" };
    // In New York it is the evening of the 28th.
    assert.deepEqual(movedTo(tokyo, "2026-11-28", "2026-12-01"), { ...tokyo, date: "2026-12-02" });
    assert.deepEqual(dueOn(tokyo, "2026-12-01", "America/New_York"), { ...tokyo, date: "2026-12-02" });
    assert.equal(dueOn(tokyo, "2026-11-28", "America/New_York"), null, "it is there already");
    assert.deepEqual(dueOn(null, "2026-11-30", "Asia/Tokyo"), { kind: "date", date: "2026-11-30" });
    assert.equal(movedWords("2026-11-29", "2026-11-28", "en-US"), "Moved to Tomorrow, Sunday, November 29");
    assert.equal(movedWords("2026-12-04", "2026-11-28", "en-US"), "Moved to Friday, December 4");
});

test("the usual order: what is due, then priority, then the newest; done tasks below where they are shown", () => {
    const rows = [
        task("old", { created_at: "2026-01-01T00:00:00Z" }), task("new", { created_at: "2026-02-01T00:00:00Z" }),
        task("urgent", { priority: "urgent" }), task("later", { due_date: "2026-03-02T00:00:00Z" }),
        task("sooner", { due_date: "2026-03-01T00:00:00Z", priority: "low" }),
        task("sooner-high", { due_date: "2026-03-01T00:00:00.000Z", priority: "high" }),
        task("done", { completed: true, due_date: "2026-01-01T00:00:00Z" }),
    ];
    assert.deepEqual(inUsualOrder(rows, { doneLast: true }).map(({ id }) => id), [
        "sooner-high", "sooner", "later", "urgent", "new", "old", "done",
    ]);
    assert.equal(inUsualOrder(rows, { doneLast: false })[0].id, "done");
    assert.match(orderWords(query("open")), /due first, then by priority, then the newest/u);
    assert.equal(orderWords(query("open", { sort: "title" })), "");
});

test("Open asks for what is due first, the rest by priority; a chosen order and a search ask once", () => {
    assert.deepEqual(steps(query("open")).map(({ due, sort }) => [due, sort]), [
        [undefined, "due_date"], ["none", "priority"],
    ]);
    assert.equal(steps(query("all")).length, 3);
    assert.deepEqual(steps(query("open", { sort: "title" })).map(({ sort }) => sort), ["title"]);
    assert.equal(steps(query("open", { search: "x" })).length, 1);
    assert.deepEqual(steps(query("upcoming"), "2026-11-28")[0], {
        status: "pending", tags: undefined, search: undefined, sort: "due_date",
        due_from: "2026-11-28", due_to: "2027-01-01",
    });
});

test("Today is in two parts and a third of what is done, by the reader's clock", () => {
    const setting = { now: new Date("2026-11-28T01:00:00Z"), zone: "Asia/Tokyo" };
    const key = (changes) => headingOf(task("a", changes), query("today"), setting)?.key;
    // It is 10 in the morning of the 28th in Tokyo.
    assert.equal(key(on("2026-11-28", "09:59")), "overdue");
    assert.equal(key(on("2026-11-28", "10:01")), "today");
    assert.equal(key(on("2026-11-27")), "overdue");
    assert.equal(key({ ...on("2026-11-27"), completed: true }), "done");
    const state = { query: query("today"), ...setting, user: { day_ends_at: "24:00" } };
    assert.equal(belongs(task("a", on("2026-11-27")), state), true);
    assert.equal(belongs(task("a", { ...on("2026-11-27"), completed: true }), state), false);
});

test("Upcoming and Completed stand under days of the reader's zone", () => {
    const tokyo = { now: new Date("2026-11-27T16:00:00Z"), zone: "Asia/Tokyo" };
    const newYork = { ...tokyo, zone: "America/New_York" };
    const call = task("a", { due: { kind: "zoned", date: "2026-11-29", time: "08:00", time_zone: "Asia/Tokyo" } });
    assert.equal(headingOf(call, query("upcoming"), tokyo)?.date, "2026-11-29");
    assert.equal(headingOf(call, query("upcoming"), newYork)?.date, "2026-11-28");
    const done = task("b", { completed: true, completed_at: "2026-11-27T15:30:00Z" });
    assert.equal(headingOf(done, query("done"), tokyo)?.date, "2026-11-28");
    assert.equal(headingOf(done, query("done"), newYork)?.date, "2026-11-27");
    assert.equal(headingOf(done, query("done", { search: "b" }), tokyo), null);
    assert.deepEqual([...countsByDay([call, done], "America/New_York")], [["2026-11-28", 1]]);
    const state = { query: query("upcoming"), ...tokyo, user: { day_ends_at: "24:00" } };
    assert.equal(belongs(task("c", on("2026-11-27")), state), false, "yesterday in Tokyo");
    assert.equal(belongs(task("c", on("2026-11-28")), state), true);
    assert.equal(belongs(task("c", on("2027-01-02")), state), false);
});

test("a day of Upcoming is in the address, and of no other list", () => {
    const route = "#/upcoming?day=2026-12-01";
    assert.equal(parseRoute(route).day, "2026-12-01");
    assert.equal(formatRoute(parseRoute(route)), route);
    for (const other of ["#/open?day=2026-12-01", "#/upcoming?day=2026-02-30", "#/upcoming?day=x"]) {
        assert.equal(parseRoute(other).day, undefined, other);
    }
});

const shown = (text, search) => highlighted(text, soughtWords(search))
    .map((piece) => (piece.isMatch ? `[${piece.text}]` : piece.text)).join("");
for (const [text, search, marked] of [
    ["Call the dentist", "dent", "Call the [dent]ist"], ["Résumé für Zoë", "resume zoe", "[Résumé] für [Zoë]"],
    ["student", "dent", "student"], ["a b c", "", "a b c"], ["Buy milk", "-milk buy", "[Buy] milk"],
    ["red wine vinegar", "\"wine vinegar\"", "red [wine vinegar]"], ["<b>bold</b>", "bold", "<b>[bold]</b>"],
    ["Cafe\u0301 noir", "cafe", "[Cafe\u0301] noir"], ["買い物リスト", "リスト", "買い物[リスト]"], ["odd (", "(", "odd ("],
    ["ﬁnal ﬁ", "fi", "[ﬁ]nal [ﬁ]"],
]) {
    test(`“${search}” in “${text}” is shown as “${marked}”`, () => assert.equal(shown(text, search), marked));
}

test("each key means one thing, and two keys one after the other are heard as one", () => {
    const keys = SHORTCUTS.flatMap((one) => one.keys);
    assert.equal(new Set(keys).size, keys.length);
    const ids = SHORTCUTS.map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length);
    const reader = new KeyReader();
    assert.deepEqual(reader.read("g", 0), { id: null, isHeard: true });
    assert.deepEqual(reader.read("t", 100), { id: "go-today", isHeard: true });
    assert.deepEqual(reader.read("d", 200), { id: "due", isHeard: true });
    reader.read("g", 300);
    assert.equal(reader.read("d", 400).id, "go-done");
    reader.read("g", 500);
    assert.equal(reader.read("d", 5_000).id, "due", "too late");
    reader.read("g", 6_000);
    assert.equal(reader.read("j", 6_100).id, "next", "no such pair");
    assert.deepEqual(reader.read("w", 7_000), { id: null, isHeard: false });
    assert.equal(reader.read("n", 8_000).id, reader.read("q", 8_001).id);
});

test("the palette finds commands by the beginnings of their words", () => {
    const found = (text) => commandsFor(text, ({ id }) => say(`keys.command.${id}`)).map(({ id }) => id);
    assert.deepEqual(found("up"), ["go-upcoming"]);
    assert.ok(found("to go").includes("go-today"));
    assert.deepEqual(found("xyz"), []);
});
