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
 * A button of a row; Tab stops only at those of the row at hand.
 * @param {string} name of the icon
 * @param {string} testID
 * @param {Record<string, any>} [more]
 */
function iconButton(name, testID, more = {}) {
    const drawing = icon(/** @type {import("./icon.js").IconName} */ (name));
    return h(
        "button", { type: "button", class: "icon-button", tabindex: "-1", "data-testid": testID, ...more }, drawing,
    );
}

/** What a row begins as; a list has many, so that copies of one are made. @type {HTMLLIElement|null} */
let pattern = null;

/** @returns {HTMLLIElement} */
function blankRow() {
    pattern ??= h(
        "li", { class: "task", "data-testid": "task-row" },
        h(
            "div", { class: "task-lead" },
            iconButton("grip", "task-grip", { class: "icon-button task-grip", "aria-haspopup": "menu" }),
            h("input", { type: "checkbox", class: "tick", tabindex: "-1", "data-testid": "task-complete" }),
        ),
        h(
            "div", { class: "task-body" },
            h("button", {
                type: "button", class: "task-title", dir: "auto", tabindex: "-1", "data-testid": "task-title",
            }),
            h("p", { class: "task-description", dir: "auto" }), h("div", { class: "task-meta" }),
            h("p", { class: "task-status", "data-testid": "task-status" }),
        ),
        h(
            "div", { class: "task-actions" },
            iconButton("select", "task-select", { class: "icon-button task-select", "aria-pressed": "false" }),
            iconButton("edit", "task-edit"), iconButton("trash", "task-delete"),
        ),
    );
    return /** @type {HTMLLIElement} */ (pattern.cloneNode(true));
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
        this.isActive = false;
        this.element = blankRow();
        this.element.dataset.taskId = item.id;
        const [lead, body, rest] = this.element.children;
        [this.grip, this.box] = /** @type {Iterable<any>} */ (lead.children);
        [this.title, this.description, this.meta, this.status] = /** @type {Iterable<any>} */ (body.children);
        [this.choose, this.edit, this.remove] = /** @type {Iterable<any>} */ (rest.children);
        this.box.addEventListener("change", () => actions.done(this.item, this.box.checked));
        this.title.addEventListener("click", () => actions.edit(this.item));
        this.choose.addEventListener("click", (event) => actions.select(this.item, event.shiftKey));
        this.edit.addEventListener("click", () => actions.edit(this.item));
        this.remove.addEventListener("click", () => actions.remove(this.item));
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
        this.#showRare({
            label, trashed, skippable: !this.edit.hidden && !done && Boolean(task.recurrence) && !draft,
        });
        attribute(this.edit, "aria-label", say("tasks.edit", { title: label }));
        attribute(this.remove, "aria-label", say("tasks.delete", { title: label }));
        const status = draft?.status ?? change?.status ?? "saved";
        attribute(this.element, "data-status", status);
        attribute(this.element, "data-priority", task.priority ?? "medium");
        attribute(this.element, "data-done", done);
        attribute(this.element, "data-leaving", ["saving", "waiting"].includes(status) && change?.kind === "delete");
        this.#showMeta(task, done, setting);
        this.#showStatus(item);
    }

    /**
     * The buttons that few rows have; each is made for the first time that it is needed.
     * @param {{label: string, trashed: boolean, skippable: boolean}} what
     */
    #showRare({ label, trashed, skippable }) {
        if (skippable && !this.skip) {
            this.skip = iconButton("skip", "task-skip", { on: { click: () => this.actions.skip(this.item) } });
            this.#join(this.skip);
            this.edit.before(this.skip);
        }
        if (trashed && !this.restore) {
            this.restore = h(
                "button", {
                    type: "button", class: "button", "data-testid": "task-restore",
                    on: { click: () => this.actions.restore(this.item) },
                },
                icon("restore"), say("bulk.restore"),
            );
            this.#join(this.restore);
            this.remove.after(this.restore);
        }
        if (this.skip) {
            this.skip.hidden = !skippable;
            attribute(this.skip, "aria-label", say("tasks.skip", { title: label }));
        }
        if (this.restore) {
            this.restore.hidden = !trashed;
            attribute(this.restore, "aria-label", say("tasks.restore", { title: label }));
        }
    }

    /** @param {Element} control that comes to the row: Tab stops there if the row is at hand */
    #join(control) { attribute(control, "tabindex", this.isActive ? null : "-1"); }

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
        for (const control of this.element.querySelectorAll("button, input")) this.#join(control);
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
        const late = Boolean(task.due) && !done && !task.deleted_at && isOverdue(task.due, now, zone, dayEndsAt);
        const words = {
            late, due: task.due ? dueWords(task.due, now, zone, dayEndsAt) : "",
            again: task.recurrence
                ? repeatWords(task.recurrence, task.due?.date ?? todayIn(now, zone, dayEndsAt)) : "",
            priority: task.priority, tags: task.tags ?? [],
            deleted: task.deleted_at ? instantWords(task.deleted_at, now, zone) : "", isDraft: Boolean(this.item.draft),
        };
        const shown = JSON.stringify(words);
        if (shown === this.shownMeta) return;
        this.shownMeta = shown;
        const parts = this.#metaParts(words);
        const focused = this.meta.contains(document.activeElement) ? document.activeElement : null;
        this.meta.replaceChildren(...parts);
        this.meta.hidden = parts.length === 0;
        // Focus stays with what is shown anew; where that is gone, with the task.
        if (focused instanceof HTMLElement) {
            const again = this.meta.querySelector(`[data-testid="${focused.dataset.testid}"]`);
            (again instanceof HTMLButtonElement ? again : this.title).focus();
        }
    }

    /**
     * @param {{late: boolean, due: string, again: string, priority?: string, tags: readonly string[],
     *   deleted: string}} words "" for what a task does not have
     * @returns {HTMLElement[]}
     */
    #metaParts({ late, due, again, priority, tags, deleted }) {
        const parts = [];
        if (due) {
            parts.push(this.#chip("due", { class: late ? "due late" : "due" },
                icon(late ? "alert" : "clock"), late ? say("tasks.overdue", { due }) : due));
        }
        if (again) parts.push(this.#chip("repeat", { class: "due" }, icon("again"), again));
        if (priority && priority !== "medium") {
            const name = /** @type {keyof PRIORITIES} */ (priority);
            parts.push(h("span", { class: `priority ${name}` }, icon(name), PRIORITIES[name]));
        }
        for (const tag of tags) {
            parts.push(toned(h("button", {
                type: "button", class: "chip tag", dir: "auto", "data-testid": "task-tag",
                tabindex: this.isActive ? null : "-1",
                "aria-label": say("tasks.showTag", { tag }), on: { click: () => this.actions.tag(tag) },
            }, tag), tag));
        }
        if (deleted) parts.push(h("span", { class: "due" }, say("tasks.deleted", { time: deleted })));
        return parts;
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
            type: "button", "aria-haspopup": "dialog", tabindex: this.isActive ? null : "-1", ...all,
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
