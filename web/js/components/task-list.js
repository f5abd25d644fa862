/** The rows, kept in place by id so that focus and half-pressed buttons survive every change. */

import { h } from "./element.js";
import { TaskRow } from "./task-row.js";

/**
 * @typedef {import("./task-row.js").Item} Item
 * @typedef {import("../store/core.js").State} State
 */

/**
 * What the list shows: unsaved tasks first, then the rows with the writes on their way.
 * @param {State} state
 * @returns {Item[]}
 */
export function itemsOf({ drafts, rows, changes }) {
    const own = drafts.map((draft) => ({ id: draft.id, task: /** @type {any} */ (draft.input), draft, change: null }));
    const ids = new Set(drafts.map((draft) => draft.id));
    const rest = rows.filter((task) => !ids.has(task.id))
        .map((task) => ({ id: task.id, task, draft: null, change: changes[task.id] ?? null }));
    return [...own, ...rest];
}

export class TaskList {
    /** @type {Map<string, TaskRow>} */
    #rows = new Map();

    /**
     * @param {import("./task-row.js").Actions} actions
     * @param {() => void} focusElsewhere called when the focused row leaves and none is left
     */
    constructor(actions, focusElsewhere) {
        this.actions = actions;
        this.focusElsewhere = focusElsewhere;
        this.element = h("ul", { class: "tasks card", "data-testid": "task-list", "aria-label": "Tasks" });
    }

    /** @param {State} state */
    update(state) {
        const items = itemsOf(state);
        const setting = { now: state.now, zone: state.zone, dayEndsAt: state.user?.day_ends_at };
        const kept = new Set(items.map((item) => item.id));
        const focus = this.#focusAfter(kept);
        for (const [id, row] of this.#rows) {
            if (kept.has(id)) continue;
            row.element.remove();
            this.#rows.delete(id);
        }
        let place = this.element.firstElementChild;
        for (const item of items) {
            let row = this.#rows.get(item.id);
            if (!row) {
                row = new TaskRow(item, this.actions);
                this.#rows.set(item.id, row);
            }
            row.update(item, setting);
            if (row.element === place) place = place.nextElementSibling;
            else this.element.insertBefore(row.element, place);
        }
        this.element.hidden = items.length === 0;
        focus?.();
    }

    /**
     * @param {Set<string>} kept
     * @returns {(() => void)|null} where focus goes if its row is about to leave
     */
    #focusAfter(kept) {
        const focused = document.activeElement?.closest("[data-task-id]");
        if (!(focused instanceof HTMLElement) || !this.element.contains(focused)) return null;
        if (kept.has(focused.dataset.taskId ?? "")) return null;
        const rows = [...this.element.children];
        const at = rows.indexOf(focused);
        const stays = (/** @type {Element} */ row) => kept.has(/** @type {HTMLElement} */ (row).dataset.taskId ?? "");
        const next = rows.slice(at + 1).find(stays) ?? rows.slice(0, at).reverse().find(stays);
        if (!next) return this.focusElsewhere;
        return () => {
            const controls = [...next.querySelectorAll("input, button")];
            const target = controls.find((control) => control.matches(":not([hidden], :disabled)"));
            if (target instanceof HTMLElement) target.focus();
        };
    }
}
