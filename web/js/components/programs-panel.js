/** The programs that were let in, and the keys that were made: what each may do, and a way to show it out. */

import { dateIn } from "../lib/dates.js";
import { dateWords } from "../words/dates.js";
import { listed, say } from "../words/words.js";
import { attribute, h, setText } from "./element.js";
import { group } from "./settings/group.js";
import { TokenForm } from "./settings/token-form.js";

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
        this.list = h("ul", {
            class: "channels", "data-testid": "programs-list", "aria-label": say("account.access"),
        });
        this.empty = h("p", { class: "settings-words", "data-testid": "programs-empty" });
        this.message = h("p", { class: "settings-message", role: "status", "data-testid": "programs-message" });
        this.tokens = new TokenForm(store);
        this.element = group(
            "access", say("account.access"), say("account.accessAbout"),
            h("div", { class: "settings-block", "data-testid": "programs" }, this.message, this.list, this.empty),
            this.tokens.element,
        );
        this.heading = /** @type {HTMLElement} */ (this.element.querySelector("h3"));
    }

    leave() {
        this.tokens.leave();
        this.store.programs.close();
    }

    get dirty() { return this.tokens.dirty; }

    /** @param {Program} program */
    #revoke(program) {
        if (this.confirm(say("programs.confirm", { name: program.name }))) this.store.programs.revoke(program);
    }

    /**
     * @param {Program} program
     * @param {{now: Date, zone: string}} setting
     */
    #row(program, setting) {
        const revoke = h("button", {
            type: "button", class: "link", "aria-label": say("programs.revokeOne", { name: program.name }),
            "data-testid": "revoke-program", on: { click: () => this.#revoke(program) },
        }, say("programs.revoke"));
        this.#buttons.set(program.id, revoke);
        return h(
            "li", { class: "channel program", "data-testid": "program" },
            h(
                "div", { class: "channel-head" },
                h("span", { class: "channel-name", dir: "auto", "data-testid": "program-name" }, program.name), revoke,
            ),
            h("p", { class: "channel-detail", "data-testid": "program-rights" }, rightsWords([...program.scopes])),
            h("p", { class: "channel-detail", "data-testid": "program-times" }, timesWords(program, setting)),
        );
    }

    /** @param {State} state */
    update({ programs, now, zone }) {
        if (programs.items !== this.#items) {
            const hadFocus = this.list.contains(document.activeElement);
            this.#items = programs.items;
            this.#buttons.clear();
            this.list.replaceChildren(...programs.items.map((program) => this.#row(program, { now, zone })));
            if (hadFocus) this.heading.focus();
        }
        for (const [id, button] of this.#buttons) button.disabled = programs.leaving.includes(id);
        setText(this.message, programs.message);
        this.list.hidden = programs.items.length === 0;
        this.empty.hidden = programs.items.length > 0;
        setText(this.empty, say(programs.isLoading ? "page.loading" : "account.accessNone"));
        attribute(this.list, "aria-busy", programs.isLoading ? "true" : null);
    }
}
