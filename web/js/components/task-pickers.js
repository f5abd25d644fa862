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
    /** @param {import("../store.js").Store} store */
    constructor(store) {
        this.store = store;
        this.date = new DatePicker(store);
        this.rule = new RecurrenceBuilder(store);
        this.reminder = new ReminderEditor(store);
        this.element = h(
            "div", { class: "pickers" }, this.date.element, this.rule.element, this.reminder.element,
        );
    }

    /**
     * @param {Task} task
     * @param {Element|null} anchor
     */
    due(task, anchor) {
        const { timing } = this.store;
        this.date.open({
            due: task.due, title: shorten(task.title), anchor, asks: task.recurrence !== null,
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
            reminders, due, title: shorten(title), anchor, asks: recurrence !== null,
            done: (value, scope) => { this.store.timing.setReminders(task, value, scope); },
        });
    }

    /** Makes way for the sign-in screen. */
    suspend() {
        this.date.close();
        this.rule.close();
        this.reminder.close();
    }
}
