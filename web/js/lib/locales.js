/** The languages and regions that can be chosen, and what they look like. */

/**
 * By their names in themselves, so that whoever is lost in another language finds their own.
 * @type {Readonly<Record<string, string>>}
 */
export const LOCALES = Object.freeze({
    en: "English", "en-US": "English (United States)", "en-GB": "English (United Kingdom)",
    de: "Deutsch", "de-DE": "Deutsch (Deutschland)", "de-AT": "Deutsch (Österreich)", "de-CH": "Deutsch (Schweiz)",
});

/**
 * @param {string} locale
 * @param {Date} now
 * @param {string} zone
 * @returns {string} how a date and a time look there
 */
export function sampleIn(locale, now, zone) {
    return new Intl.DateTimeFormat(locale, { dateStyle: "full", timeStyle: "short", timeZone: zone }).format(now);
}

/** A Monday, and what follows it. */
const MONDAY = Date.UTC(2026, 0, 5);
const DAY = 86_400_000;

/** Which day of the week, counted from Monday. */
const DAYS = Object.freeze({ monday: 0, saturday: 5, sunday: 6 });

/**
 * @param {"monday"|"saturday"|"sunday"} day
 * @param {string} locale
 * @returns {string} its name
 */
export function weekdayIn(day, locale) {
    return new Intl.DateTimeFormat(locale, { weekday: "long", timeZone: "UTC" })
        .format(new Date(MONDAY + DAYS[day] * DAY));
}

/**
 * What "3/4" means.
 * @param {"dmy"|"mdy"} order
 * @param {string} locale
 */
export function ambiguousIn(order, locale) {
    const date = order === "dmy" ? Date.UTC(2026, 3, 3) : Date.UTC(2026, 2, 4);
    return new Intl.DateTimeFormat(locale, { day: "numeric", month: "long", timeZone: "UTC" }).format(new Date(date));
}

/**
 * @param {string} time "HH:MM" up to "24:00"
 * @param {string} locale
 * @returns {string} as clocks are read there
 */
export function clockWords(time, locale) {
    const [hour, minute] = time.split(":").map(Number);
    return new Intl.DateTimeFormat(locale, { timeStyle: "short", timeZone: "UTC" })
        .format(new Date(MONDAY + (hour * 60 + minute) * 60_000));
}

/**
 * @param {string} zone one that this browser knows
 * @param {Date} now
 * @param {string} locale
 * @returns {string} what its clocks say
 */
export function clockIn(zone, now, locale) {
    return new Intl.DateTimeFormat(locale, { timeZone: zone, timeStyle: "short" }).format(now);
}
