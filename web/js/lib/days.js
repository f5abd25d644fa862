/** Days in the reader's own words, by `Intl`. A date is "YYYY-MM-DD"; it stands for itself, in no zone. */

const DAY = 86_400_000;

/** @param {string} date */
const stamp = (date) => Date.parse(`${date}T00:00:00Z`);

/** @param {string} date @param {number} count */
const plus = (date, count) => new Date(stamp(date) + count * DAY).toISOString().slice(0, 10);

/**
 * How many days a date lies after another.
 * @param {string} from
 * @param {string} to
 * @returns {number} negative where it lies before
 */
export function daysBetween(from, to) { return Math.round((stamp(to) - stamp(from)) / DAY); }

/** @type {Map<string, Intl.DateTimeFormat>} */
const formats = new Map();

/**
 * @param {string|undefined} locale undefined is the browser's
 * @param {Intl.DateTimeFormatOptions} options
 * @param {string} date
 */
function written(locale, options, date) {
    const name = `${locale} ${JSON.stringify(options)}`;
    let format = formats.get(name);
    if (!format) formats.set(name, format = new Intl.DateTimeFormat(locale, { ...options, timeZone: "UTC" }));
    return format.format(stamp(date));
}

/**
 * A day as a heading: its name where it is near, weekday and date always, the year where it is not this one.
 * @param {string} date
 * @param {string} today
 * @param {string} [locale]
 * @returns {{near: string, full: string}} "Tomorrow" (or ""), "Sunday, November 29"
 */
export function dayHeading(date, today, locale) {
    const distance = daysBetween(today, date);
    const words = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
    const near = Math.abs(distance) <= 1 ? words.format(distance, "day") : "";
    const year = date.slice(0, 4) === today.slice(0, 4) ? {} : { year: /** @type {const} */ ("numeric") };
    const full = written(locale, { weekday: "long", day: "numeric", month: "long", ...year }, date);
    const first = Array.from(near)[0] ?? "";
    return { near: first.toLocaleUpperCase(locale) + near.slice(first.length), full };
}

/**
 * A due moved to another day of the reader's calendar. Time and zone stay.
 * @param {import("./dates.js").Due|null} due
 * @param {string} shown the day on which the reader sees it now
 * @param {string} date
 * @returns {import("./dates.js").Due}
 */
export function movedTo(due, shown, date) {
    if (!due) return { kind: "date", date };
    return { ...due, date: plus(due.date, daysBetween(shown, date)) };
}
