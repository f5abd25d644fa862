/** A month as a grid of days. A date is "YYYY-MM-DD" and stands for itself, in no zone; a Sunday is 0, a Saturday 6. */

const DAY = 86_400_000;
const NAMES = Object.freeze({ sunday: 0, monday: 1, saturday: 6 });

/** The days that can be chosen, as the server reads them. */
export const FIRST_DATE = "1900-01-01";
export const LAST_DATE = "2998-12-31";

/** @param {string} date */
const stamp = (date) => Date.parse(`${date}T00:00:00Z`);

/** @param {number} ms */
const dateOf = (ms) => new Date(ms).toISOString().slice(0, 10);

/** @param {string} date @returns {number} */
export function weekday(date) { return new Date(stamp(date)).getUTCDay(); }

/** @param {string} date @param {number} count @returns {string} */
export function plusDays(date, count) { return within(dateOf(stamp(date) + count * DAY)); }

/**
 * So many months later; the last day of a shorter month stands for those that it lacks.
 * @param {string} date
 * @param {number} count
 * @returns {string}
 */
export function plusMonths(date, count) {
    const [year, month, day] = date.split("-").map(Number);
    const first = new Date(Date.UTC(year, month - 1 + count, 1));
    const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
    first.setUTCDate(Math.min(day, last));
    return within(dateOf(first.getTime()));
}

/** @param {string} date */
function within(date) {
    if (date.length > 10 || date > LAST_DATE) return LAST_DATE;
    return date < FIRST_DATE ? FIRST_DATE : date;
}

/**
 * On which day weeks begin: the reader's own setting before the habit of their region.
 * @param {string|undefined} setting "monday", "sunday" or "saturday"
 * @param {string} locale
 * @returns {number}
 */
export function weekStart(setting, locale) {
    if (setting && setting in NAMES) return NAMES[/** @type {keyof NAMES} */ (setting)];
    const region = /** @type {any} */ (new Intl.Locale(locale));
    const { firstDay = 1 } = region.getWeekInfo?.() ?? region.weekInfo ?? {};
    return firstDay % 7;
}

/**
 * The weeks that a month touches, whole.
 * @param {string} month "YYYY-MM", or any date of it
 * @param {number} first on which weekday weeks begin
 * @returns {string[][]} weeks of seven dates
 */
export function weeksOf(month, first) {
    const begin = `${month.slice(0, 7)}-01`;
    const lead = (weekday(begin) - first + 7) % 7;
    const from = stamp(begin) - lead * DAY;
    const [year, number] = begin.split("-").map(Number);
    const days = new Date(Date.UTC(year, number, 0)).getUTCDate();
    return Array.from({ length: Math.ceil((lead + days) / 7) }, (_, week) => (
        Array.from({ length: 7 }, (_, day) => dateOf(from + (week * 7 + day) * DAY))));
}

/**
 * Where a key leads in the grid, as WAI-ARIA has it.
 * @param {string} date the day at hand
 * @param {{key: string, shiftKey?: boolean}} event
 * @param {{first: number, isRightToLeft?: boolean}} grid
 * @returns {string|null} null where the key means nothing here
 */
export function keyMoves(date, { key, shiftKey = false }, { first, isRightToLeft = false }) {
    const forward = isRightToLeft ? -1 : 1;
    const inWeek = (weekday(date) - first + 7) % 7;
    switch (key) {
    case "ArrowRight": return plusDays(date, forward);
    case "ArrowLeft": return plusDays(date, -forward);
    case "ArrowDown": return plusDays(date, 7);
    case "ArrowUp": return plusDays(date, -7);
    case "Home": return plusDays(date, -inWeek);
    case "End": return plusDays(date, 6 - inWeek);
    case "PageDown": return plusMonths(date, shiftKey ? 12 : 1);
    case "PageUp": return plusMonths(date, shiftKey ? -12 : -1);
    default: return null;
    }
}

/**
 * The days that are chosen most, as the words for them are read by the server.
 * @param {string} today
 * @param {number} first on which weekday weeks begin
 * @returns {{today: string, tomorrow: string, weekend: string, nextWeek: string}} a Saturday, on which that is the day
 *   itself, and the first day of a week
 */
export function quickDays(today, first) {
    const here = weekday(today);
    return {
        today, tomorrow: plusDays(today, 1), weekend: plusDays(today, (6 - here + 7) % 7),
        nextWeek: plusDays(today, (first - here + 7) % 7 || 7),
    };
}
