/** What adds a reminder, or changes one: so long before a task is due, or a day and a time. */

import { instantOf } from "../lib/dates.js";
import { durationOf, isSpan, spanOf } from "../lib/reminders.js";
import { say } from "../words/words.js";
import { h, setText } from "./element.js";
import { field } from "./field.js";
import { momentIn } from "./reminder-words.js";
import { TimeField } from "./time-field.js";

/** @typedef {import("../lib/reminders.js").Reminder} Reminder */

const UNITS = Object.freeze(/** @type {const} */ (["minute", "hour", "day", "week"]));

export class ReminderForm {
    /** @param {{zone: () => string, add: (reminder: Reminder) => void}} parts */
    constructor(parts) {
        this.parts = parts;
        this.count = h("input", {
            type: "number", min: "0", max: "9999", step: "1", inputmode: "numeric", value: "2",
            "aria-label": say("pickers.howLong"), "data-testid": "remind-count", class: "small-number",
        });
        this.unit = h(
            "select", { "aria-label": say("pickers.unit"), "data-testid": "remind-unit" },
            ...UNITS.map((unit) => h("option", { value: unit }, say(`pickers.spanUnit-${unit}`))),
        );
        this.unit.value = "hour";
        this.addBefore = this.#button("remind-add-before", () => this.#addBefore());
        this.date = h("input", { type: "date", min: "1901-01-02", max: "2998-12-30", "data-testid": "remind-date" });
        this.day = field({ label: say("pickers.day"), control: this.date });
        this.time = new TimeField({ label: say("pickers.time"), testID: "remind-time", change: () => {} });
        this.addAt = this.#button("remind-add-at", () => this.#addAt());
        this.flaw = h("p", { class: "field-error", role: "alert", "data-testid": "remind-flaw" });
        this.before = h(
            "div", { class: "rule-line", role: "group", "aria-label": say("pickers.beforeDue") },
            this.count, this.unit, h("span", {}, say("pickers.beforeWord")), this.addBefore,
        );
        this.at = h(
            "div", { class: "remind-at", role: "group", "aria-label": say("pickers.atMoment") },
            this.day.element, this.time.element, this.addAt,
        );
        this.element = h("div", { class: "reminder-form" }, this.before, this.at, this.flaw);
    }

    /** @param {string} testID @param {() => void} click */
    #button(testID, click) {
        const marks = { type: "button", class: "button", "data-testid": testID };
        return h("button", { ...marks, on: { click } }, say("common.add"));
    }

    /** @param {{hasDue: boolean, today: string}} setting */
    open({ hasDue, today }) {
        this.hasDue = hasDue;
        this.before.hidden = !hasDue;
        this.today = today;
        this.reset();
    }

    reset() {
        this.count.value = "2";
        this.unit.value = "hour";
        this.date.value = this.today ?? "";
        this.time.value = "";
        setText(this.flaw, "");
        setText(this.addBefore, say("common.add"));
        setText(this.addAt, say("common.add"));
    }

    /** @param {boolean} isFull */
    setFull(isFull) { this.addBefore.disabled = this.addAt.disabled = isFull; }

    focus() { (this.hasDue ? this.count : this.date).focus(); }

    /** Whether somebody types in it. */
    get holdsFocus() {
        return document.activeElement instanceof HTMLInputElement && this.element.contains(document.activeElement);
    }

    /** Does what the button beside the field at hand does. */
    submit() {
        if (this.before.contains(document.activeElement)) this.#addBefore();
        else this.#addAt();
    }

    /** @param {Reminder} reminder @returns {boolean} whether its fields are here */
    canShow(reminder) {
        if (reminder.kind === "relative") return Boolean(this.hasDue && spanOf(reminder.before));
        return reminder.kind === "absolute";
    }

    /** @param {Reminder} reminder one that is to be changed */
    show(reminder) {
        this.reset();
        if (reminder.kind === "relative") {
            const span = spanOf(reminder.before);
            this.count.value = String(span?.count ?? 0);
            this.unit.value = span?.unit ?? "minute";
            setText(this.addBefore, say("pickers.change"));
            this.count.focus();
        } else if (reminder.kind === "absolute") {
            const { date, time } = momentIn(reminder.at, this.parts.zone());
            this.date.value = date;
            this.time.value = time;
            setText(this.addAt, say("pickers.change"));
            this.date.focus();
        }
    }

    #addBefore() {
        const span = { count: Number(this.count.value), unit: /** @type {UNITS[number]} */ (this.unit.value) };
        const isGood = this.count.value !== "" && isSpan(span);
        setText(this.flaw, isGood ? "" : say("pickers.wrongSpan"));
        if (isGood) this.parts.add({ kind: "relative", before: durationOf(span) });
        else this.count.focus();
    }

    #addAt() {
        const { value: time, flaw } = this.time;
        const words = flaw || (this.date.value && time ? "" : say("pickers.wrongMoment"));
        setText(this.flaw, words);
        if (words) { (this.date.value ? this.time.control : this.date).focus(); return; }
        const instant = instantOf(this.date.value, time, this.parts.zone());
        this.parts.add({ kind: "absolute", at: `${instant.toISOString().slice(0, 19)}Z` });
    }
}
