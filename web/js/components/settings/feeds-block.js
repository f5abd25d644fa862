/** Addresses for calendars: those that there are, a way to make one, and to revoke it. */

import { Problem } from "../../api.js";
import { dateIn } from "../../lib/dates.js";
import { dateWords } from "../../words/dates.js";
import { say } from "../../words/words.js";
import { h, setText } from "../element.js";
import { FeedForm } from "./feed-form.js";

/** @typedef {import("../../store/feeds.js").CalendarFeed} CalendarFeed */

/**
 * @param {CalendarFeed} feed
 * @returns {string} which tasks, as what
 */
export function contentWords(feed) {
    return [
        feed.filter ?? say("feeds.all"), say(`feeds.${feed.form}`),
        feed.include_completed ? say("feeds.withCompleted") : "",
    ].filter(Boolean).join(" · ");
}

/**
 * @param {CalendarFeed} feed
 * @param {{now: Date, zone: string}} setting
 * @returns {string} since when, and when a calendar last read it
 */
export function readWords(feed, { now, zone }) {
    const today = dateIn(now, zone);
    const day = (/** @type {string} */ instant) => dateWords(dateIn(new Date(instant), zone), today);
    const read = feed.last_read_at ? say("feeds.lastRead", { day: day(feed.last_read_at) }) : say("feeds.neverRead");
    return `${say("programs.since", { day: day(feed.created_at) })}, ${read}`;
}

export class FeedsBlock {
    /** @type {CalendarFeed[]} */
    #items = [];
    #asked = 0;

    /**
     * @param {import("../../store.js").Store} store
     * @param {(question: string) => boolean} confirm asks before a feed is revoked
     */
    constructor(store, confirm) {
        this.store = store;
        this.confirm = confirm;
        this.heading = h("h4", { tabindex: "-1" }, say("feeds.title"));
        this.message = h("p", { class: "settings-message", role: "status", "data-testid": "feeds-message" });
        this.list = h("ul", { class: "channels", "aria-label": say("feeds.title"), "data-testid": "feeds-list" });
        this.form = new FeedForm(store, (feed) => this.#show([...this.#items, feed]));
        this.element = h(
            "div", { class: "settings-block", "data-testid": "feeds" },
            this.heading, h("p", { class: "settings-words" }, say("feeds.about")),
            this.message, this.list, this.form.element,
        );
        this.#show([]);
    }

    get dirty() { return this.form.dirty; }

    /** Asks for them, once the settings are opened. */
    async open() {
        this.#asked += 1;
        const asked = this.#asked;
        try {
            const items = await this.store.calendarFeeds.list();
            if (asked === this.#asked) this.#show(items);
        } catch (error) {
            if (!(error instanceof Problem)) throw error;
            if (asked === this.#asked) setText(this.message, `${say("programs.stale")} ${error.detail}`);
        }
    }

    leave() {
        this.#asked += 1;
        this.form.leave();
        setText(this.message, "");
        this.#show([]);
    }

    /** @param {CalendarFeed[]} items */
    #show(items) {
        // A list that was asked for before is not up to date any more.
        this.#asked += 1;
        this.#items = items;
        this.list.replaceChildren(...items.map((feed) => this.#row(feed)));
        this.list.hidden = items.length === 0;
    }

    /** @param {CalendarFeed} feed */
    #row(feed) {
        const revoke = h("button", {
            type: "button", class: "link", "aria-label": say("programs.revokeOne", { name: feed.name }),
            "data-testid": "revoke-feed",
        }, say("programs.revoke"));
        revoke.addEventListener("click", () => this.#revoke(feed, revoke));
        return h(
            "li", { class: "channel", "data-testid": "feed" },
            h(
                "div", { class: "channel-head" },
                h("span", { class: "channel-name", dir: "auto", "data-testid": "feed-title" }, feed.name), revoke,
            ),
            h("p", { class: "channel-detail", "data-testid": "feed-content" }, contentWords(feed)),
            h("p", { class: "channel-detail", "data-testid": "feed-read" }, readWords(feed, this.store.state)),
        );
    }

    /**
     * @param {CalendarFeed} feed
     * @param {HTMLButtonElement} button
     */
    async #revoke(feed, button) {
        if (button.disabled || !this.confirm(say("feeds.confirm", { name: feed.name }))) return;
        button.disabled = true;
        const asked = this.#asked;
        let message = say("feeds.revoked", { name: feed.name });
        try {
            await this.store.calendarFeeds.revoke(feed.id);
        } catch (error) {
            if (!(error instanceof Problem)) throw error;
            // Somebody else was quicker where there is none.
            if (error.status !== 404) message = `${say("feeds.kept", { name: feed.name })} ${error.detail}`;
            if (error.status !== 404) button.disabled = false;
        }
        // The settings were left meanwhile, or the list is another one.
        if (asked !== this.#asked && !this.#items.includes(feed)) return;
        setText(this.message, message);
        if (!button.disabled) return;
        this.#show(this.#items.filter((one) => one !== feed));
        this.heading.focus();
    }
}
