/** The days to come with the number of their tasks: a click shows one alone, a task dropped on one moves there. */

import { addDays } from "../lib/dates.js";
import { dayHeading, dayParts } from "../words/dates.js";
import { count, say } from "../words/words.js";
import { attribute, h, setText } from "./element.js";
import { takesTasks } from "./task-list.js";

export class DayStrip {
    #today = "";
    /** @type {{date: string, button: HTMLButtonElement, count: HTMLElement}[]} */
    #days = [];

    /** @param {{count: number, choose: (day: string) => void, drop: (id: string, date: string) => void}} parts */
    constructor(parts) {
        this.parts = parts;
        this.list = h("ul", {});
        const marks = { class: "day-strip", "aria-label": say("lists.days"), "data-testid": "day-strip" };
        this.element = h("nav", marks, this.list);
        this.list.addEventListener("keydown", (event) => this.#onKey(event));
    }

    /**
     * @param {{today: string, day: string, counts: Map<string, number>, knownTo: string}} shown `knownTo`: the last
     *   day of which all tasks are counted
     */
    update({ today, day, counts, knownTo }) {
        if (today !== this.#today) this.#build(today);
        const at = this.#days.some(({ date }) => date === day) ? day : today;
        for (const one of this.#days) {
            const number = counts.get(one.date) ?? 0;
            const isKnown = one.date <= knownTo;
            const { near, full } = dayHeading(one.date, today);
            const tasks = isKnown ? say("common.tasks", { count: number }) : say("lists.uncounted");
            attribute(one.button, "aria-label", say("lists.day", { day: near ? `${near}, ${full}` : full, tasks }));
            attribute(one.button, "aria-pressed", one.date === day ? "true" : "false");
            attribute(one.button, "tabindex", one.date === at ? null : "-1");
            setText(one.count, number ? count(number) : "");
            one.button.classList.toggle("some", number > 0);
        }
    }

    /** @param {string} today */
    #build(today) {
        this.#today = today;
        this.#days = Array.from({ length: this.parts.count }, (_, index) => addDays(today, index)).map((date) => {
            const { weekday, day, month } = dayParts(date);
            const startsMonth = date === today || date.endsWith("-01");
            const number = h("span", { class: "day-count" });
            const button = h(
                "button", {
                    type: "button", class: "day", "data-testid": "strip-day", "data-date": date,
                    on: { click: () => this.#press(date) },
                },
                h("span", { class: "day-month" }, startsMonth ? month : ""), h("span", { class: "day-name" }, weekday),
                h("span", { class: "day-number" }, day), number,
            );
            takesTasks(button, () => date, this.parts.drop);
            return { date, button, count: number };
        });
        this.list.replaceChildren(...this.#days.map(({ button }) => h("li", {}, button)));
    }

    /** @param {string} date */
    #press(date) {
        const isShown = this.#days.find((one) => one.date === date)?.button.getAttribute("aria-pressed") === "true";
        this.parts.choose(isShown ? "" : date);
    }

    /** @param {KeyboardEvent} event */
    #onKey(event) {
        const isRight = getComputedStyle(this.list).direction === "rtl" ? -1 : 1;
        const step = { ArrowRight: isRight, ArrowLeft: -isRight, ArrowDown: 7, ArrowUp: -7 }[event.key];
        const here = this.#days.findIndex(({ button }) => button === event.target);
        if (!step || here < 0) return;
        event.preventDefault();
        const next = this.#days[Math.min(Math.max(here + step, 0), this.#days.length - 1)];
        next.button.focus();
        next.button.scrollIntoView({ block: "nearest", inline: "nearest" });
    }
}
