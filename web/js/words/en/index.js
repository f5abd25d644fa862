/** English: the table of every area. */

import { COMMON } from "./common.js";
import { PICKERS } from "./pickers.js";

/** @type {import("../words.js").Words} */
export const WORDS = Object.freeze({ ...COMMON, ...PICKERS });
