/**
 * What went wrong, in words. The server tells it in English; where the page has words of its own for a code, readers of
 * other languages get those, and what is told of the rest stays as it was told.
 */

import { language, say } from "./words.js";

/** The codes with words of their own, as `docs` of the API names them. */
const KNOWN = Object.freeze([
    "rate_limited", "not_found", "version_mismatch", "unauthenticated", "body_too_large", "unavailable", "internal",
    "email_taken", "undo_expired", "undo_conflict", "in_trash", "not_recurring", "already_completed",
    "last_occurrence", "conversation_busy", "session_required", "link_expired", "channel_off", "validation_failed",
]);

/** The same for single fields. */
const KNOWN_FIELD = Object.freeze([
    "required", "too_long", "too_short", "too_many", "out_of_range", "duplicate", "invalid_characters", "invalid_value",
]);

/**
 * @typedef {{pointer?: string, parameter?: string, line?: number, column?: number, code: string, detail: string,
 *   told?: string}} FieldError
 *   `told`: the server's own sentence, where `detail` is another
 */

/**
 * @param {{status: number, code: string, detail?: string, wait?: number}} problem `wait`: in how many seconds it may be
 *   tried again, where that is known
 * @returns {string} one sentence or two
 */
export function problemWords({ status, code, detail, wait = 0 }) {
    const isKnown = KNOWN.includes(code);
    const told = detail && (language() === "en" || !isKnown) ? detail
        : isKnown ? say(`problems.code.${code}`) : say("problems.status", { status: String(status) });
    return wait > 0 ? `${told} ${say("problems.later", { seconds: wait })}` : told;
}

/**
 * @param {FieldError} error
 * @returns {FieldError} the same, told in the reader's language
 */
export function fieldError(error) {
    const isKnown = KNOWN_FIELD.includes(error.code);
    if (error.detail && (language() === "en" || !isKnown)) return error;
    return { ...error, told: error.detail, detail: say(`problems.field.${isKnown ? error.code : "invalid_value"}`) };
}
