/**
 * The one state of the page.
 * @typedef {import("../api.js").Task} Task
 * @typedef {import("../api.js").User} User
 * @typedef {import("../api.js").Tag} Tag
 * @typedef {import("../api.js").Problem} Problem
 * @typedef {import("../lib/route.js").Query} Query
 * @typedef {{step: number, cursor: string|null}} Place where the next page begins
 * @typedef {{id: string, key: string, input: Record<string, any>,
 *   status: import("./commands.js").Command["status"], problem: Problem|null,
 *   task?: Task|null}} Draft a task that the server has not confirmed yet; `task`: as it will be, if it waits
 * @typedef {{kind: "done"|"delete"|"restore"|"skip"|"patch", done?: boolean, patch?: Record<string, any>,
 *   words?: string, scope?: "this"|"following", key: string,
 *   status: import("./commands.js").Command["status"], problem: Problem|null, base?: Task|null, task?: Task|null,
 *   theirs?: Task|null, isHeld?: boolean}} Change a write on its way, by task id;
 *   `base`: what it was made on; `task`: with it; `theirs`: the task there, where the two are at odds; `isHeld`: it
 *   was kept until the server can be reached
 * @typedef {import("../api.js").Notification} Notification
 * @typedef {string|(() => Promise<void>)} Undo a token of the server, or what does it
 * @typedef {{id: number, text: string, tone: "info"|"error", undo: Undo|Undo[]|null, inbox: boolean}} Notice
 *   `undo`: what takes it back, one for each request; `inbox`: it offers to open the inbox
 * @typedef {{items: import("../lib/notify.js").Delivery[], message: string}} Receipts
 * @typedef {{items: Notification[], next: string|null, unread: number, isOpen: boolean, isLoading: boolean,
 *   message: string, receipts: Record<string, Receipts>}} Inbox
 *   `receipts`: by notification, where they are shown
 * @typedef {import("./chat.js").Message} Message
 * @typedef {import("./chat.js").Card} Card
 * @typedef {{messages: Message[], conversation: string|null, isOpen: boolean, isWaiting: boolean}} Chat
 * @typedef {import("../api.js").Program} Program
 * @typedef {{items: Program[], leaving: string[], isOpen: boolean, isLoading: boolean, message: string}} Programs
 *   `leaving`: by id, those being revoked
 * @typedef {{ids: string[], isBusy: boolean, isNew: boolean}} Examples tasks made for a look around: those that are
 *   there, by id; `isNew`: this person has no task at all
 * @typedef {"off"|"waiting"|"connected"|"offline"|"crowded"} Live whether changes made elsewhere come in: "waiting"
 *   is too short to mention; "crowded" means that too many windows are open
 * @typedef {{
 *   phase: "starting"|"unreachable"|"signed-out"|"expired"|"signed-in", user: User|null, query: Query, rows: Task[],
 *   next: Place|null, total: number|null, loading: ""|"first"|"more", listProblem: Problem|null, drafts: Draft[],
 *   changes: Record<string, Change>, tags: Tag[], notice: Notice|null, now: Date, zone: string,
 *   live: Live, inbox: Inbox, chat: Chat, programs: Programs, devices: import("./devices.js").DevicesState,
 *   selected: string[], bulkBusy: boolean, undos: {tokens: Undo[], at: number}[], examples: Examples,
 *   filters: import("./filters.js").FiltersState, outbox: {waiting: number, conflicts: number},
 *   copy: {at: number, unanswered?: true}|null,
 *   settings: import("./settings.js").SettingsState, channels: import("./channels.js").ChannelsState
 * }} State `outbox`: how much waits for the server, and how much of it for a person; `copy`: what is shown was kept by
 *   this browser, since the server was heard last (`at`, in milliseconds); `unanswered`: nothing is, since only the
 *   server can tell which tasks fit the filter
 */

import { START } from "../lib/route.js";

/** @type {Readonly<Inbox>} */
const EMPTY_INBOX = Object.freeze({
    items: [], next: null, unread: 0, isOpen: false, isLoading: false, message: "", receipts: {},
});

