import assert from "node:assert/strict";
import { test } from "node:test";

import { conditionOf } from "../../web/js/store/conditions.js";
import { localView, matches } from "../../web/js/store/local.js";
import { task, USER } from "./fake-store.mjs";

// Half past midnight in Paris.
const SETTING = { now: new Date("2026-11-17T23:30:00Z"), zone: "Europe/Paris", user: USER };
const due = (date, time) => ({
    due: { kind: time ? "floating" : "date", date, ...(time ? { time } : {}) }, due_date: `${date}T12:00:00Z`,
});
const TASKS = [
    task("a", { title: "Mow the lawn", tags: ["Garden"], priority: "urgent", ...due("2026-11-18") }),
    task("b", { title: "Prune roses", tags: ["garden", "two words"], priority: "low", ...due("2026-11-19", "09:00") }),
    task("c", { title: "Call the bank", priority: "high", ...due("2026-11-16") }),
    task("d", { title: "Read", completed: true, ...due("2026-11-16") }),
    task("e", { title: "Water", recurrence: { rrule: "FREQ=DAILY", anchor: "schedule" }, description: "roses, p1" }),
];

const found = (expression, setting = SETTING) => {
    const condition = conditionOf(expression, setting, matches);
    return condition && TASKS.filter(condition).map(({ id }) => id).join("");
};

test("conditions that need no reading of days are met as on the server", () => {
    for (const [expression, ids] of [
        ["#garden", "ab"], ["#GARDEN", "ab"], ["@garden", "ab"], ['#"two words"', "b"], ["tag: garden", "ab"],
        ["#gar", ""],
        ["p1", "a"], ["URGENT", "a"], ["p4 | p2", "bc"], ["priority: high", "c"], ["p3", "de"],
        ["overdue", "c"], ["today", "a"], ["due: today", "a"], ["tomorrow", "b"], ["2 days", "ab"],
        ["next 1 days", "a"],
        ["no date", "e"], ["due: none", "e"], ["no tags", "cde"], ["recurring", "e"], ["done", "d"], ["open", "abce"],
        ["search: roses", "be"], ["search: rose mow", ""], ["SEARCH: Roses", "be"],
    ]) assert.equal(found(expression), ids, expression);
});

test("they are joined as the server joins them", () => {
    for (const [expression, ids] of [
        ["#garden & p1", "a"], ["#garden p1", "a"], ["#garden&p1", "a"], ["p1 | p2 & overdue", "ac"],
        ["(p1 | p2) & overdue", "c"], ["!done & !#garden", "ce"], ["!(p1|p4) & open", "ce"], ["p1 !done", "a"],
        ["!!p1", "a"], ["search: roses & recurring", "e"], ['search: "roses, p1" & open', "e"], ["open today", "a"],
        ["search: roses #garden", "b"],
        ["  ( ( p1 ) )  ", "a"],
    ]) assert.equal(found(expression), ids, expression);
});

test("what only the server can read is not guessed", () => {
    for (const expression of [
        "due before: friday", "due after: today", "friday", "due: week", "created after: today",
        "p1 & due before: friday",
        "p1 | (friday)", "has reminders", "heute", "p5", "#", '#"', "search:", "p1 &", "& p1",
        "(p1", "p1)", "!", "", "p1 someday", "constructor", "priority: toString",
        `${"(".repeat(30)}p1${")".repeat(30)}`,
        "!".repeat(900), `${"p1 ".repeat(400)}`, "0 days", "today evening",
    ]) assert.equal(found(expression), null, expression);
});

test("no expression takes long", () => {
    const start = performance.now();
    for (const one of ["p1 ", "( ", "! ", "x ", "#a ", '"', "search: ", "p1|", "a:"]) {
        found(one.repeat(1_000 / one.length));
    }
    assert.ok(performance.now() - start < 500);
});

test("a day is the reader's own, and ends when theirs ends", () => {
    const owl = { ...SETTING, user: { ...USER, day_ends_at: "03:00" } };
    assert.equal(found("today", owl), "");
    assert.equal(found("tomorrow", owl), "a");
    assert.equal(found("today", { ...SETTING, zone: "America/New_York" }), "");
});

test("without the server a filter shows what fits, or nothing where that cannot be told", () => {
    const kept = TASKS.map((one) => ({ truth: one, shown: one }));
    const view = (expression, filter = "open") => localView(kept, {
        ...SETTING, query: { filter, tag: "", sort: "", search: "", expression },
    }, 5);
    const ids = ({ rows }) => rows.map(({ id }) => id).sort().join("");
    assert.deepEqual([ids(view("p1 | done")), view("p1 | done").total], ["a", 1]);
    assert.equal(ids(view("p1 | done", "all")), "ad");
    assert.deepEqual(view("p1").copy, { at: 5 });
    assert.deepEqual(view("due before: friday"), { rows: [], total: null, copy: { at: 5, unanswered: true } });
    assert.deepEqual(view("").copy, { at: 5 });
    // What was changed here stays until the server has said something else.
    const calm = { ...TASKS[0], priority: "low" };
    const query = { filter: "open", tag: "", sort: "", search: "", expression: "p1" };
    assert.deepEqual(localView([{ truth: TASKS[0], shown: calm }], { ...SETTING, query }, 5).rows, [calm]);
});
