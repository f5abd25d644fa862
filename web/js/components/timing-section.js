/** In the panel: how a task comes again and what reminds of it. Each opens its picker, which saves by itself. */

import { say } from "../words/words.js";
import { h, setText } from "./element.js";
import { icon } from "./icon.js";
import { reminderWords } from "./reminder-words.js";
import { ruleWords } from "./rule-words.js";

/**
 * @typedef {import("../api.js").Task} Task
 * @typedef {import("./task-pickers.js").Timed} Timed
 */

export class TimingSection {
    /** @type {Task|null} */
    #task = null;

    /**
     * @param {import("../store.js").Store} store
     * @param {import("./task-pickers.js").TaskPickers} pickers
     */
    constructor(store, pickers) {
        this.store = store;
        this.rule = this.#line("again", "repeat", (task, anchor) => pickers.repeat(task, anchor));
        this.reminders = this.#line("bell", "reminders", (task, anchor) => pickers.reminders(task, anchor));
        this.element = h("div", { class: "timing" }, this.rule.button, this.reminders.button);
    }

    /**
     * @param {import("./icon.js").IconName} drawing
     * @param {"repeat"|"reminders"} kind
     * @param {(task: Task, anchor: Element) => void} open
     */
    #line(drawing, kind, open) {
        const value = h("span", { class: "timing-value", dir: "auto" });
        const button = h("button", {
            type: "button", class: "timing-line", "aria-haspopup": "dialog", "data-testid": `edit-${kind}`,
            on: { click: () => { if (this.#task) open(this.#task, button); } },
        }, icon(drawing), h("span", { class: "timing-name" }, say(`pickers.line-${kind}`)), value);
        return { button, value };
    }

    /** @param {Task} task */
    show(task) {
        this.#task = task;
        const { recurrence, due, reminders = [], deleted_at: deleted } = /** @type {Timed} */ (task);
        const { today } = this.store.timing;
        const setting = { zone: this.store.state.zone, today };
        setText(this.rule.value, recurrence ? ruleWords(recurrence, due?.date ?? today) : say("pickers.repeatsNever"));
        setText(this.reminders.value, reminders.map((one) => reminderWords(one, setting)).join(" · ")
            || say("pickers.notReminded"));
        this.rule.button.disabled = this.reminders.button.disabled = Boolean(deleted);
    }
}
