/** A month to choose a day of, with the number of tasks on each: a grid as WAI-ARIA describes it. */

import { keyMoves, plusMonths, weeksOf } from "../lib/month.js";
import { dayHeading } from "../words/dates.js";
import { locale, say } from "../words/words.js";
import { attribute, freshID, h, setText } from "./element.js";
import { icon } from "./icon.js";

/** @typedef {import("../store/timing.js").Load} Load */

/**
 * @param {string} date
 * @param {Intl.DateTimeFormatOptions} options
 */
function written(date, options) {
    return new Intl.DateTimeFormat(locale(), { ...options, timeZone: "UTC" }).format(Date.parse(`${date}T00:00:00Z`));
}

export class MonthGrid {
    #first = 1;
    #today = "";
    #selected = "";
    #active = "";
    #month = "";
    /** @type {Map<string, HTMLTableCellElement>} */
    #cells = new Map();
    /** @type {Map<string, Load>} */
    #loads = new Map();

    /**
     * @param {{choose: (date: string, isFinal: boolean) => void, show: (from: string, to: string) => void}} parts
     *   `isFinal`: nothing else is to be chosen; `show`: these days are shown now
     */
    constructor(parts) {
        this.parts = parts;
        this.title = h("p", {
            class: "month-title", id: freshID("month"), "aria-live": "polite", "data-testid": "month",
        });
        const turn = (/** @type {"before"|"after"} */ name, /** @type {number} */ months) => h("button", {
            type: "button", class: `icon-button turn-${name}`, "data-testid": `month-${name}`,
            "aria-label": say(`pickers.month-${name}`),
            on: { click: () => this.#go(plusMonths(this.#active, months), false) },
        }, icon(name));
        this.head = h("tr", {});
        this.rows = h("tbody", {});
        this.table = h(
            "table", { role: "grid", "aria-labelledby": this.title.id, class: "month", "data-testid": "month-grid" },
            h("thead", {}, this.head), this.rows,
        );
        this.table.addEventListener("keydown", (event) => this.#onKey(event));
        this.table.addEventListener("click", (event) => this.#onClick(event));
        this.table.addEventListener("dblclick", (event) => {
            const date = dateOf(event.target);
            if (date) parts.choose(date, true);
        });
        this.table.addEventListener("focusin", (event) => this.#tell(dateOf(event.target)));
        this.line = h("p", { class: "day-line", "data-testid": "day-line" });
        this.element = h(
            "div", { class: "month-grid" },
            h("div", { class: "month-head" }, turn("before", -1), this.title, turn("after", 1)),
            this.table, this.line,
        );
    }

    /**
     * @param {{today: string, selected: string, first: number}} shown `selected`: "" for none; `first`: weekday on
     *   which weeks begin
     */
    update({ today, selected, first }) {
        // Another person, another day: what was counted before may have changed.
        this.#month = "";
        this.#first = first;
        this.#today = today;
        this.#selected = selected;
        this.#go(selected || today, false);
    }

    /** @param {string} selected "" for none */
    select(selected) {
        if (selected === this.#selected) return;
        this.#selected = selected;
        if (selected) this.#go(selected, false);
        else this.#mark();
    }

    /** @param {string} first day of what was shown when somebody asked @returns {boolean} whether it still is */
    shows(first) { return this.#cells.keys().next().value === first; }

    focus() { this.#cells.get(this.#active)?.focus(); }

    /** @param {Map<string, Load>} loads of the days shown */
    count(loads) {
        this.#loads = loads;
        this.#mark();
        this.#tell(this.#active);
    }

    /**
     * @param {string} date
     * @param {boolean} isFocused
     */
    #go(date, isFocused) {
        this.#active = date;
        if (date.slice(0, 7) !== this.#month) this.#build(date);
        this.#mark();
        this.#tell(date);
        if (isFocused) this.focus();
    }

    /** @param {string} date */
    #build(date) {
        this.#month = date.slice(0, 7);
        this.#loads = new Map();
        setText(this.title, written(date, { month: "long", year: "numeric" }));
        const weeks = weeksOf(date, this.#first);
        this.head.replaceChildren(...weeks[0].map((day) => h(
            "th", { scope: "col", abbr: written(day, { weekday: "long" }) }, written(day, { weekday: "short" }),
        )));
        this.#cells.clear();
        this.rows.replaceChildren(...weeks.map((week) => h("tr", {}, ...week.map((day) => {
            const cell = h(
                "td", { role: "gridcell", "data-date": day, "data-testid": "month-day" },
                h("span", { class: "month-number" }, written(day, { day: "numeric" })),
                h("span", { class: "month-load", "aria-hidden": "true" }),
            );
            cell.toggleAttribute("data-outside", day.slice(0, 7) !== this.#month);
            this.#cells.set(day, cell);
            return cell;
        }))));
        this.parts.show(weeks[0][0], /** @type {string} */ (weeks.at(-1)?.at(-1)));
    }

    #mark() {
        for (const [date, cell] of this.#cells) {
            const count = this.#loads.get(date)?.count ?? 0;
            const { near, full } = dayHeading(date, this.#today);
            const words = count ? say("pickers.dayTasks", { count }) : "";
            attribute(cell, "aria-label", [near, full, words].filter(Boolean).join(", "));
            attribute(cell, "aria-selected", date === this.#selected ? "true" : "false");
            attribute(cell, "aria-current", date === this.#today ? "date" : null);
            attribute(cell, "tabindex", date === this.#active ? "0" : "-1");
            setText(/** @type {Element} */ (cell.lastElementChild), count ? String(count) : "");
        }
        // The week at hand.
        const here = this.#cells.get(this.#active)?.parentElement;
        for (const week of this.rows.children) week.toggleAttribute("data-week", week === here);
    }

    /**
     * Says below the grid what lies on a day.
     * @param {string} date
     */
    #tell(date) {
        if (!date) return;
        const { full } = dayHeading(date, this.#today);
        const { count = 0, titles = [] } = this.#loads.get(date) ?? {};
        const words = count ? say("pickers.dayTasks", { count }) : say("pickers.dayFree");
        setText(this.line, `${full}: ${words}${titles.length ? ` · ${titles.join(" · ")}` : ""}`);
    }

    /** @param {MouseEvent} event */
    #onClick(event) {
        const date = dateOf(event.target);
        if (!date) return;
        this.#go(date, true);
        this.parts.choose(date, false);
    }

    /** @param {KeyboardEvent} event */
    #onKey(event) {
        const date = dateOf(event.target);
        if (!date || event.altKey || event.ctrlKey || event.metaKey) return;
        if (event.key === "Enter" || event.key === " ") {
            event.preventDefault();
            this.parts.choose(date, event.key === "Enter");
            return;
        }
        const isRightToLeft = getComputedStyle(this.table).direction === "rtl";
        const next = keyMoves(date, event, { first: this.#first, isRightToLeft });
        if (!next) return;
        event.preventDefault();
        this.#go(next, true);
    }
}

/** @param {EventTarget|null} target @returns {string} the day of a cell, "" outside of them */
function dateOf(target) {
    const cell = target instanceof Element ? target.closest("td[data-date]") : null;
    return cell instanceof HTMLElement ? cell.dataset.date ?? "" : "";
}
