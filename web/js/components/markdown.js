/** Markdown as elements: made node by node, never out of HTML. */

import { parseMarkdown } from "../lib/markdown.js";
import { say } from "../words/words.js";
import { h } from "./element.js";

/**
 * @param {string} text
 * @returns {HTMLElement[]}
 */
export function markdown(text) { return parseMarkdown(text).map(block); }

/**
 * @param {import("../lib/markdown.js").Block} one
 * @returns {HTMLElement}
 */
function block(one) {
    switch (one.kind) {
        // Below the heading of the dialog.
        case "heading": return h("p", { role: "heading", "aria-level": String(Math.min(one.level + 2, 6)),
            class: "markdown-heading" }, ...one.parts.map(inline));
        case "code": return h("pre", { tabindex: "0" }, h("code", {}, one.text));
        case "quote": return h("blockquote", {}, ...one.blocks.map(block));
        case "rule": return h("hr");
        case "list": {
            const items = one.items.map(item);
            return one.start === null ? h("ul", {}, ...items) : h("ol", { start: one.start }, ...items);
        }
        default: return h("p", {}, ...one.parts.map(inline));
    }
}

/** @param {import("../lib/markdown.js").Item} one */
function item({ checked, blocks }) {
    const box = checked !== null && h("span", {
        class: "markdown-box", role: "img", "data-checked": String(checked),
        "aria-label": say(checked ? "tasks.boxDone" : "tasks.boxOpen"),
    });
    return h("li", { "data-box": checked !== null }, box, h("div", {}, ...blocks.map(block)));
}

/**
 * @param {import("../lib/markdown.js").Inline} one
 * @returns {Node}
 */
function inline(one) {
    switch (one.kind) {
        case "text": return document.createTextNode(one.text);
        case "code": return h("code", {}, one.text);
        case "link": return h("a", { href: one.href, target: "_blank", rel: "noopener noreferrer" },
            ...one.parts.map(inline));
        default: return h(one.kind, {}, ...one.parts.map(inline));
    }
}
