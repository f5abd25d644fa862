import assert from "node:assert/strict";
import { test } from "node:test";

import { accepted, together } from "../../web/js/lib/quick-add.js";
import { ruleOn } from "../../web/js/lib/rules.js";
import { readLine } from "../../web/js/store/reading.js";

const line = "Pay rent every month on the 1st #home p1";
const reading = {
    line,
    parsed: {
        title: "Pay rent", due: { kind: "date", date: "2026-02-01" },
        recurrence: { rrule: "FREQ=MONTHLY;BYMONTHDAY=1", anchor: "schedule" }, tags: ["home"], priority: "urgent",
        reminders: [],
    },
    spans: [
        { start: 9, end: 31, kind: "recurrence", text: "every month on the 1st" },
        { start: 32, end: 37, kind: "tag", text: "#home" }, { start: 38, end: 40, kind: "priority", text: "p1" },
    ],
    warnings: [],
};

test("all that was read makes the task", () => {
    assert.deepEqual(accepted(reading, new Set()), {
        title: "Pay rent", due: { kind: "date", date: "2026-02-01" },
        recurrence: { rrule: "FREQ=MONTHLY;BYMONTHDAY=1", anchor: "schedule" }, priority: "urgent", tags: ["home"],
    });
});

test("what is rejected stays in the title", () => {
    assert.deepEqual(accepted(reading, new Set([9, 38])), {
        title: "Pay rent every month on the 1st p1", tags: ["home"],
    });
});

test("without the day that was said, a rule begins where its words have it begin", () => {
    const said = {
        line: "Rent 31 jan every month p1",
        parsed: {
            title: "Rent", due: { kind: "date", date: "2027-01-31" },
            recurrence: { rrule: "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1", anchor: "schedule" },
            tags: [], priority: "urgent", reminders: [],
        },
        spans: [
            { start: 5, end: 11, kind: "due", text: "31 jan" },
            { start: 12, end: 23, kind: "recurrence", text: "every month" },
            { start: 24, end: 26, kind: "priority", text: "p1" },
        ],
        warnings: [],
    };
    assert.deepEqual(accepted(said, new Set([5])), {
        title: "Rent 31 jan", recurrence: { text: "every month" }, priority: "urgent",
    });
    assert.deepEqual(accepted(said, new Set([5, 12])), { title: "Rent 31 jan every month", priority: "urgent" });
    assert.deepEqual(accepted(said, new Set([12])), {
        title: "Rent every month", due: { kind: "date", date: "2027-01-31" }, priority: "urgent",
    });
});

test("what is filled in counts more than the line, a day that the form began with counts less", () => {
    const said = { title: "Rent", due: { kind: "floating", date: "2026-12-02", time: "09:00" }, tags: ["home"] };
    const today = { kind: "date", date: "2026-11-28" };
    assert.deepEqual(together(said, { due: today, tags: ["home", "money"], priority: "high" }, "2026-11-28"), {
        ...said, tags: ["home", "money"], priority: "high",
    });
    assert.deepEqual(together(said, { due: today }).due, today);
    const timed = { ...today, kind: "zoned", time: "10:00", time_zone: "UTC" };
    assert.deepEqual(together(said, { due: timed }, "2026-11-28").due, timed);
    assert.deepEqual(together({ title: "Rent" }, { due: today }, "2026-11-28").due, today);
});

const LAST = "BYMONTHDAY=28,29,30,31;BYSETPOS=-1";

test("a rule said for one day keeps to its words on another", () => {
    for (const [rrule, date, expected] of [
        ["FREQ=MONTHLY", "2027-01-31", `FREQ=MONTHLY;${LAST}`],
        ["FREQ=MONTHLY;INTERVAL=6", "2027-08-31", `FREQ=MONTHLY;INTERVAL=6;${LAST}`],
        ["FREQ=MONTHLY;UNTIL=20280130", "2027-01-29", "FREQ=MONTHLY;UNTIL=20280130;BYMONTHDAY=28,29;BYSETPOS=-1"],
        ["FREQ=MONTHLY;COUNT=4", "2027-01-30", "FREQ=MONTHLY;COUNT=4;BYMONTHDAY=28,29,30;BYSETPOS=-1"],
        ["FREQ=MONTHLY;BYHOUR=8,20;BYMINUTE=0", "2027-01-31",
            "FREQ=MONTHLY;BYHOUR=8,20;BYMINUTE=0;BYMONTHDAY=28,29,30,31;BYSETPOS=-2,-1"],
        ["FREQ=YEARLY", "2028-02-29", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28,29;BYSETPOS=-1"],
        ["FREQ=YEARLY;INTERVAL=2", "2028-02-29", "FREQ=YEARLY;INTERVAL=2;BYMONTH=2;BYMONTHDAY=28,29;BYSETPOS=-1"],
    ]) {
        const rule = ruleOn({ rrule, anchor: "schedule" }, date);
        assert.deepEqual(rule, { rrule: expected, anchor: "schedule" });
        assert.deepEqual(ruleOn(rule, date), rule);
    }
    for (const [rrule, date] of [
        ["FREQ=MONTHLY", "2027-01-28"], ["FREQ=YEARLY", "2027-01-31"], ["FREQ=YEARLY", "2028-02-28"],
        ["FREQ=WEEKLY", "2027-01-31"], ["FREQ=DAILY;INTERVAL=3", "2027-01-31"], ["FREQ=HOURLY", "2027-01-31"],
        ["FREQ=MONTHLY;BYMONTHDAY=1", "2027-01-31"], ["FREQ=MONTHLY;BYDAY=-1FR", "2027-01-29"],
        ["FREQ=MONTHLY;BYMONTHDAY=-1", "2027-01-31"], [`FREQ=MONTHLY;${LAST}`, "2027-01-15"],
        ["FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "2028-02-29"],
    ]) assert.deepEqual(ruleOn({ rrule, anchor: "schedule" }, date), { rrule, anchor: "schedule" }, `${rrule} ${date}`);
    assert.deepEqual(ruleOn({ rrule: "FREQ=MONTHLY", anchor: "completion" }, "2027-01-31"), {
        rrule: "FREQ=MONTHLY", anchor: "completion",
    });
});

test("a line that is read later has the rule of the day that was filled in", async () => {
    const parsed = {
        title: "Rent", due: { kind: "date", date: "2027-01-05" },
        recurrence: { rrule: "FREQ=MONTHLY", anchor: "schedule" }, tags: [], priority: null, reminders: [],
    };
    const spans = [{ start: 5, end: 16, kind: "recurrence", text: "every month" }];
    const api = { request: async () => ({ data: { parsed, spans, warnings: [] } }) };
    const due = { kind: "date", date: "2027-01-31" };
    const command = { line: "Rent every month", input: { title: "Rent every month", due }, at: 0 };
    const { input } = await readLine(api, command);
    assert.deepEqual(input, { title: "Rent", due, recurrence: { rrule: `FREQ=MONTHLY;${LAST}`, anchor: "schedule" } });
    // A day that the form began with counts less than the line.
    const usual = await readLine(api, { ...command, usualDay: "2027-01-31" });
    assert.deepEqual(usual.input.due, parsed.due);
    const { input: undated } = await readLine(api, { ...command, input: { title: "Rent every month" } });
    assert.equal(undated.recurrence.rrule, "FREQ=MONTHLY");
});
