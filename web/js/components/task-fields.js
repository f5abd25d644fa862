/** The controls of a task, shared by the add form and the editor. */

import { dateIn } from "../lib/dates.js";
import { codePoints, parseTags } from "../lib/text.js";
import { h } from "./element.js";
import { field } from "./field.js";

/** @typedef {import("../lib/dates.js").Due} Due */

/** @type {Readonly<Record<string, string>>} */
export const PRIORITIES = Object.freeze({ low: "Low", medium: "Medium", high: "High", urgent: "Urgent" });

/** @param {string} testID */
export function priorityField(testID) {
    const options = Object.entries(PRIORITIES).map(([value, label]) => h("option", { value }, label));
    const control = h("select", { "data-testid": testID, name: "priority" }, ...options);
    control.value = "medium";
    return field({ label: "Priority", control });
}

/** @param {string} testID */
export function tagsField(testID) {
    const control = h("input", {
        type: "text", name: "tags", dir: "auto", autocomplete: "off", autocapitalize: "none",
        placeholder: "home, errands", "data-testid": testID,
    });
    return field({ label: "Tags", control });
}

/**
 * What is wrong with a title and tags before anything is sent; the server has the last word.
 * @param {string} title trimmed
 * @param {string} tagLine
 * @returns {Record<string, string>}
 */
export function firstLook(title, tagLine) {
    /** @type {Record<string, string>} */
    const messages = {};
    if (!title) messages.title = "Write what there is to do.";
    else if (codePoints(title) > 500) messages.title = "A title has at most 500 characters. The description has room.";
    const tags = parseTags(tagLine);
    if (tags.length > 50) messages.tags = "A task has at most 50 tags.";
    else if (tags.some((tag) => codePoints(tag) > 60)) messages.tags = "A tag has at most 60 characters.";
    return messages;
}

/**
 * A date and a time. A time belongs to the zone of the viewer, unless the task came with another one.
 * @param {{dateID: string, timeID: string, zone: () => string, now: () => Date}} parts
 */
export function dueFields({ dateID, timeID, zone, now }) {
    const dateControl = h("input", {
        type: "date", name: "date", min: "1900-01-01", max: "9999-12-31", "data-testid": dateID,
    });
    const timeControl = h("input", { type: "time", name: "time", "data-testid": timeID });
    const date = field({ label: "Due", control: dateControl });
    const time = field({ label: "Time", control: timeControl });
    /** @type {Due|null} */
    let given = null;
    timeControl.addEventListener("change", () => {
        if (timeControl.value && !dateControl.value) dateControl.value = dateIn(now(), given?.time_zone ?? zone());
    });
    return {
        date, time,
        /** @param {Due|null} due */
        write(due) {
            given = due;
            dateControl.value = due?.date ?? "";
            timeControl.value = due?.time?.slice(0, 5) ?? "";
            const away = due?.kind === "zoned" && due.time_zone !== zone();
            time.setHint(away ? `${due.time_zone?.replaceAll("_", " ")} time` : "");
        },
        /** @returns {Due|null} */
        read() {
            if (!dateControl.value) return null;
            if (!timeControl.value) return { kind: "date", date: dateControl.value };
            const typed = timeControl.value.slice(0, 5);
            const kept = given?.time?.slice(0, 5) === typed ? /** @type {string} */ (given?.time) : typed;
            if (given?.kind === "floating") return { kind: "floating", date: dateControl.value, time: kept };
            return { kind: "zoned", date: dateControl.value, time: kept, time_zone: given?.time_zone ?? zone() };
        },
        /** @returns {string} what is wrong with a half-typed date or time, or "" */
        get flaw() {
            if (dateControl.validity.badInput) return "Complete the date or clear it.";
            if (timeControl.validity.badInput) return "Complete the time or clear it.";
            return "";
        },
    };
}
