import assert from "node:assert/strict";
import { test } from "node:test";
import { choiceWords, ruleWords } from "../../web/js/components/rule-words.js";
import { reminderWords } from "../../web/js/components/reminder-words.js";
import { readTime, timeWords } from "../../web/js/lib/clock.js";
import { keyMoves, LAST_DATE, plusDays, plusMonths, quickDays, weekStart, weeksOf } from "../../web/js/lib/month.js";
import { durationOf, hasReminder, isSpan, sameReminders, spanOf } from "../../web/js/lib/reminders.js";
import { choiceFor, choiceOf, ruleFor, ruleOf } from "../../web/js/lib/rules.js";
import { isZone, offsetOf, placeOf, zonesFor } from "../../web/js/lib/zones.js";
import { speak } from "../../web/js/words/words.js";
import { problem, setUp, task } from "./fake-store.mjs";

const MONDAY = 1;
const SUNDAY = 0;

test("a month is whole weeks that begin where the reader's weeks do", () => {
    const weeks = weeksOf("2026-11", MONDAY);
    assert.equal(weeks[0][0], "2026-10-26");
    assert.equal(weeks.at(-1).at(-1), "2026-12-06");
    assert.ok(weeks.every((week) => week.length === 7));
    assert.deepEqual(weeksOf("2026-02-10", SUNDAY).map((week) => week[0]), [
        "2026-02-01", "2026-02-08", "2026-02-15", "2026-02-22",
    ]);
});

test("weeks begin by the reader's setting, else by the habit of the region", () => {
    assert.equal(weekStart("saturday", "de-DE"), 6);
    assert.equal(weekStart(undefined, "en-US"), SUNDAY);
    assert.equal(weekStart(undefined, "de-DE"), MONDAY);
});

test("keys move through the grid as WAI-ARIA has it", () => {
    const grid = { first: MONDAY };
    const press = (key, rest = {}, date = "2026-03-31") => keyMoves(date, { key, ...rest }, grid);
    assert.equal(press("ArrowRight"), "2026-04-01");
    assert.equal(press("ArrowLeft"), "2026-03-30");
    assert.equal(press("ArrowDown"), "2026-04-07");
    assert.equal(press("ArrowUp"), "2026-03-24");
    assert.equal(press("Home"), "2026-03-30");
    assert.equal(press("End"), "2026-04-05");
    assert.equal(press("PageUp"), "2026-02-28");
    assert.equal(press("PageDown"), "2026-04-30");
    assert.equal(press("PageDown", { shiftKey: true }, "2024-02-29"), "2025-02-28");
    assert.equal(press("a"), null);
    assert.equal(keyMoves("2026-03-31", { key: "ArrowRight" }, { first: MONDAY, isRightToLeft: true }), "2026-03-30");
    assert.equal(keyMoves("2026-03-31", { key: "Home" }, { first: SUNDAY }), "2026-03-29");
});

test("days do not leave what the server takes, and months are clamped", () => {
    assert.equal(plusDays("2998-12-30", 5), LAST_DATE);
    assert.equal(plusDays("1900-01-01", -1), "1900-01-01");
    assert.equal(plusMonths("2026-01-31", 1), "2026-02-28");
    assert.equal(plusMonths("2026-01-31", -2), "2025-11-30");
});

test("the usual days are those that the words for them mean", () => {
    assert.deepEqual(quickDays("2026-11-25", MONDAY), {
        today: "2026-11-25", tomorrow: "2026-11-26", weekend: "2026-11-28", nextWeek: "2026-11-30",
    });
    assert.equal(quickDays("2026-11-28", MONDAY).weekend, "2026-11-28");
    assert.equal(quickDays("2026-11-29", MONDAY).weekend, "2026-12-05");
    assert.equal(quickDays("2026-11-30", MONDAY).nextWeek, "2026-12-07");
    assert.equal(quickDays("2026-11-28", SUNDAY).nextWeek, "2026-11-29");
});

