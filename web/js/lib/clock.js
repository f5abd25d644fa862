/** Times of the day, as people of a region write and read them. A time is "HH:MM", 24 hours. */

/** @type {Map<string, Intl.DateTimeFormat>} */
const formats = new Map();

/**
 * @param {string} time seconds are left out
 * @param {string} locale
 * @returns {string} "3:00 PM", "09:00"
 */
export function timeWords(time, locale) {
    let format = formats.get(locale);
    if (!format) {
        format = new Intl.DateTimeFormat(locale, { timeStyle: "short", timeZone: "UTC" });
        formats.set(locale, format);
    }
    // Some regions part the time from its half of the day with a space that no keyboard has.
    return format.format(Date.parse(`1970-01-01T${time.slice(0, 5)}:00Z`)).replace(/[\u{202F}\u{A0}]/gu, " ");
}

/**
 * Reads what was typed as a time: "3pm", "3:30 p.m.", "15", "15:00", "15.30", "1530", "15 Uhr". A bare hour up to six
 * means the afternoon, as the server reads it.
 * @param {string} text
 * @returns {string|null} null where it is none
 */
export function readTime(text) {
    const plain = text.trim().toLowerCase().replace(/[\s\u{202F}\u{A0}.]+$/u, "").replace(/\s*uhr$/u, "");
    const found = plain.match(/^(\d{1,2})(?:\s*[:.h]\s*(\d{2})(?::\d{2})?|(\d{2}))?\s*(?:([ap])\.?\s*m)?$/u);
    if (!found) return null;
    const [, hours, parted, joined, half] = found;
    const minutes = Number(parted ?? joined ?? 0);
    let hour = Number(hours);
    if (half && (hour < 1 || hour > 12)) return null;
    if (half) hour = hour % 12 + (half === "p" ? 12 : 0);
    else if (!parted && !joined && hours.length === 1 && hour >= 1 && hour <= 6) hour += 12;
    if (hour === 24 && minutes === 0 && !half) hour = 0;
    if (hour > 23 || minutes > 59) return null;
    return `${String(hour).padStart(2, "0")}:${String(minutes).padStart(2, "0")}`;
}

/**
 * The half hours of a waking day, to choose from.
 * @returns {string[]}
 */
export function halfHours() {
    return Array.from({ length: 34 }, (_, at) => (
        `${String(6 + Math.floor(at / 2)).padStart(2, "0")}:${at % 2 ? "30" : "00"}`));
}
