/** The dialog with the notifications. */

import { say } from "../words/words.js";
import { DevicesSection } from "./devices-section.js";
import { attribute, h, setText } from "./element.js";
import { icon } from "./icon.js";
import { NotificationRow } from "./notification-row.js";

/** @typedef {import("../store/core.js").State} State */

export class InboxPanel {
    /** @type {Map<string, NotificationRow>} */
    #rows = new Map();

    /**
     * @param {import("../store.js").Store} store
     * @param {{openTask: (task: import("../store/core.js").Task) => void, openPath: (path: string) => void,
     *   focusElsewhere: () => void}} parts
     *   `focusElsewhere`: where focus goes if what had it before is gone
     */
    constructor(store, { openTask, openPath, focusElsewhere }) {
        const { inbox } = store;
        this.store = store;
        this.openTask = openTask;
        this.openPath = openPath;
        this.actions = {
            open: (/** @type {import("../store/core.js").Notification} */ one) => this.#open(one),
            read: inbox.markRead.bind(inbox), snooze: inbox.snooze.bind(inbox), remove: inbox.remove.bind(inbox),
            why: inbox.why.bind(inbox),
        };
        this.list = h("ul", {
            class: "notifications", "data-testid": "notifications", "aria-label": say("inbox.title"),
        });
        this.empty = h("p", { class: "notifications-empty", "data-testid": "notifications-empty" });
        this.message = h("p", { class: "notifications-message", role: "status", "data-testid": "inbox-message" });
        this.all = h("button", {
            type: "button", class: "link", "data-testid": "read-all", on: { click: () => inbox.markAllRead() },
        }, say("inbox.readAll"));
        this.more = h("button", {
            type: "button", class: "button wide", "data-testid": "more-notifications",
            on: { click: () => inbox.loadMore() },
        }, say("inbox.more"));
        this.settings = h("button", {
            type: "button", class: "icon-button", "aria-label": say("inbox.settings"), "aria-haspopup": "dialog",
            "data-testid": "inbox-settings", on: { click: () => this.#openSettings() },
        }, icon("sliders"));
        this.leave = h("button", {
            type: "button", class: "icon-button", "aria-label": say("common.close"), "data-testid": "close-inbox",
            on: { click: () => this.element.close() },
        }, icon("close"));
        this.devices = new DevicesSection(store.devices);
        this.element = h(
            "dialog", { class: "inbox", "aria-labelledby": "inbox-heading", "data-testid": "inbox" },
            h("div", { class: "inbox-head" }, h("h2", { id: "inbox-heading" }, say("inbox.title")), this.all,
                this.settings, this.leave),
            this.message, this.list, this.empty, this.more, this.devices.element,
        );
        this.element.addEventListener("click", (event) => {
            if (event.target === this.element) this.element.close();
        });
        this.element.addEventListener("close", () => {
            inbox.close();
            // What opened the dialog may be gone, as a message is: then focus stays inside, out of sight.
            const focused = document.activeElement;
            if (focused === document.body || this.element.contains(focused)) focusElsewhere();
        });
    }

    /** Makes way for the sign-in screen. */
    suspend() { this.element.close(); }

    #openSettings() {
        this.store.inbox.close();
        this.store.settings.open();
    }

    /** @param {import("../store/core.js").Notification} one */
    async #open(one) {
        const task = await this.store.inbox.task(one);
        if (!this.element.open || (!task && !one.path)) return;
        this.store.inbox.close();
        if (task) this.openTask(task);
        else if (one.path) this.openPath(one.path);
    }

    /** @param {State} state */
    update(state) {
        const { inbox, now, zone } = state;
        if (!inbox.isOpen) {
            if (this.element.open) this.element.close();
            return;
        }
        this.#showRows(inbox.items, { now, zone, receipts: inbox.receipts });
        setText(this.message, inbox.message);
        this.list.hidden = inbox.items.length === 0;
        this.empty.hidden = inbox.items.length > 0;
        setText(this.empty, say(inbox.isLoading ? "page.loading" : "inbox.empty"));
        attribute(this.list, "aria-busy", inbox.isLoading ? "true" : null);
        if (inbox.unread === 0 && document.activeElement === this.all) this.leave.focus();
        this.all.hidden = inbox.unread === 0;
        this.more.hidden = inbox.next === null;
        this.devices.update(state);
        if (!this.element.open) {
            this.store.devices.refresh();
            this.element.showModal();
            this.leave.focus();
        }
    }

    /**
     * @param {import("../store/core.js").Notification[]} items
     * @param {{now: Date, zone: string, receipts: Record<string, import("../store/core.js").Receipts>}} setting
     */
    #showRows(items, setting) {
        const kept = new Set(items.map(({ id }) => id));
        const focus = this.#focusAfter(kept);
        for (const [id, row] of this.#rows) {
            if (kept.has(id)) continue;
            row.element.remove();
            this.#rows.delete(id);
        }
        let place = this.list.firstElementChild;
        for (const item of items) {
            const row = this.#rows.get(item.id) ?? new NotificationRow(item, this.actions);
            this.#rows.set(item.id, row);
            row.update(item, setting);
            if (row.element === place) place = place.nextElementSibling;
            else this.list.insertBefore(row.element, place);
        }
        focus?.();
    }

    /**
     * @param {Set<string>} kept
     * @returns {(() => void)|null} where focus goes if its row is about to leave
     */
    #focusAfter(kept) {
        const focused = document.activeElement;
        const rows = [...this.#rows.values()].filter(({ item }) => kept.has(item.id));
        const leaving = [...this.#rows.values()].find(({ element }) => element.contains(focused));
        if (!leaving || kept.has(leaving.item.id)) return null;
        const after = rows.find(({ element }) => leaving.element.compareDocumentPosition(element)
            & Node.DOCUMENT_POSITION_FOLLOWING);
        const next = after ?? rows.at(-1);
        return () => (next?.title ?? this.leave).focus();
    }
}
