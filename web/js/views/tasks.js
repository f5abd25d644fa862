/** The screen of a signed-in person: lists and tags at the side, the chosen list in the middle. */

import { AccountDialog } from "../components/account-dialog.js";
import { AddForm } from "../components/add-form.js";
import { Bell } from "../components/bell.js";
import { ChatPanel } from "../components/chat-panel.js";
import { Connection, connectionWords } from "../components/connection.js";
import { Editor } from "../components/editor.js";
import { EmptyState } from "../components/empty-state.js";
import { attribute, freshID, h, setText } from "../components/element.js";
import { FilterList, LISTS } from "../components/filter-list.js";
import { mark } from "../components/icon.js";
import { InboxPanel } from "../components/inbox-panel.js";
import { ProgramsPanel } from "../components/programs-panel.js";
import { SearchBox } from "../components/search-box.js";
import { SettingsPanel } from "../components/settings-panel.js";
import { Shortcuts } from "../components/shortcuts.js";
import { TagList } from "../components/tag-list.js";
import { TaskList } from "../components/task-list.js";
import { hashOf, leadsToSettings, taskOf } from "../lib/route.js";
import { fieldMessages, plural } from "../lib/text.js";

/**
 * @typedef {import("../store.js").Store} Store
 * @typedef {import("../store/core.js").State} State
 */

const SORTS = Object.freeze([
    ["", "Usual order"], ["due_date", "Due date"], ["priority", "Priority"], ["title", "Title"],
    ["updated_at", "Last changed"],
]);

export class TasksView {
    /** @param {Store} store */
    constructor(store) {
        this.store = store;
        this.add = new AddForm(store);
        this.editor = new Editor(store);
        this.bell = new Bell(() => store.inbox.open());
        this.inbox = new InboxPanel(store, {
            openTask: (task) => this.editor.open(task), openPath: (path) => this.open(path),
            focusElsewhere: () => this.bell.focus(),
        });
        this.chat = new ChatPanel(store);
        this.programs = new ProgramsPanel(store);
        this.settings = new SettingsPanel(store);
        this.connection = new Connection();
        this.search = new SearchBox(store);
        this.filters = new FilterList(store);
        this.tags = new TagList(store);
        this.empty = new EmptyState();
        this.list = new TaskList(this.#actions(), () => this.add.focus());
        this.account = new AccountDialog(store);
        this.shortcuts = new Shortcuts([
            { key: "/", label: "search", action: () => this.search.focus() },
            { key: "n", label: "new task", action: () => this.add.focus() },
        ]);
        this.element = h(
            "div", { class: "shell", "data-testid": "tasks-view" },
            this.#side(), this.#main(), this.editor.element, this.inbox.element, this.chat.element,
            this.programs.element, this.account.element, this.settings.element,
        );
        this.watcher = new IntersectionObserver((entries) => {
            if (entries.some((entry) => entry.isIntersecting)) this.store.listing.loadMore();
        }, { rootMargin: "400px" });
        this.watcher.observe(this.more);
        this.update(store.state, null);
    }

    #side() {
        this.person = h("span", { class: "person", dir: "auto" });
        const leave = h("button", {
            type: "button", class: "link", "data-testid": "sign-out", on: { click: () => this.#signOut() },
        }, "Sign out");
        return h(
            "header", { class: "side" },
            h(
                "div", { class: "head" },
                h("p", { class: "brand" }, mark(), "Errand"), this.chat.opener, this.bell.element,
            ),
            this.filters.element, this.tags.element,
            h("div", { class: "account" },
                this.shortcuts.element, this.person, this.settings.opener, this.programs.opener, this.account.opener,
                leave),
        );
    }

    #main() {
        this.heading = h("h1", { dir: "auto" });
        this.total = h("span", { class: "total", "data-testid": "total" });
        const sortID = freshID("sort");
        this.sort = h(
            "select", {
                id: sortID, "data-testid": "sort",
                on: { change: () => this.store.listing.show({ sort: this.sort.value }) },
            },
            ...SORTS.map(([value, label]) => h("option", { value }, label)),
        );
        const again = h("button", {
            type: "button", class: "button", "data-testid": "reload", on: { click: () => this.store.listing.load() },
        }, "Try again");
        this.problemText = h("span");
        this.problem = h(
            "div", { class: "banner", role: "alert", hidden: true, "data-testid": "list-problem" },
            this.problemText, again,
        );
        this.more = h("button", {
            type: "button", class: "button wide", hidden: true, "data-testid": "load-more",
            on: { click: () => this.store.listing.loadMore() },
        }, "Load more");
        this.announcer = h("p", { class: "unseen", role: "status", "aria-live": "polite" });
        return h(
            "main", { class: "main", id: "main" },
            h("div", { class: "bar" }, this.search.element,
                h("div", { class: "sort" }, h("label", { for: sortID }, "Sort"), this.sort)),
            h("div", { class: "title-line" }, this.heading, this.total, this.connection.element),
            this.add.element, this.problem, this.list.element, this.empty.element, this.more, this.announcer,
        );
    }

