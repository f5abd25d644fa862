// Elements and text. Nothing here reads markup: every string becomes a text node.

/** An element with attributes (a string or true sets, false and undefined leave out) and children. */
export function el(tag, attributes = {}, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
        if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
        else if (value === true) node.setAttribute(name, "");
        else if (value !== false && value !== undefined) node.setAttribute(name, value);
    }
    node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
    return node;
}

/** `code` and **strong** in one line of text. */
export function inline(text) {
    return text.split(/(`[^`]+`|\*\*[^*]+\*\*)/).filter(Boolean).map((part) => {
        if (part.startsWith("`")) return el("code", {}, part.slice(1, -1));
        if (part.startsWith("**")) return el("strong", {}, part.slice(2, -2));
        return part;
    });
}

/** Paragraphs of text. */
export function prose(text) {
    return text.split(/\n\n+/).map((paragraph) => el("p", {}, inline(paragraph)));
}
