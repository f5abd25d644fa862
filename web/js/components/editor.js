/**
 * The panel in which a task is changed: beside the list where there is room, over it as a sheet where there is not.
 * What was typed is kept until it is saved or given up on purpose.
 */

import { Problem } from "../api.js";
import { fieldMessages } from "../lib/text.js";
import { say } from "../words/words.js";
import { Clashes } from "./editor-clashes.js";
import { descriptionPart, duePart, priorityPart, tagsPart, titlePart } from "./editor-parts.js";
import { h, setText } from "./element.js";
import { showErrors } from "./field.js";
import { HistorySection } from "./history-section.js";
import { icon } from "./icon.js";
import { ScopeChoice } from "./scope-question.js";
import { firstLook } from "./task-fields.js";
import { TimingSection } from "./timing-section.js";

/**
 * @typedef {import("../api.js").Task} Task
 * @typedef {"due"|"tags"|"reminders"} Place
 * @typedef {{at?: Place}} Options `at`: the field to begin with, the title otherwise
 * @typedef {{element: HTMLElement, show: (task: Task) => void}} Section a part of the panel that is saved on its own
 */

/** From this width on, in letters of the page, the panel stands beside the list. */
const WIDE = 62.5;

/**
 * @param {unknown} value
 * @returns {string} equal for equal contents
 */
function canonical(value) {
    if (Array.isArray(value)) return value.map(canonical).join();
    if (value === null || typeof value !== "object") return String(value);
    return Object.entries(value).sort().map(([name, part]) => `${name}=${canonical(part)}`).join();
}

/** @param {unknown} one @param {unknown} other */
const isSame = (one, other) => canonical(one) === canonical(other);

export class Editor {
    /** @type {Task|null} */
    #task = null;
    /** What is opened as soon as the question about unsaved changes is answered.
     * @type {{task: Task, options: Options}|null} */
    #next = null;
    /** @type {HTMLElement|null} */
    #opener = null;
    #key = "";
    #lastBody = "";
    #suspended = false;

