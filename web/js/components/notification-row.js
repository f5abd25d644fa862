/** One notification: what it reminds of, when it came, and what can be done about it. */

import { shorten } from "../lib/text.js";
import { agoWords, instantWords } from "../words/dates.js";
import { say } from "../words/words.js";
import { attribute, freshID, h, setText } from "./element.js";
import { icon } from "./icon.js";
import { Receipts } from "./receipts.js";

/**
 * @typedef {import("../store/core.js").Notification} Notification
 * @typedef {{open: (one: Notification) => void, read: (one: Notification) => void,
 *   snooze: (one: Notification, wait: string) => void, remove: (one: Notification) => void,
 *   why: (one: Notification) => void}} NotificationActions
 */

export class NotificationRow {
    /** @type {Notification} */
    item;

    /**
     * @param {Notification} item
     * @param {NotificationActions} actions
     */
    constructor(item, actions) {
        this.item = item;
        const label = shorten(item.title, 60);
        const button = (/** @type {string} */ text, /** @type {string} */ testID, /** @type {() => void} */ click) =>
            h("button", {
                type: "button", class: "link", "data-testid": testID, on: { click },
                "aria-label": say("inbox.about", { action: text, name: label }),
            }, text);
        this.unread = h("span", { class: "unseen" }, say("inbox.isUnread"));
        this.title = h("button", {
            type: "button", class: "task-title", dir: "auto", "data-testid": "notification-open",
            on: { click: () => actions.open(this.item) },
        }, this.unread, h("span", {}, item.title));
        this.when = h("span", { "data-testid": "notification-when" });
        this.due = h("span");
        this.late = h(
            "span", { class: "due late", title: say("inbox.late.hint") },
            icon("alert"), say("inbox.late"),
        );
        this.read = button(say("inbox.read"), "notification-read", () => actions.read(this.item));
        this.receipts = new Receipts(freshID("receipts"));
        this.why = button(say("inbox.why"), "notification-why", () => actions.why(this.item));
        attribute(this.why, "aria-controls", this.receipts.element.id);
        const canSnooze = item.reminder_id !== null;
        const remove = h("button", {
            type: "button", class: "icon-button", "data-testid": "notification-remove",
            "aria-label": say("inbox.about", { action: say("common.remove"), name: label }),
            on: { click: () => actions.remove(this.item) },
        }, icon("trash"));
        this.element = h(
            "li", { class: "notification", "data-testid": "notification", "data-notification-id": item.id },
            h("div", { class: "notification-head" }, this.title, remove),
            item.body ? h("p", { class: "notification-body", dir: "auto" }, item.body) : null,
            h("p", { class: "task-meta" }, this.when, this.due, this.late, this.why),
            h(
                "div", { class: "notification-actions" }, this.read,
                canSnooze && button(say("inbox.snooze10"), "snooze-10m", () => actions.snooze(this.item, "PT10M")),
                canSnooze && button(say("inbox.snooze60"), "snooze-1h", () => actions.snooze(this.item, "PT1H")),
            ),
            this.receipts.element,
        );
    }

    /**
     * @param {Notification} item
     * @param {{now: Date, zone: string, receipts: Record<string, import("../store/core.js").Receipts>}} setting
     */
    update(item, { now, zone, receipts }) {
        this.item = item;
        this.receipts.update(receipts[item.id] ?? null, { now, zone });
        attribute(this.why, "aria-expanded", String(item.id in receipts));
        const isUnread = item.read_at === null;
        attribute(this.element, "data-unread", isUnread);
        if (!isUnread && document.activeElement === this.read) this.title.focus();
        this.unread.hidden = this.read.hidden = !isUnread;
        setText(this.when, agoWords(item.remind_at, now, zone));
        attribute(this.when, "title", instantWords(item.remind_at, now, zone));
        this.due.hidden = item.due_at === null;
        setText(this.due, item.due_at === null ? "" : say("inbox.due", { time: instantWords(item.due_at, now, zone) }));
        this.late.hidden = !item.late;
    }
}
