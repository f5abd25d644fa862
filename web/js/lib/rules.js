/**
 * How a task comes again, as choices that a form can hold, and as the RRULE (RFC 5545) that says the same.
 * @typedef {"day"|"week"|"month"|"year"} Unit
 * @typedef {{kind: "never"}|{kind: "on", date: string}|{kind: "after", count: number}} End
 * @typedef {{every: number, unit: Unit, weekdays: string[], monthly: "day"|"last"|"nth", day: number, nth: number,
 *   weekday: string, anchor: "schedule"|"completion", end: End, leap?: true}} Choice `weekdays`: of a weekly rule, as
 *   "MO"; `monthly`: by the day of the month, its last day, or the `nth` (-1: the last) `weekday`; `day`: 29 and more
 *   mean the last day of shorter months; `leap`: of a yearly rule, 29 February, and the 28th in other years
 * @typedef {{rrule: string, anchor: string, text?: string|null, catch_up?: string, exdates?: string[]}} Recurrence
 */

/** As RRULE names them, Monday first. */
export const WEEKDAYS = Object.freeze(["MO", "TU", "WE", "TH", "FR", "SA", "SU"]);

/** As long as a form has a rule wait, and as many times as it has it come; the server takes ten times as many. */
export const MOST_EVERY = 999;
export const MOST_TIMES = 999;

const FREQUENCIES = Object.freeze({ day: "DAILY", week: "WEEKLY", month: "MONTHLY", year: "YEARLY" });
const WORKDAYS = Object.freeze(WEEKDAYS.slice(0, 5));
/** What names the days of a rule; without all of them they are those of its start. */
const NAMES_DAYS = /(?:^|;)BY(?:MONTH|WEEKNO|YEARDAY|MONTHDAY|DAY|SETPOS)=/u;
/** 29 February, and the 28th in other years. */
const LEAP_DAY = Object.freeze(["BYMONTH=2", "BYMONTHDAY=28,29"]);

