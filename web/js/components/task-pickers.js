/** The pickers of a task, each beside what it was called from: when it is due, how it comes again, its reminders. */

import { shorten } from "../lib/text.js";
import { h } from "./element.js";
import { Later } from "./later.js";

/**
 * @typedef {import("../api.js").Task} Task
 * @typedef {Task & {recurrence: import("../lib/rules.js").Recurrence|null,
 *   reminders: import("../lib/reminders.js").Reminder[]}} Timed
 * @typedef {{date: import("./date-picker.js").DatePicker,
 *   rule: import("./recurrence-builder.js").RecurrenceBuilder,
 *   reminder: import("./reminder-editor.js").ReminderEditor}} Pickers
 */

/** @extends {Later<import("./later.js").Part & Pickers, typeof import("./pickers.js")>} */
export class TaskPickers extends Later {
    /** @param {import("../store.js").Store} store */
    constructor(store) {
        super(store, {
            load: () => import("./pickers.js"),
            make: ({ DatePicker, RecurrenceBuilder, ReminderEditor }) => {
                const all = {
                    date: new DatePicker(store), rule: new RecurrenceBuilder(store),
                    reminder: new ReminderEditor(store),
                };
                const each = Object.values(all);
                return {
                    ...all, element: h("div", { class: "pickers" }, ...each.map(({ element }) => element)),
                    suspend: () => { for (const one of each) one.close(); },
                };
            },
        });
        this.timing = store.timing;
    }

    /**
     * @param {Task} task
     * @param {Element|null} anchor
     */
    due(task, anchor) {
        const { timing } = this;
        this.use(({ date }) => date.open({
            due: task.due, title: shorten(task.title), anchor, asks: Boolean(task.recurrence),
            done: (value, scope) => { timing.setDue(task, value, scope); }, repeat: () => this.repeat(task, anchor),
        }));
    }

    /**
     * @param {Task} task
     * @param {Element|null} anchor
     */
    repeat(task, anchor) {
        const { recurrence, due, title } = /** @type {Timed} */ (task);
        this.use(({ rule }) => rule.open({
            recurrence, due, title: shorten(title), anchor,
            done: (value) => { this.timing.setRule(task, value); },
        }));
    }

    /**
     * @param {Task} task
     * @param {Element|null} anchor
     */
    reminders(task, anchor) {
        const { reminders = [], due, title, recurrence } = /** @type {Timed} */ (task);
        this.use(({ reminder }) => reminder.open({
            reminders, due, title: shorten(title), anchor, asks: Boolean(recurrence),
            done: (value, scope) => { this.timing.setReminders(task, value, scope); },
        }));
    }
}
