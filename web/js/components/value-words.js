/** The values of a task's fields in words of the reader's language, dates by the reader's locale. */

import { dateIn, instantOf } from "../lib/dates.js";
import { dayHeading } from "../lib/days.js";
import { locale, say } from "../words/words.js";

/**
 * @typedef {import("../lib/dates.js").Due} Due
 * @typedef {{kind?: string, before?: string, at?: string, repeat_every?: string|null}} Reminder
 * @typedef {{rrule: string, text?: string|null}} Rule
 */

/** @type {Map<string, Intl.DateTimeFormat>} */
const formats = new Map();

/**
 * @param {Intl.DateTimeFormatOptions} options
 * @param {Date|number} instant
 */
function format(options, instant) {
    const name = `${locale()} ${JSON.stringify(options)}`;
    let found = formats.get(name);
    if (!found) formats.set(name, found = new Intl.DateTimeFormat(locale(), options));
    return found.format(instant);
}

/**
 * @param {Due|null|undefined} due
 * @param {string} zone the reader's
 * @returns {string} "Dec 2, 2026, 10:00 AM", with the zone where it is another one; "" without a due
 */
export function dueText(due, zone) {
    if (!due) return "";
    if (due.kind === "date" || !due.time) {
        return format({ dateStyle: "medium", timeZone: "UTC" }, Date.parse(`${due.date}T00:00:00Z`));
    }
    const own = due.kind === "zoned" && due.time_zone ? due.time_zone : zone;
    const words = /** @type {const} */ ({ dateStyle: "medium", timeStyle: "short" });
    try {
        const text = format({ ...words, timeZone: own }, instantOf(due.date, due.time, own));
        return own === zone ? text : `${text} (${own.replaceAll("_", " ")})`;
    } catch {
        return `${due.date} ${due.time.slice(0, 5)} (${own})`;
    }
}

/**
 * When something happened: the day by its name where it is near.
 * @param {string} at RFC 3339
 * @param {Date} now
 * @param {string} zone the reader's
 * @returns {string} "12:03 PM", "Yesterday, 12:03 PM", "Nov 20, 2026, 12:03 PM"
 */
export function momentText(at, now, zone) {
    const instant = new Date(at);
    const time = format({ timeStyle: "short", timeZone: zone }, instant);
    const [date, today] = [dateIn(instant, zone), dateIn(now, zone)];
    if (date === today) return time;
    const { near } = dayHeading(date, today, locale());
    return near ? `${near}, ${time}` : format({ dateStyle: "medium", timeStyle: "short", timeZone: zone }, instant);
}

/** The parts of an ISO 8601 duration, as `Intl` calls their units. */
const DURATION = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/u;
const UNITS = Object.freeze(["week", "day", "hour", "minute", "second"]);

/**
 * @param {string} duration ISO 8601
 * @returns {string} "1 hour", "1 day, 2 hours"; "" for none, the duration itself where it is of another form
 */
export function spanText(duration) {
    const found = DURATION.exec(duration);
    if (!found) return duration;
    const parts = UNITS.flatMap((unit, at) => {
        const count = Number(found[at + 1] ?? 0);
        if (!count) return [];
        return [new Intl.NumberFormat(locale(), { style: "unit", unit, unitDisplay: "long" }).format(count)];
    });
    return listText(parts, "unit");
}

/**
 * @param {readonly string[]} parts
 * @param {"conjunction"|"unit"} [type]
 * @returns {string} "a, b and c"
 */
export function listText(parts, type = "conjunction") {
    return new Intl.ListFormat(locale(), { type }).format(parts);
}

/**
 * @param {readonly Reminder[]} reminders
 * @param {string} zone the reader's
 * @returns {string} "1 hour before; Dec 2, 2026, 10:00 AM", "" for none
 */
export function remindersText(reminders, zone) {
    return reminders.map(({ before, at, repeat_every: again }) => {
        const span = before ? spanText(before) : "";
        const value = at ? format({ dateStyle: "medium", timeStyle: "short", timeZone: zone }, new Date(at))
            : span ? say("history.before", { span }) : say("history.now");
        return again ? say("history.again-every", { value, span: spanText(again) }) : value;
    }).join("; ");
}

const RULE = /^FREQ=(HOURLY|DAILY|WEEKLY|MONTHLY|YEARLY)(?:;INTERVAL=(\d+))?$/u;

/**
 * @param {Rule|null|undefined} rule
 * @param {Rule|null} [known] one whose words are known
 * @returns {string} "every 3 days"; "" without a rule
 */
export function ruleText(rule, known = null) {
    if (!rule) return "";
    const plain = RULE.exec(rule.rrule);
    if (plain) return say(`history.every-${plain[1].toLowerCase()}`, { count: Number(plain[2] ?? 1) });
    const text = rule.text ?? (known?.rrule === rule.rrule ? known.text : null);
    return text ?? say("history.own-rule", { rule: rule.rrule });
}
