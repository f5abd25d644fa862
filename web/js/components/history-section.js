/** What happened to a task, in words, the newest first; asked for when the section is opened. */

import { Problem } from "../api.js";
import { todayIn } from "../lib/dates.js";
import { say } from "../words/words.js";
import { h, setText } from "./element.js";
import { icon } from "./icon.js";
import { doorWords, entryLines } from "./history-words.js";
import { momentText } from "./value-words.js";

/**
 * @typedef {import("../api.js").Task} Task
 * @typedef {import("../store/history.js").Entry} Entry
 */

/** How long the log may need to hear of a change that the page has heard of, in milliseconds. */
const LOG_BEHIND = 400;

/** @type {Readonly<Record<string, import("./icon.js").IconName>>} */
const ICONS = Object.freeze({
    "task.created": "plus", "task.completed": "check", "task.reopened": "restore", "task.skipped": "skip",
    "task.deleted": "trash", "task.restored": "restore", "reminder.trigger": "bell",
});

export class HistorySection {
    /** @type {Task|null} */
    #task = null;
    /** @type {string|null} */
    #next = null;
    #asked = 0;

    /** @param {import("../store.js").Store} store */
    constructor(store) {
        this.store = store;
        this.list = h("ol", {
            class: "history-list", "data-testid": "history-list", "aria-label": say("history.heading"),
        });
        this.message = h("p", { class: "history-message", role: "status", hidden: true });
        this.more = h("button", {
            type: "button", class: "link", hidden: true, "data-testid": "history-more",
            on: { click: () => this.#load(this.#next) },
        }, say("history.more"));
        this.element = h(
            "details", { class: "history", "data-testid": "edit-history" },
            h("summary", { "data-testid": "history-open" }, say("history.heading")),
            this.list, this.message, this.more,
        );
        this.element.addEventListener("toggle", () => { if (this.element.open) this.#load(null); });
    }

    /** @param {Task} task the one in the panel, or what became of it */
    show(task) {
        const isOther = task.id !== this.#task?.id;
        this.#task = task;
        if (isOther) {
            this.list.replaceChildren();
            this.more.hidden = true;
            this.element.open = false;
            this.#asked += 1;
        } else if (this.element.open) {
            setTimeout(() => { if (this.#task?.id === task.id && this.element.open) this.#load(null); }, LOG_BEHIND);
        }
    }

    /** @param {string|null} cursor where to go on; null begins anew */
    async #load(cursor) {
        const task = this.#task;
        if (!task) return;
        this.#asked += 1;
        const asked = this.#asked;
        if (this.list.childElementCount === 0) this.#say(say("history.loading"));
        try {
            const page = await this.store.history.page(task.id, cursor);
            if (asked !== this.#asked) return;
            const items = page.items.map((entry) => this.#item(entry));
            if (cursor) this.list.append(...items);
            else this.list.replaceChildren(...items);
            if (cursor) items[0]?.focus();
            this.#next = page.next_cursor;
            this.more.hidden = !page.next_cursor;
            this.#say(this.list.childElementCount ? "" : say("history.none"));
        } catch (error) {
            if (!(error instanceof Problem)) throw error;
            if (asked === this.#asked) this.#say(say("history.failed", { detail: error.detail }));
        }
    }

    /** @param {string} text */
    #say(text) {
        setText(this.message, text);
        this.message.hidden = !text;
    }

    /** @param {Entry} entry */
    #item(entry) {
        const { zone, now, user } = this.store.state;
        const when = momentText(entry.at, now, zone);
        const door = doorWords(entry.actor);
        const rule = /** @type {import("./value-words.js").Rule|null} */ (this.#task?.recurrence ?? null);
        const lines = entryLines(entry, { zone, today: todayIn(now, zone, user?.day_ends_at), rule });
        return h(
            "li", { class: "history-entry", tabindex: "-1", "data-testid": "history-entry" },
            h("span", { class: "history-icon" }, icon(ICONS[entry.action] ?? "edit")),
            h(
                "div", { class: "history-body" }, ...lines.map(lineElement),
                h("p", { class: "history-when" }, h("time", { datetime: entry.at }, when), door ? ` · ${door}` : ""),
            ),
        );
    }
}

/** @param {import("./history-words.js").Line} line */
function lineElement({ text, before, after }) {
    const value = (/** @type {"del"|"ins"} */ name, /** @type {string} */ word, /** @type {string} */ shown) =>
        shown && h(name, { dir: "auto" }, h("span", { class: "unseen" }, `${say(word)} `), shown);
    const values = (before || after) && h(
        "p", { class: "history-values" }, value("del", "history.was", before),
        before && after && h("span", { class: "history-arrow", "aria-hidden": "true" }),
        value("ins", "history.became", after),
    );
    return h("div", { class: "history-line" }, h("p", { class: "history-text" }, text), values);
}
