/** One task in the list: saved, on its way, or refused. */

import { isOverdue, todayIn } from "../lib/dates.js";
import { highlighted } from "../lib/highlight.js";
import { plainText } from "../lib/plain.js";
import { shorten } from "../lib/text.js";
import { say } from "../words/words.js";
import { dueWords, instantWords } from "../words/dates.js";
import { attribute, h, setText } from "./element.js";
import { icon } from "./icon.js";
import { ruleWords } from "./rule-words.js";
import { toned } from "./tag-field.js";
import { PRIORITIES } from "./task-fields.js";

/**
 * @typedef {import("../store/core.js").Task} Task
 * @typedef {import("../store/core.js").Change} Change
 * @typedef {import("../store/core.js").Draft} Draft
 * @typedef {{id: string, task: Partial<Task> & {title: string}, draft: Draft|null, change: Change|null}} Item
 * @typedef {{done: (item: Item, done: boolean) => void, edit: (item: Item) => void, remove: (item: Item) => void,
 *   select: (item: Item, range: boolean) => void, restore: (item: Item) => void, skip: (item: Item) => void,
 *   retry: (item: Item) => void, resolve: (item: Item) => void, drop: (item: Item) => void,
 *   giveUp: (item: Item) => void, tag: (name: string) => void, due: (item: Item, anchor: Element) => void,
 *   repeat: (item: Item, anchor: Element) => void}} Actions
 * @typedef {{now: Date, zone: string, dayEndsAt?: string, words: string[]}} Setting `words`: what a search looks for
 */

/**
 * @param {string} name of the icon
 * @param {string} testID
 * @param {() => void} action
 */
function iconButton(name, testID, action) {
    const drawing = icon(/** @type {import("./icon.js").IconName} */ (name));
    return h("button", { type: "button", class: "icon-button", "data-testid": testID, on: { click: action } }, drawing);
}

/**
 * How a task comes again. Of one that waits, the rule may be known only in the words that were typed.
 * @param {Partial<import("../lib/rules.js").Recurrence>} recurrence
 * @param {string} date on which it is due
 */
function repeatWords({ rrule, anchor = "schedule", text }, date) {
    return rrule ? ruleWords({ rrule, anchor, text }, date) : text ?? say("tasks.again");
}

export class TaskRow {
    /** @type {Item} */
    item;

    /**
     * @param {Item} item
     * @param {Actions} actions
     */
    constructor(item, actions) {
        this.item = item;
        this.actions = actions;
        this.box = h("input", { type: "checkbox", class: "tick", "data-testid": "task-complete" });
        this.box.addEventListener("change", () => actions.done(this.item, this.box.checked));
        this.title = h("button", {
            type: "button", class: "task-title", dir: "auto", "data-testid": "task-title",
            on: { click: () => actions.edit(this.item) },
        });
        this.description = h("p", { class: "task-description", dir: "auto" });
        this.meta = h("div", { class: "task-meta" });
        this.status = h("p", { class: "task-status", "data-testid": "task-status" });
        this.choose = h("button", {
            type: "button", class: "icon-button task-select", "data-testid": "task-select", "aria-pressed": "false",
            on: { click: (event) => actions.select(this.item, event.shiftKey) },
        }, icon("select"));
        this.grip = h("button", {
            type: "button", class: "icon-button task-grip", "aria-haspopup": "menu", "data-testid": "task-grip",
        }, icon("grip"));
        this.skip = iconButton("skip", "task-skip", () => actions.skip(this.item));
        this.edit = iconButton("edit", "task-edit", () => actions.edit(this.item));
        this.remove = iconButton("trash", "task-delete", () => actions.remove(this.item));
        this.restore = h(
            "button", {
                type: "button", class: "button", "data-testid": "task-restore",
                on: { click: () => actions.restore(this.item) },
            },
            icon("restore"), say("bulk.restore"),
        );
        this.element = h(
            "li", { class: "task", "data-testid": "task-row", "data-task-id": item.id },
            h("div", { class: "task-lead" }, this.grip, this.box),
            h("div", { class: "task-body" }, this.title, this.description, this.meta, this.status),
            h("div", { class: "task-actions" }, this.choose, this.skip, this.edit, this.remove, this.restore),
        );
    }

