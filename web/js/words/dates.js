/** Days and times in words, in the reader's language and by the habits of their locale. */

import * as clock from "../lib/clock.js";
import { dateIn, localDue, timeIn, todayIn } from "../lib/dates.js";
import * as days from "../lib/days.js";
import { locale, say } from "./words.js";

/** @typedef {import("../lib/dates.js").Due} Due */

/** @type {Map<string, Intl.DateTimeFormat>} */
const formats = new Map();
/** The same for days that are near, by locale.
 * @type {Map<string, Intl.RelativeTimeFormat>} */
const nearFormats = new Map();

/**
 * @param {Intl.DateTimeFormatOptions} options
 * @param {string} date "YYYY-MM-DD"
 * @returns {string} as the locale writes it
 */
function written(options, date) {
    const name = `${locale()} ${JSON.stringify(options)}`;
    let format = formats.get(name);
    if (!format) formats.set(name, format = new Intl.DateTimeFormat(locale(), { ...options, timeZone: "UTC" }));
    return format.format(Date.parse(`${date}T00:00:00Z`));
}

/** @param {string} date @param {string} today @returns {{year?: "numeric"}} the year where it is not this one */
function yearOf(date, today) { return date.slice(0, 4) === today.slice(0, 4) ? {} : { year: "numeric" }; }

/**
 * "yesterday", "today", "tomorrow".
 * @param {number} distance in days
 * @returns {string} "" where it is further away
 */
function nearWords(distance) {
    if (Math.abs(distance) > 1) return "";
    const name = locale();
    let format = nearFormats.get(name);
    if (!format) nearFormats.set(name, format = new Intl.RelativeTimeFormat(name, { numeric: "auto" }));
    return format.format(distance, "day");
}

/**
 * @param {string} date
 * @param {string} today
 * @returns {string} "today", "tomorrow", "yesterday", "Fri, Nov 20", and the year where it is not this one
 */
export function dateWords(date, today) {
    return nearWords(days.daysBetween(today, date))
        || written({ weekday: "short", day: "numeric", month: "short", ...yearOf(date, today) }, date);
}

/**
 * @param {string} time "HH:MM", with seconds or without
 * @returns {string} "6:00 PM", "18:00"
 */
export function timeWords(time) { return clock.timeWords(time, locale()); }

/**
 * @param {string} date
 * @param {string} time
 * @param {string} today
 */
function momentWords(date, time, today) {
    const values = { day: dateWords(date, today), time: timeWords(time) };
    return say(nearWords(days.daysBetween(today, date)) ? "dates.near" : "dates.far", values);
}

/**
 * @param {Due} due
 * @param {Date} now
 * @param {string} zone the viewer's
 * @param {string} [dayEndsAt] "24:00" is midnight
 * @returns {string} "today 6:00 PM", "tomorrow", "Fri, Nov 20"
 */
export function dueWords(due, now, zone, dayEndsAt) {
    const { date, time } = localDue(due, zone);
    const today = todayIn(now, zone, dayEndsAt);
    return time ? momentWords(date, time, today) : dateWords(date, today);
}

/**
 * @param {string} instant RFC 3339
 * @param {Date} now
 * @param {string} zone
 * @returns {string} its day and time: "yesterday 2:05 PM"
 */
export function instantWords(instant, now, zone) {
    const at = new Date(instant);
    return momentWords(dateIn(at, zone), timeIn(at, zone), dateIn(now, zone));
}

/**
 * How long ago an instant was; from a day on, when it was.
 * @param {string} instant RFC 3339
 * @param {Date} now
 * @param {string} zone
 * @returns {string} "just now", "10 minutes ago", "1 hour ago", "yesterday 2:05 PM"
 */
export function agoWords(instant, now, zone) {
    const minutes = Math.floor((now.getTime() - Date.parse(instant)) / 60_000);
    const ago = new Intl.RelativeTimeFormat(locale());
    if (minutes < 1) return say("dates.now");
    if (minutes < 60) return ago.format(-minutes, "minute");
    if (minutes < 1_440) return ago.format(-Math.floor(minutes / 60), "hour");
    return instantWords(instant, now, zone);
}

/**
 * A day as a heading: its name where it is near, weekday and date always, the year where it is not this one.
 * @param {string} date
 * @param {string} today
 * @returns {{near: string, full: string}} "Tomorrow" (or ""), "Sunday, November 29"
 */
export function dayHeading(date, today) { return days.dayHeading(date, today, locale()); }

/**
 * A day as the strip shows it.
 * @param {string} date
 * @returns {{weekday: string, day: string, month: string}} "Sat", "28", "Nov"
 */
export function dayParts(date) {
    return {
        weekday: written({ weekday: "short" }, date), day: written({ day: "numeric" }, date),
        month: written({ month: "short" }, date),
    };
}
