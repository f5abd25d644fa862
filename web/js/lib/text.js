/** Words and what people type. */

/**
 * @param {string} text
 * @returns {number} length in code points, as the server counts
 */
export function codePoints(text) {
    return Array.from(text).length;
}

/** What nobody sees: joiners, direction marks, soft hyphens, variation selectors. */
const INVISIBLE = /[\p{Cf}\u{34F}\u{FE00}-\u{FE0F}\u{E0100}-\u{E01EF}]/gu;

/**
 * The form in which tags are compared, as the server does (`TagKey`): without case, width and what nobody sees.
 * Accents count; all of I, ı, İ and i are one letter.
 * @param {string} text
 * @returns {string}
 */
export function fold(text) {
    const plain = text.normalize("NFKC").replace(INVISIBLE, "");
    // What has no one-to-one lower case (ß and SS, the two sigmas) meets in upper case.
    const folded = plain.toLowerCase().toUpperCase().toLowerCase().replace(/ς/gu, "σ").replace(/i\u0307/gu, "i");
    return folded.normalize("NFKC");
}

/**
 * Tags from one line: parted by commas, a leading "#" dropped, doubles dropped.
 * @param {string} line
 * @returns {string[]}
 */
export function parseTags(line) {
    /** @type {Map<string, string>} */
    const found = new Map();
    for (const piece of line.split(",")) {
        const tag = piece.trim().replace(/^#+/u, "").trim();
        if (tag && !found.has(fold(tag))) found.set(fold(tag), tag);
    }
    return [...found.values()];
}

/**
 * @param {string} text
 * @param {number} [limit] in code points
 * @returns {string} a short form for messages
 */
export function shorten(text, limit = 40) {
    // There are no more code points than units.
    if (text.length <= limit) return text;
    const points = Array.from(text);
    return points.length <= limit ? text : `${points.slice(0, limit - 1).join("").trimEnd()}…`;
}

/**
 * The first part of a JSON pointer, without "~0" and "~1" escapes: the name of a field.
 * @param {string} [pointer]
 * @returns {string}
 */
export function fieldOf(pointer = "") {
    const [, first = ""] = pointer.split("/");
    return first.replaceAll("~1", "/").replaceAll("~0", "~");
}

/**
 * Messages for fields out of a problem's `errors`; the first one of each field counts.
 * @param {{pointer?: string, detail?: string}[]} [errors]
 * @returns {Record<string, string>}
 */
export function fieldMessages(errors = []) {
    /** @type {Record<string, string>} */
    const messages = {};
    for (const { pointer, detail } of errors) {
        const field = fieldOf(pointer);
        if (field && !(field in messages)) messages[field] = detail ?? "";
    }
    return messages;
}

/** How many colours tags have; `tokens.css` holds them. */
export const TAG_TONES = 8;

/** Tones by name: a long list asks for the same few again and again. @type {Map<string, number>} */
const tones = new Map();
const MOST_TONES = 2_000;

/**
 * The colour of a tag: the same on every device and for every spelling.
 * @param {string} name
 * @returns {number} 0 … TAG_TONES - 1
 */
export function toneOf(name) {
    const known = tones.get(name);
    if (known !== undefined) return known;
    if (tones.size >= MOST_TONES) tones.clear();
    const tone = hashOf(name) % TAG_TONES;
    tones.set(name, tone);
    return tone;
}

/** @param {string} name @returns {number} 0 … 2^32 - 1 */
function hashOf(name) {
    // FNV-1a, http://www.isthe.com/chongo/tech/comp/fnv/ : short names spread well, and it needs no table.
    let hash = 0x811c9dc5;
    for (const letter of fold(name)) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193) >>> 0;
    return ((hash >>> 16) ^ hash) >>> 0;
}

/**
 * The tags that may be meant by what was typed so far: those first that begin with it, then the most used.
 * @template {{name: string, count: number}} T
 * @param {readonly T[]} tags
 * @param {string} typed
 * @param {{taken?: readonly string[], most?: number}} [options] `taken`: those that are left out
 * @returns {T[]}
 */
export function suggestTags(tags, typed, { taken = [], most = 6 } = {}) {
    const sought = fold(typed.trim().replace(/^#+/u, "").trim());
    const out = new Set(taken.map(fold));
    const place = (/** @type {T} */ { name }) => {
        const at = fold(name).indexOf(sought);
        return at === 0 ? 0 : at < 0 ? -1 : 1;
    };
    return tags.filter((tag) => place(tag) >= 0 && !out.has(fold(tag.name)))
        .map((tag, order) => ({ tag, order, at: place(tag) }))
        .sort((a, b) => a.at - b.at || b.tag.count - a.tag.count || a.order - b.order)
        .slice(0, most).map(({ tag }) => tag);
}