    /**
     * @param {Item} item
     * @param {Setting} setting
     */
    update(item, setting) {
        this.item = item;
        const { task, draft, change } = item;
        const trashed = Boolean(task.deleted_at);
        const done = change?.kind === "done" ? change.done === true : task.completed === true;
        // One that waits for the server can be worked with like any other.
        const isNew = Boolean(draft) && !draft?.task;
        const label = shorten(task.title, 60);
        this.box.checked = done;
        this.box.hidden = trashed;
        this.box.disabled = isNew;
        attribute(this.box, "aria-label", say("tasks.done", { title: label }));
        this.#mark(this.title, task.title, setting.words);
        attribute(this.choose, "aria-label", say("tasks.select", { title: label }));
        attribute(this.element, "draggable", trashed || done || draft ? null : "true");
        this.choose.hidden = Boolean(draft);
        this.grip.hidden = trashed || done || Boolean(draft);
        attribute(this.grip, "aria-label", say("order.grip", { title: label }));
        this.title.disabled = trashed || isNew;
        const description = this.#plain(task.description ?? "");
        this.#mark(this.description, description, setting.words);
        this.description.hidden = !description;
        this.edit.hidden = this.remove.hidden = trashed || isNew;
        this.restore.hidden = !trashed;
        this.skip.hidden = this.edit.hidden || done || !task.recurrence || Boolean(draft);
        attribute(this.skip, "aria-label", say("tasks.skip", { title: label }));
        attribute(this.edit, "aria-label", say("tasks.edit", { title: label }));
        attribute(this.remove, "aria-label", say("tasks.delete", { title: label }));
        attribute(this.restore, "aria-label", say("tasks.restore", { title: label }));
        const status = draft?.status ?? change?.status ?? "saved";
        attribute(this.element, "data-status", status);
        attribute(this.element, "data-priority", task.priority ?? "medium");
        attribute(this.element, "data-done", done);
        attribute(this.element, "data-leaving", ["saving", "waiting"].includes(status) && change?.kind === "delete");
        this.#showMeta(task, done, setting);
        this.#showStatus(item);
    }

    /** @param {boolean} isSelected */
    showSelected(isSelected) {
        attribute(this.element, "data-selected", isSelected);
        attribute(this.choose, "aria-pressed", isSelected ? "true" : "false");
    }

    /** @param {boolean} isOpen whether the panel shows this task */
    showOpen(isOpen) {
        attribute(this.element, "data-open", isOpen);
        attribute(this.title, "aria-current", isOpen ? "true" : null);
    }

    /**
     * Only the row at hand is stopped at by Tab; arrows lead to the others.
     * @param {boolean} isActive
     */
    showActive(isActive) {
        if (this.isActive === isActive) return;
        this.isActive = isActive;
        this.element.toggleAttribute("data-active", isActive);
        for (const control of this.element.querySelectorAll("button, input")) {
            attribute(control, "tabindex", isActive ? null : "-1");
        }
    }

