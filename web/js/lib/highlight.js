/** Where the words of a search stand in a text. */

/** @typedef {{text: string, isMatch: boolean}} Piece */

/**
 * Without case and accents, letter by letter, so that places in it are places in the text.
 * @param {string} text
 */
function plain(text) {
    let letters = "";
    /** @type {number[]} */
    const places = [];
    let place = 0;
    for (const letter of text) {
        const folded = letter.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
        for (let count = 0; count < folded.length; count += 1) places.push(place);
        letters += folded;
        place += letter.length;
    }
    places.push(place);
    return { letters, places };
}

/**
 * The words and phrases that a search looks for, without those that it leaves out.
 * @param {string} search
 * @returns {string[]}
 */
export function soughtWords(search) {
    const found = [];
    for (const [, minus, phrase, word] of search.matchAll(/(-?)(?:"([^"]*)"?|([^\s"]+))/gu)) {
        const text = plain((phrase ?? word ?? "").trim()).letters;
        if (!minus && /[\p{L}\p{N}]/u.test(text)) found.push(text);
    }
    return found;
}

/**
 * A text in pieces, those that the search found marked. A word is found where one begins with it.
 * @param {string} text
 * @param {string[]} words of `soughtWords`
 * @returns {Piece[]} one piece where nothing is found
 */
export function highlighted(text, words) {
    const { letters, places } = plain(text);
    const marked = new Uint8Array(text.length);
    for (const word of words) {
        for (let at = letters.indexOf(word); at >= 0; at = letters.indexOf(word, at + 1)) {
            const isInside = at > 0 && /[\p{L}\p{N}]/u.test(letters[at - 1]) && /^[\p{Script=Latin}\p{N}]/u.test(word);
            if (!isInside) marked.fill(1, places[at], endOf(text, places, at + word.length));
        }
    }
    /** @type {Piece[]} */
    const pieces = [];
    let start = 0;
    for (let at = 1; at <= text.length; at += 1) {
        if (at < text.length && marked[at] === marked[start]) continue;
        pieces.push({ text: text.slice(start, at), isMatch: marked[start] === 1 });
        start = at;
    }
    return pieces.length ? pieces : [{ text, isMatch: false }];
}

/**
 * The end of a match, with the accents that follow its last letter.
 * @param {string} text
 * @param {number[]} places
 * @param {number} end
 */
function endOf(text, places, end) {
    let place = places[end];
    // A letter that became several ends where the next letter of the text begins.
    for (let next = end; place === places[end - 1] && next < places.length; next += 1) place = places[next];
    while (/^\p{M}/u.test(text.slice(place, place + 1))) place += 1;
    return place;
}
