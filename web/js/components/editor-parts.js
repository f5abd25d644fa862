/** The fields of the panel, each as a part: how it is shown, read, and said in words. */

import { say } from "../words/words.js";
import { h } from "./element.js";
import { field } from "./field.js";
import { markdown } from "./markdown.js";
import { dueFields, PRIORITIES, priorityField, tagsField } from "./task-fields.js";
import { dueText } from "./value-words.js";

/**
 * A field of a task in the panel. `read` and `write` speak the member of a `Task` that has the part's name.
 * @typedef {{name: string, label: string, element: HTMLElement, field: import("./field.js").Field, read: () => any,
 *   write: (value: any) => void, words: (value: any) => string, flaw?: () => string, reveal?: () => void}} Part
 *   `words`: the value as people read it, "" for none; `flaw`: what is wrong with something half-typed; `reveal`:
 *   brings the control into sight
 */

/** @returns {Part} */
export function titlePart() {
    const control = h("textarea", {
        name: "title", rows: 1, dir: "auto", class: "title-text", enterkeyhint: "done", "data-testid": "edit-title",
    });
    control.addEventListener("input", () => {
        if (/[\r\n]/u.test(control.value)) control.value = control.value.replace(/[\r\n]+/gu, " ");
    });
    const label = say("panel.title");
    const one = field({ label, control, class: "field-wide" });
    return {
        name: "title", label, element: one.element, field: one, read: () => control.value.trim(),
        write: (title) => { control.value = title; }, words: (title) => title,
    };
}

/** The description as it is meant, or as it is written. @returns {Part} */
export function descriptionPart() {
    const control = h("textarea", { name: "description", rows: 4, dir: "auto", "data-testid": "edit-description" });
    const label = say("panel.description");
    const one = field({ label, control, class: "field-wide" });
    const shown = h("div", { class: "markdown", dir: "auto", hidden: true, "data-testid": "edit-markdown" });
    const format = (/** @type {boolean} */ isMeant) => {
        shown.replaceChildren(...(isMeant ? markdown(control.value) : []));
        shown.hidden = !isMeant;
        control.hidden = isMeant;
        toggle.textContent = say(isMeant ? "panel.edit-description" : "panel.show-formatted");
        toggle.hidden = !isMeant && !control.value.trim();
    };
    const toggle = h("button", {
        type: "button", class: "link", hidden: true, "data-testid": "edit-toggle",
        on: { click: () => { format(shown.hidden); if (shown.hidden) control.focus(); } },
    });
    one.element.append(shown, toggle);
    control.addEventListener("input", () => { toggle.hidden = !control.value.trim(); });
    return {
        name: "description", label, element: one.element, field: one, read: () => control.value,
        // Who is typing here goes on typing.
        write: (text) => { control.value = text; format(text.trim() !== "" && document.activeElement !== control); },
        words: (text) => text,
        reveal: () => format(false),
    };
}

/**
 * @param {import("../store.js").Store} store
 * @param {(anchor: Element) => void} pick opens the picker beside an element
 * @returns {Part}
 */
export function duePart(store, pick) {
    const due = dueFields({
        dateID: "edit-date", timeID: "edit-time", zone: () => store.state.zone, now: () => store.state.now, pick,
    });
    return {
        name: "due", label: say("panel.due"), field: due.date, read: due.read, write: due.write,
        element: h("div", { class: "edit-grid" }, due.date.element, due.time.element),
        words: (value) => dueText(value, store.state.zone), flaw: () => due.flaw,
    };
}

/** @returns {Part} */
export function priorityPart() {
    const one = priorityField("edit-priority");
    return {
        name: "priority", label: say("panel.priority"), element: one.element, field: one,
        read: () => one.control.value, write: (priority) => { one.control.value = priority; },
        words: (priority) => PRIORITIES[priority],
    };
}

/** @param {import("../store.js").Store} store @returns {Part} */
export function tagsPart(store) {
    const one = tagsField("edit-tags", { tags: () => store.state.tags });
    return {
        name: "tags", label: say("tags.label"), element: one.element, field: one, read: () => one.names,
        write: (tags) => { one.names = tags; }, words: (tags) => tags.join(", "),
    };
}
