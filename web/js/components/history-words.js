/** What an entry of the audit log says about a task, as sentences with the values before and after. */

import { fold, shorten } from "../lib/text.js";
import { say } from "../words/words.js";
import { dueText, listText, remindersText, ruleText } from "./value-words.js";

/**
 * @typedef {import("../store/history.js").Entry} Entry
 * @typedef {{text: string, before: string, after: string}} Line `before` and `after` are "" where the sentence says it
 * @typedef {{zone: string, today: string, rule: import("./value-words.js").Rule|null}} Reader `rule`: that of the
 *   task now
 */

/** How much of a long text is shown, in code points. */
const MOST = 120;
const DOORS = Object.freeze(["cli", "api", "mcp", "caldav"]);
const ACTS = Object.freeze(["completed", "reopened", "skipped", "deleted", "restored"]);

/**
 * Who did it, as a sentence begins with it.
 * @param {Entry["actor"]} actor
 * @returns {string}
 */
export function actorWords({ kind, name = "", via }) {
    if (kind === "agent") return name ? say("history.agent", { name }) : say("history.chat");
    if (via === "chat") return say("history.chat");
    if (kind === "user") return say("history.you");
    if (kind === "token") return say("history.program");
    if (kind === "rule") return say(name === "recurring-task-service" ? "history.recurrence" : "history.service");
    return say("history.somebody");
}

/**
 * By which door, where that is not the page or the chat.
 * @param {Entry["actor"]} actor
 * @returns {string}
 */
export function doorWords({ via = "" }) { return DOORS.includes(via) ? say(`history.via-${via}`) : ""; }

/**
 * @param {Entry} entry
 * @param {Reader} reader
 * @returns {Line[]} at least one
 */
export function entryLines(entry, reader) {
    const who = actorWords(entry.actor);
    const act = entry.action.replace(/^task\./u, "");
    if (entry.action === "reminder.trigger") return [plain(say("history.reminded"))];
    if (act === "created") {
        return [plain(say(entry.actor.kind === "rule" ? "history.created-next" : "history.created", { who }))];
    }
    const [before, after] = [entry.before ?? {}, entry.after ?? {}];
    if (ACTS.includes(act)) {
        const line = plain(say(`history.${act}`, { who }));
        if (act !== "skipped") return [line];
        return [{ ...line, before: dueText(before.due, reader.zone), after: dueText(after.due, reader.zone) }];
    }
    const lines = Object.entries(FIELDS).filter(([name]) => name in before || name in after)
        .flatMap(([name, line]) => line({ was: before[name], is: after[name], who, reader }));
    return lines.length ? lines : [plain(say("history.other", { who }))];
}

/** @param {string} text @returns {Line} */
const plain = (text) => ({ text, before: "", after: "" });

/**
 * Each field that can change, and what is said then; an empty list where nothing that people see has changed.
 * @type {Readonly<Record<string, (change: {was: any, is: any, who: string, reader: Reader}) => Line[]>>}
 */
const FIELDS = Object.freeze({
    title: ({ was, is, who }) => [
        { text: say("history.title", { who }), before: shorten(was ?? "", MOST), after: shorten(is ?? "", MOST) },
    ],
    description: ({ was, is, who }) => {
        const key = !was ? "history.description-set" : !is ? "history.description-gone" : "history.description";
        return [{ text: say(key, { who }), before: shorten(was ?? "", MOST), after: shorten(is ?? "", MOST) }];
    },
    priority: ({ was, is, who }) => {
        const [before, after] = [was, is].map((one) => (one ? say(`history.${one}`) : ""));
        return [{ text: say("history.priority", { who, value: after }), before, after }];
    },
    due: ({ was, is, who, reader }) => {
        const [before, after] = [dueText(was, reader.zone), dueText(is, reader.zone)];
        if (!is) return [{ text: say("history.due-gone", { who }), before, after: "" }];
        return [{ text: say("history.due-set", { who, value: after }), before, after: before ? after : "" }];
    },
    tags: ({ was = [], is = [], who }) => {
        const [had, has] = [new Set(was.map(fold)), new Set(is.map(fold))];
        const added = is.filter((/** @type {string} */ one) => !had.has(fold(one)));
        const removed = was.filter((/** @type {string} */ one) => !has.has(fold(one)));
        const line = (/** @type {string} */ key, /** @type {string[]} */ names) => (names.length
            ? [plain(say(key, { who, count: names.length, value: listText(names) }))] : []);
        const lines = [...line("history.tags-added", added), ...line("history.tags-removed", removed)];
        return lines.length ? lines : [plain(say("history.tags", { who }))];
    },
    recurrence: ({ was, is, who, reader }) => {
        // The log keeps the whole series, whose template follows every change of the task.
        const [old, now] = [was?.recurrence ?? was, is?.recurrence ?? is];
        if (JSON.stringify([old?.rrule, old?.anchor]) === JSON.stringify([now?.rrule, now?.anchor])) return [];
        const [before, after] = [ruleText(old, reader.rule), ruleText(now, reader.rule)];
        if (!now) return [{ text: say("history.recurrence-gone", { who }), before, after: "" }];
        return [{ text: say("history.recurrence-set", { who, value: after }), before, after: before ? after : "" }];
    },
    reminders: ({ was = [], is = [], who, reader }) => {
        const [before, after] = [remindersText(was ?? [], reader), remindersText(is ?? [], reader)];
        if (before === after) return [];
        return [{ text: say(after ? "history.reminders-set" : "history.reminders-gone", { who }), before, after }];
    },
});
