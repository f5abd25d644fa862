/**
 * The rows, kept in place by id so that focus and half-pressed buttons survive every change; under headings where the
 * list has some. One row is at hand: Tab stops there, arrows lead from row to row.
 */

import { soughtWords } from "../lib/highlight.js";
import { count as number, say } from "../words/words.js";
import { h, setText } from "./element.js";
import { TaskRow } from "./task-row.js";

/**
 * @typedef {import("./task-row.js").Item} Item
 * @typedef {import("../store/core.js").State} State
 * @typedef {{key: string, title: string, date: string|null}} Heading
 * @typedef {{heading: (item: Item) => Heading|null, day: (date: string) => {near: string, full: string}}} Headings
 * @typedef {{focusElsewhere: () => void, drop: (id: string, date: string) => void}} Outside `focusElsewhere`: called
 *   when the focused row leaves and none is left; `drop`: a task was let go over a day
 */

/** Rows brought up to date at once when only the clock has moved. */
const SLICE = 200;

/**
 * What the list shows: unsaved tasks first, with those that wait for a person's choice and do not stand in this list,
 * then the rows with the writes on their way.
 * @param {State} state
 * @returns {Item[]}
 */
export function itemsOf({ drafts, rows, changes }) {
    const own = drafts.map((draft) => (
        { id: draft.id, task: draft.task ?? /** @type {any} */ (draft.input), draft, change: null }));
    const ids = new Set(drafts.map((draft) => draft.id));
    const rest = rows.filter((task) => !ids.has(task.id))
        .map((task) => ({ id: task.id, task, draft: null, change: changes[task.id] ?? null }));
    return [...own, ...strays(rows, changes), ...rest];
}

/** @param {State["rows"]} rows @param {State["changes"]} changes @returns {Item[]} */
function strays(rows, changes) {
    const open = Object.entries(changes)
        .filter(([, { isHeld, status }]) => isHeld && (status === "conflict" || status === "failed"));
    if (open.length === 0) return [];
    const shown = new Set(rows.map(({ id }) => id));
    return open.filter(([id, { task }]) => task && !shown.has(id))
        .map(([id, change]) => ({ id, task: /** @type {any} */ (change.task), draft: null, change }));
}

/** A heading and the list below it. */
class Group {
    /** @param {string} key @param {Outside} outside */
    constructor(key, outside) {
        this.key = key;
        this.near = h("span", {});
        this.full = h("span", { class: "group-date" });
        this.count = h("span", { class: "count" });
        this.title = h("h2", { class: "group-title" }, this.near, this.full, this.count);
        this.list = h("ul", { class: "tasks card", "aria-label": say("tasks.label") });
        this.element = h("section", { class: "group", "data-group": key }, this.title, this.list);
        takesTasks(this.element, () => this.date, outside.drop);
        /** @type {string|null} */
        this.date = null;
    }

    /** @param {Heading|null} heading @param {number} count @param {Headings["day"]} day */
    show(heading, count, day) {
        const { near, full } = heading?.date ? day(heading.date) : { near: heading?.title ?? "", full: "" };
        this.date = heading?.date ?? null;
        this.title.hidden = !heading;
        setText(this.near, near);
        setText(this.full, full);
        setText(this.count, number(count));
        this.list.setAttribute("aria-label", [near, full].filter(Boolean).join(", ") || say("tasks.label"));
    }
}

/**
 * Has a day take the tasks that are dropped on it.
 * @param {HTMLElement} place
 * @param {() => string|null} date
 * @param {Outside["drop"]} drop
 */
export function takesTasks(place, date, drop) {
    const isTask = (/** @type {DragEvent} */ event) => event.dataTransfer?.types.includes("application/x-errand-task");
    place.addEventListener("dragover", (event) => {
        if (!date() || !isTask(event)) return;
        event.preventDefault();
        place.classList.add("target");
    });
    place.addEventListener("dragleave", (event) => {
        if (!place.contains(/** @type {Node|null} */ (event.relatedTarget))) place.classList.remove("target");
    });
    place.addEventListener("drop", (event) => {
        const day = date();
        place.classList.remove("target");
        if (!day || !isTask(event)) return;
        event.preventDefault();
        drop(event.dataTransfer?.getData("application/x-errand-task") ?? "", day);
    });
}

export class TaskList {
    /** @type {Map<string, TaskRow>} */
    #rows = new Map();
    /** @type {Map<string, Group>} */
    #groups = new Map();
    /** @type {{items: Item[], words: string[], now: Date|null, zone: string, dayEndsAt?: string}} */
    #shown = { items: [], words: [], now: null, zone: "" };
    #search = "";
    /** Which list was shown last: another one begins at its first row. */
    #listed = "";
    #active = "";
    /** The task that the panel shows. */
    #open = "";
    #updates = 0;

