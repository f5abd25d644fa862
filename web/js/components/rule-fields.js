/** The choices that make up a rule: how often, on which days, counted from what, and until when. */

import { choiceFor, MOST_EVERY, MOST_TIMES, WEEKDAYS } from "../lib/rules.js";
import { weekStart } from "../lib/month.js";
import { locale, say } from "../words/words.js";
import { attribute, freshID, h } from "./element.js";
import { nthWord, weekdayName } from "./rule-words.js";

/** @typedef {import("../lib/rules.js").Choice} Choice */

const UNITS = Object.freeze(/** @type {const} */ (["day", "week", "month", "year"]));
const NTHS = Object.freeze([1, 2, 3, 4, -1]);

/**
 * @param {string} testID
 * @param {readonly (readonly [string, string])[]} options
 * @param {string} label
 */
function select(testID, options, label) {
    return h(
        "select", { "data-testid": testID, "aria-label": label },
        ...options.map(([value, words]) => h("option", { value }, words)),
    );
}

/** @param {string} testID @param {string} label @param {number} most */
function number(testID, label, most) {
    return h("input", {
        type: "number", min: "1", max: String(most), step: "1", inputmode: "numeric", "aria-label": label,
        "data-testid": testID, class: "small-number",
    });
}

export class RuleFields {
    /** What has no field of its own now. @type {Choice} */
    #choice = choiceFor("2024-01-01");

    /** @param {() => void} changed */
    constructor(changed) {
        this.every = number("rule-every", say("pickers.every"), MOST_EVERY);
        this.unit = select("rule-unit", UNITS.map((unit) => [unit, say(`pickers.unit-${unit}`, { count: 2 })]),
            say("pickers.unit"));
        this.weekdays = WEEKDAYS.map((name) => {
            const box = h("input", { type: "checkbox", value: name, "data-testid": `rule-${name}` });
            const label = h("label", { class: "weekday" }, box, h("span", {}, weekdayName(name, "short")));
            return { name, box, element: label };
        });
        this.weekly = h("div", { class: "weekdays", role: "group", "aria-label": say("pickers.weekdays") });
        this.#buildMonthly();
        this.fromDone = h("input", { type: "checkbox", "data-testid": "rule-completion" });
        this.#buildEnd();
        this.element = h(
            "div", { class: "rule-fields" },
            h("div", { class: "rule-line" }, h("span", {}, say("pickers.every")), this.every, this.unit),
            this.weekly, this.monthly,
            h("label", { class: "rule-check" }, this.fromDone, say("pickers.fromDone")),
            h("div", { class: "rule-line" }, h("span", {}, say("pickers.ends")), this.end, this.endDate, this.endCount,
                this.endWords),
        );
        for (const type of ["input", "change"]) {
            this.element.addEventListener(type, () => { this.#fold(); changed(); });
        }
    }

    #buildMonthly() {
        const name = freshID("monthly");
        const radio = (/** @type {Choice["monthly"]} */ value, /** @type {any[]} */ ...rest) => {
            const input = h("input", { type: "radio", name, value, "data-testid": `rule-by-${value}` });
            // A choice made within a line is a choice of the line.
            const line = h("div", { class: "rule-line" }, h("label", {}, input, say(`pickers.by-${value}`)), ...rest);
            for (const one of rest) one.addEventListener("input", () => { input.checked = true; });
            return { value, input, line };
        };
        this.day = number("rule-day", say("pickers.dayOfMonth"), 31);
        this.nth = select("rule-nth", NTHS.map((nth) => [String(nth), nthWord(nth)]), say("pickers.whichWeek"));
        this.weekday = select("rule-weekday", WEEKDAYS.map((one) => [one, weekdayName(one)]), say("pickers.weekday"));
        this.by = [radio("day", this.day), radio("last"), radio("nth", this.nth, this.weekday)];
        this.monthly = h(
            "div", { role: "radiogroup", class: "monthly", "aria-label": say("pickers.monthDays") },
            ...this.by.map(({ line }) => line),
        );
    }

    #buildEnd() {
        const ends = /** @type {const} */ (["never", "on", "after"]).map((kind) => (
            /** @type {const} */ ([kind, say(`pickers.end-${kind}`)])));
        this.end = select("rule-end", ends, say("pickers.ends"));
        this.endDate = h("input", {
            type: "date", min: "1900-01-01", max: "2998-12-31", "aria-label": say("pickers.lastDate"),
            "data-testid": "rule-end-date",
        });
        this.endCount = number("rule-end-count", say("pickers.howMany"), MOST_TIMES);
        this.endWords = h("span", {}, say("pickers.timesUnit"));
    }