    /**
     * The words of a description; a row is shown far more often than they change.
     * @param {string} markdown
     */
    #plain(markdown) {
        if (markdown !== this.markdown) [this.markdown, this.words] = [markdown, plainText(markdown)];
        return this.words ?? "";
    }

    /**
     * @param {HTMLElement} place
     * @param {string} text
     * @param {string[]} words
     */
    #mark(place, text, words) {
        if (words.length === 0) {
            if (place.firstElementChild) place.replaceChildren();
            setText(place, text);
            return;
        }
        place.replaceChildren(...highlighted(text, words).map((piece) => (
            piece.isMatch ? h("mark", {}, piece.text) : piece.text)));
    }

    /**
     * @param {Partial<Task>} task
     * @param {boolean} done
     * @param {Setting} setting
     */
    #showMeta(task, done, { now, zone, dayEndsAt }) {
        const parts = [];
        if (task.due) {
            const late = !done && !task.deleted_at && isOverdue(task.due, now, zone, dayEndsAt);
            const words = dueWords(task.due, now, zone, dayEndsAt);
            parts.push(this.#chip("due", { class: late ? "due late" : "due" },
                icon(late ? "alert" : "clock"), late ? say("tasks.overdue", { due: words }) : words));
        }
        if (task.recurrence) {
            const words = repeatWords(task.recurrence, task.due?.date ?? todayIn(now, zone, dayEndsAt));
            parts.push(this.#chip("repeat", { class: "due" }, icon("again"), words));
        }
        if (task.priority && task.priority !== "medium") {
            const name = PRIORITIES[task.priority];
            parts.push(h("span", { class: `priority ${task.priority}` }, icon(task.priority), name));
        }
        for (const tag of task.tags ?? []) {
            parts.push(toned(h("button", {
                type: "button", class: "chip tag", dir: "auto", "data-testid": "task-tag",
                "aria-label": say("tasks.showTag", { tag }), on: { click: () => this.actions.tag(tag) },
            }, tag), tag));
        }
        if (task.deleted_at) {
            const time = instantWords(task.deleted_at, now, zone);
            parts.push(h("span", { class: "due" }, say("tasks.deleted", { time })));
        }
        const shown = parts.map((part) => part.outerHTML).join("");
        if (shown === this.shownMeta) return;
        this.shownMeta = shown;
        const focused = this.meta.contains(document.activeElement) ? document.activeElement : null;
        this.meta.replaceChildren(...parts);
        if (!this.isActive) for (const chip of this.meta.querySelectorAll("button")) chip.tabIndex = -1;
        this.meta.hidden = parts.length === 0;
        // Focus stays with what is shown anew; where that is gone, with the task.
        if (focused instanceof HTMLElement) {
            const again = this.meta.querySelector(`[data-testid="${focused.dataset.testid}"]`);
            (again instanceof HTMLButtonElement ? again : this.title).focus();
        }
    }

    /**
     * What a task says about its time; a click changes it, unless the task is in the trash or not there yet.
     * @param {"due"|"repeat"} kind
     * @param {Record<string, any>} marks
     * @param {(Node|string)[]} children
     */
    #chip(kind, marks, ...children) {
        const { task, draft } = this.item;
        const all = { ...marks, "data-testid": kind === "due" ? "task-due" : "task-recurrence" };
        if (task.deleted_at || draft) return h("span", all, ...children);
        return h("button", {
            type: "button", "aria-haspopup": "dialog", ...all,
            on: { click: (event) => this.actions[kind](this.item, event.currentTarget) },
        }, ...children);
    }

    /** @param {Item} item */
    #showStatus({ draft, change }) {
        const writing = draft ?? change;
        const text = writing ? `${writing.status} ${change?.kind} ${writing.problem?.detail}` : "";
        if (text === this.shownStatus) return;
        this.shownStatus = text;
        this.status.hidden = !writing;
        if (!writing) { this.status.replaceChildren(); return; }
        if (writing.status === "saving") {
            this.status.replaceChildren(say(`tasks.saving.${change?.kind ?? "patch"}`));
            return;
        }
        const button = (/** @type {string} */ label, /** @type {string} */ testID, /** @type {() => void} */ click) =>
            h("button", { type: "button", class: "link", "data-testid": testID, on: { click } }, label);
        if (writing.status === "waiting" || writing.status === "conflict") this.#showWaiting(writing.status, button);
        else this.#showFailed(this.item, button);
        if (!this.isActive) for (const one of this.status.querySelectorAll("button")) one.tabIndex = -1;
    }

    /**
     * What the server does not have yet, or what is at odds with it.
     * @param {"waiting"|"conflict"} status
     * @param {(label: string, testID: string, click: () => void) => HTMLElement} button
     */
    #showWaiting(status, button) {
        const { draft, change } = this.item;
        const isDeleted = change?.kind === "delete";
        const back = say(draft ? "offline.drop-new" : "offline.drop");
        if (status === "conflict") {
            this.status.replaceChildren(
                h("span", { role: "alert" }, say("offline.conflict")), " ",
                button(say("offline.compare"), "task-resolve", () => this.actions.resolve(this.item)), " ",
                button(back, "task-drop", () => this.actions.drop(this.item)),
            );
            return;
        }
        this.status.replaceChildren(
            h("span", {}, say(isDeleted ? "offline.deleted-waiting" : "offline.waiting")), " ",
            button(back, "task-drop", () => this.actions.drop(this.item)),
        );
    }

    /**
     * @param {Item} item
     * @param {(label: string, testID: string, click: () => void) => HTMLElement} button
     */
    #showFailed({ draft, change }, button) {
        const writing = draft ?? change;
        const lead = say(`tasks.failed.${change?.kind ?? "patch"}`);
        const details = writing?.problem?.errors.map((one) => one.detail).filter(Boolean) ?? [];
        this.status.replaceChildren(
            h("span", { role: "alert" }, [lead, writing?.problem?.detail, ...details].join(" ")), " ",
            button(say("tasks.retry"), "task-retry", () => this.actions.retry(this.item)), " ",
            button(say(draft ? "tasks.change" : "tasks.dismiss"), "task-give-up", () => this.actions.giveUp(this.item)),
        );
    }
}
