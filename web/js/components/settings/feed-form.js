/** Makes an address for calendars: what they call it, which tasks, as what; then shows it, once. */

import { Problem } from "../../api.js";
import { codePoints, fieldMessages } from "../../lib/text.js";
import { webcalAddress } from "../../store/feeds.js";
import { language, say } from "../../words/words.js";
import { attribute, freshID, h, setText } from "../element.js";
import { field, showErrors } from "../field.js";
import { SecretBox } from "../secret-box.js";
import { button } from "./group.js";

const FORMS = Object.freeze(["events", "todos"]);
const LONGEST_NAME = 60;
/** How long a filter may be, in UTF-16 code units; the server says the rest. */
const LONGEST = 1_000;

export class FeedForm {
    /**
     * @param {import("../../store.js").Store} store
     * @param {(feed: import("../../store/feeds.js").CalendarFeed) => void} made
     */
    constructor(store, made) {
        this.store = store;
        this.made = made;
        this.opener = button(say("feeds.make"), "make-feed", () => this.show(this.form.hidden));
        this.secret = new SecretBox(() => { this.#keep(null); this.opener.focus(); }, {
            label: say("feeds.address"), words: (name) => say("feeds.once", { name }), testID: "feed-secret",
        });
        this.webcal = h("a", { class: "button", "data-testid": "feed-webcal" }, say("feeds.subscribe"));
        const name = h("input", { type: "text", dir: "auto", autocomplete: "off", "data-testid": "feed-name" });
        this.name = field({ label: say("feeds.name"), hint: say("feeds.nameHint"), control: name });
        this.filter = this.#filterField();
        const form = h("select", { "data-testid": "feed-form-choice" },
            ...FORMS.map((one) => h("option", { value: one }, say(`feeds.${one}`))));
        this.kind = field({ label: say("feeds.form"), hint: say("feeds.formHint"), control: form });
        this.done = h("input", { type: "checkbox", "data-testid": "feed-completed" });
        this.message = h("p", { class: "banner", role: "alert", hidden: true, "data-testid": "feed-message" });
        this.submit = h("button", { type: "submit", class: "button primary", "data-testid": "feed-submit" },
            say("feeds.make"));
        this.form = h(
            "form", { class: "channel-form", novalidate: true, hidden: true, "data-testid": "feed-form" },
            this.message,
            h("div", { class: "settings-fields" }, this.name.element, this.filter.element, this.kind.element),
            h("label", { class: "settings-switch" }, this.done, h("span", {}, say("feeds.completed"))),
            h("div", { class: "channel-buttons" }, this.submit,
                button(say("common.cancel"), "feed-cancel", () => this.show(false))),
        );
        this.form.addEventListener("submit", (event) => { event.preventDefault(); this.#submit(); });
        this.shown = h("div", { class: "channel-buttons", hidden: true }, this.webcal);
        this.element = h("div", { class: "settings-block" }, this.secret.element, this.shown, this.opener, this.form);
        attribute(this.opener, "aria-expanded", "false");
    }

    /** Filters that were saved are offered. */
    #filterField() {
        const id = freshID("feed-filters");
        const control = h("input", {
            type: "text", dir: "ltr", maxlength: LONGEST, class: "expression", autocomplete: "off", list: id,
            "data-testid": "feed-filter",
        });
        const made = field({
            label: say("feeds.filter"), hint: say("feeds.filterHint", { example: "#work & !recurring" }), control,
        });
        this.saved = h("datalist", { id });
        made.element.append(this.saved);
        return made;
    }

    /** Whether something is typed that would be lost. */
    get dirty() { return !this.form.hidden && this.name.control.value.trim() !== ""; }

    /** @param {boolean} isShown */
    show(isShown) {
        const hadFocus = this.form.contains(document.activeElement);
        this.form.hidden = !isShown;
        attribute(this.opener, "aria-expanded", String(isShown));
        if (isShown) {
            const { items } = this.store.state.filters;
            this.saved?.replaceChildren(...items.map((one) => h("option", { value: one.expression }, one.name)));
            this.name.control.focus();
            return;
        }
        this.form.reset();
        this.#say("");
        showErrors({ name: this.name, filter: this.filter }, {});
        if (hadFocus) this.opener.focus();
    }

    leave() {
        this.show(false);
        this.#keep(null);
    }

    /** @param {{name: string, url: string}|null} feed */
    #keep(feed) {
        this.shown.hidden = !feed;
        attribute(this.webcal, "href", feed ? webcalAddress(feed.url) : null);
        this.secret.update(feed && { name: feed.name, text: feed.url });
    }

    /** @param {string} text */
    #say(text) {
        setText(this.message, text);
        this.message.hidden = !text;
    }

    /** @param {string} name @returns {boolean} */
    #refuse(name) {
        const wrong = name ? codePoints(name) > LONGEST_NAME && "feeds.nameTooLong" : "feeds.needsName";
        showErrors({ name: this.name, filter: this.filter }, wrong ? { name: say(wrong) } : {});
        return Boolean(wrong);
    }

    async #submit() {
        if (this.submit.disabled) return;
        const name = this.name.control.value.trim();
        this.#say("");
        if (this.#refuse(name)) return;
        const input = {
            name, filter: this.filter.control.value.trim() || null, form: this.kind.control.value,
            include_completed: this.done.checked,
        };
        const user = this.store.state.user?.id;
        this.submit.disabled = true;
        try {
            const feed = await this.store.calendarFeeds.make(input);
            if (this.store.state.user?.id !== user) return;
            this.show(false);
            this.#keep(feed);
            this.made(feed);
        } catch (error) {
            if (!(error instanceof Problem)) throw error;
            this.#complain(error);
        } finally {
            this.submit.disabled = false;
        }
    }

    /** @param {Problem} problem */
    #complain(problem) {
        const found = fieldMessages(problem.errors);
        // What the server expected, it says in English.
        if (found.filter && language() !== "en") found.filter = say("feeds.filterWrong");
        const rest = showErrors({ name: this.name, filter: this.filter }, found);
        this.#say(Object.keys(found).length ? rest : problem.detail);
    }
}
