/** What can be done with the selected tasks, all at once. */

import { say } from "../words/words.js";
import { h, setText } from "./element.js";
import { icon } from "./icon.js";
import { completeTags } from "./tag-field.js";
import { PRIORITIES } from "./task-fields.js";

/**
 * @typedef {import("../store/bulk.js").Bulk} Bulk
 * @typedef {import("../store/core.js").State} State
 */

export class BulkBar {
    /** @param {Bulk} bulk */
    constructor(bulk) {
        this.bulk = bulk;
        this.count = h("p", { class: "bulk-count", "data-testid": "bulk-count" });
        const button = (/** @type {string} */ name, /** @type {import("./icon.js").IconName} */ drawing,
            /** @type {string} */ label, /** @type {() => void} */ click) => h(
            "button", { type: "button", class: "button", "data-testid": `bulk-${name}`, on: { click } },
            icon(drawing), label,
        );
        this.done = button("done", "check", say("bulk.complete"), () => bulk.complete());
        this.reopen = button("reopen", "restore", say("bulk.reopen"), () => bulk.reopen());
        this.restore = button("restore", "restore", say("bulk.restore"), () => bulk.restore());
        this.remove = button("delete", "trash", say("common.delete"), () => bulk.remove());
        this.all = button("all", "select", say("bulk.all"), () => bulk.selectAll());
        this.clear = h("button", {
            type: "button", class: "icon-button", "aria-label": say("bulk.none"), "data-testid": "bulk-clear",
            on: { click: () => bulk.clear() },
        }, icon("close"));
        this.date = h("input", {
            type: "date", "aria-label": say("bulk.date"), min: "1900-01-01", max: "9999-12-31",
            "data-testid": "bulk-date",
        });
        this.tag = h("input", {
            type: "text", "aria-label": say("bulk.tag.label"), placeholder: say("bulk.tag"), dir: "auto", maxlength: 61,
            autocomplete: "off", autocapitalize: "none", "data-testid": "bulk-tag",
        });
        this.priority = h(
            "select", { "aria-label": say("bulk.priority.label"), "data-testid": "bulk-priority" },
            h("option", { value: "" }, say("bulk.priority")),
            ...Object.entries(PRIORITIES).reverse().map(([value, label]) => h("option", { value }, label)),
        );
        this.priority.addEventListener("change", () => {
            if (this.priority.value) bulk.setPriority(this.priority.value);
            this.priority.value = "";
        });
        this.dateForm = this.#form("bulk-move", say("bulk.move"), this.date, () => {
            if (this.date.value) bulk.moveTo(this.date.value);
        });
        this.tagForm = this.#form("bulk-add-tag", say("bulk.addTag"), this.tag, () => {
            const name = this.tag.value.trim().replace(/^#+/u, "").trim();
            if (name) bulk.addTag(name);
            this.tag.value = "";
        });
        /** @type {readonly import("../api.js").Tag[]} */
        this.tags = [];
        const completion = completeTags(this.tag, {
            tags: () => this.tags,
            choose: (name) => { this.tag.value = name; this.tagForm.requestSubmit(); },
        });
        this.tag.after(completion.list, completion.status);
        this.tagForm.classList.add("completed");
        this.open = h("div", { class: "bulk-part" }, this.dateForm, this.tagForm);
        this.element = h(
            "section", { class: "bulk", "aria-label": say("bulk.label"), hidden: true, "data-testid": "bulk" },
            h("div", { class: "bulk-head" }, this.count, this.all, this.clear),
            h("div", { class: "bulk-part" }, this.done, this.reopen, this.restore, this.remove, this.priority),
            this.open,
        );
    }

    /**
     * @param {string} name
     * @param {string} label
     * @param {HTMLInputElement} control
     * @param {() => void} act
     */
    #form(name, label, control, act) {
        const send = h("button", { type: "submit", class: "button", "data-testid": name }, label);
        const form = h("form", { novalidate: true }, control, send);
        form.addEventListener("submit", (event) => { event.preventDefault(); act(); });
        return form;
    }

    /** @param {State} state */
    update({ selected, bulkBusy, query, rows, tags }) {
        this.tags = tags;
        this.element.hidden = selected.length === 0;
        if (selected.length === 0) return;
        const isTrash = query.filter === "trash";
        const isDone = query.filter === "done";
        setText(this.count, bulkBusy ? say("bulk.working") : say("bulk.selected", { count: selected.length }));
        this.element.toggleAttribute("data-busy", bulkBusy);
        this.done.hidden = isTrash || isDone;
        this.reopen.hidden = !isDone;
        this.restore.hidden = !isTrash;
        this.remove.hidden = this.open.hidden = this.priority.hidden = isTrash;
        this.all.hidden = selected.length >= rows.length;
        for (const control of this.element.querySelectorAll("button, input, select")) {
            /** @type {HTMLButtonElement} */ (control).disabled = bulkBusy;
        }
    }
}
