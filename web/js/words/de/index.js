/** German: the table of every area. */

import { AUTH } from "./auth.js";
import { BULK } from "./bulk.js";
import { CHANNELS } from "./channels.js";
import { CHAT } from "./chat.js";
import { COMMON } from "./common.js";
import { CREDENTIALS } from "./credentials.js";
import { DATES } from "./dates.js";
import { DEVICES } from "./devices.js";
import { EXAMPLES } from "./examples.js";
import { INBOX } from "./inbox.js";
import { KEYS } from "./keys.js";
import { LISTS } from "./lists.js";
import { NOTIFY } from "./notify.js";
import { PAGE } from "./page.js";
import { PROBLEMS } from "./problems.js";
import { PROGRAMS } from "./programs.js";
import { TASKS } from "./tasks.js";
import { WRITING } from "./writing.js";

/** @type {import("../words.js").Words} */
export const WORDS = Object.freeze({
    ...AUTH, ...BULK, ...CHANNELS, ...CHAT, ...COMMON, ...CREDENTIALS, ...DATES, ...DEVICES, ...EXAMPLES, ...INBOX,
    ...KEYS, ...LISTS, ...NOTIFY, ...PAGE, ...PROBLEMS, ...PROGRAMS, ...TASKS, ...WRITING,
});
