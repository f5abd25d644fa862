/** When a task is due: by words, by a day of the month, with a time and its zone where it has one. */

import { timeWords } from "../lib/clock.js";
import { localDue } from "../lib/dates.js";
import { movedTo } from "../lib/days.js";
import { quickDays, weekStart } from "../lib/month.js";
import { ruleFor } from "../lib/rules.js";
import { placeOf } from "../lib/zones.js";
import { dayHeading } from "../words/dates.js";
import { locale, say } from "../words/words.js";
import { h, setText } from "./element.js";
import { MonthGrid } from "./month-grid.js";
import { Popover } from "./popover.js";
import { ruleWords } from "./rule-words.js";
import { ScopeQuestion } from "./scope-question.js";
import { TimeField } from "./time-field.js";
import { WordsField } from "./words-field.js";
import { ZoneField } from "./zone-field.js";

/**
 * @typedef {import("../lib/dates.js").Due} Due
 * @typedef {{due: Due|null, recurrence?: {rrule: string, anchor: string}}} Value `recurrence`: where the words said one
 * @typedef {{due: Due|null, title: string, anchor: Element|null, asks?: boolean,
 *   done: (value: Value, scope: "this"|"following") => void, repeat?: () => void}} Question `asks`: the task comes
 *   again; `repeat`: leads to how
 */

export class DatePicker {
    /** @type {Question|null} */
    #question = null;
    #date = "";
    /** The rule that was read with the date. @type {{rrule: string, anchor: string}|null} */
    #rule = null;
    /** As it came: seconds are kept while nobody changes the time. */
    #time = "";