test("a time is read however people write it, and written as their region does", () => {
    const read = {
        "3pm": "15:00", "3:30 PM": "15:30", "12 am": "00:00", "12pm": "12:00", "15": "15:00", "15:05": "15:05",
        "15.30": "15:30", "0930": "09:30", "930": "09:30", "15 Uhr": "15:00", "3": "15:00", "03": "03:00", "9": "09:00",
        "24:00": "00:00", "3 p.m.": "15:00", "": null, "25": null, "13pm": null, "3:70": null, "noonish": null,
    };
    for (const [text, time] of Object.entries(read)) assert.equal(readTime(text), time, text);
    assert.equal(timeWords("15:00", "en-US"), "3:00 PM");
    assert.equal(timeWords("15:00:30", "de-DE"), "15:00");
    for (const locale of ["en-US", "en-GB", "de-DE"]) {
        assert.equal(readTime(timeWords("15:30", locale)), "15:30", locale);
    }
});

test("zones are found by their places, accents and underscores aside", () => {
    const zones = [
        "America/New_York", "America/Sao_Paulo", "Asia/Tokyo", "Europe/Berlin", "America/North_Dakota/New_Salem",
    ];
    assert.deepEqual(zonesFor("new y", zones, 5), ["America/New_York"]);
    assert.deepEqual(zonesFor("são", zones, 5), ["America/Sao_Paulo"]);
    assert.deepEqual(zonesFor("europe/b", zones, 5), ["Europe/Berlin"]);
    assert.equal(zonesFor("new", zones, 1).length, 1);
    assert.deepEqual(zonesFor("nowhere", zones, 5), []);
    assert.equal(placeOf("America/North_Dakota/New_Salem"), "New Salem");
    assert.equal(offsetOf("America/New_York", new Date("2026-01-01T00:00:00Z"), "en"), "GMT-5");
    assert.equal(isZone("Mars/Olympus"), false);
});

const choice = (changes) => ({ ...choiceFor("2026-12-04"), ...changes });
const RULES = [
    ["FREQ=WEEKLY;BYDAY=FR", {}],
    ["FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR", { every: 2, weekdays: ["FR", "MO"] }],
    ["FREQ=DAILY;INTERVAL=3;COUNT=10", { every: 3, unit: "day", end: { kind: "after", count: 10 } }],
    ["FREQ=MONTHLY;BYMONTHDAY=15", { unit: "month", day: 15 }],
    ["FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1", { unit: "month", day: 31 }],
    ["FREQ=MONTHLY;BYMONTHDAY=-1", { unit: "month", monthly: "last" }],
    ["FREQ=MONTHLY;BYDAY=-1FR", { unit: "month", monthly: "nth", nth: -1, weekday: "FR" }],
    ["FREQ=YEARLY;UNTIL=20301231", { unit: "year", end: { kind: "on", date: "2030-12-31" } }],
];

test("choices become a rule, and the rule the same choices", () => {
    for (const [rrule, changes] of RULES) {
        assert.deepEqual(ruleOf(choice(changes)), { rrule, anchor: "schedule" });
        const read = choiceOf({ rrule, anchor: "schedule" }, "2026-12-04");
        assert.equal(ruleOf(read).rrule, rrule);
    }
    assert.equal(ruleOf(choice({ anchor: "completion", weekdays: ["MO"] })).rrule, "FREQ=WEEKLY");
});

test("a rule that no form can say is left as it is", () => {
    for (const rrule of [
        "FREQ=HOURLY", "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=31", "FREQ=MONTHLY;BYMONTHDAY=31",
        "FREQ=MONTHLY;BYMONTHDAY=1,15", "FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1",
        "FREQ=DAILY;UNTIL=20301231T100000Z", "FREQ=WEEKLY;BYDAY=1MO",
    ]) assert.equal(choiceOf({ rrule, anchor: "schedule" }, "2026-12-04"), null, rrule);
});