    /**
     * @param {import("./task-row.js").Actions} actions
     * @param {Outside} outside
     */
    constructor(actions, outside) {
        this.actions = actions;
        this.outside = outside;
        this.element = h("div", { class: "task-groups", "data-testid": "task-list" });
        this.element.addEventListener("focusin", (event) => this.#activate(rowID(event.target)));
        this.element.addEventListener("dragstart", (event) => {
            const id = rowID(event.target);
            event.dataTransfer?.setData("application/x-errand-task", id);
            if (event.dataTransfer) event.dataTransfer.effectAllowed = "move";
        });
    }

    /** @returns {Item|null} the task that keys are about */
    get current() {
        const focused = rowID(document.activeElement);
        return this.#rows.get(focused || this.#active)?.item ?? null;
    }

    /** @returns {Element|null} beside what a small dialog about that task stands */
    get anchor() {
        const row = this.#rows.get(this.current?.id ?? "");
        return row?.meta.querySelector(".due") ?? row?.title ?? null;
    }

    /**
     * Goes to another task.
     * @param {1|-1} step
     * @returns {boolean} whether there is one
     */
    move(step) {
        const { items } = this.#shown;
        const here = items.findIndex(({ id }) => id === this.#active);
        const isInside = this.element.contains(document.activeElement);
        const next = isInside ? items[here + step] : items[Math.max(here, 0)];
        if (next) this.focus(next.id);
        return Boolean(next);
    }

    /** @param {string} id of the task that the panel shows, "" without one */
    showOpen(id) {
        this.#rows.get(this.#open)?.showOpen(false);
        this.#open = id;
        this.#rows.get(id)?.showOpen(true);
    }

    /** @param {string} id @returns {boolean} whether the task has a row here */
    has(id) { return this.#rows.has(id); }

    /** @param {string} [id] */
    focus(id = this.#active) {
        const row = this.#rows.get(id);
        if (!row) return;
        this.#activate(id);
        const target = row.title.disabled ? row.choose : row.title;
        target.focus();
        row.element.scrollIntoView({ block: "nearest" });
    }

    /** @param {string} id */
    #activate(id) {
        if (!id || id === this.#active || !this.#rows.has(id)) return;
        this.#rows.get(this.#active)?.showActive(false);
        this.#active = id;
        this.#rows.get(id)?.showActive(true);
    }

    /**
     * The tasks between two of the list, both with them.
     * @param {string} from
     * @param {string} to
     * @returns {string[]}
     */
    between(from, to) {
        const ids = this.#shown.items.map(({ id }) => id);
        const [first, last] = [ids.indexOf(from), ids.indexOf(to)].sort((a, b) => a - b);
        return first < 0 ? [to] : ids.slice(first, last + 1);
    }

    /**
     * @param {State} state
     * @param {Item[]} items
     * @param {Headings} headings
     */
    update(state, items, headings) {
        // What was found before is about to leave, and is not marked anew.
        if (state.query.search !== this.#search && state.loading !== "first") {
            this.#search = state.query.search;
            this.#shown = { ...this.#shown, words: soughtWords(this.#search), now: null };
        }
        const { filter, tag, search, expression } = state.query;
        const place = JSON.stringify([filter, tag, search, expression]);
        if (place !== this.#listed && !this.element.contains(document.activeElement)) {
            this.#rows.get(this.#active)?.showActive(false);
            this.#active = "";
        }
        this.#listed = place;
        const { words } = this.#shown;
        const setting = { now: state.now, zone: state.zone, dayEndsAt: state.user?.day_ends_at, words };
        const kept = new Set(items.map((item) => item.id));
        const focus = this.#focusAfter(kept);
        for (const [id, row] of this.#rows) {
            if (kept.has(id)) continue;
            row.element.remove();
            this.#rows.delete(id);
        }
        const isOther = this.#shown.zone !== setting.zone || this.#shown.dayEndsAt !== setting.dayEndsAt
            || this.#shown.now === null;
        const hasMoved = this.#shown.now !== setting.now;
        this.#shown = { ...setting, items };
        const stale = this.#place(items, setting, headings, isOther);
        if (hasMoved && !isOther) this.#follow(stale, setting);
        this.#updates += hasMoved ? 1 : 0;
        this.showSelected(state.selected);
        if (!this.#rows.has(this.#active)) this.#active = "";
        if (!this.#active && items[0]) this.#activate(items[0].id);
        this.element.hidden = items.length === 0;
        focus?.();
    }

    /**
     * Puts every row in its place.
     * @param {Item[]} items
     * @param {import("./task-row.js").Setting} setting
     * @param {Headings} headings
     * @param {boolean} isOther whether every row may read otherwise now
     * @returns {TaskRow[]} rows that have not changed but for the clock
     */
    #place(items, setting, headings, isOther) {
        /** @type {Map<string, {heading: Heading|null, rows: TaskRow[]}>} */
        const parts = new Map();
        const same = [];
        for (const item of items) {
            let row = this.#rows.get(item.id);
            const isNew = !row;
            row ??= new TaskRow(item, this.actions);
            const { task, draft, change } = row.item;
            if (isNew || isOther || task !== item.task || draft !== item.draft || change !== item.change) {
                row.update(item, setting);
            } else same.push(row);
            if (isNew) {
                this.#rows.set(item.id, row);
                row.showActive(false);
                if (item.id === this.#open) row.showOpen(true);
            }
            const heading = headings.heading(item);
            const part = parts.get(heading?.key ?? "");
            if (part) part.rows.push(row);
            else parts.set(heading?.key ?? "", { heading, rows: [row] });
        }
        for (const [key, group] of this.#groups) {
            if (parts.has(key)) continue;
            group.element.remove();
            this.#groups.delete(key);
        }
        this.#placeGroups(parts, headings);
        return same;
    }

    /**
     * @param {Map<string, {heading: Heading|null, rows: TaskRow[]}>} parts
     * @param {Headings} headings
     */
    #placeGroups(parts, headings) {
        let at = this.element.firstElementChild;
        for (const [key, { heading, rows }] of parts) {
            const group = this.#groups.get(key) ?? new Group(key, this.outside);
            this.#groups.set(key, group);
            group.show(heading, rows.length, headings.day);
            if (group.element === at) at = at.nextElementSibling;
            else this.element.insertBefore(group.element, at);
            let place = group.list.firstElementChild;
            for (const row of rows) {
                if (row.element === place) place = place.nextElementSibling;
                else group.list.insertBefore(row.element, place);
            }
        }
    }

    /**
     * Lets the words of rows follow the clock, a few at a time.
     * @param {TaskRow[]} rows
     * @param {import("./task-row.js").Setting} setting
     */
    #follow(rows, setting) {
        const mine = this.#updates + 1;
        const step = (/** @type {number} */ start) => {
            for (const row of rows.slice(start, start + SLICE)) {
                if (this.#rows.get(row.item.id) === row) row.update(row.item, setting);
            }
            if (start + SLICE >= rows.length) return;
            setTimeout(() => { if (this.#updates === mine) step(start + SLICE); });
        };
        step(0);
    }

    /** @param {string[]} selected */
    showSelected(selected) {
        if (selected === this.selected) return;
        const before = this.selected ?? [];
        this.selected = selected;
        const now = new Set(selected);
        for (const id of before) if (!now.has(id)) this.#rows.get(id)?.showSelected(false);
        for (const id of selected) this.#rows.get(id)?.showSelected(true);
        this.element.toggleAttribute("data-selecting", selected.length > 0);
    }

    /**
     * @param {Set<string>} kept
     * @returns {(() => void)|null} where focus goes if its row is about to leave
     */
    #focusAfter(kept) {
        const focused = document.activeElement?.closest("[data-task-id]");
        if (!(focused instanceof HTMLElement) || !this.element.contains(focused)) return null;
        const id = focused.dataset.taskId ?? "";
        if (kept.has(id)) return this.#holdFocus();
        const { items } = this.#shown;
        const at = items.findIndex((item) => item.id === id);
        const next = items.slice(at + 1).find((item) => kept.has(item.id))
            ?? items.slice(0, Math.max(at, 0)).reverse().find((item) => kept.has(item.id));
        if (!next) return this.outside.focusElsewhere;
        const isTitle = document.activeElement?.matches(".task-title");
        return () => {
            const row = this.#rows.get(next.id);
            if (isTitle || !row) { this.focus(next.id); return; }
            this.#activate(next.id);
            const controls = [...row.element.querySelectorAll("input, button")];
            const target = controls.find((control) => control.matches(":not([hidden], :disabled)"));
            if (target instanceof HTMLElement) target.focus();
        };
    }

    /** A row that moves to another place must not lose the focus. */
    #holdFocus() {
        const focused = /** @type {HTMLElement} */ (document.activeElement);
        return () => { if (document.activeElement !== focused && focused.isConnected) focused.focus(); };
    }
}

/**
 * @param {EventTarget|null} target
 * @returns {string} the id of the task in whose row something is; "" outside of rows
 */
function rowID(target) {
    const row = target instanceof Element ? target.closest("[data-task-id]") : null;
    return row instanceof HTMLElement ? row.dataset.taskId ?? "" : "";
}
