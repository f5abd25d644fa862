/** A control with its label, its hint and its error, tied together for every reader. */

import { attribute, freshID, h, setText } from "./element.js";

/**
 * @typedef {HTMLInputElement|HTMLTextAreaElement|HTMLSelectElement} Control
 * @typedef {{element: HTMLElement, control: Control, setError: (text: string) => void,
 *   setHint: (text: string) => void}} Field
 */

/**
 * @param {{label: string, control: Control, frame?: HTMLElement, hint?: string, class?: string,
 *   hideLabel?: boolean}} parts `frame`: what the control stands in, with what belongs to it
 * @returns {Field}
 */
export function field({ label, control, frame = control, hint = "", class: className = "", hideLabel = false }) {
    control.id = freshID("field");
    const hintElement = h("p", { class: "field-hint", id: `${control.id}-hint` });
    const error = h("p", { class: "field-error", id: `${control.id}-error` });
    const element = h(
        "div", { class: `field ${className}`.trim() },
        h("label", { for: control.id, class: hideLabel ? "unseen" : null }, label), frame, hintElement, error,
    );
    const describe = () => {
        const parts = [hintElement, error].filter((part) => part.textContent).map((part) => part.id);
        hintElement.hidden = !hintElement.textContent;
        error.hidden = !error.textContent;
        attribute(control, "aria-describedby", parts.join(" ") || null);
        attribute(control, "aria-invalid", error.textContent ? "true" : null);
    };
    const setError = (/** @type {string} */ text) => { setText(error, text); describe(); };
    const setHint = (/** @type {string} */ text) => { setText(hintElement, text); describe(); };
    control.addEventListener("input", () => setError(""));
    setHint(hint);
    return { element, control, setError, setHint };
}

/**
 * Shows each message beside its field, and moves to the first.
 * @param {Record<string, Field>} fields by name
 * @param {Record<string, string>} messages by name
 * @returns {string} what has no field to stand beside
 */
export function showErrors(fields, messages) {
    const rest = [];
    /** @type {Control|null} */
    let first = null;
    for (const one of Object.values(fields)) one.setError("");
    for (const [name, message] of Object.entries(messages)) {
        if (fields[name]) {
            fields[name].setError(message);
            first ??= fields[name].control;
        } else {
            rest.push(`${name}: ${message}`);
        }
    }
    first?.focus();
    return rest.join(" ");
}
