/** One line to add a task, and room for details as soon as it is used. */

import { todayIn } from "../lib/dates.js";
import { whenReleased } from "../lib/press.js";
import { together } from "../lib/quick-add.js";
import { ruleOn } from "../lib/rules.js";
import { fieldMessages } from "../lib/text.js";
import { say } from "../words/words.js";
import { h } from "./element.js";
import { field, showErrors } from "./field.js";
import { icon } from "./icon.js";
import { QuickChips } from "./quick-chips.js";
import { dueFields, firstLook, priorityField, tagsField } from "./task-fields.js";

/** @typedef {import("../store.js").Store} Store */

/** The form that adds tasks; what it holds is cleared only once the task is in the list. */
export class AddForm {
    /** @param {Store} store */
    constructor(store) {
        this.store = store;
        const control = h("input", {
            type: "text", name: "title", dir: "auto", autocomplete: "off",
            placeholder: say("tasks.example"),
            enterkeyhint: "done", "data-testid": "new-task-title",
        });
        this.title = field({ label: say("tasks.new"), control, hideLabel: true, class: "field-wide" });
        this.priority = priorityField("new-task-priority");
        this.tags = tagsField("new-task-tags", { tags: () => store.state.tags });
        this.due = dueFields({
            dateID: "new-task-date", timeID: "new-task-time", zone: () => store.state.zone, now: () => store.state.now,
        });
        this.quick = new QuickChips({
            read: (text) => store.writing.readLine(text), now: () => store.state.now, zone: () => store.state.zone,
            dayEndsAt: () => store.state.user?.day_ends_at,
        });
        control.addEventListener("input", () => this.quick.watch(control.value));
        this.fields = {
            title: this.title, priority: this.priority, tags: this.tags, due: this.due.date, due_date: this.due.date,
        };
        this.details = h(
            "div", { class: "add-details" },
            this.due.date.element, this.due.time.element, this.priority.element, this.tags.element,
        );
        const add = h("button", { type: "submit", class: "button primary", "data-testid": "new-task-add" },
            say("tasks.add"));
        this.rest = h("p", { class: "field-error", role: "alert", hidden: true });
        this.element = h(
            "form", { class: "add-form card", novalidate: true, "aria-label": say("tasks.new") },
            h("div", { class: "add-line" }, icon("plus"), this.title.element, add), this.quick.element,
            this.details, this.rest,
        );
        this.element.addEventListener("submit", (event) => { event.preventDefault(); this.submit(); });
        this.element.addEventListener("focusin", () => this.unfold());
        const fold = () => this.unfold();
        this.element.addEventListener("focusout", () => whenReleased(fold));
        this.element.addEventListener("input", () => this.unfold());
        this.element.addEventListener("keydown", (event) => { if (event.key === "Escape") this.leave(); });
        this.prefill();
        this.unfold();
    }

    focus() { this.title.control.focus(); }

    /**
     * Starts a line that somebody else has written, unless one is being typed.
     * @param {string} line
     */
    begin(line) {
        if (!this.blank) return;
        this.title.control.value = line;
        this.quick.watch(line);
        this.unfold();
    }

    leave() {
        if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    }

    get blank() {
        return !this.title.control.value.trim() && !this.tagsTyped;
    }

    get tagsTyped() {
        return this.tags.names.join() !== this.usualTags;
    }

    unfold() {
        const used = this.element.contains(document.activeElement) || !this.blank;
        this.element.classList.toggle("used", used);
    }

    /** Starts from what the list shows: in Today a task is for today, under a tag it carries the tag. */
    prefill() {
        const { query, now, zone, user } = this.store.state;
        this.usualTags = query.tag;
        this.tags.names = query.tag ? [query.tag] : [];
        this.due.write(null);
        this.usualDay = query.day ?? (query.filter === "today" ? todayIn(now, zone, user?.day_ends_at) : "");
        this.due.date.control.value = this.usualDay;
        this.priority.control.value = "medium";
    }

    /** @returns {Record<string, any>} a TaskCreate */
    read() {
        const priority = this.priority.control.value;
        const said = this.quick.task() ?? { title: this.title.control.value.trim() };
        const input = together({ ...said, title: said.title || this.title.control.value.trim() }, {
            due: this.due.read(), tags: this.tags.names, ...(priority === "medium" ? {} : { priority }),
        }, this.usualDay);
        const { recurrence, due } = input;
        return recurrence?.rrule && due ? { ...input, recurrence: ruleOn(recurrence, due.date) } : input;
    }

    /**
     * Puts a task that was not accepted back into the form.
     * @param {Record<string, any>} input
     * @param {Record<string, string>} messages
     */
    write(input, messages) {
        this.title.control.value = input.title;
        this.tags.names = input.tags ?? [];
        this.priority.control.value = input.priority ?? "medium";
        this.due.write(input.due ?? null);
        this.unfold();
        this.complain(messages);
    }

    /** @param {Record<string, string>} messages */
    complain(messages) {
        const rest = showErrors(this.fields, messages);
        this.rest.textContent = rest;
        this.rest.hidden = !rest;
        this.unfold();
    }

    async submit() {
        const messages = firstLook(this.title.control.value.trim(), this.tags.names);
        if (this.due.flaw) messages.due = this.due.flaw;
        this.complain(messages);
        if (Object.keys(messages).length) return;
        if (this.reading) return;
        this.reading = true;
        const words = this.title.control.value;
        const isRead = Boolean(await this.quick.look(words));
        this.reading = false;
        const input = this.read();
        const { usualDay } = this;
        this.quick.clear();
        this.title.control.value = "";
        this.prefill();
        this.focus();
        const failed = await this.store.writing.add(input, isRead ? "" : words, usualDay);
        if (failed?.problem?.status === 422 && this.blank) {
            this.store.writing.takeDraft(failed.id);
            const found = fieldMessages(failed.problem.errors);
            this.write(input, Object.keys(found).length ? found : { title: failed.problem.detail });
        }
    }
}
