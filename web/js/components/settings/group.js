/** A part of the settings: a heading that the list at the side leads to, a sentence, and what it holds. */

import { freshID, h } from "../element.js";

/**
 * @param {string} name of the part, for the address and for tests
 * @param {string} heading
 * @param {string} words a sentence about it, or ""
 * @param {...(Node|null)} children
 * @returns {HTMLElement}
 */
export function group(name, heading, words, ...children) {
    const id = freshID("settings-group");
    return h(
        "section", { class: "settings-group", "aria-labelledby": id, "data-part": name, "data-testid": `part-${name}` },
        h("h3", { id, class: "settings-title", tabindex: "-1" }, heading),
        words ? h("p", { class: "settings-about" }, words) : null, ...children,
    );
}

/**
 * @param {string} label
 * @param {string} testID
 * @param {() => void} click
 * @param {string} [kind] of button
 */
export function button(label, testID, click, kind = "") {
    return h("button", {
        type: "button", class: `button ${kind}`.trim(), "data-testid": testID, on: { click },
    }, label);
}
