/** Where two texts differ, so that an eye finds it. */

/** How much of what is the same on both sides is shown before and after what differs, in characters. */
const CONTEXT = 60;

/**
 * @typedef {{before: string, changed: string, after: string}} Side `before` and `after` are the same on both sides,
 *   and shortened by an ellipsis where they are long
 */

/**
 * Parts two texts into what they share at both ends and what differs between, at the borders of words.
 * @param {string} mine
 * @param {string} theirs
 * @returns {{mine: Side, theirs: Side}}
 */
export function compare(mine, theirs) {
    const one = pieces(mine);
    const other = pieces(theirs);
    const most = Math.min(one.length, other.length);
    let start = 0;
    while (start < most && one[start] === other[start]) start += 1;
    let end = 0;
    while (end < most - start && one.at(-1 - end) === other.at(-1 - end)) end += 1;
    const side = (/** @type {string[]} */ all) => ({
        before: tail(all.slice(0, start).join("")), changed: all.slice(start, all.length - end).join(""),
        after: head(all.slice(all.length - end).join("")),
    });
    return { mine: side(one), theirs: side(other) };
}

/** @param {string} text @returns {string[]} words and what stands between them */
function pieces(text) { return text.match(/[\p{L}\p{M}\p{N}]+|[^\p{L}\p{M}\p{N}]/gu) ?? []; }

/** @param {string} text */
function tail(text) {
    const points = Array.from(text);
    return points.length <= CONTEXT ? text : `…${points.slice(-CONTEXT).join("").trimStart()}`;
}

/** @param {string} text */
function head(text) {
    const points = Array.from(text);
    return points.length <= CONTEXT ? text : `${points.slice(0, CONTEXT).join("").trimEnd()}…`;
}