test("every month from the 31st, said in words, means the last day of shorter months", () => {
    const monthly = { rrule: "FREQ=MONTHLY", anchor: "schedule" };
    assert.equal(ruleFor(monthly, "2026-12-31").rrule, "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1");
    assert.equal(ruleFor(monthly, "2026-12-15").rrule, "FREQ=MONTHLY;BYMONTHDAY=15");
    assert.equal(ruleFor({ rrule: "FREQ=HOURLY", anchor: "schedule" }, "2026-12-15").rrule, "FREQ=HOURLY");
});

test("every year from 29 February means the 28th of other years", () => {
    const yearly = { rrule: "FREQ=YEARLY;INTERVAL=2", anchor: "schedule" };
    const clamped = "FREQ=YEARLY;INTERVAL=2;BYMONTH=2;BYMONTHDAY=28,29;BYSETPOS=-1";
    assert.equal(ruleFor(yearly, "2028-02-29").rrule, clamped);
    assert.equal(ruleFor(yearly, "2028-02-28").rrule, "FREQ=YEARLY;INTERVAL=2");
    // It stays so on a date that it has come to.
    assert.equal(ruleFor({ ...yearly, rrule: clamped }, "2030-02-28").rrule, clamped);
    assert.equal(ruleOf({ ...choiceFor("2028-02-29"), unit: "year" }).rrule,
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28,29;BYSETPOS=-1");
    assert.equal(ruleOf({ ...choiceFor("2028-02-29"), unit: "year", anchor: "completion" }).rrule, "FREQ=YEARLY");
    assert.equal(choiceOf({ rrule: "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", anchor: "schedule" }, "2028-02-29"), null);
    assert.equal(choiceOf({ rrule: "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=28,29;BYSETPOS=-1", anchor: "schedule" },
        "2028-02-29"), null);
});

test("a rule is said in the reader's language", async (t) => {
    t.after(() => speak("en"));
    await speak("en-US");
    assert.equal(choiceWords(choice({ every: 2 })), "Every 2 weeks on Friday");
    assert.equal(choiceWords(choice({ weekdays: ["MO", "TU", "WE", "TH", "FR"] })), "Every week on workdays");
    assert.equal(
        choiceWords(choice({ unit: "month", monthly: "nth", nth: -1, end: { kind: "after", count: 10 } })),
        "Every month on the last Friday, 10 times",
    );
    const fromDone = choice({ unit: "day", every: 3, anchor: "completion" });
    assert.equal(choiceWords(fromDone), "Every 3 days after it was done");
    const hourly = { rrule: "FREQ=HOURLY", anchor: "schedule", text: "every hour" };
    assert.equal(ruleWords(hourly, "2026-12-04"), "every hour");
    await speak("de-DE");
    assert.equal(choiceWords(choice({ every: 2, weekdays: ["MO", "FR"] })), "Alle 2 Wochen am Montag und Freitag");
});

test("spans are read and written as the server does, days apart from hours", () => {
    for (const [duration, span] of [
        ["PT10M", { count: 10, unit: "minute" }], ["PT24H", { count: 24, unit: "hour" }],
        ["P1D", { count: 1, unit: "day" }], ["P2W", { count: 2, unit: "week" }],
    ]) {
        assert.deepEqual(spanOf(duration), span);
        assert.equal(durationOf(span), duration);
    }
    assert.deepEqual(spanOf("PT0S"), { count: 0, unit: "minute" });
    assert.equal(spanOf("P1DT2H"), null);
    assert.equal(isSpan({ count: 366, unit: "day" }), true);
    assert.equal(isSpan({ count: 53, unit: "week" }), false);
    assert.equal(isSpan({ count: 1.5, unit: "hour" }), false);
});

test("reminders that say the same are one", () => {
    const hour = { kind: "relative", before: "PT1H" };
    assert.equal(hasReminder([{ ...hour, id: "a", repeat_every: null }], hour), true);
    assert.equal(hasReminder([hour], { ...hour, repeat_every: "PT5M" }), false);
    assert.equal(hasReminder(
        [{ kind: "absolute", at: "2026-12-01T08:00:00Z" }], { kind: "absolute", at: "2026-12-01T09:00:00+01:00" },
    ), true);
    assert.equal(sameReminders([hour], []), false);
    const setting = { zone: "Asia/Tokyo", today: "2026-11-30" };
    assert.equal(reminderWords(hour, setting), "1 hour before");
    assert.equal(reminderWords({ kind: "relative", before: "PT0S" }, setting), "When it is due");
    assert.match(reminderWords({ kind: "absolute", at: "2026-11-30T23:30:00Z" }, setting), /^Tomorrow, .*8:30 AM$/u);
});

test("a task that comes again is changed where it was asked to be, reminders by their own door", async () => {
    const answers = { request: (method, path, { body }) => ({ ...task("a"), ...body }) };
    const { store, calls } = setUp(answers);
    await store.start();
    const weekly = task("a", { due: { kind: "date", date: "2026-11-20" }, recurrence: { rrule: "FREQ=WEEKLY" } });
    const due = { kind: "date", date: "2026-11-23" };
    const sent = () => calls.filter(([name]) => name === "request")
        .map(([, method, path, { body }]) => [method, path, body]);
    await store.timing.setDue(weekly, { due }, "following");
    await store.timing.setReminders(weekly, [{ kind: "relative", before: "PT1H" }], "following");
    await store.timing.setReminders(weekly, [], "this");
    assert.deepEqual(sent(), [
        ["PATCH", "/tasks/a?scope=following", { due }],
        ["PUT", "/tasks/a/reminders", { reminders: [{ kind: "relative", before: "PT1H" }] }],
        ["PATCH", "/tasks/a?scope=this", { reminders: [] }],
    ]);
    await store.timing.setDue(weekly, { due: weekly.due }, "this");
    assert.equal(sent().length, 3, "nothing is sent for what stays");
    assert.match(store.state.notice.text, /No reminders/u);
    assert.equal(store.state.notice.undo, "token");
});

test("what the panel saves is about the times that were chosen", async () => {
    const { store, calls } = setUp({
        request: () => task("a"), changeTask: () => task("a"),
    });
    await store.start();
    await store.writing.save(task("a"), { title: "b" }, "k1", "all");
    await store.writing.save(task("a"), { title: "b" }, "k2");
    const sent = calls.filter(([name]) => name === "request" || name === "changeTask");
    assert.deepEqual(sent.map(([name, ...parts]) => [name, ...parts.slice(0, 2)]), [
        ["request", "PATCH", "/tasks/a?scope=all"], ["changeTask", "a", { title: "b" }],
    ]);
    for (const [, ...parts] of sent) assert.equal(parts.at(-1).version, 1, "on the version that was seen");
});

test("a server that shows no dates to come is asked once", async () => {
    let asked = 0;
    const { store } = setUp({ request: () => { asked += 1; throw problem(404, "not_found"); } });
    await store.start();
    const due = { kind: "date", date: "2026-11-20" };
    assert.equal(await store.timing.preview(due, { rrule: "FREQ=DAILY", anchor: "schedule" }), null);
    assert.equal(await store.timing.preview(due, { rrule: "FREQ=DAILY", anchor: "schedule" }), null);
    assert.equal(asked, 1);
});

test("tasks are counted on the days on which their reader sees them, over all pages", async () => {
    const day = (date) => ({ kind: "date", date });
    const late = { kind: "zoned", date: "2026-11-20", time: "23:00", time_zone: "America/New_York" };
    const pages = [
        { items: [task("a", { due: late }), task("b", { due: day("2026-11-21") })], next_cursor: "more" },
        { items: [task("c", { due: day("2026-11-20") })], next_cursor: null },
    ];
    const { store, answers } = setUp();
    await store.start();
    answers.listTasks = ({ cursor }) => pages[cursor ? 1 : 0];
    const loads = await store.timing.loads("2026-11-16", "2026-11-22");
    assert.deepEqual(loads.get("2026-11-21"), { count: 2, titles: ["a", "b"] });
    assert.deepEqual(loads.get("2026-11-20"), { count: 1, titles: ["c"] });
});
