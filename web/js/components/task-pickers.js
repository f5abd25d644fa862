/** The pickers of a task, each beside what it was called from: when it is due, how it comes again, its reminders. */

import { shorten } from "../lib/text.js";
import { say } from "../words/words.js";
import { h } from "./element.js";

/**
 * @typedef {import("../api.js").Task} Task
 * @typedef {Task & {recurrence: import("../lib/rules.js").Recurrence|null,
 *   reminders: import("../lib/reminders.js").Reminder[]}} Timed
 * @typedef {{date: import("./date-picker.js").DatePicker,
 *   rule: import("./recurrence-builder.js").RecurrenceBuilder,
 *   reminder: import("./reminder-editor.js").ReminderEditor}} Pickers
 */

/** When they are loaded for somebody who has not called for one yet, in milliseconds: they may be offline later. */
const AT_LEISURE = 5_000;

export class TaskPickers {
    /** @type {Pickers|null} */
    #made = null;

    /** @param {import("../store.js").Store} store */
    constructor(store) {
        this.store = store;
        this.element = h("div", { class: "pickers" });
        setTimeout(() => { import("./pickers.js").catch(() => {}); }, AT_LEISURE);
    }

    /** @param {(pickers: Pickers) => void} open */
    async #with(open) {
        if (!this.#made) {
            try {
                const { DatePicker, RecurrenceBuilder, ReminderEditor } = await import("./pickers.js");
                this.#made ??= this.#placed({
                    date: new DatePicker(this.store), rule: new RecurrenceBuilder(this.store),
                    reminder: new ReminderEditor(this.store),
                });
            } catch (error) {
                if (!(error instanceof TypeError)) throw error;
                this.store.say(say("pickers.notLoaded"));
                return;
            }
        }
        open(this.#made);
    }

    /** @param {Pickers} pickers */
    #placed(pickers) {
        this.element.append(...Object.values(pickers).map(({ element }) => element));
        return pickers;
    }

    /**
     * @param {Task} task
     * @param {Element|null} anchor
     */
    due(task, anchor) {
        const { timing } = this.store;
        return this.#with(({ date }) => date.open({
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
        return this.#with(({ rule }) => rule.open({
            recurrence, due, title: shorten(title), anchor,
            done: (value) => { this.store.timing.setRule(task, value); },
        }));
    }

    /**
     * @param {Task} task
     * @param {Element|null} anchor
     */
    reminders(task, anchor) {
        const { reminders = [], due, title, recurrence } = /** @type {Timed} */ (task);
        return this.#with(({ reminder }) => reminder.open({
            reminders, due, title: shorten(title), anchor, asks: Boolean(recurrence),
            done: (value, scope) => { this.store.timing.setReminders(task, value, scope); },
        }));
    }

    /** Makes way for the sign-in screen. */
    suspend() {
        for (const one of Object.values(this.#made ?? {})) one.close();
    }
}
