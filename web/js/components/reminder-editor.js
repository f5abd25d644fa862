/** The reminders of a task: before it is due, or at a moment; once, or again and again until it is done. */

import { timeWords } from "../lib/clock.js";
import { hasReminder, MOST_REMINDERS, sameReminders, USUAL_REPEATS, USUAL_SPANS } from "../lib/reminders.js";
import { locale, say } from "../words/words.js";
import { h, setText } from "./element.js";
import { icon } from "./icon.js";
import { Popover } from "./popover.js";
import { ReminderForm } from "./reminder-form.js";
import { reminderWords, spanWords } from "./reminder-words.js";
import { ScopeQuestion } from "./scope-question.js";

/**
 * @typedef {import("../lib/reminders.js").Reminder} Reminder
 * @typedef {{reminders: Reminder[], due: import("../lib/dates.js").Due|null, title: string, anchor: Element|null,
 *   asks?: boolean, done: (reminders: Reminder[], scope: "this"|"following") => void}} Question
 */

export class ReminderEditor {
    /** @type {Question|null} */
    #question = null;
    /** @type {Reminder[]} */
    #reminders = [];
    /** The one that is being changed, by its place; -1 for none. */
    #changing = -1;

    /** @param {import("../store.js").Store} store */
    constructor(store) {
        this.store = store;
        this.popover = new Popover({
            class: "reminder-editor", testID: "reminder-editor", submit: (isFinal) => this.#submit(isFinal),
        });
        this.element = this.popover.element;
        this.list = h("ul", { class: "reminders", "aria-label": say("pickers.reminders"), "data-testid": "reminders" });
        this.empty = h("p", { class: "field-hint", "data-testid": "reminders-empty" }, say("pickers.noReminders"));
        this.news = h("p", { class: "field-hint", role: "status", "data-testid": "reminder-news" });
        this.usual = USUAL_SPANS.map((before) => h("button", {
            type: "button", class: "chip", "data-testid": `remind-${before}`,
            on: { click: () => this.#add({ kind: "relative", before }) },
        }, before === "PT0S" ? say("pickers.whenDue") : say("pickers.before", { span: spanWords(before) })));
        this.form = new ReminderForm({ zone: () => store.state.zone, add: (reminder) => this.#add(reminder) });
        this.hint = h("p", { class: "field-hint", "data-testid": "reminder-hint" });
        this.scope = new ScopeQuestion("reminder-scope");
        const save = h(
            "button", { type: "submit", class: "button primary", "data-testid": "reminders-save" }, say("common.save"),
        );
        this.popover.body.append(
            this.list, this.empty, this.news,
            h("div", { class: "usual-reminders", role: "group", "aria-label": say("pickers.usualReminders") },
                ...this.usual),
            this.form.element, this.hint, this.scope.element,
        );
        this.popover.foot.append(save);
    }

    /** @param {Question} question */
    open(question) {
        const { reminders, due, title, anchor, asks = false } = question;
        this.#question = question;
        this.#reminders = [...reminders];
        this.#changing = -1;
        for (const one of this.usual) one.disabled = !due;
        this.form.open({ hasDue: Boolean(due), today: this.store.timing.today });
        this.scope.open(asks, "following");
        setText(this.news, "");
        setText(this.hint, this.#hintFor(due));
        this.#show();
        this.popover.open(say("pickers.remindersOf", { title }), anchor);
        if (due) this.usual[0].focus();
        else this.form.focus();
    }

    close() { this.popover.close(); }

    /** @param {import("../lib/dates.js").Due|null} due */
    #hintFor(due) {
        if (!due) return say("pickers.needsDue");
        const { user } = this.store.state;
        const from = /** @type {any} */ (user)?.all_day_reminder_time ?? "09:00";
        return due.time ? "" : say("pickers.countedFrom", { time: timeWords(from, locale()) });
    }

    #show() {
        const setting = { zone: this.store.state.zone, today: this.store.timing.today };
        this.list.replaceChildren(...this.#reminders.map((reminder, at) => this.#line(reminder, at, setting)));
        this.list.hidden = this.#reminders.length === 0;
        this.empty.hidden = !this.list.hidden;
        const isFull = this.#reminders.length >= MOST_REMINDERS && this.#changing < 0;
        this.form.setFull(isFull);
        for (const one of this.usual) one.disabled = isFull || !this.#question?.due;
        if (isFull) setText(this.news, say("pickers.fullReminders", { most: MOST_REMINDERS }));
    }

    /**
     * @param {Reminder} reminder
     * @param {number} at its place
     * @param {{zone: string, today: string}} setting
     */
    #line(reminder, at, setting) {
        const words = reminderWords(reminder, setting);
        const own = reminder.repeat_every && !USUAL_REPEATS.includes(reminder.repeat_every)
            ? [reminder.repeat_every] : [];
        const again = h(
            "select", {
                "aria-label": say("pickers.againOf", { reminder: words }), "data-testid": "reminder-again",
                on: { change: () => this.#setAgain(at, again.value) },
            },
            h("option", { value: "" }, say("pickers.once")),
            ...[...own, ...USUAL_REPEATS].map((every) => (
                h("option", { value: every }, say("pickers.again", { span: spanWords(every) })))),
        );
        again.value = reminder.repeat_every ?? "";
        const change = h("button", {
            type: "button", class: "icon-button", "aria-label": say("pickers.changeReminder", { reminder: words }),
            "data-testid": "reminder-change", on: { click: () => this.#change(at) },
        }, icon("edit"));
        change.hidden = !this.form.canShow(reminder);
        const remove = h("button", {
            type: "button", class: "icon-button", "aria-label": say("pickers.removeReminder", { reminder: words }),
            "data-testid": "reminder-remove", on: { click: () => this.#remove(at) },
        }, icon("close"));
        return h(
            "li", { class: "reminder", "data-testid": "reminder-line", "data-changing": at === this.#changing },
            h("span", { class: "reminder-words" }, icon("bell"), words), again, change, remove,
        );
    }

    /** @param {Reminder} reminder */
    #add(reminder) {
        const at = this.#changing;
        const others = this.#reminders.filter((_, place) => place !== at);
        const { repeat_every: again = null } = this.#reminders[at] ?? {};
        const kept = { ...reminder, repeat_every: again };
        if (hasReminder(others, kept)) { setText(this.news, say("pickers.hasReminder")); return; }
        if (at >= 0) this.#reminders[at] = kept;
        else this.#reminders.push(kept);
        this.#changing = -1;
        this.form.reset();
        setText(this.news, say(at >= 0 ? "pickers.reminderChanged" : "pickers.reminderAdded"));
        this.#show();
    }

    /** @param {number} at @param {string} every "" for once */
    #setAgain(at, every) {
        this.#reminders[at] = { ...this.#reminders[at], repeat_every: every || null };
    }

    /** @param {number} at */
    #change(at) {
        this.#changing = at;
        this.#show();
        this.form.show(this.#reminders[at]);
    }

    /** @param {number} at */
    #remove(at) {
        this.#reminders.splice(at, 1);
        this.#changing = -1;
        this.form.reset();
        setText(this.news, say("pickers.reminderRemoved"));
        this.#show();
        const next = this.list.children[Math.min(at, this.#reminders.length - 1)]?.querySelector("button:last-child");
        if (next instanceof HTMLElement) next.focus();
        else if (this.usual[0].disabled) this.form.focus();
        else this.usual[0].focus();
    }

    /** @param {boolean} isFinal */
    #submit(isFinal) {
        // Enter in a field that adds one adds it first.
        if (!isFinal && this.form.holdsFocus) { this.form.submit(); return; }
        const question = this.#question;
        const scope = this.scope.value;
        this.#question = null;
        this.popover.close();
        if (question && !this.#isAsItWas(question.reminders)) question.done(this.#reminders, scope);
    }

    /** @param {Reminder[]} before */
    #isAsItWas(before) { return sameReminders(before, this.#reminders); }
}
