/** The values of a task's fields in words of the reader's language, dates by the reader's locale. */

import { dateIn, instantOf } from "../lib/dates.js";
import { dayHeading } from "../lib/days.js";
import { locale, say } from "../words/words.js";
import { reminderWords, spanWords } from "./reminder-words.js";
import { ruleWords } from "./rule-words.js";

/**
 * @typedef {import("../lib/dates.js").Due} Due
 * @typedef {import("../lib/reminders.js").Reminder} Reminder
 * @typedef {import("../lib/rules.js").Recurrence & {start?: string}} Rule `start`: a date and a time
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

/**
 * @param {readonly string[]} parts
 * @returns {string} "a, b and c"
 */
export function listText(parts) { return new Intl.ListFormat(locale(), { type: "conjunction" }).format(parts); }

/**
 * @param {readonly Reminder[]} reminders
 * @param {{zone: string, today: string}} setting the reader's
 * @returns {string} "1 hour before; On Friday, December 4, 9:00 AM", "" for none
 */
export function remindersText(reminders, setting) {
    return reminders.map((one) => {
        const value = reminderWords(one, setting);
        return one.repeat_every ? say("history.again-every", { value, span: spanWords(one.repeat_every) }) : value;
    }).join("; ");
}

/**
 * @param {Rule|null|undefined} rule as the log has it, with where it begins and without words
 * @param {Rule|null} [known] one whose words are known
 * @returns {string} "Every 3 days"; "" without a rule
 */
export function ruleText(rule, known = null) {
    if (!rule) return "";
    const text = rule.text ?? (known?.rrule === rule.rrule ? known.text : null);
    return ruleWords({ ...rule, text }, rule.start?.slice(0, 10) ?? "");
}
