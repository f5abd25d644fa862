/**
 * Days, times and instants. A date is "YYYY-MM-DD", a time "HH:MM"; an instant is a `Date`; a zone is an IANA name.
 * @typedef {{kind: "date"|"floating"|"zoned", date: string, time?: string, time_zone?: string}} Due
 */

const DAY = 86_400_000;
const MORNING_END = "11:00";

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