    /**
     * @param {string} [weekStartsOn] the reader's setting
     */
    begin(weekStartsOn) {
        const first = (weekStart(weekStartsOn, locale()) + 6) % 7;
        const order = [...this.weekdays.slice(first), ...this.weekdays.slice(0, first)];
        this.weekly.replaceChildren(...order.map(({ element }) => element));
    }

    /** @param {Choice} choice */
    write(choice) {
        this.#choice = choice;
        const { every, unit, weekdays, monthly, day, nth, weekday, anchor, end } = choice;
        this.every.value = String(every);
        this.unit.value = unit;
        for (const one of this.weekdays) one.box.checked = weekdays.includes(one.name);
        for (const { value, input } of this.by) input.checked = value === monthly;
        this.day.value = String(day);
        this.nth.value = String(nth);
        this.weekday.value = weekday;
        this.fromDone.checked = anchor === "completion";
        this.end.value = end.kind;
        this.endDate.value = end.kind === "on" ? end.date : "";
        this.endCount.value = end.kind === "after" ? String(end.count) : "5";
        this.#fold();
    }

    /** Shows the fields that matter. */
    #fold() {
        const isCounted = this.fromDone.checked;
        this.weekly.hidden = this.unit.value !== "week" || isCounted;
        this.monthly.hidden = this.unit.value !== "month" || isCounted;
        this.endDate.hidden = this.end.value !== "on";
        this.endCount.hidden = this.endWords.hidden = this.end.value !== "after";
        attribute(this.every, "aria-invalid", isWhole(this.every) ? null : "true");
    }

    focus() { this.every.focus(); }

    /** @returns {Choice} */
    read() {
        const by = this.by.find(({ input }) => input.checked)?.value ?? "day";
        /** @type {Choice["end"]} */
        let end = { kind: "never" };
        if (this.end.value === "on") end = { kind: "on", date: this.endDate.value || "2998-12-31" };
        if (this.end.value === "after") end = { kind: "after", count: Number(this.endCount.value) };
        return {
            ...this.#choice, every: Number(this.every.value) || 1,
            unit: /** @type {Choice["unit"]} */ (this.unit.value), monthly: by,
            weekdays: this.weekdays.filter(({ box }) => box.checked).map(({ name }) => name),
            day: Math.min(Math.max(Number(this.day.value) || 1, 1), 31), nth: Number(this.nth.value),
            weekday: this.weekday.value, anchor: this.fromDone.checked ? "completion" : "schedule", end,
        };
    }

    /** @returns {string} what is wrong with the choices, or "" */
    get flaw() {
        if (!isWhole(this.every)) return say("pickers.wrongEvery", { most: MOST_EVERY });
        if (this.end.value === "on" && !this.endDate.value) return say("pickers.wrongDate");
        if (this.end.value === "after" && !isWhole(this.endCount)) {
            return say("pickers.wrongTimes", { most: MOST_TIMES });
        }
        return "";
    }
}

/** @param {HTMLInputElement} input @returns {boolean} whether it holds a whole number within its limits */
function isWhole(input) {
    const value = Number(input.value);
    return Number.isInteger(value) && value >= 1 && value <= Number(input.max);
}
