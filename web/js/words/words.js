/**
 * The words of the page in the reader's language. Each area has a table per language (`en/<area>.js`,
 * `de/<area>.js`) with the same keys, "<area>.<what>"; a word with a count is `{one, other}`, chosen by the
 * language's own rule of plurals, and "{name}" stands for a value.
 *
 * Tables hold text only; it becomes text nodes and attributes, never markup.
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
    return locale.split("-")[0].toLowerCase();
}

/**
 * Speaks the language of `locale` from now on; what is on the page already stays as it was said.
 * @param {string} locale a BCP 47 tag whose language is one of `LANGUAGES`
 */
export async function speak(locale) {
    const table = TABLES[/** @type {keyof TABLES} */ (languageOf(locale))];
    words = table ? (await table()).WORDS : ENGLISH;
    tag = locale;
    plurals = new Intl.PluralRules(tag);
}

/** @returns {string} the BCP 47 tag spoken now, for `Intl` and `lang` */
export function locale() {
    return tag;
}

/**
 * @param {string} key "<area>.<what>"
 * @param {Record<string, string|number>} [values] for the places in braces; `count` chooses between one and other
 * @returns {string} the words, in English where a table lacks them, the key where nobody knows it
 */
export function say(key, values = {}) {
    const word = words[key] ?? ENGLISH[key] ?? key;
    const form = typeof word === "string" ? word
        : word[plurals.select(Number(values.count ?? 0)) === "one" ? "one" : "other"];
    return form.replace(/\{(\w+)\}/gu, (place, name) => (name in values ? String(values[name]) : place));
}
