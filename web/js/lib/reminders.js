/**
 * Reminders as the server keeps them, and the spans of time in them.
 * @typedef {"minute"|"hour"|"day"|"week"} SpanUnit
 * @typedef {{count: number, unit: SpanUnit}} Span
 * @typedef {{id?: string, kind: "relative", before: string, repeat_every?: string|null}
 *   |{id?: string, kind: "clock", time: string, days_before: number, repeat_every?: string|null}
 *   |{id?: string, kind: "absolute", at: string, repeat_every?: string|null}} Reminder
 */

/** As many as a task may have. */
export const MOST_REMINDERS = 20;

/** How long before a task is due people are reminded most. */
export const USUAL_SPANS = Object.freeze(["PT0S", "PT10M", "PT1H", "P1D"]);

/** How often a reminder comes again until the task is done. */
export const USUAL_REPEATS = Object.freeze(["PT5M", "PT15M", "PT1H", "P1D"]);

const DAYS = Object.freeze({ minute: 1 / 1_440, hour: 1 / 24, day: 1, week: 7 });

/**
 * @param {Span} span
 * @returns {string} as ISO 8601 writes it; days stay days, which are longer or shorter where clocks change
 */
export function durationOf({ count, unit }) {
    if (unit === "week") return `P${count}W`;
    if (unit === "day") return `P${count}D`;
    return `PT${count}${unit === "hour" ? "H" : "M"}`;
}

/**
 * @param {string} duration
 * @returns {Span|null} null where it takes more than one unit to say it
 */
export function spanOf(duration) {
    const found = duration.toUpperCase().match(/^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/u);
    if (!found) return null;
    const [weeks, days, hours, minutes, seconds] = found.slice(1).map((part) => Number(part ?? 0));
    if (seconds) return null;
    const parts = /** @type {[number, SpanUnit][]} */ ([
        [weeks, "week"], [days, "day"], [hours, "hour"], [minutes, "minute"],
    ]).filter(([count]) => count > 0);
    if (parts.length === 0) return { count: 0, unit: "minute" };
    if (parts.length > 1) return null;
    return { count: parts[0][0], unit: parts[0][1] };
}

/**
 * @param {Span} span
 * @param {number} least in units of `span`
 * @returns {boolean} whether the server takes it: whole, and no longer than 366 days
 */
export function isSpan({ count, unit }, least = 0) {
    return Number.isInteger(count) && count >= least && count * DAYS[unit] <= 366;
}

/** @param {Reminder} reminder @returns {string} equal for those that say the same */
function said(reminder) {
    const again = reminder.repeat_every ?? "";
    if (reminder.kind === "relative") return `before ${reminder.before} ${again}`;
    if (reminder.kind === "clock") return `clock ${reminder.time.slice(0, 5)} ${reminder.days_before} ${again}`;
    return `at ${Date.parse(reminder.at)} ${again}`;
}

/**
 * @param {readonly Reminder[]} reminders
 * @param {Reminder} reminder
 * @returns {boolean} whether one of them says the same
 */
export function hasReminder(reminders, reminder) { return reminders.some((one) => said(one) === said(reminder)); }

/**
 * @param {readonly Reminder[]} a
 * @param {readonly Reminder[]} b
 */
export function sameReminders(a, b) {
    return a.length === b.length && a.every((one) => hasReminder(b, one));
}
