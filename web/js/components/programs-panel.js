/** The dialog with the programs that were let in. */

import { dateIn } from "../lib/dates.js";
import { dateWords } from "../words/dates.js";
import { listed, say } from "../words/words.js";
import { attribute, h, setText } from "./element.js";
import { icon } from "./icon.js";

/**
 * @typedef {import("../store/core.js").State} State
 * @typedef {import("../store/core.js").Program} Program
 */

/** The rights that have words; the consent page has the same. */
const RIGHTS = Object.freeze(["tasks:read", "tasks:write", "account:read", "account:write"]);

/**
 * @param {string[]} scopes
 * @returns {string} such as "May see your tasks and change your tasks."
 */
export function rightsWords(scopes) {
    const rights = scopes.map((scope) => (RIGHTS.includes(scope) ? say(`programs.right.${scope}`) : scope));
    return rights.length ? say("programs.may", { rights: listed(rights) }) : say("programs.mayNothing");
}

/**
 * @param {Program} program
 * @param {{now: Date, zone: string}} setting
 * @returns {string} since when, when last, until when
 */
export function timesWords(program, { now, zone }) {
    const today = dateIn(now, zone);
    const day = (/** @type {string} */ instant) => dateWords(dateIn(new Date(instant), zone), today);
    const used = program.last_used_at ? say("programs.lastUsed", { day: day(program.last_used_at) })
        : say("programs.neverUsed");
    const isOver = program.expires_at !== null && new Date(program.expires_at) <= now;
    const end = program.expires_at
        && say(isOver ? "programs.ended" : "programs.until", { day: day(program.expires_at) });
    return [say("programs.since", { day: day(program.created_at) }), used, end].filter(Boolean).join(", ");
}

export class ProgramsPanel {
    /** @type {Program[]} */
    #items = [];
    /** @type {Map<string, HTMLButtonElement>} */
    #buttons = new Map();

    /**
     * @param {import("../store.js").Store} store
     * @param {(question: string) => boolean} [confirm] asks before a program is shown out
     */
    constructor(store, confirm = (question) => window.confirm(question)) {
        this.store = store;
        this.confirm = confirm;
        this.opener = h("button", {
            type: "button", class: "link", "aria-haspopup": "dialog", "data-testid": "open-programs",
            on: { click: () => store.programs.open() },
        }, say("programs.title"));
        this.list = h("ul", {
            class: "notifications", "data-testid": "programs-list", "aria-label": say("programs.title"),
        });
        this.empty = h("p", { class: "notifications-empty", "data-testid": "programs-empty" });
        this.message = h("p", { class: "notifications-message", role: "status", "data-testid": "programs-message" });
        this.leave = h("button", {
            type: "button", class: "icon-button", "aria-label": say("common.close"), "data-testid": "close-programs",
            on: { click: () => this.element.close() },
        }, icon("close"));
        this.element = h(
            "dialog", { class: "inbox", "aria-labelledby": "programs-heading", "data-testid": "programs" },
            h("div", { class: "inbox-head" }, h("h2", { id: "programs-heading" }, say("programs.title")), this.leave),
            h("p", { class: "programs-about" }, say("programs.about")),
            this.message, this.list, this.empty,
        );
        this.element.addEventListener("click", (event) => {
            if (event.target === this.element) this.element.close();
        });
        this.element.addEventListener("close", () => store.programs.close());
    }

    /** Makes way for the sign-in screen. */
    suspend() { this.element.close(); }

    /** @param {Program} program */
    #revoke(program) {
        if (this.confirm(say("programs.confirm", { name: program.name }))) {
            this.store.programs.revoke(program);
        }
    }

    /**
     * @param {Program} program
     * @param {{now: Date, zone: string}} setting
     */
    #row(program, setting) {
        const revoke = h("button", {
            type: "button", class: "link", "aria-label": say("programs.revokeOne", { name: program.name }),
            "data-testid": "revoke-program",
            on: { click: () => this.#revoke(program) },
        }, say("programs.revoke"));
        this.#buttons.set(program.id, revoke);
        return h(
            "li", { class: "notification program", "data-testid": "program" },
            h(
                "div", { class: "notification-head" },
                h("span", { class: "task-title", dir: "auto", "data-testid": "program-name" }, program.name), revoke,
            ),
            h("p", { class: "program-detail", "data-testid": "program-rights" }, rightsWords([...program.scopes])),
            h("p", { class: "program-detail", "data-testid": "program-times" }, timesWords(program, setting)),
        );
    }

    /** @param {State} state */
    update({ programs, now, zone }) {
        if (!programs.isOpen) {
            if (this.element.open) this.element.close();
            return;
        }
        if (programs.items !== this.#items) {
            const hadFocus = this.list.contains(document.activeElement);
            this.#items = programs.items;
            this.#buttons.clear();
            this.list.replaceChildren(...programs.items.map((program) => this.#row(program, { now, zone })));
            if (hadFocus) this.leave.focus();
        }
        for (const [id, button] of this.#buttons) button.disabled = programs.leaving.includes(id);
        setText(this.message, programs.message);
        this.list.hidden = programs.items.length === 0;
        this.empty.hidden = programs.items.length > 0;
        setText(this.empty, say(programs.isLoading ? "page.loading" : "programs.none"));
        attribute(this.list, "aria-busy", programs.isLoading ? "true" : null);
        if (!this.element.open) {
            this.element.showModal();
            this.leave.focus();
        }
    }
}
