import assert from "node:assert/strict";
import { test } from "node:test";
import {
    addDays, dateIn, instantOf, isOverdue, isToday, localDue, timeIn, todayIn,
} from "../../web/js/lib/dates.js";

const PARIS = "Europe/Paris";
const now = new Date("2026-11-18T11:00:00Z");
const date = (day) => ({ kind: "date", date: day });
const zoned = (day, time, zone = PARIS) => ({ kind: "zoned", date: day, time, time_zone: zone });
const floating = (day, time) => ({ kind: "floating", date: day, time });

test("a day is the day of the zone", () => {
    assert.equal(dateIn(new Date("2026-11-18T23:30:00Z"), PARIS), "2026-11-19");
    assert.equal(dateIn(new Date("2026-11-18T23:30:00Z"), "America/New_York"), "2026-11-18");
});

test("adding days goes by the calendar, not by 24 hours", () => {
    assert.equal(addDays("2026-03-28", 2), "2026-03-30");
    assert.equal(addDays("2028-03-01", -1), "2028-02-29");
});

test("a zoned due is shown on the viewer's clock, a floating one as it stands", () => {
    const abroad = zoned("2026-11-18", "20:00", "America/New_York");
    assert.deepEqual(localDue(abroad, PARIS), { date: "2026-11-19", time: "02:00" });
    assert.deepEqual(localDue(floating("2026-11-18", "20:00"), PARIS), { date: "2026-11-18", time: "20:00" });
});

test("a zone this browser does not know is read as the viewer's", () => {
    const odd = zoned("2026-11-18", "20:00", "Mars/Olympus");
    assert.deepEqual(localDue(odd, PARIS), { date: "2026-11-18", time: "20:00" });
});

for (const [day, time, zone, instant] of [
    ["2026-07-01", "09:00", PARIS, "2026-07-01T07:00:00.000Z"],
    ["2026-03-29", "02:30", PARIS, "2026-03-29T01:30:00.000Z"],
    ["2026-10-25", "02:30", PARIS, "2026-10-25T00:30:00.000Z"],
    ["2026-03-29", "03:00", PARIS, "2026-03-29T01:00:00.000Z"],
    ["2026-10-25", "03:00", PARIS, "2026-10-25T02:00:00.000Z"],
    ["2026-10-04", "02:15", "Australia/Lord_Howe", "2026-10-03T15:45:00.000Z"],
    ["2026-01-01", "00:00:30", "Asia/Kathmandu", "2025-12-31T18:15:30.000Z"],
]) {
    test(`${day} ${time} in ${zone} is ${instant}`, () => {
        assert.equal(instantOf(day, time, zone).toISOString(), instant);
    });
}

test("a day is overdue when it ends, a time when it comes", () => {
    assert.equal(isOverdue(date("2026-11-18"), now, PARIS), false);
    assert.equal(isOverdue(date("2026-11-17"), now, PARIS), true);
    assert.equal(isOverdue(date("2026-11-18"), now, PARIS, "11:30"), true);
    assert.equal(isOverdue(zoned("2026-11-18", "12:00"), now, PARIS), true);
    assert.equal(isOverdue(zoned("2026-11-18", "12:01"), now, PARIS), false);
});

test("a day that ends in the small hours ends the next morning", () => {
    const at = (stamp) => new Date(stamp);
    const day = date("2026-11-18");
    assert.equal(isOverdue(day, at("2026-11-18T02:00:00Z"), PARIS, "03:00"), false);
    assert.equal(isOverdue(day, at("2026-11-19T01:59:00Z"), PARIS, "03:00"), false);
    assert.equal(isOverdue(day, at("2026-11-19T02:00:00Z"), PARIS, "03:00"), true);
    assert.equal(isOverdue(day, at("2026-11-18T22:59:00Z"), PARIS, "00:00"), false);
    assert.equal(isOverdue(day, at("2026-11-18T23:00:00Z"), PARIS, "00:00"), true);
    const night = at("2026-11-19T00:30:00Z");
    assert.equal(todayIn(night, PARIS, "03:00"), "2026-11-18");
    assert.equal(todayIn(at("2026-11-19T02:00:00Z"), PARIS, "03:00"), "2026-11-19");
    assert.equal(todayIn(night, PARIS, "00:00"), "2026-11-19");
    assert.equal(todayIn(night, PARIS), "2026-11-19");
    assert.equal(todayIn(now, PARIS, "11:00"), "2026-11-18");
    assert.equal(isToday(day, night, PARIS, "03:00"), true);
    // 02:30 is skipped in the night of the change and comes at 03:30.
    assert.equal(todayIn(at("2026-03-29T01:15:00Z"), PARIS, "02:30"), "2026-03-28");
    assert.equal(todayIn(at("2026-03-29T01:30:00Z"), PARIS, "02:30"), "2026-03-29");
});

test("today is a matter of the viewer's zone", () => {
    assert.equal(isToday(zoned("2026-11-18", "20:00", "America/New_York"), now, PARIS), false);
    assert.equal(isToday(zoned("2026-11-17", "20:00", "America/New_York"), now, PARIS), true);
});

test("a clock shows an instant in its zone", () => {
    assert.equal(timeIn(new Date("2026-11-17T22:30:00Z"), PARIS), "23:30");
});
