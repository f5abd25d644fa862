/** The language that this device speaks: what its person has chosen, kept here so that the page begins in it. */

/** Where it is kept; without it the device's own languages count. */
export const LANGUAGE = "errand.locale";

/**
 * @param {Storage} kept
 * @param {string|null} locale null for what the device says
 * @returns {boolean} whether this browser keeps it
 */
export function keepLanguage(kept, locale) {
    try {
        if (locale) kept.setItem(LANGUAGE, locale);
        else kept.removeItem(LANGUAGE);
        return kept.getItem(LANGUAGE) === locale;
    } catch {
        return false;
    }
}

/**
 * Whether a page that speaks another language than its person has chosen, perhaps on another device, must begin again.
 * @param {{locale?: string|null}} user
 * @param {Storage} kept
 */
export function followsLanguage({ locale }, kept) {
    if (locale === undefined) return false;
    try {
        return kept.getItem(LANGUAGE) !== locale && keepLanguage(kept, locale);
    } catch {
        return false;
    }
}
