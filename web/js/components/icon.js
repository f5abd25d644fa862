/** Line drawings on a 24 × 24 grid; decoration only, so hidden from assistive technology. */

import { svg } from "./element.js";

const PATHS = Object.freeze({
    check: "M5 12.5l4.5 4.5L19 7.5",
    trash: "M4 7h16M9 7V4.5h6V7M6.5 7l.8 12.5h9.4L17.5 7M10 11v5M14 11v5",
    edit: "M4 20l.9-3.9L16.4 4.6a1.9 1.9 0 0 1 2.7 0l.3.3a1.9 1.9 0 0 1 0 2.7L7.9 19.1z",
    search: "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.5 15.5L20 20",
    plus: "M12 5v14M5 12h14",
    close: "M6 6l12 12M18 6L6 18",
    restore: "M4 5v5h5M4.5 10a8 8 0 1 1-.4 4",
    clock: "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17zM12 7.5V12l3 2",
    again: "M20 11a8 8 0 0 0-14.3-4M4 4v4h4M4 13a8 8 0 0 0 14.3 4M20 20v-4h-4",
    skip: "M6 6l7 6-7 6zM17 6v12",
    bell: "M6 17v-6a6 6 0 0 1 12 0v6l1.5 1.5h-15zM10.5 21h3",
    inbox: "M4 13l2.5-8h11L20 13v6H4zM4 13h5l1 2.5h4l1-2.5h5",
    sun: "M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 3v1.5M12 19.5V21M3 12h1.5M19.5 12H21"
        + "M5.6 5.6l1 1M17.4 17.4l1 1M18.4 5.6l-1 1M6.6 17.4l-1 1",
    layers: "M12 4l8.5 4.5L12 13 3.5 8.5zM3.5 13l8.5 4.5 8.5-4.5",
    tag: "M4 4h7.5l8.5 8.5-7.5 7.5L4 11.5zM8.2 8.2h.01",
    alert: "M12 4L21 19.5H3zM12 10v4M12 16.8h.01",
    chat: "M4 5h16v11h-9l-4.5 3.5V16H4zM8 9h8M8 12h5",
    sliders: "M4 7h9M17 7h3M4 17h3M11 17h9M15 9.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z"
        + "M9 19.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z",
    select: "M5 4.5h14v15H5zM8.5 12l2.5 2.5 4.5-5",
    calendar: "M4 6h16v14H4zM4 10.5h16M8.5 3.5V8M15.5 3.5V8",
    download: "M12 4v11M7.5 10.5L12 15l4.5-4.5M5 19.5h14",
    filter: "M4 5.5h16l-6.2 7.3v6.2l-3.6-1.8v-4.4z",
    grip: "M9 6h.01M15 6h.01M9 12h.01M15 12h.01M9 18h.01M15 18h.01",
    urgent: "M6 11.5l6-6 6 6M6 18.5l6-6 6 6",
    high: "M6 15l6-6 6 6",
    medium: "M6 9.5h12M6 14.5h12",
    low: "M6 9l6 6 6-6",
    microphone: "M12 14a3 3 0 0 0 3-3V6a3 3 0 0 0-6 0v5a3 3 0 0 0 3 3zM5.5 11a6.5 6.5 0 0 0 13 0M12 17.5V21",
    flag: "M6 21V4M6 4.5h11l-2.2 4 2.2 4H6",
    before: "M15 5l-7 7 7 7",
    after: "M9 5l7 7-7 7",
});

/** @typedef {keyof PATHS} IconName */

/** One drawing of each name, to be copied: lists show the same few hundreds of times.
 * @type {Map<IconName, SVGElement>} */
const drawn = new Map();

/**
 * @param {IconName} name
 * @returns {SVGElement}
 */
export function icon(name) {
    let drawing = drawn.get(name);
    if (!drawing) {
        const line = svg("path", { d: PATHS[name] });
        drawing = svg("svg", { class: "icon", viewBox: "0 0 24 24", "aria-hidden": "true", focusable: "false" }, line);
        drawn.set(name, drawing);
    }
    return /** @type {SVGElement} */ (drawing.cloneNode(true));
}

/**
 * The mark: a tick whose short stroke is a dotted way.
 * @returns {SVGElement}
 */
export function mark() {
    const dots = [[3.2, 13.2], [7.4, 17.4]].map(([cx, cy]) => svg("circle", { cx, cy, r: 2 }));
    const tick = svg("path", { d: "M11.8 21.8l2.6 2.6L28.6 9" });
    const frame = { class: "mark", viewBox: "0 0 32 32", "aria-hidden": "true", focusable: "false" };
    return svg("svg", frame, ...dots, tick);
}