    /**
     * @param {import("../store.js").Store} store
     * @param {{pickers: import("./task-pickers.js").TaskPickers, show?: (id: string) => void,
     *   focusTask?: (id: string) => void}} outside `show`: told which task the panel shows, "" for none; `focusTask`:
     *   where the focus goes when the panel closes and what had it is gone
     */
    constructor(store, { pickers, show = () => {}, focusTask = () => {} }) {
        this.store = store;
        this.outside = { show, focusTask };
        const pick = (/** @type {Element} */ anchor) => { if (this.#task) pickers.due(this.#task, anchor); };
        /** The fields, in the order in which they stand; saved together. @type {import("./editor-parts.js").Part[]} */
        this.parts = [titlePart(), descriptionPart(), duePart(store, pick), priorityPart(), tagsPart(store)];
        /** What stands below the fields. @type {Section[]} */
        this.sections = [new TimingSection(store, pickers), new HistorySection(store)];
        this.fields = Object.fromEntries(this.parts.map(({ name, field }) => [name, field]));
        this.fields.due_date = this.fields.due;
        this.message = h("p", { class: "banner", role: "alert", hidden: true, "data-testid": "edit-message" });
        this.clashes = new Clashes(this.parts);
        this.element = this.#build();
        this.element.addEventListener("cancel", (event) => { event.preventDefault(); this.leave(); });
        // A browser closes a dialog all the same when its key of going back is pressed twice.
        this.element.addEventListener("close", () => {
            if (!this.#task || this.#suspended || this.element.open) return;
            this.#place();
            this.leave();
        });
        this.element.addEventListener("keydown", (event) => this.#onKey(event));
        this.unwatch = store.watchTasks((task) => this.#hear(task));
        window.matchMedia(`(min-width: ${WIDE}rem)`).addEventListener("change", () => {
            if (this.element.open) this.#place();
        });
    }

    #build() {
        const button = (/** @type {string} */ text, /** @type {object} */ rest) =>
            h("button", { type: "button", class: "button", ...rest }, text);
        this.saveButton = button(say("common.save"), {
            type: "submit", class: "button primary", "data-testid": "edit-save",
        });
        this.heading = h("h2", { id: "editor-heading" });
        const close = h("button", {
            type: "button", class: "icon-button", "aria-label": say("common.close"), "data-testid": "edit-close",
            on: { click: () => this.leave() },
        }, icon("close"));
        this.question = h(
            "div", { class: "banner calm question", role: "group", hidden: true, "data-testid": "edit-question" },
            h("p", {}, say("panel.unsaved")),
            button(say("panel.discard"), { "data-testid": "edit-discard", on: { click: () => this.#finish() } }),
            button(say("panel.keep-editing"), { "data-testid": "edit-keep", on: { click: () => this.#stay() } }),
        );
        const cancel = button(say("common.cancel"), {
            "data-testid": "edit-cancel", on: { click: () => this.#finish() },
        });
        this.body = h(
            "div", { class: "editor-body" }, this.message, this.clashes.element,
            ...this.parts.map(({ element }) => element), ...this.sections.map(({ element }) => element),
        );
        this.scope = new ScopeChoice("edit-scope");
        const form = h(
            "form", { novalidate: true, "data-testid": "edit-form" },
            h("div", { class: "editor-head" }, this.heading, close), this.body,
            h("div", { class: "editor-foot" }, this.question, this.scope.element,
                h("div", { class: "dialog-actions" }, cancel, this.saveButton)),
        );
        form.addEventListener("submit", (event) => { event.preventDefault(); this.#save(); });
        form.addEventListener("input", () => { if (this.clashes.count) this.clashes.show(); });
        return h("dialog", { class: "editor", "aria-labelledby": "editor-heading", "data-testid": "editor" }, form);
    }

    /**
     * Shows a task. With changes of another one not saved, it asks about those first.
     * @param {Task} task
     * @param {Options} [options]
     */
    open(task, options = {}) {
        if (this.element.open && this.#task?.id === task.id) { this.#focus(options); return; }
        if (this.element.open && this.dirty) {
            this.#next = { task, options };
            this.#ask();
            return;
        }
        const focused = document.activeElement;
        if (!this.element.contains(focused)) this.#opener = focused instanceof HTMLElement ? focused : null;
        this.#task = task;
        this.#next = null;
        this.#lastBody = "";
        this.clashes.clear();
        for (const part of this.parts) part.write(/** @type {any} */ (task)[part.name]);
        for (const section of this.sections) section.show(task);
        this.scope.ask(false);
        this.scope.ask(Boolean(task.recurrence));
        setText(this.heading, say("panel.heading", { number: task.number }));
        this.#complain({}, "");
        this.question.hidden = true;
        if (!this.element.open) this.#place();
        this.body.scrollTop = 0;
        this.outside.show(task.id);
        this.#focus(options);
    }

    /** Stands where the width of the window allows; the focus stays. */
    #place() {
        const focused = document.activeElement;
        if (this.element.open) this.element.close();
        // Large text leaves less room than the width alone tells.
        const isWide = window.innerWidth >= WIDE * parseFloat(getComputedStyle(document.documentElement).fontSize);
        this.element.classList.toggle("beside", isWide);
        if (isWide) this.element.show();
        else this.element.showModal();
        if (focused instanceof HTMLElement && this.element.contains(focused)) focused.focus();
    }

    /** @param {Options} options */
    #focus({ at }) {
        const place = { due: "due", tags: "tags", reminders: "due" }[/** @type {string} */ (at)] ?? "title";
        this.fields[place].control.focus();
    }

    /** Makes way for the sign-in screen, with everything typed kept. */
    suspend() {
        if (!this.element.open) return;
        this.#suspended = true;
        this.element.close();
    }

    resume() {
        if (!this.#suspended) return;
        this.#suspended = false;
        this.#place();
    }

    get isOpen() { return this.element.open; }

    get dirty() { return this.#task !== null && Object.keys(this.#patch()).length > 0; }

    /** @param {KeyboardEvent} event */
    #onKey(event) {
        if (event.defaultPrevented) return;
        if (event.key === "Escape") {
            event.preventDefault();
            event.stopPropagation();
            this.leave();
        } else if (event.key === "Enter" && !event.isComposing
            && (event.ctrlKey || event.metaKey || event.target === this.fields.title.control)) {
            event.preventDefault();
            this.#save();
        }
    }

    /** Closes, unless something typed would be lost: then it asks. */
    leave() {
        if (this.dirty) this.#ask();
        else this.#finish();
    }

    #ask() {
        this.question.hidden = false;
        this.question.querySelector("button:last-child")?.focus();
    }

    #stay() {
        this.#next = null;
        this.question.hidden = true;
        this.fields.title.control.focus();
    }

    /** Goes on to the task that waits, or closes; what had the focus before has it again. */
    #finish() {
        const id = this.#task?.id ?? "";
        const next = this.#next;
        this.#task = null;
        this.#next = null;
        if (next) { this.open(next.task, next.options); return; }
        const focused = document.activeElement;
        const isOurs = !focused || focused === document.body || this.element.contains(focused);
        this.element.close();
        this.outside.show("");
        if (!isOurs) return;
        const back = this.#opener;
        this.#opener = null;
        if (back?.isConnected && back !== document.body && back.checkVisibility()) back.focus();
        else this.outside.focusTask(id);
    }

    /** @returns {Record<string, any>} what the fields hold */
    #read() { return Object.fromEntries(this.parts.map(({ name, read }) => [name, read()])); }

    /** @returns {Record<string, any>} what differs from the task as it was opened */
    #patch() {
        const task = /** @type {Record<string, any>} */ (this.#task);
        return Object.fromEntries(Object.entries(this.#read()).filter(([name, value]) => !isSame(value, task[name])));
    }

    /**
     * @param {Record<string, string>} messages beside the fields
     * @param {string} text above them
     * @param {boolean} [calm] news rather than a failure
     */
    #complain(messages, text, calm = false) {
        this.message.classList.toggle("calm", calm);
        for (const part of this.parts) if (messages[part.name]) part.reveal?.();
        const rest = showErrors(this.fields, messages);
        this.message.textContent = [text, rest].filter(Boolean).join(" ");
        this.message.hidden = !this.message.textContent;
        if (this.message.textContent) this.message.scrollIntoView({ block: "nearest" });
    }

    async #save() {
        const task = this.#task;
        if (!task || this.saveButton.disabled) return;
        const typed = this.#read();
        const messages = firstLook(typed.title, typed.tags);
        for (const { name, flaw } of this.parts) if (flaw?.()) messages[name] = flaw();
        this.#complain(messages, "");
        if (Object.keys(messages).length) return;
        if (this.clashes.asks) { this.#complain({}, say("panel.choose")); return; }
        const patch = this.#patch();
        if (Object.keys(patch).length === 0) { this.#finish(); return; }
        this.#busy(true);
        try {
            await this.store.writing.save(task, patch, this.#keyFor(task, patch), this.scope.value);
            if (this.#task === task) this.#finish();
        } catch (error) {
            if (!(error instanceof Problem)) throw error;
            await this.#refused(task, error);
        } finally {
            this.#busy(false);
        }
    }

    /**
     * The same request keeps its key; a changed one gets another.
     * @param {Task} task
     * @param {Record<string, any>} patch
     */
    #keyFor(task, patch) {
        const body = JSON.stringify([task.id, task.version, patch, this.scope.value]);
        if (body !== this.#lastBody) this.#key = this.store.writing.newKey();
        this.#lastBody = body;
        return this.#key;
    }

    /** @param {boolean} saving */
    #busy(saving) {
        this.saveButton.disabled = saving;
        this.saveButton.textContent = say(saving ? "panel.saving" : "common.save");
    }

    /**
     * @param {Task} task
     * @param {Problem} problem
     */
    async #refused(task, problem) {
        if (this.#task !== task) return;
        if (problem.code === "version_mismatch" || problem.status === 412) { await this.#reload(task); return; }
        if (!problem.passing) this.#lastBody = "";
        const messages = fieldMessages(problem.errors);
        const text = Object.keys(messages).length ? "" : say("panel.not-saved", { detail: problem.detail });
        this.#complain(messages, text);
    }

    /** @param {Task} before */
    async #reload(before) {
        try {
            const fresh = await this.store.writing.reload(before);
            if (this.#task === before) this.#follow(fresh);
            if (this.#task === fresh && this.clashes.count === 0) {
                this.#complain({}, `${say("panel.changed")} ${say("panel.save-again")}`, true);
            }
        } catch (error) {
            if (!(error instanceof Problem)) throw error;
            this.#complain({}, say("panel.not-reloaded", { detail: error.detail }));
        }
    }

    /** @param {import("../store/core.js").State} state whose rows have changed */
    update({ rows }) {
        const id = this.#task?.id;
        const row = id && rows.find((one) => one.id === id);
        if (row) this.#hear(row);
    }

    dispose() { this.unwatch(); }

    /** @param {Task} task as it is somewhere now; while this panel saves, the answer tells more */
    #hear(task) {
        const isNews = task.id === this.#task?.id && task.version > this.#task.version;
        if (isNews && !this.saveButton.disabled) this.#follow(task);
    }

    /**
     * Fields not touched here follow the task, touched ones keep what was typed; where both have changed, both values
     * are shown.
     * @param {Task} fresh
     */
    #follow(fresh) {
        const before = /** @type {Task} */ (this.#task);
        if (fresh.deleted_at && !before.deleted_at) {
            if (!this.dirty) { this.#finish(); return; }
            this.#complain({}, say("panel.deleted"));
        }
        this.#task = fresh;
        const hadNone = this.clashes.count === 0;
        this.clashes.follow(before, fresh, isSame);
        for (const section of this.sections) section.show(fresh);
        this.scope.ask(Boolean(fresh.recurrence));
        if (this.clashes.count) {
            this.#complain({}, "");
            if (hadNone) this.clashes.element.scrollIntoView({ block: "nearest" });
        } else if (!fresh.deleted_at && this.dirty) {
            this.#complain({}, say("panel.changed"), true);
        }
    }
}
