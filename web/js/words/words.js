/**
 * The words of the page in the reader's language. Each area has a table per language (`en/<area>.js`,
 * `de/<area>.js`) with the same keys, "<area>.<what>"; a word with a count is `{one, other}`, chosen by the
 * language's own rule of plurals, and "{name}" stands for a value.
 *
 * Tables hold text only; it becomes text nodes and attributes, never markup. Words are known once `speak` is done, so
 * no module says anything while it is being loaded.
 */

import { WORDS as ENGLISH } from "./en/index.js";

/**
 * @typedef {string|{one: string, other: string}} Word
 * @typedef {Record<string, Word>} Words
 */

/** The languages that the page speaks, by their names in themselves. */
export const LANGUAGES = Object.freeze({ en: "English", de: "Deutsch" });

/** How the tables of other languages than English are had: only whoever reads one loads it. */
const TABLES = Object.freeze({ de: () => import("./de/index.js") });

/** @type {Words} */
let words = ENGLISH;
let tag = "en";
let plurals = new Intl.PluralRules(tag);
/** Made when it is needed: a browser takes as long for its first one as for all else that is said on a page.
 * @type {Intl.NumberFormat|null} */
let numbers = null;

/**
 * The first of the wanted locales whose language the page speaks, else "en".
 * @param {readonly string[]} wanted BCP 47 tags, the best first
 * @returns {string} one of them, region and all, for `Intl`
 */
export function spoken(wanted) {
    return wanted.find((one) => languageOf(one) in LANGUAGES) ?? "en";
}

/**
 * @param {string} locale
 * @returns {string} "de" of "de-AT"
 */
function languageOf(locale) {
    return locale.split(/[-_]/u)[0].toLowerCase();
}

/**
 * Speaks the language of `locale` from now on; what is on the page already stays as it was said.
 * @param {string} locale a BCP 47 tag whose language is one of `LANGUAGES`
 */
export async function speak(locale) {
    const table = TABLES[/** @type {keyof TABLES} */ (languageOf(locale))];
    words = table ? (await table()).WORDS : ENGLISH;
    tag = isTag(locale) ? locale : languageOf(locale);
    plurals = new Intl.PluralRules(tag);
    numbers = null;
}

/** @param {string} locale @returns {boolean} whether `Intl` takes it */
function isTag(locale) {
    try {
        return Intl.getCanonicalLocales(locale).length === 1;
    } catch {
        return false;
    }
}

/** @returns {string} the BCP 47 tag spoken now, for `Intl` and `lang` */
export function locale() {
    return tag;
}

/** @returns {string} the language spoken now without its region, one of `LANGUAGES` */
export function language() {
    return languageOf(tag);
}

/** @returns {string} the locale for a line of words that the server reads, which knows tags of up to three parts */
export function readLocale() {
    return /^(?:en|de)(?:-[A-Za-z0-9]{1,8}){0,2}$/iu.test(tag) && tag.length <= 20 ? tag : language();
}

/** @param {string} locale @returns {"ltr"|"rtl"} the direction in which it is written */
export function direction(locale) {
    // Those spoken here are written in one direction, unless the tag names a script; to look it up takes a while.
    if (languageOf(locale) in LANGUAGES && !/-[a-z]{4}(?:-|$)/iu.test(locale)) return "ltr";
    const script = new Intl.Locale(locale).maximize().script ?? "";
    return ["Arab", "Hebr", "Syrc", "Thaa", "Nkoo", "Adlm", "Rohg"].includes(script) ? "rtl" : "ltr";
}

/**
 * @param {string} key "<area>.<what>"
 * @param {Record<string, string|number>} [values] for the places in braces; `count` chooses between one and other.
 *   Numbers are written as the locale writes them
 * @returns {string} the words, in English where a table lacks them, the key where nobody knows it
 */
export function say(key, values = {}) {
    const word = words[key] ?? ENGLISH[key] ?? key;
    const form = typeof word === "string" ? word
        : word[plurals.select(Number(values.count ?? 0)) === "one" ? "one" : "other"];
    return form.replace(/\{(\w+)\}/gu, (place, name) => (name in values ? written(values[name]) : place));
}

/** @param {string|number} value */
function written(value) { return typeof value === "number" ? count(value) : value; }

/** @param {number} number @returns {string} as the locale writes it */
export function count(number) {
    // Every locale of the languages spoken here writes these as they are, unless its tag asks for other digits.
    if (Number.isInteger(number) && number >= 0 && number < 1_000 && !tag.includes("-u-")) return String(number);
    numbers ??= new Intl.NumberFormat(tag);
    return numbers.format(number);
}

/** @param {readonly string[]} items @returns {string} "A, B and C" */
export function listed(items) {
    return new Intl.ListFormat(tag, { style: "long", type: "conjunction" }).format(items);
}
