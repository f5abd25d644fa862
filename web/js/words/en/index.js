/** English: the table of every area. */

import { COMMON } from "./common.js";
import { CONFLICT } from "./conflict.js";
import { OFFLINE } from "./offline.js";

/** @type {import("../words.js").Words} */
export const WORDS = Object.freeze({ ...COMMON, ...CONFLICT, ...OFFLINE });
