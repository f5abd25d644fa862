/** What is said to the chat, and what it answers. */

import { Problem } from "../api.js";
import { say } from "../words/words.js";

/**
 * @typedef {{text: string, undo: string|null, status: "done"|"undoing"|"undone"}} Card something that was done
 * @typedef {{text: string, says: string}} Reply a way to answer a question
 * @typedef {{id: number, from: "me"|"errand", text: string, cards: Card[], replies: Reply[],
 *   failed: boolean, notice: string, coming: boolean}} Message `notice`: why it is not what a model would have said;
 *   `coming`: there is more of it to come
 */

const MESSAGES_MAX = 200;
/** What is done by tools of the server, and told in a card. */
const DONE = Object.freeze([
    "add_task", "complete_task", "reopen_task", "delete_task", "restore_task", "update_task", "set_priority", "add_tag",
    "remove_tag", "set_due_date", "reschedule_task", "set_reminder", "skip_occurrence", "end_series", "undo",
]);

/**
 * @param {any} call as the server tells it
 * @returns {Card|null} null for what changed nothing
 */
export function card(call) {
    const tasks = call.result?.tasks ?? [];
    if (!DONE.includes(call.tool) || call.result?.code) return null;
    const done = say(`chat.done.${call.tool}`);
    const titles = tasks.map((/** @type {any} */ { title }) => title);
    const text = titles.length ? say("chat.card", { done, titles: titles.join(", ") }) : done;
    return { text, undo: call.result?.undo ?? null, status: "done" };
}

/** What the chat takes for an answer, by the language in which it listens. */
const ANSWERS = Object.freeze({
    en: { yes: "yes", no: "no", none: "none" }, de: { yes: "ja", no: "nein", none: "keine" },
});

/**
 * @param {any} question `needs_confirmation` of an answer
 * @param {{locale?: string|null, language?: string}|null} [user] who is asked: the chat listens in their language
 * @returns {Reply[]}
 */
export function replies(question, user) {
    if (!question) return [];
    const heard = (user?.locale ?? user?.language ?? "en").slice(0, 2).toLowerCase();
    const answers = ANSWERS[/** @type {keyof ANSWERS} */ (heard)] ?? ANSWERS.en;
    const named = question.tasks.map((/** @type {any} */ { task_id: number, title }) => ({
        text: `${number} · ${title ?? ""}`, says: `#${number}`,
    }));
    switch (question.kind) {
        case "which": return [...named, { text: say("chat.none"), says: answers.none }];
        case "whether": case "nearest": return [
            { text: say("chat.yes"), says: answers.yes }, { text: say("chat.no"), says: answers.no },
        ];
        default: return [];
    }
}

export class Chat {
    #core;
    #api;
    #messages = 0;
    /** @type {AbortController|null} */
    #answering = null;

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
        const whole = {
            id: this.#messages, cards: [], replies: [], failed: false, notice: "", coming: false, ...message,
        };
        // A question is answered, or dropped, by whatever is said next.
        const before = this.#state.messages.map((one) => (one.replies.length ? { ...one, replies: [] } : one));
        this.#set({ messages: [...before, whole].slice(-MESSAGES_MAX) });
        return whole.id;
    }

    /**
     * @param {number} id
     * @param {(message: Message) => Partial<Message>} change
     */
    #change(id, change) {
        const changed = (/** @type {Message} */ one) => (one.id === id ? { ...one, ...change(one) } : one);
        this.#set({ messages: this.#state.messages.map(changed) });
    }

    /**
     * Changes a setting of the account about chats.
     * @param {"interpreter_first"|"model_allowed"} name
     * @param {boolean} value
     */
    async choose(name, value) {
        try {
            const { data } = await this.#api.changeMe({ [name]: value });
            const { user } = this.#core.state;
            if (user?.id === data.id) this.#core.set({ user: data });
        } catch (error) {
            if (!(error instanceof Problem)) throw error;
            this.#core.say(error.detail, { tone: "error" });
            // The switch shows what holds.
            this.#set({});
        }
    }

    /** Stops the answer that is being given; what was done stays done. */
    stop() { this.#answering?.abort(); }

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
        const answer = new Answer({
            add: (part) => this.#add({ from: "errand", text: "", ...part }),
            change: (id, change) => this.#change(id, change),
            isWanted: () => this.#core.state.user?.id === user, user: () => this.#core.state.user,
        });
        this.#answering = new AbortController();
        const { signal } = this.#answering;
        try {
            const { data } = await this.#api.chat(
                { message, conversation_id: this.#state.conversation }, { signal, listen: answer.hear },
            );
            if (this.#core.state.user?.id !== user) return false;
            this.#set({ conversation: data.conversation_id });
            answer.end(data);
            if (data.tool_calls.length) this.refresh();
            return true;
        } catch (error) {
            if (signal.aborted) {
                answer.stop();
                this.refresh();
                return true;
            }
            if (!(error instanceof Problem)) throw error;
            // A conversation that is gone is begun anew.
            if (error.status === 404) this.#set({ conversation: null });
            answer.fail(error.detail);
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

/** One answer as it comes. */
class Answer {
    /** @type {number|null} */
    #id = null;

    /**
     * @param {{add: (message: Partial<Message>) => number, isWanted: () => boolean,
     *   user: () => import("../api.js").User|null,
     *   change: (id: number, change: (message: Message) => Partial<Message>) => void}} panel where it is shown
     */
    constructor(panel) {
        this.panel = panel;
    }

    /** @param {(message: {text: string, cards: Card[]}) => Partial<Message>} change */
    #put(change) {
        if (!this.panel.isWanted()) return;
        if (this.#id === null) {
            this.#id = this.panel.add({ coming: true, ...change({ text: "", cards: [] }) });
        } else {
            this.panel.change(this.#id, change);
        }
    }

    /**
     * @param {string} name of the event
     * @param {any} data
     */
    hear = (name, data) => {
        if (name === "delta") this.#put(({ text }) => ({ text: text + data.text }));
        const made = name === "tool" ? card(data) : null;
        if (made) this.#put(({ cards }) => ({ cards: [...cards, made] }));
    };

    /** @param {any} data the whole answer */
    end(data) {
        const notice = data.notice?.detail ?? "";
        const isLast = notice !== "" && data.response.endsWith(notice);
        const text = isLast ? data.response.slice(0, -notice.length).trimEnd() : data.response;
        const cards = data.tool_calls.map(card).filter(Boolean);
        const offered = replies(data.needs_confirmation, this.panel.user());
        this.#put(() => ({ text, cards, notice, replies: offered, coming: false }));
    }

    stop() { this.#put(() => ({ notice: say("chat.stopped"), coming: false })); }

    /** @param {string} detail */
    fail(detail) {
        this.#put(({ text }) => ({ coming: false, ...(text ? { notice: detail } : { text: detail, failed: true }) }));
    }
}