    /** @param {import("../store.js").Store} store */
    constructor(store) {
        this.store = store;
        this.popover = new Popover({ class: "date-picker", testID: "date-picker", submit: () => this.#submit() });
        this.element = this.popover.element;
        this.words = new WordsField({
            label: say("pickers.when"), placeholder: say("pickers.whenExample"), testID: "due-words",
            read: (text) => store.timing.read(text), take: (reading) => this.#take(reading),
        });
        this.words.control.addEventListener("keydown", (event) => {
            if (event.key !== "ArrowDown") return;
            event.preventDefault();
            this.grid.focus();
        });
        this.grid = new MonthGrid({
            choose: (date, isFinal) => this.#choose(date, isFinal), show: (from, to) => this.#count(from, to),
        });
        this.time = new TimeField({ label: say("pickers.time"), testID: "due-time", change: () => this.#show() });
        this.zone = new ZoneField({
            now: () => store.state.now, zone: () => store.state.zone, change: () => this.#show(),
        });
        this.scope = new ScopeQuestion("due-scope");
        this.summary = h("p", { class: "popover-summary", role: "status", dir: "auto", "data-testid": "due-summary" });
        this.#build();
    }

    #build() {
        const button = (/** @type {string} */ testID, /** @type {object} */ rest, /** @type {any[]} */ ...children) =>
            h("button", { type: "button", "data-testid": testID, ...rest }, ...children);
        this.quick = /** @type {const} */ (["today", "tomorrow", "weekend", "nextWeek"]).map((name) => {
            const day = h("span", { class: "quick-day" });
            const element = button(`quick-${name}`, {
                class: "quick-date", on: { click: () => this.#jump(name) },
            }, say(`pickers.${name}`), day);
            return { name, day, element };
        });
        const none = button("quick-none", {
            class: "button", on: { click: () => this.#finish({ due: null }) },
        }, say("pickers.noDate"));
        this.repeat = button("due-repeat", {
            class: "button", on: { click: () => this.#leaveFor() },
        }, say("pickers.repeat"));
        const save = h(
            "button", { type: "submit", class: "button primary", "data-testid": "due-save" }, say("common.save"),
        );
        this.popover.body.append(
            this.words.element,
            h("div", { class: "quick-dates", role: "group", "aria-label": say("pickers.quick") },
                ...this.quick.map(({ element }) => element)),
            this.grid.element, h("div", { class: "time-and-zone" }, this.time.element, this.zone.element),
            this.scope.element, this.summary,
        );
        this.popover.foot.append(none, this.repeat, save);
    }

    /** @param {Question} question */
    open(question) {
        const { due, title, anchor, asks = false } = question;
        this.#question = question;
        this.#rule = null;
        this.words.clear();
        this.repeat.hidden = !question.repeat;
        this.scope.open(asks, "this");
        const { today } = this.store.timing;
        const days = quickDays(today, this.#first);
        for (const { name, day } of this.quick) setText(day, weekdayOf(days[name]));
        this.#write(due);
        this.popover.open(say("pickers.dueOf", { title }), anchor);
        this.grid.update({ today, selected: this.#date, first: this.#first });
        this.#show();
        // A keyboard of glass would cover half of what is to be seen.
        if (window.matchMedia("(pointer: coarse)").matches) this.grid.focus();
        else this.words.control.focus();
    }

    close() { this.popover.close(); }

    get #first() {
        const { user } = this.store.state;
        return weekStart(/** @type {any} */ (user)?.week_starts_on, locale());
    }

    /** @param {Due|null} due */
    #write(due) {
        this.#date = due?.date ?? "";
        this.#time = due?.time ?? "";
        this.time.value = this.#time;
        this.zone.value = due?.kind === "zoned" ? due.time_zone ?? "" : "";
    }

    /** @returns {Due|null} */
    get #due() {
        const time = this.#time.slice(0, 5) === this.time.value ? this.#time : this.time.value;
        const date = this.#date || (time ? this.store.timing.today : "");
        if (!date) return null;
        if (!time) return { kind: "date", date };
        if (!this.zone.value) return { kind: "floating", date, time };
        return { kind: "zoned", date, time, time_zone: this.zone.value };
    }

    /**
     * @param {import("../store/timing.js").Reading} reading
     * @returns {string|null}
     */
    #take({ due, recurrence, rest }) {
        if (!due || rest) return null;
        this.#rule = recurrence && ruleFor(recurrence, due.date);
        this.#write(due);
        this.grid.select(this.#date);
        this.#show();
        return [this.#say(due), recurrence && ruleWords(recurrence, due.date)].filter(Boolean).join(" · ");
    }

    /**
     * @param {string} date
     * @param {boolean} isFinal
     */
    #choose(date, isFinal) {
        this.#rule = null;
        this.words.clear();
        this.#date = date;
        this.grid.select(date);
        this.#show();
        if (isFinal) this.#save();
    }

    /** @param {"today"|"tomorrow"|"weekend"|"nextWeek"} name of a day of the reader's own calendar */
    #jump(name) {
        const date = quickDays(this.store.timing.today, this.#first)[name];
        const due = this.#due;
        const shown = due ? localDue(due, this.store.state.zone).date : date;
        this.#finish({ due: this.#date ? movedTo(due, shown, date) : { ...(due ?? { kind: "date" }), date } });
    }

    /** @param {string} from @param {string} to */
    async #count(from, to) {
        const loads = await this.store.timing.loads(from, to);
        if (this.grid.shows(from)) this.grid.count(loads);
    }

    #show() {
        const due = this.#due;
        this.zone.element.hidden = !this.time.value;
        setText(this.summary, due ? this.#say(due) : say("pickers.noDue"));
    }

    /**
     * @param {Due} due
     * @returns {string} "Tomorrow, Sunday, November 29, 3:00 PM New York"; and when that is here
     */
    #say(due) {
        const { today } = this.store.timing;
        const { zone } = this.store.state;
        const day = (/** @type {string} */ date) => {
            const { near, full } = dayHeading(date, today);
            return [near, full].filter(Boolean).join(", ");
        };
        if (!due.time) return day(due.date);
        const said = `${day(due.date)}, ${timeWords(due.time, locale())}`;
        if (due.kind !== "zoned" || due.time_zone === zone) return said;
        const here = localDue(due, zone);
        const place = placeOf(due.time_zone ?? "");
        const time = timeWords(here.time ?? due.time, locale());
        const there = here.date === due.date ? time : `${dayHeading(here.date, today).full}, ${time}`;
        return say("pickers.elsewhere", { when: said, place, here: there });
    }

    async #submit() {
        if (!await this.words.settle()) { this.words.control.focus(); return; }
        this.#save();
    }

    #save() {
        if (this.time.flaw) {
            this.time.field.setError(this.time.flaw);
            this.time.control.focus();
            return;
        }
        this.#finish({ due: this.#due, ...(this.#rule ? { recurrence: this.#rule } : {}) });
    }

    /** @param {Value} value */
    #finish(value) {
        const question = this.#question;
        const scope = this.scope.value;
        this.#question = null;
        this.popover.close();
        question?.done(value, scope);
    }

    #leaveFor() {
        const repeat = this.#question?.repeat;
        this.popover.close();
        repeat?.();
    }
}

/** @param {string} date */
function weekdayOf(date) {
    const format = new Intl.DateTimeFormat(locale(), { weekday: "short", timeZone: "UTC" });
    return format.format(Date.parse(`${date}T00:00:00Z`));
}
