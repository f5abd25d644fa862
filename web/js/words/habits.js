/** What goes without saying where the reader lives, as settings of an account. */

import { language, locale } from "./words.js";

/** Days on which weeks may begin, as `Intl` counts them. */
const FIRST_DAYS = Object.freeze({ 1: "monday", 6: "saturday", 7: "sunday" });

/** @returns {"dmy"|"mdy"} whether 3/4 is the third of April or the fourth of March */
function dateOrder() {
    const parts = new Intl.DateTimeFormat(locale(), { day: "numeric", month: "numeric" }).formatToParts(0);
    const place = (/** @type {string} */ type) => parts.findIndex((part) => part.type === type);
    return place("month") < place("day") ? "mdy" : "dmy";
}

/** @returns {string} the day on which weeks begin in the region of the locale, "monday" where that is not known */
function firstDay() {
    const here = /** @type {any} */ (new Intl.Locale(locale()));
    const number = (here.getWeekInfo?.() ?? here.weekInfo)?.firstDay;
    return FIRST_DAYS[/** @type {keyof FIRST_DAYS} */ (number)] ?? "monday";
}

/**
 * What a new account is to be told about its person, where the server has taken something else for usual.
 * @param {Record<string, any>} user as the server has it
 * @returns {Record<string, string>} settings to change; none where all is well
 */
export function unlike(user) {
    const habits = { language: language(), date_order: dateOrder(), week_starts_on: firstDay() };
    return Object.fromEntries(Object.entries(habits).filter(([name, value]) => name in user && user[name] !== value));
}
