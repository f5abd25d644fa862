/** The controls of a task, shared by the add form and the editor. */

import { dateIn } from "../lib/dates.js";
import { codePoints } from "../lib/text.js";
import { say } from "../words/words.js";
import { h } from "./element.js";
import { field } from "./field.js";
import { icon } from "./icon.js";

/** @typedef {import("../lib/dates.js").Due} Due */

/** How priorities are called, the lowest first. @type {Readonly<Record<string, string>>} */
export const PRIORITIES = Object.freeze({
    get low() { return say("panel.low"); }, get medium() { return say("panel.medium"); },
    get high() { return say("panel.high"); }, get urgent() { return say("panel.urgent"); },
});

/**
 * The priorities to choose from, each with its shape; the sheet shows that of the chosen one.
 * @param {string} testID
 */
export function priorityField(testID) {
    const names = Object.keys(PRIORITIES).reverse();
    const options = names.map((value) => h("option", { value }, PRIORITIES[value]));
    const control = h("select", { "data-testid": testID, name: "priority" }, ...options);
    control.value = "medium";
    const shapes = names.map((name) => h(
        "span", { class: `shape priority ${name}` }, icon(/** @type {import("./icon.js").IconName} */ (name)),
    ));
    const frame = h("div", { class: "priority-pick" }, ...shapes, control);
    return field({ label: say("panel.priority"), control, frame });
}

export { tagsField } from "./tag-field.js";

/**
 * What is wrong with a title and tags before anything is sent; the server has the last word.
 * @param {string} title trimmed
 * @param {readonly string[]} tags
 * @returns {Record<string, string>}
 */
export function firstLook(title, tags) {
    /** @type {Record<string, string>} */
    const messages = {};
    if (!title) messages.title = say("panel.no-title");
    else if (codePoints(title) > 500) messages.title = say("panel.long-title");
    if (tags.length > 50) messages.tags = say("tags.too-many");
    else if (tags.some((tag) => codePoints(tag) > 60)) messages.tags = say("tags.too-long");
    return messages;
}

/**
 * A date and a time. A time belongs to the zone of the viewer, unless the task came with another one.
 * @param {{dateID: string, timeID: string, zone: () => string, now: () => Date,
 *   pick?: (anchor: Element) => void}} parts `pick`: opens the picker beside an element
 */
export function dueFields({ dateID, timeID, zone, now, pick }) {
    const dateControl = h("input", {
        type: "date", name: "date", min: "1900-01-01", max: "9999-12-31", "data-testid": dateID,
    });
    const timeControl = h("input", { type: "time", name: "time", "data-testid": timeID });
    const frame = pick && h("div", { class: "date-pick" }, dateControl, h("button", {
        type: "button", class: "icon-button", "aria-label": say("pickers.open"), "aria-haspopup": "dialog",
        "data-testid": `${dateID}-pick`, on: { click: (event) => pick(event.currentTarget) },
    }, icon("calendar")));
    const date = field({ label: say("panel.due"), control: dateControl, frame });
    const time = field({ label: say("pickers.time"), control: timeControl });
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
            time.setHint(away ? say("pickers.timeIn", { zone: due.time_zone?.replaceAll("_", " ") ?? "" }) : "");
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
            if (dateControl.validity.badInput) return say("pickers.halfDate");
            if (timeControl.validity.badInput) return say("pickers.halfTime");
            return "";
        },
    };
}
