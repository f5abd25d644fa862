/**
 * Markdown as the plain words that it shows, for where there is room for a line or two. It goes by what
 * `lib/markdown.js` understands; what that leaves as it is written stays here too. Every letter is looked at a fixed
 * number of times, whatever the text.
 * @typedef {{text: string, dropped: Uint8Array, swapped: Map<number, string>}} Sheet `dropped`: 1 for each UTF-16 code
 *   unit that is not shown; `swapped`: what stands for one that is shown otherwise
 * @typedef {{strong: number, del: number, star: number, line: number}} Open where a mark has begun; -1 for none
 */

/** Without one of these a text is as plain as it can be. */
const MARK = /[\\`*_~[#>+-]/u;
const BULLET = "•";
const BOXES = Object.freeze({ " ": "☐", x: "☑", X: "☑" });
/** How many quotes, lists and headings one line can be in. */
const DEEPEST = 6;

const PREFIX = /[ \t]*(?:(?<quote>>) ?|(?<heading>#{1,6})[ \t]+(?=\S)|(?<item>[-*+])[ \t]+(?=\S))/uy;
const BOX = /\[([ xX])\][ \t]+/uy;
const FENCE = /^[ \t]{0,3}(?:```|~~~)/u;
const RULE = /^[ \t]*(?:-[ \t]*-[ \t]*-[- \t]*|\*[ \t]*\*[ \t]*\*[* \t]*|_[ \t]*_[ \t]*_[_ \t]*)$/u;
const ADDRESS = /https?:\/\/[^\s<>"'`()[\]*]+/uy;
const LINKED = /(?:https?:|mailto:)[^\s()<>]+\)/iuy;
const PUNCTUATION = /[!-/:-@[-`{-~]/u;
const LETTER = /[\p{L}\p{N}_]/u;

/**
 * @param {string} markdown
 * @returns {string} its words in the same lines; what a list begins a line with is a "•" or a box
 */
export function plainText(markdown) {
    if (!MARK.test(markdown)) return markdown;
    /** @type {Sheet} */
    const sheet = { text: markdown, dropped: new Uint8Array(markdown.length), swapped: new Map() };
    const open = { strong: -1, del: -1, star: -1, line: -1 };
    let isCode = false;
    for (let from = 0; from <= markdown.length;) {
        const found = markdown.indexOf("\n", from);
        const to = found < 0 ? markdown.length : found;
        const line = markdown.slice(from, to).trimEnd();
        const isFence = FENCE.test(line);
        if (isFence) isCode = !isCode;
        if (isFence || (!isCode && RULE.test(line))) sheet.dropped.fill(1, from, to);
        else if (!isCode) {
            if (!line) open.strong = open.del = -1;
            open.star = open.line = -1;
            readLine(sheet, from, from + line.length, open);
        }
        from = to + 1;
    }
    return shown(sheet).trim();
}

/** @param {Sheet} sheet */
function shown({ text, dropped, swapped }) {
    let words = "";
    let from = 0;
    for (let at = 0; at < text.length; at += 1) {
        const other = swapped.get(at);
        if (!dropped[at] && other === undefined) continue;
        words += text.slice(from, at) + (other ?? "");
        from = at + 1;
    }
    return words + text.slice(from);
}

/**
 * @param {Sheet} sheet
 * @param {number} from
 * @param {number} to
 * @param {Open} open
 */
function readLine(sheet, from, to, open) {
    const { text, dropped, swapped } = sheet;
    let at = from;
    for (let depth = 0; depth < DEEPEST; depth += 1) {
        PREFIX.lastIndex = at;
        const found = PREFIX.exec(text);
        if (!found || PREFIX.lastIndex > to) break;
        const { heading, item } = found.groups ?? {};
        // A list, a quote or a heading begins anew.
        open.strong = open.del = -1;
        const end = at + found[0].length;
        dropped.fill(1, at, end);
        at = end;
        if (heading) {
            readInline(sheet, at, withoutHashes(sheet, at, to), open);
            return;
        }
        if (!item) continue;
        at = readBox(sheet, end, to);
        if (at === end) swapped.set(end - 1, `${BULLET} `);
    }
    readInline(sheet, at, to, open);
}

/**
 * @param {Sheet} sheet
 * @param {number} at after the mark of an item
 * @param {number} to
 * @returns {number} where its words begin
 */
function readBox({ text, dropped, swapped }, at, to) {
    BOX.lastIndex = at;
    const box = BOX.exec(text);
    if (!box || BOX.lastIndex > to) return at;
    const end = at + box[0].length;
    dropped.fill(1, at, end);
    swapped.set(end - 1, `${BOXES[/** @type {keyof BOXES} */ (box[1])]} `);
    return end;
}

/**
 * Drops the signs that may close a heading.
 * @param {Sheet} sheet
 * @param {number} from
 * @param {number} to
 * @returns {number} where its words end
 */
function withoutHashes({ text, dropped }, from, to) {
    let end = to;
    while (end > from && text[end - 1] === "#") end -= 1;
    if (end === to || (end > from && !/\s/u.test(text[end - 1]))) return to;
    while (end > from && /\s/u.test(text[end - 1])) end -= 1;
    dropped.fill(1, end, to);
    return end;
}

/**
 * @param {Sheet} sheet
 * @param {number} from
 * @param {number} to
 * @param {Open} open
 */
function readInline(sheet, from, to, open) {
    const { text, dropped } = sheet;
    let label = -1;
    let at = from;
    while (at < to) {
        const sign = text[at];
        if (sign === "\\" && at + 1 < to && PUNCTUATION.test(text[at + 1])) {
            dropped[at] = 1;
            at += 2;
        } else if (sign === "`") at = readCode(sheet, at, to);
        else if (sign === "[") {
            label = at;
            at += 1;
        } else if (sign === "]") {
            at = readLink(sheet, label, at, to);
            label = -1;
        } else if (sign === "*" || sign === "_" || sign === "~") at = readEmphasis(sheet, at, to, open);
        else if (sign === "h") at = afterAddress(text, at, to);
        else at += 1;
    }
}

