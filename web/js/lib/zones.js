/** Time zones, as people look for them. */

/** How many are shown at once. */
const MOST = 8;

/** @returns {string[]} those that this browser knows, by their IANA names */
export function knownZones() {
    const zones = typeof Intl.supportedValuesOf === "function" ? Intl.supportedValuesOf("timeZone") : [];
    return zones.includes("UTC") ? zones : [...zones, "UTC"];
}

/** @param {string} text @returns {string} */
function plain(text) {
    return text.normalize("NFKD").replace(/\p{M}/gu, "").replaceAll("_", " ").toLowerCase().trim();
}

/**
 * The zones that fit what was typed: those first whose city begins with it.
 * @param {string} text
 * @param {readonly string[]} zones
 * @returns {string[]} at most 8
 */
export function zonesFor(text, zones) {
    const sought = plain(text);
    if (!sought) return [];
    /** @type {[number, string][]} */
    const found = [];
    for (const zone of zones) {
        const name = plain(zone);
        const city = name.slice(name.lastIndexOf("/") + 1);
        if (name === sought || city === sought) found.push([0, zone]);
        else if (city.startsWith(sought)) found.push([1, zone]);
        else if (name.startsWith(sought) || name.split(/[ /]/u).some((word) => word.startsWith(sought))) {
            found.push([2, zone]);
        } else if (name.includes(sought)) found.push([3, zone]);
    }
    return found.sort((a, b) => a[0] - b[0]).slice(0, MOST).map(([, zone]) => zone);
}

/**
 * The zone that was written out, whatever its case and whether with "_" or a space.
 * @param {string} text
 * @param {readonly string[]} zones
 * @returns {string|null}
 */
export function zoneNamed(text, zones) {
    const sought = plain(text);
    return zones.find((zone) => plain(zone) === sought) ?? null;
}

/**
 * @param {string} zone
 * @param {Date} now
 * @param {string} locale
 * @returns {string} what its clocks say, such as "14:05, GMT+1"; "" for a zone that this browser does not know
 */
export function clockIn(zone, now, locale) {
    try {
        const parts = (/** @type {Intl.DateTimeFormatOptions} */ options) => (
            new Intl.DateTimeFormat(locale, { timeZone: zone, ...options }));
        const offset = parts({ timeZoneName: "shortOffset" }).formatToParts(now)
            .find(({ type }) => type === "timeZoneName")?.value ?? "";
        return `${parts({ timeStyle: "short" }).format(now)}, ${offset}`;
    } catch {
        return "";
    }
}