/** @param {string} date @returns {string} "MO" of a Monday */
export function weekdayOf(date) { return WEEKDAYS[(new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7]; }

/**
 * What a form begins with for a task due on a day.
 * @param {string} date
 * @returns {Choice}
 */
export function choiceFor(date) {
    const day = Number(date.slice(8));
    return {
        every: 1, unit: "week", weekdays: [weekdayOf(date)], monthly: "day", day,
        nth: day > 28 ? -1 : Math.ceil(day / 7), weekday: weekdayOf(date), anchor: "schedule", end: { kind: "never" },
        ...(isLeapDay(date) ? { leap: true } : {}),
    };
}

/** @param {string} date */
function isLeapDay(date) { return date.slice(5) === "02-29"; }

/** @param {number} day from 29 on @returns {string} that day, or the last one of a shorter month */
function upTo(day) { return `BYMONTHDAY=${Array.from({ length: day - 27 }, (_, at) => 28 + at).join()}`; }

/**
 * @param {Choice} choice
 * @returns {{rrule: string, anchor: "schedule"|"completion"}}
 */
export function ruleOf(choice) {
    const { every, unit, anchor, end } = choice;
    const parts = [`FREQ=${FREQUENCIES[unit]}`];
    if (every > 1) parts.push(`INTERVAL=${every}`);
    if (end.kind === "on") parts.push(`UNTIL=${end.date.replaceAll("-", "")}`);
    if (end.kind === "after") parts.push(`COUNT=${end.count}`);
    // Counted from when it was done, a rule has no days of its own.
    if (anchor === "schedule") parts.push(...daysOf(choice));
    return { rrule: parts.join(";"), anchor };
}

/** @param {Choice} choice @returns {string[]} */
function daysOf({ unit, weekdays, monthly, day, nth, weekday, leap }) {
    if (unit === "week") {
        return weekdays.length ? [`BYDAY=${WEEKDAYS.filter((one) => weekdays.includes(one)).join()}`] : [];
    }
    if (unit === "year" && leap) return [...LEAP_DAY, "BYSETPOS=-1"];
    if (unit !== "month") return [];
    if (monthly === "last") return ["BYMONTHDAY=-1"];
    if (monthly === "nth") return [`BYDAY=${nth}${weekday}`];
    if (day <= 28) return [`BYMONTHDAY=${day}`];
    return [upTo(day), "BYSETPOS=-1"];
}

/**
 * The choices that a rule comes from.
 * @param {Recurrence} recurrence
 * @param {string} date on which the task is due, for what the rule takes from there
 * @returns {Choice|null} null where a form cannot say it
 */
export function choiceOf({ rrule, anchor }, date) {
    const parts = new Map(rrule.toUpperCase().split(";").map((part) => {
        const [name, value = ""] = part.split("=");
        return [name, value];
    }));
    const take = (/** @type {string} */ name) => {
        const value = parts.get(name);
        parts.delete(name);
        return value;
    };
    const frequency = take("FREQ");
    const unit = /** @type {Unit[]} */ (Object.keys(FREQUENCIES)).find((one) => FREQUENCIES[one] === frequency);
    const every = Number(take("INTERVAL") ?? 1);
    const end = endOf(take("COUNT"), take("UNTIL"));
    take("WKST");
    if (!unit || !end || !(every >= 1 && every <= MOST_EVERY)) return null;
    const choice = { ...choiceFor(date), every, unit, end, anchor: /** @type {Choice["anchor"]} */ (anchor) };
    const days = { day: take("BYDAY"), monthDay: take("BYMONTHDAY"), position: take("BYSETPOS") };
    const month = take("BYMONTH");
    if (parts.size > 0) return null;
    if (month === undefined) return withDays(choice, days);
    const isLeap = unit === "year" && choice.anchor === "schedule" && days.day === undefined && days.position === "-1"
        && `BYMONTH=${month};BYMONTHDAY=${days.monthDay}` === LEAP_DAY.join(";");
    return isLeap ? { ...choice, leap: true } : null;
}

/**
 * @param {string|undefined} count
 * @param {string|undefined} until
 * @returns {End|null} null where a form cannot say it
 */
function endOf(count, until) {
    if (count) return Number(count) <= MOST_TIMES ? { kind: "after", count: Number(count) } : null;
    if (!until) return { kind: "never" };
    const found = until.match(/^(\d{4})(\d{2})(\d{2})$/u);
    return found ? { kind: "on", date: found.slice(1).join("-") } : null;
}

/**
 * @param {Choice} choice
 * @param {{day?: string, monthDay?: string, position?: string}} days
 * @returns {Choice|null}
 */
function withDays(choice, { day, monthDay, position }) {
    const { unit, anchor } = choice;
    if (!day && !monthDay) {
        if (position) return null;
        return choice;
    }
    if (anchor === "completion") return null;
    if (unit === "week" && day && !monthDay && !position) {
        const weekdays = day.split(",");
        return weekdays.every((one) => WEEKDAYS.includes(one)) ? { ...choice, weekdays } : null;
    }
    // Every workday is a rule of weeks in other words.
    if (unit === "day" && day && !monthDay && !position && choice.every === 1) {
        return day === WORKDAYS.join() ? { ...choice, unit: "week", weekdays: [...WORKDAYS] } : null;
    }
    return unit === "month" ? withMonthDays(choice, { day, monthDay, position }) : null;
}

/**
 * @param {Choice} choice
 * @param {{day?: string, monthDay?: string, position?: string}} days
 * @returns {Choice|null}
 */
function withMonthDays(choice, { day, monthDay, position }) {
    if (day) {
        const found = !monthDay && !position ? day.match(/^(-1|[1-5])([A-Z]{2})$/u) : null;
        return found ? { ...choice, monthly: "nth", nth: Number(found[1]), weekday: found[2] } : null;
    }
    if (monthDay === "-1" && !position) return { ...choice, monthly: "last" };
    const numbers = (monthDay ?? "").split(",").map(Number);
    const last = /** @type {number} */ (numbers.at(-1));
    const clamped = numbers.length > 1 && numbers[0] === 28 && numbers.length === last - 27 && position === "-1";
    const plain = numbers.length === 1 && last >= 1 && last <= 28 && !position;
    return clamped || plain ? { ...choice, monthly: "day", day: last } : null;
}

/**
 * A rule that was read from words, as a rule to keep: every month from the 31st on means the last day of shorter ones.
 * @param {Recurrence} recurrence
 * @param {string} date on which the task is due
 * @returns {{rrule: string, anchor: string}}
 */
export function ruleFor(recurrence, date) {
    const choice = choiceOf(recurrence, date);
    return choice ? ruleOf(choice) : { rrule: recurrence.rrule, anchor: recurrence.anchor };
}

/**
 * A rule that was said for one day, of a task that is due on another: "every month" from the 31st on is the last day of
 * shorter months, "every year" from 29 February the 28th of other years. A rule that names its days keeps them.
 * @param {{rrule: string, anchor: string}} recurrence
 * @param {string} date on which the task is due
 * @returns {{rrule: string, anchor: string}}
 */
export function ruleOn({ rrule, anchor }, date) {
    const rule = rrule.toUpperCase();
    if (anchor !== "schedule" || NAMES_DAYS.test(rule)) return { rrule, anchor };
    const parts = new Map(rule.split(";").map((part) => /** @type {[string, string]} */ (part.split("="))));
    const day = Number(date.slice(8));
    const isYearly = parts.get("FREQ") === "YEARLY" && isLeapDay(date);
    if (!isYearly && !(parts.get("FREQ") === "MONTHLY" && day > 28)) return { rrule, anchor };
    const each = ["BYHOUR", "BYMINUTE", "BYSECOND"].reduce((times, name) => (
        times * (parts.get(name)?.split(",").length ?? 1)), 1);
    // The last of these days, at each of its times.
    const places = Array.from({ length: each }, (_, at) => at - each);
    const days = isYearly ? LEAP_DAY : [upTo(day)];
    return { rrule: [rrule, ...days, `BYSETPOS=${places.join()}`].join(";"), anchor };
}