/** @param {Sheet} sheet @param {number} at of a "`" @param {number} to @returns {number} where to go on */
function readCode({ text, dropped }, at, to) {
    const end = text.indexOf("`", at + 1);
    if (end < 0 || end >= to || end === at + 1) return at + 1;
    dropped[at] = dropped[end] = 1;
    return end + 1;
}

/**
 * @param {Sheet} sheet
 * @param {number} label of the last "[", -1 for none
 * @param {number} at of a "]"
 * @param {number} to
 * @returns {number} where to go on
 */
function readLink({ text, dropped }, label, at, to) {
    if (label < 0 || at === label + 1 || text[at + 1] !== "(") return at + 1;
    LINKED.lastIndex = at + 2;
    if (!LINKED.test(text) || LINKED.lastIndex > to) return at + 1;
    // A picture is shown by what it is called.
    if (text[label - 1] === "!" && !dropped[label - 1]) dropped[label - 1] = 1;
    dropped[label] = 1;
    dropped.fill(1, at, LINKED.lastIndex);
    return LINKED.lastIndex;
}

/** @param {string} text @param {number} at @param {number} to @returns {number} behind an address, if one is here */
function afterAddress(text, at, to) {
    ADDRESS.lastIndex = at;
    if (!ADDRESS.test(text)) return at + 1;
    let end = Math.min(ADDRESS.lastIndex, to);
    while (text[end - 1] === "_" || text[end - 1] === "~") end -= 1;
    return end;
}

/**
 * Bold, slanted or struck out words begin before a letter and end behind one.
 * @param {Sheet} sheet
 * @param {number} at of "*", "_" or "~"
 * @param {number} to
 * @param {Open} open
 * @returns {number} where to go on
 */
function readEmphasis({ text, dropped }, at, to, open) {
    const sign = text[at];
    const isDouble = sign !== "_" && text[at + 1] === sign && at + 1 < to;
    if (sign === "~" && !isDouble) return at + 1;
    // Two of them are part of a name.
    if (sign === "_" && (text[at + 1] === "_" || text[at - 1] === "_")) return at + 1;
    const kind = sign === "~" ? "del" : sign === "_" ? "line" : isDouble ? "strong" : "star";
    const end = at + (isDouble ? 2 : 1);
    const isAfterWord = at > 0 && !/\s/u.test(text[at - 1]);
    const isBeforeWord = end < to && !/\s/u.test(text[end]);
    const begun = open[kind];
    const closes = begun >= 0 && isAfterWord && at > begun + (end - at)
        && (kind !== "line" || end >= to || !LETTER.test(text[end]));
    if (closes) {
        dropped.fill(1, begun, begun + (end - at));
        dropped.fill(1, at, end);
        open[kind] = -1;
    } else if (isBeforeWord && (kind !== "line" || at === 0 || !LETTER.test(text[at - 1]))) open[kind] = at;
    return end;
}
