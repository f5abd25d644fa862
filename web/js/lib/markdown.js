/**
 * Markdown as a tree of plain objects: never HTML. What is not understood stays text. Length, nesting and reach of
 * every mark are bounded, so that no text takes long.
 * @typedef {{kind: "text"|"code", text: string} | {kind: "strong"|"em"|"del", parts: Inline[]}
 *   | {kind: "link", href: string, parts: Inline[]}} Inline
 * @typedef {{checked: boolean|null, blocks: Block[]}} Item
 * @typedef {{kind: "paragraph", parts: Inline[]} | {kind: "heading", level: number, parts: Inline[]}
 *   | {kind: "code", text: string} | {kind: "quote", blocks: Block[]} | {kind: "rule"}
 *   | {kind: "list", start: number|null, items: Item[]}} Block
 */

/** In UTF-16 code units; what lies behind is shown as one plain paragraph. */
const MOST = 10_000;
const DEEPEST = 6;

const FENCE = /^ {0,3}(```+|~~~+)/u;
const HEADING = /^ {0,3}(#{1,6})\s+(.*?)\s*#*\s*$/u;
const RULE = /^ {0,3}([-*_])(?:\s*\1){2,}\s*$/u;
const QUOTE = /^ {0,3}> ?/u;
const ITEM = /^( {0,3})([-*+]|\d{1,9}[.)])(\s+)(\S.*)$/u;
const MARKS = new RegExp([
    String.raw`\\(?<escaped>[!-/:-@\[-\x60{-~])`,
    String.raw`\x60(?<code>[^\x60\n]{1,500})\x60`,
    String.raw`\[(?<label>[^\[\]\n]{1,300})\]\((?<href>[^\s()<>]{1,2000})\)`,
    String.raw`\*\*(?<strong>[^\s*](?:.{0,500}?[^\s])??)\*\*`,
    String.raw`~~(?<del>[^\s~](?:.{0,500}?[^\s])??)~~`,
    String.raw`\*(?<star>[^\s*](?:[^*\n]{0,500}[^\s*])?)\*`,
    String.raw`(?<![\p{L}\p{N}_])_(?<line>[^\s_](?:[^_\n]{0,500}[^\s_])?)_(?![\p{L}\p{N}_])`,
    String.raw`(?<bare>https?://[^\s<>"'\x60]{1,2000})`,
].join("|"), "gsu");

/**
 * @param {string} address
 * @returns {string|null} the address where it is one of http, https or mailto, without a name and a password in it
 */
export function safeAddress(address) {
    try {
        const url = new URL(address);
        if (!["http:", "https:", "mailto:"].includes(url.protocol) || url.username || url.password) return null;
        return url.href;
    } catch { return null; }
}

/**
 * @param {string} text
 * @returns {Block[]}
 */
export function parseMarkdown(text) {
    const found = blocks(text.slice(0, MOST).split(/\r\n|\n|\r/u), 0);
    const rest = text.slice(MOST);
    return rest ? [...found, { kind: "paragraph", parts: [{ kind: "text", text: rest }] }] : found;
}

/**
 * @param {string[]} lines
 * @param {number} depth
 * @returns {Block[]}
 */
function blocks(lines, depth) {
    if (depth >= DEEPEST) return [{ kind: "paragraph", parts: [{ kind: "text", text: lines.join("\n") }] }];
    /** @type {Block[]} */
    const found = [];
    let place = 0;
    while (place < lines.length) {
        if (!lines[place].trim()) { place += 1; continue; }
        const [block, next] = blockAt(lines, place, depth);
        found.push(block);
        place = next;
    }
    return found;
}

/**
 * @param {string[]} lines
 * @param {number} place of a line that is not blank
 * @param {number} depth
 * @returns {[Block, number]} the block and where the next one may begin
 */
function blockAt(lines, place, depth) {
    const line = lines[place];
    const fence = FENCE.exec(line);
    if (fence) {
        let end = place + 1;
        while (end < lines.length && !lines[end].trim().startsWith(fence[1])) end += 1;
        return [{ kind: "code", text: lines.slice(place + 1, end).join("\n") }, end + 1];
    }
    const heading = HEADING.exec(line);
    if (heading) return [{ kind: "heading", level: heading[1].length, parts: inline(heading[2], 0) }, place + 1];
    if (RULE.test(line)) return [{ kind: "rule" }, place + 1];
    if (QUOTE.test(line)) {
        let end = place;
        while (end < lines.length && QUOTE.test(lines[end])) end += 1;
        const inside = lines.slice(place, end).map((one) => one.replace(QUOTE, ""));
        return [{ kind: "quote", blocks: blocks(inside, depth + 1) }, end];
    }
    if (ITEM.test(line)) return list(lines, place, depth);
    let end = place + 1;
    while (end < lines.length && lines[end].trim() && !startsBlock(lines[end])) end += 1;
    return [{ kind: "paragraph", parts: inline(lines.slice(place, end).join("\n").trim(), 0) }, end];
}

/** @param {string} line */
function startsBlock(line) {
    return [FENCE, HEADING, RULE, QUOTE, ITEM].some((pattern) => pattern.test(line));
}

/**
 * @param {string[]} lines
 * @param {number} place
 * @param {number} depth
 * @returns {[Block, number]}
 */
function list(lines, place, depth) {
    const isNumbered = (/** @type {string} */ sign) => /^\d/u.test(sign);
    const first = /** @type {RegExpExecArray} */ (ITEM.exec(lines[place]));
    /** @type {Item[]} */
    const items = [];
    let at = place;
    while (at < lines.length) {
        const start = ITEM.exec(lines[at]);
        if (!start || RULE.test(lines[at]) || isNumbered(start[2]) !== isNumbered(first[2])) break;
        const box = /^\[([ xX])\]\s+(.*)$/u.exec(start[4]);
        const inside = [box ? box[2] : start[4]];
        const indent = start[1].length + 2;
        at += 1;
        while (at < lines.length && lines[at].trim() && /^ */u.exec(lines[at])?.[0].length >= indent) {
            inside.push(lines[at].slice(indent));
            at += 1;
        }
        items.push({ checked: box ? box[1] !== " " : null, blocks: blocks(inside, depth + 1) });
    }
    return [{ kind: "list", start: isNumbered(first[2]) ? Number.parseInt(first[2], 10) : null, items }, at];
}

/**
 * @param {string} text
 * @param {number} depth
 * @returns {Inline[]}
 */
function inline(text, depth) {
    if (depth >= DEEPEST) return [{ kind: "text", text }];
    /** @type {Inline[]} */
    const parts = [];
    let place = 0;
    for (const match of text.matchAll(MARKS)) {
        const part = mark(match.groups ?? {}, depth);
        if (!part) continue;
        if (match.index > place) parts.push({ kind: "text", text: text.slice(place, match.index) });
        parts.push(part.inline);
        place = match.index + (part.length ?? match[0].length);
    }
    if (place < text.length) parts.push({ kind: "text", text: text.slice(place) });
    return parts;
}

/**
 * @param {Record<string, string|undefined>} found
 * @param {number} depth
 * @returns {{inline: Inline, length?: number}|null} null for what stays as it is written
 */
function mark({ escaped, code, label, href, strong, del, star, line, bare }, depth) {
    if (escaped) return { inline: { kind: "text", text: escaped } };
    if (code) return { inline: { kind: "code", text: code } };
    if (label && href) {
        const address = safeAddress(href);
        return address ? { inline: { kind: "link", href: address, parts: [{ kind: "text", text: label }] } } : null;
    }
    if (strong) return { inline: { kind: "strong", parts: inline(strong, depth + 1) } };
    if (del) return { inline: { kind: "del", parts: inline(del, depth + 1) } };
    if (star || line) return { inline: { kind: "em", parts: inline(star ?? line ?? "", depth + 1) } };
    if (!bare) return null;
    // The end of a sentence is no part of the address.
    const shown = bare.replace(/[.,;:!?)\]*_~]+$/u, "");
    const address = safeAddress(shown);
    if (!address) return null;
    return { inline: { kind: "link", href: address, parts: [{ kind: "text", text: shown }] }, length: shown.length };
}
