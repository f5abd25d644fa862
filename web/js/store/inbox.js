/** The notifications of a person: what came, what was read, and what is done about it. */

import { Problem } from "../api.js";
import { shorten } from "../lib/text.js";
import { instantWords } from "../words/dates.js";
import { say } from "../words/words.js";

const PAGE = 50;
const MOST_TRIES = 3;

/**
 * @typedef {import("./core.js").Notification} Notification
 * @typedef {import("../live.js").LiveEvent} LiveEvent
 * @typedef {import("../live.js").Reminded} Reminded
 */

export class Inbox {
    #core;
    #api;
    #writes = 0;
    #asked = 0;
    /** Notifications that are known to be removed. @type {Set<string>} */
    #gone = new Set();

    /**
     * @param {import("./core.js").Core} core
     * @param {import("../api.js").Api} api
     */
    constructor(core, api) {
        this.#core = core;
        this.#api = api;
    }

    /** @param {Partial<import("./core.js").Inbox>} changes */
    #set(changes) { this.#core.set({ inbox: { ...this.#core.state.inbox, ...changes } }); }

    /** Shows the inbox. */
    open() {
        this.#set({ isOpen: true, message: "", isLoading: true });
        return this.refresh();
    }

    close() {
        if (this.#core.state.inbox.isOpen) this.#set({ isOpen: false, message: "", receipts: {} });
    }

    /**
     * Reads the newest notifications; older ones that are shown stay.
     * @returns {Promise<void>}
     */
    async refresh() {
        this.#asked += 1;
        const asked = this.#asked;
        const user = this.#core.state.user?.id;
        const isCurrent = () => asked === this.#asked && this.#core.state.phase === "signed-in"
            && this.#core.state.user?.id === user;
        if (!isCurrent()) return;
        try {
            const data = await this.#readSettled();
            if (!isCurrent()) return;
            const { items, next } = this.#core.state.inbox;
            const fresh = new Set(data.items.map((/** @type {Notification} */ one) => one.id));
            const end = data.items.at(-1)?.created_at ?? "";
            const older = data.next_cursor ? items.filter((one) => !fresh.has(one.id) && one.created_at < end) : [];
            this.#set({
                items: [...data.items, ...older], next: older.length ? next : data.next_cursor,
                unread: data.unread, isLoading: false,
            });
        } catch (error) {
            if (!(error instanceof Problem)) throw error;
            if (isCurrent()) this.#set({ isLoading: false, ...this.#failure(say("inbox.stale"), error) });
        }
    }

    /** What was asked for before a write was answered may lack that write, so it is asked for again. */
    async #readSettled() {
        for (let tries = 1; ; tries += 1) {
            const writes = this.#writes;
            const { data } = await this.#api.notifications({ status: "all", limit: PAGE });
            if (writes === this.#writes || tries === MOST_TRIES) return data;
        }
    }

    /**
     * @returns {Promise<void>}
     */
    async loadMore() {
        const { next, isLoading } = this.#core.state.inbox;
        if (!next || isLoading) return;
        this.#set({ isLoading: true });
        await this.#write(say("inbox.notLoaded"), async () => {
            const { data } = await this.#api.notifications({ status: "all", limit: PAGE, cursor: next });
            const { items, next: place } = this.#core.state.inbox;
            if (place !== next) return;
            const shown = new Set(items.map((one) => one.id));
            const more = data.items.filter((/** @type {Notification} */ one) => !shown.has(one.id));
            this.#set({ items: [...items, ...more], next: data.next_cursor });
        });
        this.#set({ isLoading: false });
    }

    /**
     * A reminder has just come; its notification follows as an event of its own.
     * @param {Reminded} reminder
     */
    announce(reminder) {
        if (this.#core.state.inbox.isOpen) return;
        this.#core.say(say("inbox.reminder", { title: shorten(reminder.title) }), { inbox: true });
    }

    /**
     * Something has happened to the inbox, here or elsewhere. A list that is being read may lack it, as after a write.
     * @param {LiveEvent} event
     */
    follow({ event_type: type, subject, notification, changes }) {
        this.#writes += 1;
        const { items } = this.#core.state.inbox;
        const readAt = changes?.read_at?.to ?? null;
        if (type === "inbox.read") {
            this.#set({ items: items.map((one) => ({ ...one, read_at: one.read_at ?? readAt })), unread: 0 });
            return;
        }
        const id = subject?.id ?? "";
        const known = items.find((one) => one.id === id);
        if (this.#gone.has(id)) return;
        if (type === "notification.added" && notification) {
            if (!known) this.#add(notification);
        } else if (!known) {
            // Further down than the list reaches: only the server knows whether it was counted.
            this.refresh();
        } else if (type === "notification.deleted") {
            this.#take(id);
        } else if (type === "notification.read") {
            this.#put({ ...known, read_at: known.read_at ?? readAt });
        }
    }

    /** @param {Notification} one */
    #add(one) {
        const { items, unread } = this.#core.state.inbox;
        this.#set({ items: [one, ...items], unread: unread + (one.read_at === null ? 1 : 0) });
    }

    /**
     * Takes a notification out that is gone for good.
     * @param {string} id
     */
    #take(id) {
        this.#gone.add(id);
        const { items, unread } = this.#core.state.inbox;
        const wasUnread = items.some((one) => one.id === id && one.read_at === null);
        this.#set({ items: items.filter((one) => one.id !== id), unread: Math.max(unread - (wasUnread ? 1 : 0), 0) });
    }

    /**
     * @param {Notification} one
     * @param {{keepsMessage?: boolean}} [options]
     */
    markRead(one, options) {
        return this.#write(say("inbox.notRead"), async () => {
            if (one.read_at === null) this.#put((await this.#api.readNotification(one.id)).data);
        }, options);
    }

    markAllRead() {
        return this.#write(say("inbox.notRead"), async () => {
            await this.#api.readAllNotifications();
            const read_at = this.#core.state.now.toISOString();
            const { items } = this.#core.state.inbox;
            this.#set({ items: items.map((one) => ({ ...one, read_at: one.read_at ?? read_at })), unread: 0 });
            await this.refresh();
        });
    }

    /** @param {Notification} one */
    remove(one) {
        return this.#write(say("inbox.notRemoved"), async () => {
            await this.#api.removeNotification(one.id);
            this.#take(one.id);
        });
    }

    /**
     * Shows how a notification reached its person, channel by channel, or hides that again.
     * @param {Notification} one
     */
    async why(one) {
        const { [one.id]: shown, ...others } = this.#core.state.inbox.receipts;
        if (shown) { this.#set({ receipts: others }); return; }
        const put = (/** @type {import("./core.js").Receipts} */ what) => {
            this.#set({ receipts: { ...this.#core.state.inbox.receipts, [one.id]: what } });
        };
        const isShown = () => one.id in this.#core.state.inbox.receipts;
        put({ items: [], message: say("page.loading") });
        try {
            const { data } = await this.#api.deliveries(one.id);
            if (isShown()) put({ items: data.items, message: "" });
        } catch (error) {
            if (!(error instanceof Problem)) throw error;
            if (isShown()) put({ items: [], message: error.status === 404 ? say("inbox.gone") : error.detail });
        }
    }

    /**
     * Has the reminder come once more, later; this notification is done with.
     * @param {Notification} one
     * @param {string} wait an ISO 8601 duration
     */
    async snooze(one, wait) {
        const { reminder_id: id } = one;
        if (id === null) return;
        const isDone = await this.#write(say("inbox.notSnoozed"), async () => {
            const { data } = await this.#api.snoozeReminder(id, wait);
            const { now, zone } = this.#core.state;
            const time = instantWords(data.remind_at, now, zone);
            this.#set({ message: say("inbox.again", { title: shorten(one.title), time }) });
        }, { keepsMessage: true });
        if (isDone) await this.markRead(one, { keepsMessage: true });
    }

    /**
     * The task that a notification is about, which has been seen by then.
     * @param {Notification} one
     * @returns {Promise<import("./core.js").Task|null>} null when it is about none, or it cannot be had; the inbox says
     *   why
     */
    async task(one) {
        const { task_id: id } = one;
        if (id === null) { await this.markRead(one); return null; }
        /** @type {import("./core.js").Task|null} */
        let found = null;
        await this.#write("", async () => { found = (await this.#api.task(id)).data; });
        if (found) this.markRead(one);
        return found;
    }

    /**
     * @param {string} lead what to say first if it fails
     * @param {() => Promise<void>} action
     * @param {{keepsMessage?: boolean}} [options]
     * @returns {Promise<boolean>} whether it succeeded
     */
    async #write(lead, action, { keepsMessage = false } = {}) {
        if (!keepsMessage) this.#set({ message: "" });
        try {
            await action();
            return true;
        } catch (error) {
            if (!(error instanceof Problem)) throw error;
            this.#set(this.#failure(lead, error));
            return false;
        } finally {
            this.#writes += 1;
        }
    }

    /**
     * @param {string} lead
     * @param {Problem} problem
     */
    #failure(lead, problem) {
        const words = problem.status === 404 ? say("inbox.gone") : problem.detail;
        return this.#core.state.inbox.isOpen ? { message: [lead, words].filter(Boolean).join(" ") } : {};
    }

    /** @param {Notification} answered */
    #put(answered) {
        const { items, unread } = this.#core.state.inbox;
        const wasUnread = items.some(({ id, read_at: read }) => id === answered.id && read === null);
        this.#set({
            items: items.map((one) => (one.id === answered.id ? answered : one)),
            unread: Math.max(unread - (wasUnread && answered.read_at !== null ? 1 : 0), 0),
        });
    }
}
