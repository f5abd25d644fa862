/** The screen of a signed-in person: lists and tags at the side, the chosen list in the middle. */

import { AddForm } from "../components/add-form.js";
import { Bell } from "../components/bell.js";
import { BulkBar } from "../components/bulk-bar.js";
import { Connection, connectionWords, Unanswered } from "../components/connection.js";
import { DayStrip } from "../components/day-strip.js";
import { EmptyState } from "../components/empty-state.js";
import { attribute, freshID, h, setText } from "../components/element.js";
import { ExamplesBar } from "../components/examples-bar.js";
import { FilterList, LISTS } from "../components/filter-list.js";
import { icon, mark } from "../components/icon.js";
import { SearchBox } from "../components/search-box.js";
import { SettingsOpener } from "../components/settings-opener.js";
import { Shortcuts } from "../components/shortcuts.js";
import { TagList } from "../components/tag-list.js";
import { itemsOf, TaskList } from "../components/task-list.js";
import { TaskPickers } from "../components/task-pickers.js";
import { localDue, todayIn } from "../lib/dates.js";
import { hashOf, leadsToSettings, settingsPart, taskOf } from "../lib/route.js";
import { fieldMessages, shorten } from "../lib/text.js";
import { dayHeading, dueWords } from "../words/dates.js";
import { count, say } from "../words/words.js";
import { Arranging } from "./arranging.js";
import { laterParts } from "./later-parts.js";
import { keyActions } from "./task-keys.js";

/**
 * @typedef {import("../store.js").Store} Store
 * @typedef {import("../store/core.js").State} State
 */

/** The orders that can be chosen; that made by hand comes with `Arranging`. */
const SORTS = Object.freeze(["", "due_date", "priority", "title", "updated_at"]);

/** What of the state the list is made from; a long one is not looked through for anything else. */
const PLACED_BY = Object.freeze(/** @type {const} */ ([
    "rows", "drafts", "changes", "query", "now", "zone", "user", "loading", "listProblem", "next", "examples",
]));

export class TasksView {
    /** @param {Store} store */
    constructor(store) {
        this.store = store;
        this.add = new AddForm(store);
        this.pickers = new TaskPickers(store);
        this.bell = new Bell(() => store.inbox.open());
        this.settings = new SettingsOpener(store, {
            signOut: () => this.#signOut(), speak: () => this.#speak(),
        });
        this.connection = new Connection();
        this.unanswered = new Unanswered();
        this.search = new SearchBox(store);
        this.filters = new FilterList(store);
        this.tags = new TagList(store);
        this.empty = new EmptyState(store.examples);
        const drop = (/** @type {string} */ id, /** @type {string} */ date) => this.#drop(id, date);
        this.list = new TaskList(this.#actions(), { focusElsewhere: () => this.add.focus(), drop });
        this.arranging = new Arranging(this);
        this.strip = new DayStrip({
            count: store.order.upcomingDays, choose: (day) => store.listing.show({ day }), drop,
        });
        this.bulk = new BulkBar(store.bulk);
        this.examples = new ExamplesBar(store.examples);
        const acts = keyActions(this);
        this.later = laterParts(this, acts, (task) => this.#dueOf(task));
        this.editor = this.later.editor;
        this.conflict = this.later.conflict;
        this.palette = this.later.palette;
        this.help = this.later.help;
        this.shortcuts = new Shortcuts(acts);
        this.element = h(
            "div", { class: "shell", "data-testid": "tasks-view" },
            this.#side(), this.#main(), ...this.#parts.map(({ element }) => element),
        );
        this.watcher = new IntersectionObserver((entries) => {
            if (entries.some((entry) => entry.isIntersecting)) this.store.listing.loadMore();
        }, { rootMargin: "400px" });
        this.watcher.observe(this.more);
        this.update(store.state, null);
    }

    /** The parts of the screen that come when they are opened, in the order in which they stand. */
    get #parts() {
        return [...Object.values(this.later), this.settings, this.pickers, this.arranging.dialog];
    }

    /**
     * Opens the panel in which a task is changed.
     * @param {import("../api.js").Task} task
     * @param {import("../components/editor.js").Options} [options]
     */
    edit(task, options) {
        this.editor.use((editor) => {
            // It may have been changed elsewhere until the panel was there.
            const row = this.store.state.rows.find(({ id }) => id === task.id);
            editor.open(row && row.version > task.version ? row : task, options);
        });
    }

    #side() {
        const chat = h("button", {
            type: "button", class: "icon-button", "aria-haspopup": "dialog", "aria-label": say("chat.title"),
            "data-testid": "open-chat", on: { click: () => this.store.chat.open() },
        }, icon("chat"));
        this.person = h("span", { class: "person", dir: "auto" });
        const leave = h("button", {
            type: "button", class: "link", "data-testid": "sign-out", on: { click: () => this.#signOut() },
        }, say("tasks.signOut"));
        return h(
            "header", { class: "side" },
            h(
                "div", { class: "head" },
                h("p", { class: "brand" }, mark(), "Errand"), chat, this.bell.element,
            ),
            this.filters.element, h("div", { class: "side-lists" }, this.arranging.saved.element, this.tags.element),
            h("div", { class: "account" },
                this.shortcuts.element, this.person, this.settings.opener, leave),
        );
    }

    #main() {
        this.heading = h("h1", { dir: "auto", tabindex: "-1" });
        this.total = h("span", { class: "total", "data-testid": "total" });
        const sortID = freshID("sort");
        this.sort = h(
            "select", {
                id: sortID, "data-testid": "sort",
                on: { change: () => this.store.listing.show({ sort: this.sort.value }) },
            },
            ...SORTS.map((value) => h("option", { value }, say(`tasks.sort.${value || "usual"}`))),
        );
        this.order = h("p", { class: "order", id: freshID("order"), "data-testid": "order" });
        this.sort.setAttribute("aria-describedby", this.order.id);
        const again = h("button", {
            type: "button", class: "button", "data-testid": "reload", on: { click: () => this.store.listing.load() },
        }, say("auth.again"));
        this.problemText = h("span");
        this.problem = h(
            "div", { class: "banner", role: "alert", hidden: true, "data-testid": "list-problem" },
            this.problemText, again,
        );
        this.more = h("button", {
            type: "button", class: "button wide", hidden: true, "data-testid": "load-more",
            on: { click: () => this.store.listing.loadMore() },
        }, say("inbox.more"));
        this.announcer = h("p", { class: "unseen", role: "status", "aria-live": "polite" });
        return h(
            "main", { class: "main", id: "main" },
            h("div", { class: "bar" }, this.search.element,
                h("div", { class: "sort" }, h("label", { for: sortID }, say("tasks.sort")), this.sort)),
            h("div", { class: "title-line" }, this.heading, this.total, this.order, this.arranging.keep,
                this.connection.element),
            this.strip.element, this.add.element, this.examples.element, this.problem,
            this.unanswered.element, this.list.element, this.empty.element, this.more, this.bulk.element,
            this.arranging.drag.menu, this.announcer,
        );
    }

