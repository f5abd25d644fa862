/** Moving a task to another day of the reader's calendar: what it comes to, and what is said of it. */

import { localDue } from "../lib/dates.js";
import { movedTo } from "../lib/days.js";
import { dayHeading } from "../words/dates.js";
import { say } from "../words/words.js";

/**
 * @param {import("../lib/dates.js").Due|null} due
 * @param {string} date
 * @param {string} zone the reader's
 * @returns {import("../lib/dates.js").Due|null} null where it stands there already
 */
export function dueOn(due, date, zone) {
    const shown = due ? localDue(due, zone).date : date;
    return due && shown === date ? null : movedTo(due, shown, date);
}

/**
 * @param {string} date
 * @param {string} today
 */
export function movedWords(date, today) {
    const { near, full } = dayHeading(date, today);
    return say("writing.moved", { day: near ? `${near}, ${full}` : full });
}
