/**
 * Whether something on the page is being pressed. Pressing takes the focus from where it was; whatever makes room then
 * has to wait: what is pressed would move away before it is let go of, and nothing would be clicked.
 */

let isPressed = false;
/** @type {Set<() => void>} */
const waiting = new Set();

/**
 * Begins to watch, before anything else hears of it.
 * @param {Pick<Document, "addEventListener">} document
 */
export function watchPress(document) {
    document.addEventListener("pointerdown", () => { isPressed = true; }, true);
    for (const end of ["pointerup", "pointercancel"]) document.addEventListener(end, release, true);
}

function release() {
    isPressed = false;
    for (const action of waiting) soon(action);
    waiting.clear();
}

/** The click comes with the release, before anything that is put off. @param {() => void} action */
function soon(action) { setTimeout(action); }

/**
 * Does something in a moment, once nothing is pressed.
 * @param {() => void} action asked for again before, it is done once
 */
export function whenReleased(action) {
    if (isPressed) waiting.add(action);
    else soon(action);
}
