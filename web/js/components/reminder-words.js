/** When a task is reminded of, in words of the reader's language. */

import { timeWords } from "../lib/clock.js";
import { localDue } from "../lib/dates.js";
import { spanOf } from "../lib/reminders.js";
import { dayHeading } from "../words/dates.js";
import { locale, say } from "../words/words.js";

/** @typedef {import("../lib/reminders.js").Reminder} Reminder */

/**
 * @param {string} duration as ISO 8601 writes it
 * @returns {string} "10 minutes"; the duration itself where one unit cannot say it
 */
export function spanWords(duration) {
    const span = spanOf(duration);
    return span ? say(`pickers.span-${span.unit}`, { count: span.count }) : duration;
}

/**
 * @param {string} instant RFC 3339
 * @param {string} zone
 * @returns {{date: string, time: string}} what calendar and clock show there
 */
export function momentIn(instant, zone) {
    const utc = new Date(instant).toISOString();
    const { date, time } = localDue(
        { kind: "zoned", date: utc.slice(0, 10), time: utc.slice(11, 16), time_zone: "UTC" }, zone,
    );
    return { date, time: time ?? "00:00" };
}

/**
 * @param {Reminder} reminder
 * @param {{zone: string, today: string}} setting the reader's
 * @returns {string} "10 minutes before", "On Friday, December 4, 9:00 AM"
 */
export function reminderWords(reminder, { zone, today }) {
    if (reminder.kind === "relative") {
        return spanOf(reminder.before)?.count === 0
            ? say("pickers.whenDue") : say("pickers.before", { span: spanWords(reminder.before) });
    }
    if (reminder.kind === "clock") {
        const time = timeWords(reminder.time, locale());
        return reminder.days_before === 0 ? say("pickers.onTheDay", { time })
            : say("pickers.daysBefore", { count: reminder.days_before, time });
    }
    const { date, time } = momentIn(reminder.at, zone);
    const { near, full } = dayHeading(date, today);
    return [near, full, timeWords(time, locale())].filter(Boolean).join(", ");
}
