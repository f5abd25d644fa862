/** Which language the page speaks on this device, and for the person who is signed in. */

import { direction, locale, speak, spoken } from "./words/words.js";

/** Where this device keeps the language that its person has chosen; without one the browser's languages count. */
const LANGUAGE = "errand.locale";

/**
 * @typedef {{localStorage: Pick<Storage, "getItem"|"setItem"|"removeItem">, navigator: Pick<Navigator, "languages">,
 *   document: Pick<Document, "documentElement">}} Place the window, as far as it matters
 * @typedef {{locale?: string|null}} Chooser a person; null is the device's language, undefined says nothing
 */

/**
 * @param {Place} place
 * @returns {string|null} null where nothing is kept, or nothing may be
 */
function kept(place) {
    try {
        return place.localStorage.getItem(LANGUAGE);
    } catch {
        return null;
    }
}

/**
 * @param {Place} place
 * @param {string|null} chosen
 */
function keep(place, chosen) {
    try {
        if (chosen) place.localStorage.setItem(LANGUAGE, chosen);
        else place.localStorage.removeItem(LANGUAGE);
    } catch {
        // Storage is closed to this page: what is chosen comes with the person each time.
    }
}

/** @param {Place} place @param {string} wanted */
async function speakHere({ document }, wanted) {
    await speak(wanted);
    document.documentElement.lang = locale();
    document.documentElement.dir = direction(locale());
}

/**
 * Speaks what was chosen on this device, or else what its browser prefers.
 * @param {Place} place
 */
export async function begin(place) {
    const chosen = kept(place);
    const wanted = spoken(chosen ? [chosen, ...place.navigator.languages] : place.navigator.languages);
    try {
        await speakHere(place, wanted);
    } catch {
        // Its words cannot be had now, as without a network: English is always there.
        await speakHere(place, "en");
    }
}

/**
 * What the page is to speak for a person.
 * @param {Place} place
 * @param {Chooser|null} user
 * @returns {string|null} null where it is spoken already
 */
export function wantedFor(place, user) {
    if (!user || user.locale === undefined) return null;
    const wanted = spoken(user.locale ? [user.locale] : place.navigator.languages);
    return wanted === locale() && (user.locale ?? null) === kept(place) ? null : wanted;
}

/**
 * Speaks as a person has chosen, from now on and the next time.
 * @param {Place} place
 * @param {Chooser} user
 * @returns {Promise<boolean>} whether another language, or region, is spoken now; false too where it cannot be had
 */
export async function follow(place, user) {
    const wanted = wantedFor(place, user);
    if (!wanted) return false;
    const before = locale();
    try {
        await speakHere(place, wanted);
    } catch {
        // Its words cannot be had now: what was spoken before goes on.
        return false;
    }
    keep(place, user.locale ?? null);
    return locale() !== before;
}
