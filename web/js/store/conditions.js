/**
 * Filter expressions that can be answered without the server, by its own grammar: conditions joined by `&` and `|` (`&`
 * binds closer, and is meant where nothing stands), `!` and brackets. Days in words ("due before: friday") are read by
 * the server alone, so an expression with one of them is not answered here.
 */

import { addDays, isOverdue, localDue, todayIn } from "../lib/dates.js";
import { fold } from "../lib/text.js";

/**
 * @typedef {import("./core.js").Task} Task
 * @typedef {{now: Date, zone: string, user: import("./core.js").User|null}} Setting
 * @typedef {(task: Task) => boolean} Condition
 * @typedef {{text: string, at: number, read: (words: string) => Condition|null}} Place
 */

/** Of the server: more than this it refuses. */
const LONGEST = 1_000;
const DEEPEST = 20;
/** How many words one condition can have that is no search. */
const MOST_WORDS = 10;

/** @type {Readonly<Record<string, string>>} */
const PRIORITIES = Object.freeze({
    p1: "urgent", p2: "high", p3: "medium", p4: "low", urgent: "urgent", high: "high", medium: "medium", low: "low",
});

/** What an expression cannot be answered for; caught here alone. */
class Unknown extends Error {}

/**
 * @param {string} expression
 * @param {Setting} setting
 * @param {(task: Task, search: string) => boolean} matches whether a task has the words of a search
 * @returns {Condition|null} null where only the server can tell
 */
export function conditionOf(expression, setting, matches) {
    if (expression.length > LONGEST) return null;
    /** @type {Place} */
    const place = { text: expression, at: 0, read: (words) => conditionIn(words, setting, matches) };
    try {
        const found = either(place, 0);
        skip(place);
        return place.at === expression.length ? found : null;
    } catch (error) {
        if (error instanceof Unknown) return null;
        throw error;
    }
}

/** @param {Place} place */
function skip(place) { while (/\s/u.test(place.text[place.at] ?? "")) place.at += 1; }

/** @param {Place} place @param {string} sign @returns {boolean} whether it was next */
function take(place, sign) {
    skip(place);
    if (place.text[place.at] !== sign) return false;
    place.at += 1;
    return true;
}

/** @param {Place} place @param {number} depth @returns {Condition} */
function either(place, depth) {
    const parts = [both(place, depth)];
    while (take(place, "|")) parts.push(both(place, depth));
    return (task) => parts.some((part) => part(task));
}

/** @param {Place} place @param {number} depth @returns {Condition} */
function both(place, depth) {
    const parts = [negated(place, depth)];
    const isBeforeMore = () => {
        skip(place);
        return place.at < place.text.length && !"|)".includes(place.text[place.at]);
    };
    while (take(place, "&") || isBeforeMore()) parts.push(negated(place, depth));
    return (task) => parts.every((part) => part(task));
}

/** @param {Place} place @param {number} depth @returns {Condition} */
function negated(place, depth) {
    if (depth > DEEPEST) throw new Unknown();
    if (take(place, "!")) {
        const inner = negated(place, depth + 1);
        return (task) => !inner(task);
    }
    if (!take(place, "(")) return condition(place);
    const inner = either(place, depth + 1);
    if (!take(place, ")")) throw new Unknown();
    return inner;
}

/** The longest run of words that is a condition. @param {Place} place @returns {Condition} */
function condition(place) {
    skip(place);
    const words = wordsAt(place);
    const counts = [words.length, ...Array.from({ length: MOST_WORDS }, (_, at) => MOST_WORDS - at)];
    for (const count of counts) {
        if (count > words.length || count === 0) continue;
        const found = place.read(words.slice(0, count).map(({ word }) => word).join(" "));
        if (!found) continue;
        place.at = words[count - 1].end;
        return found;
    }
    throw new Unknown();
}

/** Words up to an operator; a quotation is in one word with what it touches. @param {Place} place */
function wordsAt({ text, at }) {
    /** @type {{word: string, end: number}[]} */
    const words = [];
    let next = at;
    while (next < text.length && !"&|()".includes(text[next])) {
        if (/\s/u.test(text[next])) { next += 1; continue; }
        if (text[next] === "!" && next > at) break;
        const start = next;
        let isQuoted = false;
        while (next < text.length && (isQuoted || !/[\s&|()]/u.test(text[next]))) {
            if (text[next] === '"') isQuoted = !isQuoted;
            next += 1;
        }
        words.push({ word: text.slice(start, next), end: next });
    }
    return words;
}

/**
 * @param {string} words
 * @param {Setting} setting
 * @param {(task: Task, search: string) => boolean} matches
 * @returns {Condition|null}
 */
function conditionIn(words, setting, matches) {
    if (/^[#@]/u.test(words)) return tagged(words.slice(1));
    const [, name, value] = /^([^:]*):\s*(.*)$/su.exec(words) ?? [];
    if (name === undefined) return plain(words.toLowerCase(), setting);
    switch (name.trim().toLowerCase()) {
    case "search": {
        const hasTag = value.split(" ").some((word) => /^[#@]./u.test(word)) && !value.includes('"');
        return value && !hasTag ? (task) => matches(task, value) : null;
    }
    case "priority": return prioritized(value.toLowerCase());
    case "tag": case "label": return tagged(value);
    case "due": return due(value.toLowerCase(), setting);
    default: return null;
    }
}

/** @param {string} text @returns {Condition|null} */
function tagged(text) {
    const quoted = /^"(.+)"$/su.exec(text)?.[1];
    const name = quoted ?? text;
    if (!name || name.includes('"') || (quoted === undefined && /\s/u.test(name))) return null;
    const key = fold(name);
    return ({ tags }) => tags.some((tag) => fold(tag) === key);
}

/** @param {string} word @returns {Condition|null} */
function prioritized(word) {
    const priority = Object.hasOwn(PRIORITIES, word) ? PRIORITIES[word] : null;
    return priority ? (task) => task.priority === priority : null;
}

/** @param {string} word @param {Setting} setting @returns {Condition|null} */
function plain(word, setting) {
    switch (word) {
    case "overdue": case "od": return due("overdue", setting);
    case "no date": case "no due date": case "no due": return due("none", setting);
    case "today": case "tomorrow": return due(word, setting);
    case "no tags": case "no labels": case "no tag": return ({ tags }) => tags.length === 0;
    case "recurring": return ({ recurrence }) => Boolean(recurrence);
    case "done": case "completed": return ({ completed }) => completed;
    case "pending": case "open": return ({ completed }) => !completed;
    default: {
        const days = /^(?:next )?(\d{1,4}) days$/u.exec(word)?.[1];
        return days && Number(days) > 0 ? within(0, Number(days), setting) : prioritized(word);
    }
    }
}

/** @param {string} value @param {Setting} setting @returns {Condition|null} */
function due(value, setting) {
    const { now, zone, user } = setting;
    switch (value) {
    case "none": case "never": case "no date": return (task) => task.due === null;
    case "overdue":
        return (task) => !task.completed && task.due !== null && isOverdue(task.due, now, zone, user?.day_ends_at);
    case "today": return within(0, 1, setting);
    case "tomorrow": return within(1, 2, setting);
    default: return null;
    }
}

/**
 * @param {number} from in days from today
 * @param {number} to without that day
 * @param {Setting} setting
 * @returns {Condition}
 */
function within(from, to, { now, zone, user }) {
    const today = todayIn(now, zone, user?.day_ends_at);
    const [first, end] = [addDays(today, from), addDays(today, to)];
    return (task) => {
        const date = task.due && localDue(task.due, zone).date;
        return date !== null && date >= first && date < end;
    };
}
