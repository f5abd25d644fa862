/** English: the table of every area. */

import { ACCOUNT } from "./account.js";
import { COMMON } from "./common.js";
import { SAVED } from "./saved.js";

/** @type {import("../words.js").Words} */
export const WORDS = Object.freeze({ ...COMMON, ...ACCOUNT, ...SAVED });
