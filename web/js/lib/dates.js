/**
 * Dates in words. A date is "YYYY-MM-DD", a time "HH:MM"; an instant is a `Date`; a zone is an IANA name.
 * @typedef {{kind: "date"|"floating"|"zoned", date: string, time?: string, time_zone?: string}} Due
 */

const DAY = 86_400_000;
const MORNING_END = "11:00";
const WEEKDAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** @type {Map<string, Intl.DateTimeFormat>} */
const formatters = new Map();

/**
 * The zone of this device, or the fallback where the device does not say or says something unknown.
 * @param {string} [fallback]
 * @returns {string}
 */
export function deviceZone(fallback = "UTC") {
    try {
        return new Intl.DateTimeFormat().resolvedOptions().timeZone || fallback;
    } catch {
        return fallback;
    }
}

/**
 * @param {string} zone
 * @returns {Intl.DateTimeFormat}
 */
function formatter(zone) {
    let found = formatters.get(zone);
    if (!found) {
        found = new Intl.DateTimeFormat("en-US", {
            timeZone: zone, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit",
            hour: "2-digit", minute: "2-digit", second: "2-digit",
        });
        formatters.set(zone, found);
    }
    return found;
}

/**
 * What a clock on the wall in `zone` shows at an instant.
 * @param {Date} instant
 * @param {string} zone
 * @returns {{date: string, time: string, utc: number}} `utc`: the same wall reading taken as if it were UTC
 */
function wall(instant, zone) {
    /** @type {Record<string, string>} */
    const part = {};
    for (const { type, value } of formatter(zone).formatToParts(instant)) part[type] = value;
    const utc = Date.UTC(+part.year, +part.month - 1, +part.day, +part.hour, +part.minute, +part.second);
    const date = `${part.year.padStart(4, "0")}-${part.month}-${part.day}`;
    return { date, time: `${part.hour}:${part.minute}`, utc };
}

/**
 * @param {Date} instant
 * @param {string} zone
 * @returns {string} the calendar day in that zone
 */
export function dateIn(instant, zone) {
    return wall(instant, zone).date;
}

/**
 * @param {string} date
 * @returns {number} midnight UTC of that day, in milliseconds
 */
function dayStamp(date) {
    const [year, month, day] = date.split("-").map(Number);
    return Date.UTC(year, month - 1, day);
}

/**
 * @param {string} date
 * @param {number} count may be negative
 * @returns {string}
 */
export function addDays(date, count) {
    return new Date(dayStamp(date) + count * DAY).toISOString().slice(0, 10);
}

/**
 * When the day of a date is over. An end before 11:00 is one of the next morning; "00:00" and "24:00" are midnight.
 * @param {string} date
 * @param {string} zone
 * @param {string} endsAt
 * @returns {Date}
 */
function dayEnd(date, zone, endsAt) {
    const isNextDay = endsAt < MORNING_END || endsAt === "24:00";
    return instantOf(isNextDay ? addDays(date, 1) : date, endsAt === "24:00" ? "00:00" : endsAt, zone);
}

/**
 * The day that the viewer calls today: the day before for as long as it has not ended.
 * @param {Date} now
 * @param {string} zone the viewer's
 * @param {string} [dayEndsAt] "24:00" is midnight
 * @returns {string}
 */
export function todayIn(now, zone, dayEndsAt = "24:00") {
    const date = dateIn(now, zone);
    if (dayEndsAt >= MORNING_END) return date;
    const yesterday = addDays(date, -1);
    return now < dayEnd(yesterday, zone, dayEndsAt) ? yesterday : date;
}

/**
 * The instant of a wall reading. A reading skipped by a clock change moves forward by the gap; of a doubled one the
 * first is taken.
 * @param {string} date
 * @param {string} time
 * @param {string} zone
 * @returns {Date}
 */
export function instantOf(date, time, zone) {
    const [hours, minutes, seconds = 0] = time.split(":").map(Number);
    const reading = dayStamp(date) + ((hours * 60 + minutes) * 60 + seconds) * 1000;
    const offsetAt = (/** @type {number} */ stamp) => wall(new Date(stamp), zone).utc - stamp;
    const before = offsetAt(reading - DAY);
    const after = offsetAt(reading + DAY);
    if (offsetAt(reading - before) === before) return new Date(reading - before);
    if (offsetAt(reading - after) === after) return new Date(reading - after);
    return new Date(reading - before);
}

