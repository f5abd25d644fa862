/** Time zones by the names of places. */

/** @returns {string[]} the names that this browser knows, UTC among them */
export function knownZones() {
    const names = /** @type {any} */ (Intl).supportedValuesOf?.("timeZone") ?? [];
    return names.includes("UTC") ? names : [...names, "UTC"];
}

/** @param {string} zone @returns {boolean} whether this browser can tell the time there */
export function isZone(zone) {
    try {
        new Intl.DateTimeFormat("en", { timeZone: zone });
        return zone !== "";
    } catch {
        return false;
    }
}

/**
 * @param {string} zone
 * @returns {string} "New York"; the whole name where it has no place
 */
export function placeOf(zone) { return (zone.split("/").at(-1) ?? zone).replaceAll("_", " "); }

/**
 * @param {string} zone
 * @param {Date} now
 * @param {string} locale
 * @returns {string} "GMT-5"; "" where the browser does not know the zone
 */
export function offsetOf(zone, now, locale) {
    try {
        const format = new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName: "shortOffset" });
        return format.formatToParts(now).find(({ type }) => type === "timeZoneName")?.value ?? "";
    } catch {
        return "";
    }
}

/** @param {string} text without accents, case and what parts words */
function plain(text) {
    return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/[_/\s-]+/gu, " ").trim();
}

/**
 * The zones whose names fit what was typed: first those whose place begins with it.
 * @param {string} text
 * @param {readonly string[]} zones
 * @param {number} most
 * @returns {string[]}
 */
export function zonesFor(text, zones, most) {
    const wanted = plain(text);
    if (!wanted) return zones.slice(0, most);
    const ranked = zones.flatMap((zone) => {
        const [place, whole] = [plain(placeOf(zone)), plain(zone)];
        const fits = [place.startsWith(wanted), whole.startsWith(wanted), ` ${whole}`.includes(` ${wanted}`)];
        const rank = fits.indexOf(true);
        return rank < 0 ? [] : [{ zone, rank }];
    });
    return ranked.sort((a, b) => a.rank - b.rank).slice(0, most).map(({ zone }) => zone);
}
