/** The pickers of a task, each beside what it was called from: when it is due, how it comes again, its reminders. */

import { shorten } from "../lib/text.js";
import { DatePicker } from "./date-picker.js";
import { h } from "./element.js";
import { RecurrenceBuilder } from "./recurrence-builder.js";
import { ReminderEditor } from "./reminder-editor.js";

/**
 * @typedef {import("../api.js").Task} Task
 * @typedef {Task & {recurrence: import("../lib/rules.js").Recurrence|null,
 *   reminders: import("../lib/reminders.js").Reminder[]}} Timed
 */

export class TaskPickers {
    /** Each is made when it is first called for. @type {DatePicker|undefined} */
    #date;
    /** @type {RecurrenceBuilder|undefined} */
    #rule;
    /** @type {ReminderEditor|undefined} */
    #reminder;

    /** @param {import("../store.js").Store} store */
    constructor(store) {
        this.store = store;
        this.element = h("div", { class: "pickers" });
    }

    get date() { return this.#date ??= this.#placed(new DatePicker(this.store)); }

    get rule() { return this.#rule ??= this.#placed(new RecurrenceBuilder(this.store)); }

    get reminder() { return this.#reminder ??= this.#placed(new ReminderEditor(this.store)); }

    /**
     * @template {{element: HTMLElement}} P
     * @param {P} picker
     * @returns {P}
     */
    #placed(picker) {
        this.element.append(picker.element);
        return picker;
    }

    /**
     * @param {Task} task
     * @param {Element|null} anchor
     */
    due(task, anchor) {
        const { timing } = this.store;
        this.date.open({
            due: task.due, title: shorten(task.title), anchor, asks: Boolean(task.recurrence),
            done: (value, scope) => { timing.setDue(task, value, scope); }, repeat: () => this.repeat(task, anchor),
        });
    }

    /**
     * @param {Task} task
     * @param {Element|null} anchor
     */
    repeat(task, anchor) {
        const { recurrence, due, title } = /** @type {Timed} */ (task);
        this.rule.open({
            recurrence, due, title: shorten(title), anchor,
            done: (value) => { this.store.timing.setRule(task, value); },
        });
    }

    /**
     * @param {Task} task
     * @param {Element|null} anchor
     */
    reminders(task, anchor) {
        const { reminders = [], due, title, recurrence } = /** @type {Timed} */ (task);
        this.reminder.open({
            reminders, due, title: shorten(title), anchor, asks: Boolean(recurrence),
            done: (value, scope) => { this.store.timing.setReminders(task, value, scope); },
        });
    }

    /** Makes way for the sign-in screen. */
    suspend() {
        for (const one of [this.#date, this.#rule, this.#reminder]) one?.close();
    }
}