/**
 * A due as the viewer's calendar and clock show it. A zone unknown to this browser is read as the viewer's.
 * @param {Due} due
 * @param {string} zone the viewer's
 * @returns {{date: string, time: string|null}}
 */
export function localDue(due, zone) {
    if (due.kind === "date" || !due.time) return { date: due.date, time: null };
    if (due.kind === "floating" || due.time_zone === zone) return { date: due.date, time: due.time.slice(0, 5) };
    try {
        const { date, time } = wall(instantOf(due.date, due.time, due.time_zone ?? zone), zone);
        return { date, time };
    } catch {
        return { date: due.date, time: due.time.slice(0, 5) };
    }
}

/**
 * @param {Date} instant
 * @param {string} zone
 * @returns {string} what a clock in that zone shows
 */
export function timeIn(instant, zone) {
    return wall(instant, zone).time;
}

/**
 * How many days a date lies after another.
 * @param {string} from
 * @param {string} to
 * @returns {number} negative where it lies before
 */
export function daysBetween(from, to) { return Math.round((dayStamp(to) - dayStamp(from)) / DAY); }

/**
 * "today", "tomorrow", "yesterday", "Fri 20 Nov", and the year where it is not this one.
 * @param {string} date
 * @param {string} today
 * @returns {string}
 */
export function dateWords(date, today) {
    const distance = Math.round((dayStamp(date) - dayStamp(today)) / DAY);
    if (distance === 0) return "today";
    if (distance === 1) return "tomorrow";
    if (distance === -1) return "yesterday";
    const day = new Date(dayStamp(date));
    const words = `${WEEKDAYS[day.getUTCDay()]} ${day.getUTCDate()} ${MONTHS[day.getUTCMonth()]}`;
    return date.slice(0, 4) === today.slice(0, 4) ? words : `${words} ${day.getUTCFullYear()}`;
}

/**
 * @param {Due} due
 * @param {Date} now
 * @param {string} zone the viewer's
 * @param {string} [dayEndsAt] "24:00" is midnight
 * @returns {string} "today 18:00", "tomorrow", "Fri 20 Nov"
 */
export function dueWords(due, now, zone, dayEndsAt) {
    const { date, time } = localDue(due, zone);
    const words = dateWords(date, todayIn(now, zone, dayEndsAt));
    return time ? `${words} ${time}` : words;
}

/**
 * An instant in the past, such as when a task was deleted.
 * @param {string} instant RFC 3339
 * @param {Date} now
 * @param {string} zone
 * @returns {string}
 */
export function instantWords(instant, now, zone) {
    const { date, time } = wall(new Date(instant), zone);
    return `${dateWords(date, dateIn(now, zone))} ${time}`;
}

/**
 * How long ago an instant was; from a day on, when it was.
 * @param {string} instant RFC 3339
 * @param {Date} now
 * @param {string} zone
 * @returns {string} "just now", "10 minutes ago", "1 hour ago", "yesterday 14:05"
 */
export function agoWords(instant, now, zone) {
    const minutes = Math.floor((now.getTime() - Date.parse(instant)) / 60_000);
    const hours = Math.floor(minutes / 60);
    if (minutes < 1) return "just now";
    if (hours < 1) return `${minutes} ${minutes === 1 ? "minute" : "minutes"} ago`;
    if (hours < 24) return `${hours} ${hours === 1 ? "hour" : "hours"} ago`;
    return instantWords(instant, now, zone);
}

/**
 * Whether a due has passed. A day without a time passes when the day ends.
 * @param {Due} due
 * @param {Date} now
 * @param {string} zone the viewer's
 * @param {string} [dayEndsAt] "24:00" is midnight
 * @returns {boolean}
 */
export function isOverdue(due, now, zone, dayEndsAt = "24:00") {
    const shown = localDue(due, zone);
    if (!shown.time) return now >= dayEnd(shown.date, zone, dayEndsAt);
    const clock = wall(now, zone);
    if (shown.date !== clock.date) return shown.date < clock.date;
    return clock.time >= shown.time;
}

/**
 * @param {Due} due
 * @param {Date} now
 * @param {string} zone the viewer's
 * @param {string} [dayEndsAt] "24:00" is midnight
 * @returns {boolean}
 */
export function isToday(due, now, zone, dayEndsAt) {
    return localDue(due, zone).date === todayIn(now, zone, dayEndsAt);
}
