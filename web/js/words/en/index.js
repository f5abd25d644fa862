/** English: the table of every area. */

import { COMMON } from "./common.js";
import { CONFLICT } from "./conflict.js";
import { HISTORY } from "./history.js";
import { PANEL } from "./panel.js";
import { TAGS } from "./tags.js";

/** @type {import("../words.js").Words} */
export const WORDS = Object.freeze({ ...COMMON, ...CONFLICT, ...HISTORY, ...PANEL, ...TAGS });