    /** @returns {import("../components/task-row.js").Actions} */
    #actions() {
        const { writing, listing } = this.store;
        const task = (/** @type {any} */ item) => item.task;
        return {
            done: (item, done) => writing.setDone(task(item), done),
            edit: (item) => this.editor.open(task(item)),
            remove: (item) => writing.remove(task(item)),
            restore: (item) => writing.restore(task(item)),
            skip: (item) => writing.skip(task(item)),
            retry: (item) => (item.draft ? writing.retryDraft(item.id) : writing.retryChange(task(item))),
            giveUp: (item) => (item.draft ? this.#editDraft(item.draft) : writing.giveUpChange(task(item))),
            tag: (name) => listing.show({ tag: name }),
        };
    }

    /**
     * A refused task goes back into the form, unless that would overwrite something typed since.
     * @param {import("../store/core.js").Draft} draft
     */
    #editDraft(draft) {
        if (!this.add.blank) {
            this.store.say("Finish or clear the new task first; this one then goes back into the form.");
            this.add.focus();
            return;
        }
        this.store.writing.takeDraft(draft.id);
        this.add.write(draft.input, fieldMessages(draft.problem?.errors));
        this.add.focus();
    }

    #signOut() {
        const { unsaved } = this.store;
        const lost = unsaved === 1 ? "it" : "them";
        const warning = `${plural(unsaved, "change")} not saved yet. Sign out and lose ${lost}?`;
        if (unsaved === 0 || window.confirm(warning)) this.store.signOut();
    }

    /** Whether something typed here would be lost with the page. */
    get holdsText() { return !this.add.blank || this.editor.dirty || this.chat.dirty || this.settings.dirty; }

    /**
     * Shows what a notification was about.
     * @param {string} path as in the address: `/#/tasks/…`, `/#/settings`, a list
     */
    async open(path) {
        const id = taskOf(path);
        if (leadsToSettings(path)) this.store.settings.open();
        else if (!id && hashOf(path)) window.location.hash = hashOf(path);
        const task = id ? await this.store.task(id) : null;
        if (task) this.editor.open(task);
    }

    suspend() {
        this.editor.suspend();
        this.inbox.suspend();
        this.chat.suspend();
        this.programs.suspend();
        this.account.suspend();
        this.settings.suspend();
    }

    resume() { this.editor.resume(); }

    dispose() {
        this.watcher.disconnect();
        this.shortcuts.dispose();
    }

    /**
     * @param {State} state
     * @param {State|null} before
     */
    update(state, before) {
        const { query, user, next, loading, listProblem } = state;
        if (query !== before?.query) {
            if (this.add.blank) this.add.prefill();
            this.sort.value = query.sort;
            const title = query.tag ? `${LISTS[query.filter].label} · #${query.tag}` : LISTS[query.filter].label;
            setText(this.heading, title);
            document.title = `${title} · Errand`;
            this.add.element.hidden = query.filter === "trash";
            this.filters.update(state);
            this.search.update(state);
        }
        if (query !== before?.query || state.tags !== before?.tags) this.tags.update(state);
        this.bell.update(state);
        this.inbox.update(state);
        this.chat.update(state);
        this.programs.update(state);
        this.settings.update(state);
        this.connection.update(state);
        setText(this.person, user?.name || user?.email || "");
        setText(this.total, state.total === null || loading === "first" ? "" : String(state.total));
        this.list.update(state);
        this.empty.update(state);
        attribute(this.list.element, "aria-busy", loading === "first" ? "true" : null);
        this.problem.hidden = !listProblem;
        setText(this.problemText, listProblem?.detail ?? "");
        this.more.hidden = !next;
        setText(this.more, loading === "more" ? "Loading…" : "Load more");
        if (before?.loading && !loading) this.#announce(state);
        if (before && connectionWords(state.live) !== connectionWords(before.live)) {
            setText(this.announcer, connectionWords(state.live) || "Connected again.");
        }
    }

    /** @param {State} state */
    #announce({ rows, next, query }) {
        const found = plural(rows.length, "task");
        const words = next ? `${found} shown, more to load` : found;
        setText(this.announcer, query.search ? `Search: ${words}.` : `${LISTS[query.filter].label}: ${words}.`);
    }
}
