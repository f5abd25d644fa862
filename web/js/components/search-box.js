/** Search as one types; requests that were overtaken are cancelled by the list. */

import { say } from "../words/words.js";
import { freshID, h } from "./element.js";
import { icon } from "./icon.js";

const PAUSE = 150;

export class SearchBox {
    #timer = 0;

    /** @param {import("../store.js").Store} store */
    constructor(store) {
        this.store = store;
        const id = freshID("search");
        this.control = h("input", {
            type: "search", id, dir: "auto", placeholder: say("lists.search"), autocomplete: "off", maxlength: 500,
            enterkeyhint: "search", "data-testid": "search", "aria-keyshortcuts": "/",
        });
        this.key = h("kbd", { class: "search-key", "aria-hidden": "true" }, "/");
        this.element = h(
            "form", { class: "search", role: "search" },
            h("label", { for: id, class: "unseen" }, say("lists.searchTasks")), icon("search"), this.control, this.key,
        );
        this.control.addEventListener("input", () => {
            clearTimeout(this.#timer);
            this.#timer = window.setTimeout(() => this.#search(), PAUSE);
        });
        this.control.addEventListener("keydown", (event) => {
            if (event.key !== "Escape") return;
            event.preventDefault();
            if (this.control.value) this.control.value = "";
            else this.control.blur();
            this.#search();
        });
        this.element.addEventListener("submit", (event) => { event.preventDefault(); this.#search(); });
    }

    #search() {
        clearTimeout(this.#timer);
        this.#timer = 0;
        this.store.listing.show({ search: this.control.value });
    }

    focus() {
        this.control.focus();
        this.control.select();
    }

    /** @param {import("../store/core.js").State} state */
    update({ query }) {
        if (this.#timer === 0 && this.control.value !== query.search) this.control.value = query.search;
    }
}