/** @type {Readonly<import("./devices.js").DevicesState>} */
const NO_DEVICES = Object.freeze({ state: "unknown", here: null, channels: [], isBusy: false, message: "" });

/** @type {Readonly<Chat>} */
const EMPTY_CHAT = Object.freeze({ messages: [], conversation: null, isOpen: false, isWaiting: false });

/** @type {Readonly<Programs>} */
const EMPTY_PROGRAMS = Object.freeze({ items: [], leaving: [], isOpen: false, isLoading: false, message: "" });

/** @type {Readonly<import("./settings.js").SettingsState>} */
const NO_SETTINGS = Object.freeze({ isOpen: false, at: "", pending: {}, notes: {} });

/** @type {Readonly<import("./channels.js").ChannelsState>} */
const NO_CHANNELS = Object.freeze({ message: "", isError: false, notes: {}, secret: null });

/** @type {Readonly<import("./filters.js").FiltersState>} */
const NO_FILTERS = Object.freeze({ items: [], isKnown: false });

/** @type {Readonly<import("./core.js").Examples>} */
const NO_EXAMPLES = Object.freeze({ ids: [], isBusy: false, isNew: false });

const NO_OUTBOX = Object.freeze({ waiting: 0, conflicts: 0 });

/** How many changes can be taken back one after the other, and for how long, in milliseconds. */
const MOST_UNDOS = 50;
export const UNDO_FOR = 600_000;

/** What belongs to one account and is forgotten with it. */
export const NOTHING = Object.freeze({
    user: null, rows: [], next: null, total: null, loading: "", listProblem: null, drafts: [], changes: {}, tags: [],
    notice: null, live: "off", inbox: EMPTY_INBOX, chat: EMPTY_CHAT, programs: EMPTY_PROGRAMS,
    selected: [], bulkBusy: false, undos: [], examples: NO_EXAMPLES, devices: NO_DEVICES, settings: NO_SETTINGS,
    channels: NO_CHANNELS, filters: NO_FILTERS, outbox: NO_OUTBOX, copy: null,
});

/**
 * @param {string} [zone]
 * @returns {string|null} null where this browser does not know it
 */
function knownZone(zone) {
    if (!zone) return null;
    try {
        new Intl.DateTimeFormat("en", { timeZone: zone });
        return zone;
    } catch {
        return null;
    }
}

export class Core {
    /** @type {State} */
    #state;
    /** @type {Set<(state: State, before: State) => void>} */
    #listeners = new Set();
    #notices = 0;
    #device;

    /** @param {{now: Date, zone: string}} start `zone`: of the device, for as long as the person's is not known */
    constructor({ now, zone }) {
        this.#device = zone;
        this.#state = /** @type {any} */ ({ ...NOTHING, phase: "starting", query: START, now, zone });
    }

    get state() { return this.#state; }

    /**
     * Replaces members of the state and tells everybody.
     * @param {Partial<State>} changes
     */
    set(changes) {
        const before = this.#state;
        const zone = "user" in changes ? { zone: knownZone(changes.user?.time_zone) ?? this.#device } : {};
        this.#state = { ...before, ...changes, ...zone };
        for (const listener of [...this.#listeners]) listener(this.#state, before);
    }

    /**
     * @param {(state: State, before: State) => void} listener
     * @returns {() => void} ends the subscription
     */
    subscribe(listener) {
        this.#listeners.add(listener);
        return () => { this.#listeners.delete(listener); };
    }

    /**
     * Says something in the toast.
     * @param {string} text
     * @param {{undo?: Undo|Undo[]|null, tone?: "info"|"error", inbox?: boolean}} [options]
     */
    say(text, { undo = null, tone = "info", inbox = false } = {}) {
        this.#notices += 1;
        const { undos } = this.#state;
        const tokens = [undo ?? []].flat();
        this.set({
            notice: { id: this.#notices, text, tone, undo, inbox },
            ...(tokens.length ? { undos: [...undos, { tokens, at: Date.now() }].slice(-MOST_UNDOS) } : {}),
        });
    }
}
