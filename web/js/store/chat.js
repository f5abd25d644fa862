/** What is said to the chat, and what it answers. */

import { Problem } from "../api.js";

/**
 * @typedef {{text: string, undo: string|null, status: "done"|"undoing"|"undone"}} Card something that was done
 * @typedef {{text: string, says: string}} Reply a way to answer a question
 * @typedef {{id: number, from: "me"|"errand", text: string, cards: Card[], replies: Reply[],
 *   failed: boolean}} Message
 */

const MESSAGES_MAX = 200;
const DONE = Object.freeze({
    add_task: "Added", complete_task: "Done", reopen_task: "Open again", delete_task: "Deleted",
    restore_task: "Restored", update_task: "Changed", set_priority: "Priority set", add_tag: "Tagged",
    remove_tag: "Tag taken off", set_due_date: "Moved", reschedule_task: "Moved", set_reminder: "Will remind",
    skip_occurrence: "Skipped", end_series: "Repeats no more", undo: "Taken back",
});

/**
 * @param {any} call as the server tells it
 * @returns {Card|null} null for what changed nothing
 */
export function card(call) {
    const done = DONE[/** @type {keyof DONE} */ (call.tool)];
    const tasks = call.result?.tasks ?? [];
    if (!done || call.result?.code) return null;
    const titles = tasks.map((/** @type {any} */ { title }) => title);
    const text = titles.length ? `${done}: ${titles.join(", ")}` : done;
    return { text, undo: call.result?.undo ?? null, status: "done" };
}

/**
 * @param {any} question `needs_confirmation` of an answer
 * @returns {Reply[]}
 */
export function replies(question) {
    if (!question) return [];
    const named = question.tasks.map((/** @type {any} */ { task_id: number, title }) => ({
        text: `${number} · ${title ?? ""}`, says: `#${number}`,
    }));
    switch (question.kind) {
        case "which": return [...named, { text: "None", says: "none" }];
        case "whether": case "nearest": return [{ text: "Yes", says: "yes" }, { text: "No", says: "no" }];
        default: return [];
    }
}

export class Chat {
    #core;
    #api;
    #messages = 0;

    /**
     * @param {import("./core.js").Core} core
     * @param {import("../api.js").Api} api
     * @param {() => void} refresh looks again at the tasks
     */
    constructor(core, api, refresh) {
        this.#core = core;
        this.#api = api;
        this.refresh = refresh;
    }

    get #state() { return this.#core.state.chat; }

    /** @param {Partial<import("./core.js").Chat>} changes */
    #set(changes) { this.#core.set({ chat: { ...this.#state, ...changes } }); }

    open() { this.#set({ isOpen: true }); }

    close() { if (this.#state.isOpen) this.#set({ isOpen: false }); }

    /** @param {Partial<Message> & {from: "me"|"errand", text: string}} message */
    #add(message) {
        this.#messages += 1;
        const whole = { id: this.#messages, cards: [], replies: [], failed: false, ...message };
        // A question is answered, or dropped, by whatever is said next.
        const before = this.#state.messages.map((one) => (one.replies.length ? { ...one, replies: [] } : one));
        this.#set({ messages: [...before, whole].slice(-MESSAGES_MAX) });
    }

    /**
     * @param {string} text
     * @returns {Promise<boolean>} whether it was answered
     */
    async say(text) {
        const message = text.trim();
        if (!message || this.#state.isWaiting) return false;
        const user = this.#core.state.user?.id;
        this.#add({ from: "me", text: message });
        this.#set({ isWaiting: true });
        try {
            const { data } = await this.#api.chat({ message, conversation_id: this.#state.conversation });
            if (this.#core.state.user?.id !== user) return false;
            this.#set({ conversation: data.conversation_id });
            const cards = data.tool_calls.map(card).filter(Boolean);
            this.#add({ from: "errand", text: data.response, cards, replies: replies(data.needs_confirmation) });
            if (data.tool_calls.length) this.refresh();
            return true;
        } catch (error) {
            if (!(error instanceof Problem)) throw error;
            // A conversation that is gone is begun anew.
            if (error.status === 404) this.#set({ conversation: null });
            if (this.#core.state.user?.id === user) this.#add({ from: "errand", text: error.detail, failed: true });
            return false;
        } finally {
            if (this.#core.state.user?.id === user) this.#set({ isWaiting: false });
        }
    }

    /**
     * Takes back what a card tells.
     * @param {number} id of the message
     * @param {string} token
     */
    async undo(id, token) {
        this.#mark(id, token, "undoing");
        try {
            await this.#api.undo(token);
            this.#mark(id, token, "undone");
            this.refresh();
        } catch (error) {
            if (!(error instanceof Problem)) throw error;
            this.#mark(id, token, "done");
            this.#core.say(error.detail, { tone: "error" });
        }
    }

    /**
     * @param {number} id
     * @param {string} token
     * @param {Card["status"]} status
     */
    #mark(id, token, status) {
        const mark = (/** @type {Card} */ one) => (one.undo === token ? { ...one, status } : one);
        this.#set({
            messages: this.#state.messages.map((one) => (one.id === id ? { ...one, cards: one.cards.map(mark) } : one)),
        });
    }
}
