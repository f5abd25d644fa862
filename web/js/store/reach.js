/** Whether the server can be reached. */

import { Problem } from "../api.js";

/** No answer at all, or that of whoever stands before a server that does not answer. */
const UNREACHABLE = Object.freeze([0, 408, 502, 503, 504]);

/**
 * @param {unknown} error
 * @returns {boolean} whether the server could not be reached
 */
export function isUnreachable(error) {
    return error instanceof Problem && UNREACHABLE.includes(error.status);
}
