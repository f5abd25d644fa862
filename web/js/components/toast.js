/** The last message, with Undo or a way to the inbox where it has one. It stays while pointed at or focused. */

import { say } from "../words/words.js";
import { h } from "./element.js";
import { icon } from "./icon.js";

const SHOWN_FOR = 10_000;

export class Toast {
    #timer = 0;
    #shown = 0;

    /** @param {import("../store.js").Store} store */
    constructor(store) {
        this.store = store;
        this.text = h("span", { class: "toast-text", dir: "auto" });
        this.undo = h("button", {
            type: "button", class: "toast-undo", "data-testid": "undo", on: { click: () => store.writing.undo() },
        }, say("common.undo"));
        this.inbox = h("button", {
            type: "button", class: "toast-undo", "data-testid": "toast-inbox", on: { click: () => this.#openInbox() },
        }, say("page.show"));
        const close = h("button", {
            type: "button", class: "icon-button", "aria-label": say("page.dismiss"),
            on: { click: () => store.dismissNotice() },
        }, icon("close"));
        this.box = h(
            "div", { class: "toast", hidden: true, "data-testid": "toast" }, this.text, this.undo, this.inbox, close,
        );
        this.element = h("div", { class: "toast-place", role: "status", "aria-live": "polite" }, this.box);
        for (const type of ["mouseenter", "focusin"]) this.box.addEventListener(type, () => clearTimeout(this.#timer));
        for (const type of ["mouseleave", "focusout"]) this.box.addEventListener(type, () => this.#wait());
        this.update(store.state);
    }

    #openInbox() {
        this.store.dismissNotice();
        this.store.inbox.open();
    }

    #wait() {
        clearTimeout(this.#timer);
        this.#timer = window.setTimeout(() => this.store.dismissNotice(), SHOWN_FOR);
    }

    /** @param {import("../store/core.js").State} state */
    update({ notice }) {
        if (notice?.id === this.#shown) return;
        this.#shown = notice?.id ?? 0;
        clearTimeout(this.#timer);
        this.box.hidden = !notice;
        if (!notice) return;
        this.text.textContent = notice.text;
        this.undo.hidden = !notice.undo;
        this.inbox.hidden = !notice.inbox;
        this.box.dataset.tone = notice.tone;
        this.#wait();
    }
}
