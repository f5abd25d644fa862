/** How a task comes again, in words of the reader's language. */

import { choiceOf, WEEKDAYS } from "../lib/rules.js";
import { locale, say } from "../words/words.js";

/** @typedef {import("../lib/rules.js").Choice} Choice */

/** A week of which the first day is a Monday. */
const WEEK = Date.UTC(2024, 0, 1);

/**
 * @param {string} weekday as RRULE names it
 * @param {"long"|"short"|"narrow"} [length]
 * @returns {string}
 */
export function weekdayName(weekday, length = "long") {
    const format = new Intl.DateTimeFormat(locale(), { weekday: length, timeZone: "UTC" });
    return format.format(WEEK + WEEKDAYS.indexOf(weekday) * 86_400_000);
}

/** @param {string} date @returns {string} with its year */
export function dayWords(date) {
    const format = new Intl.DateTimeFormat(locale(), {
        weekday: "short", day: "numeric", month: "short", year: "numeric", timeZone: "UTC",
    });
    return format.format(Date.parse(`${date}T00:00:00Z`));
}

/** @param {number} nth @returns {string} "first", "last" */
export function nthWord(nth) { return say(`pickers.nth${nth < 0 ? "Last" : nth}`); }

/**
 * @param {Choice} choice
 * @returns {string} "Every 2 weeks on Friday, 10 times"
 */
export function choiceWords(choice) {
    const { every, unit, anchor, end } = choice;
    const often = say(every === 1 ? `pickers.each-${unit}` : `pickers.every-${unit}`, { count: every });
    const parts = [anchor === "completion" ? say("pickers.afterDone", { often }) : [often, onWords(choice)].join("")];
    if (end.kind === "on") parts.push(say("pickers.until", { date: dayWords(end.date) }));
    if (end.kind === "after") parts.push(say("pickers.times", { count: end.count }));
    return parts.join(", ");
}

/** @param {Choice} choice @returns {string} with a space before it, or "" */
function onWords({ unit, every, weekdays, monthly, day, nth, weekday }) {
    if (unit === "week") {
        if (weekdays.length === 0) return "";
        if (every === 1 && weekdays.length === 5 && !weekdays.some((one) => one === "SA" || one === "SU")) {
            return ` ${say("pickers.onWorkdays")}`;
        }
        const names = WEEKDAYS.filter((one) => weekdays.includes(one)).map((one) => weekdayName(one));
        return ` ${say("pickers.on", { days: new Intl.ListFormat(locale()).format(names) })}`;
    }
    if (unit !== "month") return "";
    if (monthly === "last") return ` ${say("pickers.onLastDay")}`;
    if (monthly === "nth") return ` ${say("pickers.onNth", { nth: nthWord(nth), weekday: weekdayName(weekday) })}`;
    return ` ${say(day > 28 ? "pickers.onDayOrLast" : "pickers.onDay", { day })}`;
}

/**
 * @param {import("../lib/rules.js").Recurrence} recurrence
 * @param {string} date on which the task is due
 * @returns {string} the server's own words for what a form cannot say
 */
export function ruleWords(recurrence, date) {
    const choice = choiceOf(recurrence, date);
    return choice ? choiceWords(choice) : recurrence.text ?? say("pickers.ownRule");
}
