/** Elements in one expression. Text only ever becomes text nodes. */

const SVG = "http://www.w3.org/2000/svg";

/**
 * @typedef {Node|string|null|undefined|false} Child
 * @typedef {Record<string, any> & {on?: Record<string, (event: any) => void>}} Properties
 */

/**
 * @template {Element} E
 * @param {E} element
 * @param {Properties} properties attributes; `true` sets an empty one; null, undefined and false leave it out
 * @param {Child[]} children
 * @returns {E}
 */
function fill(element, { on = {}, ...attributes }, children) {
    for (const [name, value] of Object.entries(attributes)) {
        if (value === null || value === undefined || value === false) continue;
        element.setAttribute(name, value === true ? "" : String(value));
    }
    for (const [type, listener] of Object.entries(on)) element.addEventListener(type, listener);
    for (const child of children) if (child !== null && child !== undefined && child !== false) element.append(child);
    return element;
}

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} name
 * @param {Properties} [properties]
 * @param {Child[]} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function h(name, properties = {}, ...children) {
    return fill(document.createElement(name), properties, children);
}

/**
 * @param {string} name
 * @param {Properties} [properties]
 * @param {Element[]} children
 * @returns {SVGElement}
 */
export function svg(name, properties = {}, ...children) {
    return fill(/** @type {SVGElement} */ (document.createElementNS(SVG, name)), properties, children);
}

/**
 * Sets or removes an attribute only where that is a change.
 * @param {Element} element
 * @param {string} name
 * @param {string|boolean|null} value
 */
export function attribute(element, name, value) {
    if (value === false || value === null) element.removeAttribute(name);
    else if (element.getAttribute(name) !== (value === true ? "" : value)) {
        element.setAttribute(name, value === true ? "" : value);
    }
}

/**
 * @param {Node} element
 * @param {string} text
 */
export function setText(element, text) {
    if (element.textContent !== text) element.textContent = text;
}

let lastID = 0;

/**
 * @param {string} prefix
 * @returns {string} an id no other element has
 */
export function freshID(prefix) {
    lastID += 1;
    return `${prefix}-${lastID}`;
}
