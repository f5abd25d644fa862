/** German: the table of every area. */

import { ACCOUNT } from "./account.js";
import { AUTH } from "./auth.js";
import { BULK } from "./bulk.js";
import { CHANNELS } from "./channels.js";
import { CHAT } from "./chat.js";
import { COMMON } from "./common.js";
import { CONFLICT } from "./conflict.js";
import { CREDENTIALS } from "./credentials.js";
import { DATES } from "./dates.js";
import { DEVICES } from "./devices.js";
import { EXAMPLES } from "./examples.js";
import { FEEDS } from "./feeds.js";
import { HISTORY } from "./history.js";
import { INBOX } from "./inbox.js";
import { KEYS } from "./keys.js";
import { LISTS } from "./lists.js";
import { NOTIFY } from "./notify.js";
import { OFFLINE } from "./offline.js";
import { PAGE } from "./page.js";
import { PANEL } from "./panel.js";
import { PICKERS } from "./pickers.js";
import { PROBLEMS } from "./problems.js";
import { PROGRAMS } from "./programs.js";
import { SAVED } from "./saved.js";
import { TAGS } from "./tags.js";
import { TASKS } from "./tasks.js";
import { VOICE } from "./voice.js";
import { WRITING } from "./writing.js";

/** @type {import("../words.js").Words} */
export const WORDS = Object.freeze({
    ...ACCOUNT, ...AUTH, ...BULK, ...CHANNELS, ...CHAT, ...COMMON, ...CONFLICT, ...CREDENTIALS, ...DATES,
    ...DEVICES, ...EXAMPLES, ...FEEDS, ...HISTORY, ...INBOX, ...KEYS, ...LISTS, ...NOTIFY, ...OFFLINE, ...PAGE,
    ...PANEL, ...PICKERS, ...PROBLEMS, ...PROGRAMS, ...SAVED, ...TAGS, ...TASKS, ...VOICE, ...WRITING,
});