    /** @returns {import("../components/task-row.js").Actions} */
    #actions() {
        const { writing, listing } = this.store;
        const task = (/** @type {any} */ item) => item.task;
        return {
            done: (item, done) => writing.setDone(task(item), done),
            edit: (item) => this.edit(task(item)),
            remove: (item) => writing.remove(task(item)),
            restore: (item) => writing.restore(task(item)),
            skip: (item) => writing.skip(task(item)),
            retry: (item) => (item.draft ? writing.retryDraft(item.id) : writing.retryChange(task(item))),
            giveUp: (item) => (item.draft ? this.#editDraft(item.draft) : writing.giveUpChange(task(item))),
            resolve: ({ id }) => this.conflict.use((dialog) => dialog.open(id)), drop: (item) => writing.drop(item.id),
            select: (item, range) => this.select(item, range),
            tag: (name) => listing.show({ tag: name }),
            due: (item, anchor) => this.pickers.due(task(item), anchor),
            repeat: (item, anchor) => this.pickers.repeat(task(item), anchor),
        };
    }

    /** @param {import("../api.js").Task} task */
    #dueOf({ due }) {
        const { now, zone, user } = this.store.state;
        return due ? dueWords(due, now, zone, user?.day_ends_at) : "";
    }

    /**
     * Selects a task, or no longer.
     * @param {import("../components/task-row.js").Item} item
     * @param {boolean} range whether all from the one selected last are meant
     */
    select(item, range) {
        const { bulk, state } = this.store;
        const last = state.selected.at(-1);
        if (range && last) bulk.add(this.list.between(last, item.id));
        else bulk.toggle(item.id);
        const isIn = this.store.state.selected.includes(item.id);
        const values = { title: shorten(item.task.title), count: this.store.state.selected.length };
        this.announce(say(isIn ? "tasks.selected" : "tasks.deselected", values));
    }

    /**
     * A task was dropped on a day; with others selected, all of them were.
     * @param {string} id
     * @param {string} date
     */
    #drop(id, date) {
        const { state, bulk, writing } = this.store;
        const task = state.rows.find((one) => one.id === id);
        if (!task) return;
        if (state.selected.includes(id) && state.selected.length > 1) bulk.moveTo(date);
        else writing.moveTo(task, date);
    }

    /** @param {string} filter */
    go(filter) {
        this.store.listing.show({ filter, tag: "", search: "", expression: "" });
        this.heading.focus();
    }

    /** Goes to the line that adds a task; from the trash, where there is none, to Open first. */
    focusAdd() {
        if (this.store.state.query.filter === "trash") this.store.listing.show({ filter: "open" });
        this.add.focus();
    }

    /** @param {string} text for those who hear the page */
    announce(text) { setText(this.announcer, text); }

    /**
     * A refused task goes back into the form, unless that would overwrite something typed since.
     * @param {import("../store/core.js").Draft} draft
     */
    #editDraft(draft) {
        if (!this.add.blank) {
            this.store.say(say("tasks.finishFirst"));
            this.add.focus();
            return;
        }
        this.store.writing.takeDraft(draft.id);
        this.add.write(draft.input, fieldMessages(draft.problem?.errors));
        this.add.focus();
    }

    #signOut() {
        const { unsaved } = this.store;
        const question = say("tasks.unsaved", { count: unsaved });
        if (unsaved === 0 || window.confirm(question)) this.store.signOut();
    }

    /** Begins again, in another language, at the place where it was chosen. */
    #speak() {
        window.history.replaceState(null, "", "#/settings/region");
        window.location.reload();
    }

    /** Whether something typed here would be lost with the page. */
    get holdsText() {
        return !this.add.blank || this.#parts.some(({ dirty }) => dirty);
    }

    /**
     * Shows what a notification was about.
     * @param {string} path as in the address: `/#/tasks/…`, `/#/settings`, a list
     */
    async open(path) {
        const id = taskOf(path);
        if (leadsToSettings(path)) this.store.settings.open(settingsPart(path));
        else if (!id && hashOf(path)) window.location.hash = hashOf(path);
        const task = id ? await this.store.task(id) : null;
        if (task) this.edit(task);
    }

    /**
     * Does what the page was opened for: something shared with it, or a shortcut of the installed page.
     * @param {import("../lib/arrival.js").Arrival} arrival
     */
    arrive({ wants, line }) {
        if (wants === "chat") { this.store.chat.open(); return; }
        this.focusAdd();
        if (line) this.add.begin(line);
    }

    suspend() { for (const part of this.#parts) part.suspend(); }

    resume() { this.editor.resume(); }

    dispose() {
        this.watcher.disconnect();
        for (const part of this.#parts) part.dispose();
        this.shortcuts.dispose();
    }

    /**
     * @param {State} state
     * @param {State|null} before
     */
    update(state, before) {
        const { query, user, next, loading, listProblem } = state;
        if (query !== before?.query || state.filters !== before?.filters) this.#showQuery(state, before);
        if (query !== before?.query || state.tags !== before?.tags) this.tags.update(state);
        this.bell.update(state);
        this.connection.update(state);
        this.unanswered.update(state);
        for (const part of this.#parts) if (part !== this.editor || state.rows !== before?.rows) part.update(state);
        setText(this.person, user?.name || user?.email || "");
        setText(this.total, state.total === null || loading === "first" ? "" : count(state.total));
        if (!before || PLACED_BY.some((name) => state[name] !== before[name])) this.#showTasks(state);
        else this.list.showSelected(state.selected);
        this.bulk.update(state);
        this.examples.update(state);
        attribute(this.list.element, "aria-busy", loading === "first" ? "true" : null);
        this.problem.hidden = !listProblem;
        setText(this.problemText, listProblem?.detail ?? "");
        this.more.hidden = !next;
        setText(this.more, say(loading === "more" ? "page.loading" : "inbox.more"));
        if (before?.loading && !loading) {
            this.#announce(state);
            // Who scrolls as fast as pages come never leaves the button, which would not be noticed again.
            this.watcher.unobserve(this.more);
            this.watcher.observe(this.more);
        }
        if (before && connectionWords(state) !== connectionWords(before)) {
            setText(this.announcer, connectionWords(state) || say("offline.connected"));
        }
    }

    /** @param {State} state @param {State|null} before */
    #showQuery(state, before) {
        const { query } = state;
        if (this.add.blank && query !== before?.query) this.add.prefill();
        const title = this.arranging.update(state, this.sort);
        setText(this.heading, title);
        document.title = say("page.title", { name: title });
        const words = this.store.order.words(query);
        setText(this.order, words);
        this.order.hidden = !words;
        /** @type {HTMLElement} */ (this.sort.parentElement).hidden = query.filter === "upcoming";
        this.add.element.hidden = query.filter === "trash";
        this.strip.element.hidden = query.filter !== "upcoming";
        this.filters.update(state);
        this.search.update(state);
    }

    /** @param {State} state */
    #showTasks(state) {
        const { query, zone, now, user, loading, next } = state;
        const setting = { now, zone, dayEndsAt: user?.day_ends_at };
        const today = todayIn(now, zone, user?.day_ends_at);
        let items = itemsOf(state);
        if (query.filter === "upcoming") {
            const { day = "" } = query;
            const last = next ? state.rows.at(-1)?.due : null;
            const knownTo = last ? localDue(last, zone).date : "9999-12-31";
            this.strip.update({ today, day, counts: this.store.order.counts(state.rows, zone), knownTo });
            if (day) items = items.filter(({ task }) => !task.due || localDue(task.due, zone).date === day);
        }
        this.list.update(state, items, {
            heading: ({ task, draft }) => (
                draft ? null : this.store.order.headings.of(/** @type {any} */ (task), query, setting)),
            day: (date) => dayHeading(date, today),
        });
        this.empty.update(state, items.length);
        if (items.length === 0 && loading === "") this.store.examples.look();
    }

    /** @param {State} state */
    #announce({ rows, next, query }) {
        const list = query.search ? say("lists.search") : LISTS[query.filter].label;
        const tasks = say("common.tasks", { count: rows.length });
        setText(this.announcer, say(next ? "tasks.foundMore" : "tasks.found", { list, tasks }));
    }
}
