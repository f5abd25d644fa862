/** The dialog in which one says what to do. */

import { say } from "../words/words.js";
import { attribute, h, setText } from "./element.js";
import { icon } from "./icon.js";
import { Voice } from "./voice.js";

/** @typedef {import("../store/core.js").State} State */

export class ChatPanel {
    /** @type {import("../store/core.js").Message[]} */
    #shown = [];

    /** @param {import("../store.js").Store} store */
    constructor(store) {
        this.store = store;
        this.messages = h("ol", { class: "chat-messages", "data-testid": "chat-messages", "aria-live": "polite" });
        this.hint = h("p", { class: "chat-hint" }, say("chat.hint"));
        this.input = h("input", {
            type: "text", maxlength: "10000", autocomplete: "off", enterkeyhint: "send", dir: "auto",
            "aria-label": say("chat.message"), "data-testid": "chat-input",
        });
        this.voice = new Voice(this.input);
        this.send = h("button", { type: "submit", class: "button primary", "data-testid": "chat-send" },
            say("chat.send"));
        this.stop = h("button", {
            type: "button", class: "button", hidden: true, "data-testid": "chat-stop",
            on: { click: () => store.chat.stop() },
        }, say("chat.stop"));
        const form = h(
            "form", { class: "chat-form", on: { submit: (/** @type {Event} */ event) => this.#submit(event) } },
            this.input, this.voice.button, this.send, this.stop, this.voice.note,
        );
        const leave = h("button", {
            type: "button", class: "icon-button", "aria-label": say("common.close"), "data-testid": "close-chat",
            on: { click: () => this.element.close() },
        }, icon("close"));
        this.allowed = this.#switch("model_allowed", say("chat.allowed"));
        this.first = this.#switch("interpreter_first", say("chat.first"));
        const choices = h(
            "details", { class: "chat-choices" },
            h("summary", {}, say("chat.choices")), this.allowed.label, this.first.label,
        );
        this.body = h("div", { class: "chat-body" }, this.hint, this.messages);
        this.element = h(
            "dialog", { class: "chat", "aria-labelledby": "chat-heading", "data-testid": "chat" },
            h("div", { class: "chat-head" }, h("h2", { id: "chat-heading" }, say("chat.title")), leave),
            choices, this.body, form,
        );
        this.element.addEventListener("click", (event) => {
            if (event.target === this.element) this.element.close();
        });
        this.element.addEventListener("close", () => {
            this.voice.leave();
            store.chat.close();
        });
    }

    /**
     * @param {"interpreter_first"|"model_allowed"} name
     * @param {string} text
     */
    #switch(name, text) {
        const box = h("input", { type: "checkbox", "data-testid": `chat-${name.replace("_", "-")}` });
        box.addEventListener("change", () => { this.store.chat.choose(name, box.checked); });
        return { box, label: h("label", {}, box, ` ${text}`) };
    }

    /** Makes way for the sign-in screen. */
    suspend() { this.element.close(); }

    /** Whether something typed here would be lost with the page. */
    get dirty() { return this.input.value.trim() !== ""; }

    /** @param {Event} event */
    #submit(event) {
        event.preventDefault();
        this.voice.leave();
        const text = this.input.value;
        if (!text.trim() || this.store.state.chat.isWaiting) return;
        this.input.value = "";
        this.#say(text);
    }

    /** @param {string} text */
    async #say(text) {
        const isAnswered = await this.store.chat.say(text);
        // What was not taken can be sent again.
        if (!isAnswered && !this.input.value) this.input.value = text;
        if (this.element.open) this.input.focus();
    }

    /** @param {State} state */
    update({ chat, user }) {
        if (!chat.isOpen) {
            if (this.element.open) this.element.close();
            return;
        }
        // Whoever reads further up, or goes there with Tab, stays there until something is said.
        const isFurther = chat.messages.at(-1) !== this.#shown.at(-1) || !this.element.open;
        if (chat.messages !== this.#shown) {
            this.messages.replaceChildren(...chat.messages.map((message) => this.#message(message)));
            this.#shown = chat.messages;
        }
        this.allowed.box.checked = user?.model_allowed ?? true;
        this.first.box.checked = user?.interpreter_first ?? true;
        attribute(this.first.box, "disabled", user?.model_allowed === false);
        this.hint.hidden = chat.messages.length > 0;
        attribute(this.messages, "aria-busy", chat.isWaiting ? "true" : null);
        attribute(this.send, "disabled", chat.isWaiting);
        this.send.hidden = chat.isWaiting;
        this.stop.hidden = !chat.isWaiting;
        if (!this.element.open) {
            this.element.showModal();
            this.input.focus();
        }
        if (isFurther) this.body.scrollTop = this.body.scrollHeight;
    }

    /** @param {import("../store/core.js").Message} message */
    #message({ id, from, text, cards, replies, failed, notice, coming }) {
        return h(
            "li", {
                class: "chat-message", "data-from": from, "data-failed": failed, "data-coming": coming,
                "data-testid": "chat-message",
            },
            h("span", { class: "unseen" }, say(from === "me" ? "chat.you" : "chat.errand")),
            text !== "" && h("p", { class: "chat-text", dir: "auto" }, text),
            ...cards.map((one) => this.#card(id, one)),
            notice !== "" && h("p", { class: "chat-notice", dir: "auto", "data-testid": "chat-notice" }, notice),
            replies.length > 0 && h(
                "div", { class: "chat-replies" },
                ...replies.map(({ text: label, says }) => h("button", {
                    type: "button", class: "button", "data-testid": "chat-reply", on: { click: () => this.#say(says) },
                }, label)),
            ),
        );
    }

    /**
     * @param {number} id
     * @param {import("../store/core.js").Card} card
     */
    #card(id, { text, undo, status }) {
        const words = { done: say("common.undo"), undoing: "…", undone: say("chat.undone") }[status];
        return h(
            "div", { class: "chat-card", "data-testid": "chat-card", "data-status": status },
            h("span", { dir: "auto" }, text),
            undo && h("button", {
                type: "button", class: "link", disabled: status !== "done", "data-testid": "chat-undo",
                on: { click: () => this.store.chat.undo(id, undo) },
            }, words),
        );
    }
}
