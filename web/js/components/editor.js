/** The dialog in which a task is changed. What was typed is kept until it is saved or given up on purpose. */

import { Problem } from "../api.js";
import { fieldMessages, fold, parseTags } from "../lib/text.js";
import { h } from "./element.js";
import { field, showErrors } from "./field.js";
import { markdown } from "./markdown.js";
import { dueFields, firstLook, PRIORITIES, priorityField, tagsField } from "./task-fields.js";

/**
 * @typedef {import("../api.js").Task} Task
 * @typedef {Pick<Task, "title"|"description"|"priority"|"tags"|"due">} Content
 */

const NAMES = /** @type {const} */ (["title", "description", "priority", "tags", "due"]);

/**
 * @param {unknown} value
 * @returns {string} equal for equal contents
 */
function canonical(value) {
    if (Array.isArray(value)) return value.map(canonical).join();
    if (value === null || typeof value !== "object") return String(value);
    return Object.entries(value).sort().map(([name, part]) => `${name}=${part}`).join();
}

export class Editor {
    /** @type {Task|null} */
    #task = null;
    #key = "";
    #lastBody = "";
    #suspended = false;

    /** @param {import("../store.js").Store} store */
    constructor(store) {
        this.store = store;
        const title = h("textarea", {
            name: "title", rows: 1, dir: "auto", class: "title-text", enterkeyhint: "done", "data-testid": "edit-title",
        });
        title.addEventListener("input", () => {
            if (/[\r\n]/u.test(title.value)) title.value = title.value.replace(/[\r\n]+/gu, " ");
        });
        const text = h("textarea", { name: "description", rows: 4, dir: "auto", "data-testid": "edit-description" });
        this.title = field({ label: "Title", control: title, class: "field-wide" });
        this.description = field({ label: "Description", control: text, class: "field-wide" });
        this.shown = h("div", { class: "markdown", dir: "auto", hidden: true, "data-testid": "edit-markdown" });
        this.toggle = h("button", {
            type: "button", class: "link", hidden: true, "data-testid": "edit-toggle",
            on: { click: () => this.#format(this.shown.hidden) },
        });
        this.description.element.append(this.shown, this.toggle);
        text.addEventListener("input", () => { this.toggle.hidden = !text.value.trim(); });
        this.priority = priorityField("edit-priority");
        this.tags = tagsField("edit-tags");
        this.due = dueFields({
            dateID: "edit-date", timeID: "edit-time", zone: () => store.state.zone, now: () => store.state.now,
        });
        this.fields = {
            title: this.title, description: this.description, due: this.due.date, due_date: this.due.date,
            priority: this.priority, tags: this.tags,
        };
        this.message = h("p", { class: "banner", role: "alert", hidden: true, "data-testid": "edit-message" });
        this.element = this.#build();
        this.element.addEventListener("cancel", (event) => { event.preventDefault(); this.#leave(); });
        this.element.addEventListener("keydown", (event) => this.#onKey(event));
    }

    #build() {
        const button = (/** @type {string} */ text, /** @type {object} */ rest) =>
            h("button", { type: "button", class: "button", ...rest }, text);
        this.saveButton = button("Save", { type: "submit", class: "button primary", "data-testid": "edit-save" });
        this.question = h(
            "div", { class: "banner calm question", hidden: true, "data-testid": "edit-question" },
            h("p", {}, "You have changes that are not saved."),
            button("Discard", { "data-testid": "edit-discard", on: { click: () => this.#close() } }),
            button("Keep editing", { on: { click: () => this.#stay() } }),
        );
        const cancel = button("Cancel", { "data-testid": "edit-cancel", on: { click: () => this.#close() } });
        const form = h(
            "form", { novalidate: true, "data-testid": "edit-form" },
            h("h2", { id: "editor-heading" }, "Edit task"), this.message,
            this.title.element, this.description.element,
            h(
                "div", { class: "edit-grid" },
                this.due.date.element, this.due.time.element, this.priority.element, this.tags.element,
            ),
            this.question,
            h("div", { class: "dialog-actions" }, cancel, this.saveButton),
        );
        form.addEventListener("submit", (event) => { event.preventDefault(); this.#save(); });
        return h("dialog", { class: "editor", "aria-labelledby": "editor-heading" }, form);
    }

    /**
     * @param {Task} task
     * @param {{at?: "due"|"tags"|"reminders"}} [place] the field to begin with, the title otherwise
     */
    open(task, { at } = {}) {
        this.#task = task;
        this.#lastBody = "";
        this.#show(task, NAMES);
        this.#complain({}, "");
        this.question.hidden = true;
        this.#format(task.description.trim() !== "");
        this.element.showModal();
        const first = { due: this.due.date, tags: this.tags, reminders: this.due.date, title: this.title };
        first[at ?? "title"].control.focus();
    }

    /**
     * Shows the description as it is meant, or as it is written.
     * @param {boolean} isMeant
     */
    #format(isMeant) {
        const { control } = this.description;
        this.shown.replaceChildren(...(isMeant ? markdown(control.value) : []));
        this.shown.hidden = !isMeant;
        control.hidden = isMeant;
        this.toggle.textContent = isMeant ? "Edit description" : "Show formatted";
        this.toggle.hidden = !isMeant && !control.value.trim();
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
        this.element.showModal();
    }

    get dirty() { return this.#task !== null && Object.keys(this.#patch()).length > 0; }

    /** @param {KeyboardEvent} event */
    #onKey(event) {
        if (event.key === "Escape") {
            event.preventDefault();
            event.stopPropagation();
            this.#leave();
        } else if (event.key === "Enter" && !event.isComposing
            && (event.ctrlKey || event.metaKey || event.target === this.title.control)) {
            event.preventDefault();
            this.#save();
        }
    }

    #leave() {
        if (!this.dirty) { this.#close(); return; }
        this.question.hidden = false;
        this.question.querySelector("button:last-child")?.focus();
    }

    #stay() {
        this.question.hidden = true;
        this.title.control.focus();
    }

    #close() {
        this.#task = null;
        this.element.close();
    }

    /**
     * @param {Task} task
     * @param {readonly (keyof Content)[]} names the fields to overwrite
     */
    #show(task, names) {
        for (const name of names) {
            if (name === "due") this.due.write(task.due);
            else if (name === "tags") this.tags.control.value = task.tags.join(", ");
            else this[name].control.value = task[name];
        }
        if (!this.shown.hidden) this.#format(true);
    }

    /** @returns {Content} */
    #read() {
        return {
            title: this.title.control.value.trim(),
            description: this.description.control.value,
            priority: /** @type {Task["priority"]} */ (this.priority.control.value),
            tags: parseTags(this.tags.control.value),
            due: this.due.read(),
        };
    }

    /** @returns {Partial<Content>} what differs from the task as it was opened */
    #patch() {
        const typed = this.#read();
        const task = /** @type {Task} */ (this.#task);
        const changed = NAMES.filter((name) => canonical(typed[name]) !== canonical(task[name]));
        return Object.fromEntries(changed.map((name) => [name, typed[name]]));
    }

    /**
     * @param {Record<string, string>} messages beside the fields
     * @param {string} text above them
     * @param {boolean} [calm] news rather than a failure
     */
    #complain(messages, text, calm = false) {
        this.message.classList.toggle("calm", calm);
        if (messages.description) this.#format(false);
        const rest = showErrors(this.fields, messages);
        this.message.textContent = [text, rest].filter(Boolean).join(" ");
        this.message.hidden = !this.message.textContent;
    }

    async #save() {
        const task = this.#task;
        if (!task || this.saveButton.disabled) return;
        const patch = this.#patch();
        const messages = firstLook(this.#read().title, this.tags.control.value);
        if (this.due.flaw) messages.due = this.due.flaw;
        this.#complain(messages, "");
        if (Object.keys(messages).length) return;
        if (Object.keys(patch).length === 0) { this.#close(); return; }
        this.#busy(true);
        try {
            await this.store.writing.save(task, patch, this.#keyFor(task, patch));
            if (this.#task === task) this.#close();
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
     * @param {Partial<Content>} patch
     */
    #keyFor(task, patch) {
        const body = JSON.stringify([task.id, task.version, patch]);
        if (body !== this.#lastBody) this.#key = this.store.writing.newKey();
        this.#lastBody = body;
        return this.#key;
    }

    /** @param {boolean} saving */
    #busy(saving) {
        this.saveButton.disabled = saving;
        this.saveButton.textContent = saving ? "Saving…" : "Save";
    }

    /**
     * @param {Task} task
     * @param {Problem} problem
     */
    async #refused(task, problem) {
        if (this.#task !== task) return;
        if (problem.code === "version_mismatch") { await this.#merge(task); return; }
        if (!problem.passing) this.#lastBody = "";
        const messages = fieldMessages(problem.errors);
        this.#complain(messages, Object.keys(messages).length ? "" : `Not saved. ${problem.detail}`);
    }

    /**
     * The task was changed elsewhere: fields not touched here follow it, touched ones keep what was typed.
     * @param {Task} before
     */
    async #merge(before) {
        try {
            const fresh = await this.store.writing.reload(before);
            if (this.#task !== before) return;
            const touched = /** @type {(keyof Content)[]} */ (Object.keys(this.#patch()));
            this.#task = fresh;
            this.#show(fresh, NAMES.filter((name) => !touched.includes(name)));
            const clashes = touched.filter((name) => canonical(fresh[name]) !== canonical(before[name]));
            const words = clashes.map((name) => `${fold(name)} is now ${this.#words(fresh, name)}`);
            this.#complain({}, [
                "This task was changed in another place and has been reloaded. What you typed is kept.",
                words.length ? `There, the ${words.join("; the ")}.` : "", "Save again to apply your changes.",
            ].filter(Boolean).join(" "), true);
        } catch (error) {
            if (!(error instanceof Problem)) throw error;
            this.#complain({}, `Changed in another place and not reloaded. ${error.detail}`);
        }
    }

    /**
     * @param {Task} task
     * @param {keyof Content} name
     */
    #words(task, name) {
        if (name === "priority") return PRIORITIES[task.priority];
        if (name === "due") return task.due ? [task.due.date, task.due.time].filter(Boolean).join(" ") : "not set";
        if (name === "tags") return task.tags.join(", ") || "empty";
        return task[name] ? `“${task[name]}”` : "empty";
    }
}
