import assert from "node:assert/strict";
import { test } from "node:test";
import {
    agoWords, dateWords, dayHeading, dayParts, dueWords, instantWords, timeWords,
} from "../../web/js/words/dates.js";
import { speak } from "../../web/js/words/words.js";

const PARIS = "Europe/Paris";
const now = new Date("2026-11-18T11:00:00Z");
const date = (day) => ({ kind: "date", date: day });
const zoned = (day, time, zone = PARIS) => ({ kind: "zoned", date: day, time, time_zone: zone });
const floating = (day, time) => ({ kind: "floating", date: day, time });

/** Has what `t` checks read in one locale; narrow spaces count as spaces. */
async function reads(t, locale, pairs) {
    t.after(() => speak("en"));
    await speak(locale);
    for (const [found, wanted] of pairs()) assert.equal(found.replace(/\s/gu, " "), wanted, locale);
}

test("days near to today have names, others their date in the order of the locale", async (t) => {
    const days = ["2026-11-18", "2026-11-19", "2026-11-17", "2026-11-20", "2027-01-01"];
    const expected = {
        "en-US": ["today", "tomorrow", "yesterday", "Fri, Nov 20", "Fri, Jan 1, 2027"],
        "en-GB": ["today", "tomorrow", "yesterday", "Fri, 20 Nov", "Fri, 1 Jan 2027"],
        "de-DE": ["heute", "morgen", "gestern", "Fr., 20. Nov.", "Fr., 1. Jan. 2027"],
    };
    for (const [locale, words] of Object.entries(expected)) {
        // Whether a comma follows the weekday is a matter of the data that Intl came with.
        const plain = (text) => text.replace(/^(\w+),? /u, "$1 ");
        await reads(t, locale, () => days.map((day, at) => [plain(dateWords(day, "2026-11-18")), plain(words[at])]));
    }
});

test("a time is said as its locale has it, without seconds", async (t) => {
    await reads(t, "en-US", () => [[timeWords("07:05:30"), "7:05 AM"], [timeWords("18:00"), "6:00 PM"]]);
    await reads(t, "en-GB", () => [[timeWords("07:05"), "07:05"], [timeWords("18:00"), "18:00"]]);
    await reads(t, "de-AT", () => [[timeWords("07:05"), "07:05"], [timeWords("18:00"), "18:00"]]);
});

test("a due without a time says no time, one with a time is said on the viewer's clock", async (t) => {
    await reads(t, "en-US", () => [
        [dueWords(date("2026-11-18"), now, PARIS), "today"],
        [dueWords(zoned("2026-11-18", "18:00"), now, PARIS), "today 6:00 PM"],
        [dueWords(floating("2026-11-20", "07:05:30"), now, PARIS), "Fri, Nov 20, 7:05 AM"],
        [dueWords(zoned("2026-11-18", "20:00", "America/New_York"), now, PARIS), "tomorrow 2:00 AM"],
    ]);
    await reads(t, "de", () => [
        [dueWords(zoned("2026-11-18", "18:00"), now, PARIS), "heute 18:00"],
        [dueWords(floating("2026-11-20", "07:05"), now, PARIS), "Fr., 20. Nov., 07:05"],
    ]);
});

test("until the day has ended, today is the day before", async (t) => {
    const night = new Date("2026-11-19T00:30:00Z");
    await reads(t, "en-GB", () => [
        [dueWords(date("2026-11-18"), night, PARIS, "03:00"), "today"],
        [dueWords(floating("2026-11-19", "08:00"), night, PARIS, "03:00"), "tomorrow 08:00"],
    ]);
});

test("an instant reads as day and time, or as how long ago it was", async (t) => {
    const at = (instant) => agoWords(instant, now, PARIS);
    await reads(t, "en-US", () => [
        [instantWords("2026-11-17T22:30:00Z", now, PARIS), "yesterday 11:30 PM"],
        [at("2026-11-18T10:59:30Z"), "just now"], [at("2026-11-18T10:59:00Z"), "1 minute ago"],
        [at("2026-11-18T10:00:01Z"), "59 minutes ago"], [at("2026-11-18T10:00:00Z"), "1 hour ago"],
        [at("2026-11-17T11:00:01Z"), "23 hours ago"], [at("2026-11-17T11:00:00Z"), "yesterday 12:00 PM"],
    ]);
    await reads(t, "de-DE", () => [
        [instantWords("2026-11-17T22:30:00Z", now, PARIS), "gestern 23:30"],
        [at("2026-11-18T10:59:30Z"), "gerade eben"], [at("2026-11-18T10:50:00Z"), "vor 10 Minuten"],
    ]);
});

test("a day is named near to today as a heading, and the strip has it short", async (t) => {
    await reads(t, "en-US", () => [
        [dayHeading("2026-11-29", "2026-11-28").near, "Tomorrow"],
        [dayHeading("2026-11-29", "2026-11-28").full, "Sunday, November 29"],
        [dayHeading("2026-12-04", "2026-11-28").near, ""],
        [dayParts("2026-11-28").weekday, "Sat"], [dayParts("2026-11-28").month, "Nov"],
    ]);
    await reads(t, "de", () => [
        [dayHeading("2026-11-28", "2026-11-28").near, "Heute"],
        [dayHeading("2026-11-28", "2026-11-28").full, "Samstag, 28. November"],
        [dayParts("2026-12-01").weekday, "Di"],
    ]);
});
