/**
 * Filter expressions as people write them: what can come next, what a list comes to as one, where one is mistaken.
 * The server alone reads them; nothing here decides what an expression means.
 * @typedef {{text: string, word: string}} Completion `word`: the key of what it says, "" for a tag
 * @typedef {{from: number, to: number, items: Completion[]}} Completions what takes the place of `from` up to `to`
 */

/** What a condition can be, in the order in which it is offered; `word`: what it says, as in "saved.word.today". */
const CONDITIONS = Object.freeze([
    ["today", "today"], ["overdue", "overdue"], ["tomorrow", "tomorrow"], ["due: week", "week"],
    ["due before: ", "before"], ["due after: ", "after"], ["no date", "noDate"],
    ["p1", "urgent"], ["p2", "high"], ["p3", "medium"], ["p4", "low"], ["no tags", "noTags"],
    ["recurring", "recurring"], ["has reminders", "reminders"], ["search: ", "search"], ["created after: ", "made"],
    ["open", "open"], ["done", "done"],
]);
const OPERATORS = Object.freeze([["& ", "and"], ["| ", "or"]]);

/** Days that can follow "due before:" and its like. */
const DAYS = Object.freeze(["today", "tomorrow", "friday", "next monday", "7 days", "30 days"]);

/** How many are offered at once. */
const MOST = 9;

/** What ends a condition, wherever it stands outside of quotation marks. */
const ENDS = /[&|!()]/u;

/**
 * @param {string} tag
 * @returns {string} as an expression names it
 */
export function tagCondition(tag) {
    return /[\s&|!()#,:"]/u.test(tag) ? `#"${tag.replaceAll('"', "")}"` : `#${tag}`;
}

/**
 * @param {string} text
 * @param {number} caret in UTF-16 code units
 * @param {readonly string[]} tags
 * @returns {Completions}
 */
export function completionsAt(text, caret, tags) {
    const before = text.slice(0, caret);
    const start = conditionStart(before);
    const condition = before.slice(start);
    const hash = condition.lastIndexOf("#");
    if (hash >= 0 && !/\s/u.test(condition.slice(hash).replace(/^#"/u, ""))) {
        return ofTags(condition.slice(hash), start + hash, caret, tags);
    }
    const day = /(?:before|after|due):\s*(?<part>[^:]*)$/u.exec(condition.toLowerCase());
    if (day) return ofDays(day.groups?.part ?? "", caret);
    if (/search:/iu.test(condition)) return { from: caret, to: caret, items: [] };
    for (const from of wordStarts(condition)) {
        const typed = condition.slice(from).toLowerCase();
        const items = CONDITIONS.filter(([one]) => one.startsWith(typed) && one.trim() !== typed);
        if (typed && items.length) return { from: start + from, to: caret, items: named(items) };
    }
    const isOver = /\S\s+$/u.test(before) && !/[&|!(]\s*$/u.test(before);
    if (isOver) return { from: caret, to: caret, items: named([...OPERATORS, ...CONDITIONS]) };
    const isEmpty = condition.trim() === "";
    return { from: caret, to: caret, items: isEmpty && !/\)$/u.test(before) ? named(CONDITIONS) : [] };
}

/** @param {string} before @returns {number} where the condition at the end begins */
function conditionStart(before) {
    let start = 0;
    let isQuoted = false;
    for (let at = 0; at < before.length; at += 1) {
        if (before[at] === '"') isQuoted = !isQuoted;
        else if (!isQuoted && ENDS.test(before[at])) start = at + 1;
    }
    while (/\s/u.test(before[start] ?? "")) start += 1;
    return start;
}

/** @param {string} condition @returns {number[]} where its words begin, the first one first */
function wordStarts(condition) {
    return [...condition.matchAll(/(?<=^|\s)\S/gu)].map(({ index }) => index);
}

/** @param {readonly (readonly string[])[]} pairs @returns {Completion[]} */
function named(pairs) {
    return pairs.slice(0, MOST).map(([text, word]) => ({ text, word: `saved.word.${word}` }));
}

/**
 * @param {string} typed from "#" on
 * @param {number} from
 * @param {number} to
 * @param {readonly string[]} tags
 */
function ofTags(typed, from, to, tags) {
    const sought = typed.replace(/^#"?/u, "").toLowerCase();
    const fits = tags.filter((tag) => tag.toLowerCase().startsWith(sought) && tagCondition(tag) !== typed);
    return { from, to, items: fits.slice(0, MOST).map((tag) => ({ text: tagCondition(tag), word: "" })) };
}

/** @param {string} typed after the colon @param {number} to */
function ofDays(typed, to) {
    const fits = DAYS.filter((day) => day.startsWith(typed) && day !== typed);
    return { from: to - typed.length, to, items: fits.map((text) => ({ text, word: "" })) };
}

/**
 * Whether an expression asks for completed tasks; others are about open ones.
 * @param {string} expression
 */
export function asksForDone(expression) {
    const plain = expression.replace(/"[^"]*"/gu, " ").replace(/search:[^&|()#]*/giu, " ");
    return /(?<![^\s&|!()])done(?![^\s&|()])/iu.test(plain);
}

/**
 * The list in which a filter is shown.
 * @param {string} expression
 * @returns {"open"|"all"}
 */
export function listOf(expression) { return asksForDone(expression) ? "all" : "open"; }

/** What the lists come to as an expression. */
const OF_LISTS = Object.freeze({
    today: "(overdue | today)", upcoming: "due before: 35 days & !overdue", overdue: "overdue", done: "done",
});

/**
 * What is shown, as an expression.
 * @param {import("./route.js").Query} query
 * @returns {string} "" for all that is open
 */
export function expressionOf({ filter, tag, search, expression = "" }) {
    const words = search.trim().replaceAll('"', " ").trim();
    const others = [
        expression ? "" : OF_LISTS[/** @type {keyof OF_LISTS} */ (filter)] ?? "",
        tag ? tagCondition(tag) : "", words ? `search: "${words}"` : "",
    ].filter(Boolean);
    if (!expression) return others.join(" & ");
    const own = others.length && expression.includes("|") ? `(${expression})` : expression;
    return [own, ...others].join(" & ");
}

/**
 * Where the server found an expression mistaken.
 * @param {string} detail such as "At position 8: expected a closing bracket."
 * @param {string} expression
 * @returns {{from: number, to: number, words: string}|null} the piece that is meant, in UTF-16 code units, and what was
 *   expected there
 */
export function mistakeIn(detail, expression) {
    const found = /^At position (\d+): (.*)$/su.exec(detail);
    if (!found) return null;
    const points = Array.from(expression);
    const from = points.slice(0, Number(found[1])).join("").length;
    const rest = /^[^&|()]*/u.exec(expression.slice(from))?.[0].trimEnd() ?? "";
    const words = found[2].charAt(0).toUpperCase() + found[2].slice(1);
    return { from, to: from + (rest.length || (from < expression.length ? 1 : 0)), words };
}
