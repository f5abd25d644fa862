/**
 * State, and the only ways to change it. Views read `state`, subscribe, and call what is here.
 * @typedef {import("./store/core.js").State} State
 */

import { Problem } from "./api.js";
import { Badge } from "./store/badge.js";
import { Bulk } from "./store/bulk.js";
import { Channels } from "./store/channels.js";
import { Chat } from "./store/chat.js";
import { Copy } from "./store/copy.js";
import { Core, NOTHING } from "./store/core.js";
import { Devices } from "./store/devices.js";
import { Examples } from "./store/examples.js";
import { Feed } from "./store/feed.js";
import { CalendarFeeds } from "./store/feeds.js";
import { Filters } from "./store/filters.js";
import { History } from "./store/history.js";
import { Inbox } from "./store/inbox.js";
import { Listing } from "./store/listing.js";
import { countsByDay, Headings, isPlaceable, orderWords, sortOf, UPCOMING_DAYS } from "./store/order.js";
import { Outbox } from "./store/outbox.js";
import { Placing } from "./store/placing.js";
import { Programs } from "./store/programs.js";
import { isUnreachable } from "./store/reach.js";
import { Settings } from "./store/settings.js";
import { Timing } from "./store/timing.js";
import { Tokens } from "./store/tokens.js";
import { Writing } from "./store/writing.js";
import { say } from "./words/words.js";
import { unlike } from "./words/habits.js";

export class Store {
    #core;
    #api;
    #clock;
    #feed;
    #live;
    #tabs;
    /** @type {Copy|null} */
    #copy = null;
    /** Done when what waits to be sent is known. */
    #opened = Promise.resolve();
    #rest;

    /**
     * @param {import("./api.js").Api} api
     * @param {{zone: string, live?: import("./live.js").Live|null, clock?: () => Date,
     *   later?: (action: () => void, ms: number) => void, push?: import("./push.js").Push|null,
     *   kept?: Storage|null, shelf?: import("./lib/shelf.js").Shelf|null,
     *   tabs?: Pick<import("./lib/tabs.js").Tabs, "alone"|"unlessBusy"|"tell"|"onHear">|null,
     *   badge?: Navigator|null, rest?: (work: Promise<void>) => Promise<void>}} parts
     *   `shelf`: where people's tasks are kept; without one, nothing outlives the page; `rest`: done when some work is
     *   and can be seen, or takes too long to wait for
     */
    constructor(api, {
        zone, live = null, clock = () => new Date(), later = (action, ms) => { setTimeout(action, ms); },
        push = null, kept = null, shelf = null, tabs = null, badge = null,
        rest = (work) => work,
    }) {
        this.#api = api;
        this.#clock = clock;
        this.#rest = rest;
        this.#core = new Core({ now: clock(), zone });
        this.listing = new Listing(this.#core, api, later);
        this.#live = live;
        this.#tabs = tabs;
        this.outbox = new Outbox(this.#core, api, { shelf, tabs });
        this.writing = new Writing(
            this.#core, api, this.listing, this.outbox, () => this.placing.settled,
        );
        this.#keep(shelf, later);
        this.timing = new Timing(this.#core, api, this.writing);
        /** How lists are arranged. */
        this.order = Object.freeze({
            headings: new Headings(), words: orderWords, counts: countsByDay, upcomingDays: UPCOMING_DAYS,
            sort: sortOf, isPlaceable,
        });
        this.bulk = new Bulk(
            this.#core, api, this.listing, shelf ? (task, deed) => this.writing.hold(task, deed) : null,
        );
        this.examples = new Examples(this.#core, api, { listing: this.listing, kept });
        this.history = new History(api);
        this.inbox = new Inbox(this.#core, api);
        this.filters = new Filters(this.#core, api);
        this.placing = new Placing(this.#core, api, this.listing);
        this.programs = new Programs(this.#core, api);
        this.tokens = new Tokens(api, this.programs);
        this.calendarFeeds = new CalendarFeeds(api);
        this.devices = new Devices(this.#core, api, push, kept);
        this.channels = new Channels(this.#core, api, { devices: this.devices, later });
        this.settings = new Settings(this.#core, api);
        this.chat = new Chat(this.#core, api, () => this.listing.refresh());
        this.#feed = new Feed(this.#core, live, {
            api, listing: this.listing, writing: this.writing, inbox: this.inbox, later,
            found: (user) => this.#found(user), connected: () => this.reconnect(),
        });
        this.badge = new Badge(this.#core, api, { navigator: badge, later, tasks: async () => this.#copy?.tasks() });
        api.onSessionLost(() => this.#lose());
        tabs?.onHear((message) => this.#hear(message));
    }

    /**
     * Ties together what is kept, what is shown and what is sent.
     * @param {import("./lib/shelf.js").Shelf|null} shelf
     * @param {(action: () => void, ms: number) => void} later
     */
    #keep(shelf, later) {
        const { outbox, listing, writing } = this;
        const cursor = () => this.#live?.cursor ?? null;
        this.#copy = shelf ? new Copy(this.#core, shelf, { later, cursor, clock: this.#clock }) : null;
        listing.keepWith({
            over: (task) => outbox.over(task), copy: this.#copy,
            // Where nothing was ever kept, nothing waits to be sent.
            ready: () => (shelf?.isBlank ? null : this.#opened),
        });
        outbox.listen({
            settled: (command, task, undo) => writing.settle(command, task, undo),
            drained: (count, undos) => this.#core.say(say("offline.sent", { count }), { undo: undos }),
            held: () => this.#core.say(say("offline.held")),
            changed: (task) => listing.redraw(task),
            seen: (task) => listing.follow(task),
            stranger: (user) => { this.#found(user); },
        });
    }

    /** @param {any} message of another tab */
    #hear({ type, owner }) {
        if (!owner || owner !== this.state.user?.id) return;
        if (type === "outbox") this.outbox.reread();
        if (type === "left") {
            this.#copy?.close();
            this.#lose();
        }
    }

    /**
     * The server says who is signed in. Somebody else may have signed in, in another window, meanwhile.
     * @param {import("./api.js").User} user
     */
    async #found(user) {
        if (this.state.phase !== "signed-in") return;
        if (user.id !== this.state.user?.id) await this.#enter(user);
        else if (JSON.stringify(user) !== JSON.stringify(this.state.user)) this.#core.set({ user });
    }

    /** The server may be within reach again: what waits is sent, what is old is read anew. */
    async reconnect() {
        if (this.state.phase !== "signed-in") return;
        const { copy } = this.state;
        await this.outbox.drain();
        if (!copy) return;
        await this.listing.reread();
        this.inbox.refresh();
    }

    /** @returns {State} */
    get state() { return this.#core.state; }

    /** @param {(state: State, before: State) => void} listener */
    subscribe(listener) { return this.#core.subscribe(listener); }

    /**
     * Tells of every task that was changed somewhere, whether the list has it or not.
     * @param {(task: import("./api.js").Task) => void} listener
     * @returns {() => void} ends it
     */
    watchTasks(listener) { return this.#feed.watch(listener); }

    /**
     * Finds out who is signed in.
     * @returns {Promise<void>}
     */
    async start() {
        this.#core.set({ phase: "starting" });
        try {
            const { data } = await this.#api.me();
            // On its way while the screen is built.
            this.listing.begin();
            await this.#enter(data);
        } catch (error) {
            if (!(error instanceof Problem)) throw error;
            const visit = isUnreachable(error) ? await this.#copy?.recall() : null;
            if (error.status === 401) this.#core.set({ phase: "signed-out" });
            else if (visit) await this.#enter(visit.user, visit);
            else this.#core.set({ phase: "unreachable", listProblem: error });
        }
    }

    /**
     * @param {{email: string, password: string}} input
     * @throws {Problem}
     */
    async signUp(input) {
        const { data } = await this.#api.signUp({ ...input, time_zone: this.state.zone });
        await this.#enter(await this.#settled(data.user));
    }

    /**
     * A new account speaks as the page does where it was made, and its weeks begin as they do there.
     * @param {import("./api.js").User} user
     * @returns {Promise<import("./api.js").User>}
     */
    async #settled(user) {
        const settings = unlike(user);
        if (Object.keys(settings).length === 0) return user;
        try {
            return (await this.#api.changeMe(settings)).data;
        } catch (error) {
            // The account is there; what is usual elsewhere can be changed in the settings.
            if (!(error instanceof Problem)) throw error;
            return user;
        }
    }

    /**
     * @param {{email: string, password: string}} input
     * @throws {Problem}
     */
    async signIn(input) {
        const { data } = await this.#api.signIn(input);
        await this.#enter(data.user);
    }

    /**
     * @param {import("./api.js").User} user
     * @param {import("./store/copy.js").Visit|null} [visit] the last one, where the server cannot be reached
     */
    async #enter(user, visit = null) {
        const same = this.state.user?.id === user.id;
        if (!same) {
            // Of nobody there is only what was asked for a moment ago.
            if (this.state.user) this.listing.forget();
            this.outbox.close();
            this.#copy?.close();
            this.#core.set(/** @type {any} */ ({ ...NOTHING }));
        }
        this.#core.set({
            user, phase: "signed-in", loading: "first", listProblem: null, ...(visit ? { copy: { at: visit.at } } : {}),
            ...(visit?.filters ? { filters: { items: visit.filters, isKnown: true } } : {}),
        });
        this.examples.recall();
        this.#copy?.open(user.id, visit?.at ?? this.#clock().getTime());
        this.#opened = this.outbox.open(user.id);
        // Asked for at once; shown with what waits to be sent.
        const loaded = this.listing.load();
        await this.#opened;
        if (same) this.writing.resume();
        // All else is asked for when the list can be seen, which it would come later for.
        await this.#rest(loaded);
        if (this.state.phase !== "signed-in" || this.state.user?.id !== user.id) return;
        this.#feed.open(user.id, visit?.cursor ?? null);
        this.inbox.refresh();
        this.devices.repair();
        // Tags stand below them: the other way round they would move.
        this.filters.refresh().then(() => this.listing.refreshTags());
        await loaded;
        if (!visit) await this.outbox.drain();
        this.badge.look();
        await this.#copy?.trim();
    }

    /** The session ended by itself: what is on the screen stays for whoever signs in again. */
    #lose() {
        if (this.state.phase !== "signed-in") return;
        this.#feed.close();
        this.#core.set({ phase: "expired", notice: null });
    }

    /** Ends the session and forgets everything. */
    async signOut() {
        this.#feed.close();
        try {
            // Whoever uses this browser next is not told what was meant for the one before.
            await this.devices.leave().catch(() => {});
            await this.#api.signOut();
        } catch (error) {
            if (!(error instanceof Problem)) throw error;
            if (error.status !== 401) {
                this.#core.say(say("writing.stillSignedIn", { reason: error.detail }), { tone: "error" });
                if (this.state.phase === "signed-in" && this.state.user) this.#feed.open(this.state.user.id);
                return;
            }
        }
        await this.#forget();
    }

    /** Nothing of the person stays, neither here nor in what this browser keeps. */
    async #forget() {
        const owner = this.state.user?.id ?? "";
        this.outbox.close();
        this.badge.clear();
        await this.#copy?.forget(owner);
        this.#tabs?.tell({ type: "left", owner });
        this.listing.forget();
        this.#core.set(/** @type {any} */ ({ ...NOTHING, phase: "signed-out" }));
    }

    /**
     * @param {string} id
     * @returns {Promise<import("./api.js").Task|null>} null when it cannot be had, which is said
     */
    async task(id) {
        try {
            return (await this.#api.task(id)).data;
        } catch (error) {
            if (!(error instanceof Problem)) throw error;
            this.#core.say(error.detail, { tone: "error" });
            return null;
        }
    }

    /**
     * The tasks that a search finds, for the palette.
     * @param {string} search
     * @param {number} most
     * @returns {Promise<import("./api.js").Task[]>}
     */
    async find(search, most) {
        try {
            return (await this.#api.listTasks({ search, limit: most })).data.items;
        } catch (error) {
            if (!(error instanceof Problem)) throw error;
            return [];
        }
    }

    signOutEverywhere() { return this.#api.signOutEverywhere(); }

    /**
     * @param {{current_password: string, new_password: string}} input
     * @throws {Problem}
     */
    changePassword(input) { return this.#api.changePassword(input); }

    /**
     * Has a link sent to another address, which becomes the account's by it.
     * @param {{email: string, current_password: string}} input
     * @throws {Problem}
     */
    changeAddress(input) { return this.#api.changeAddress(input); }

    verifyAddress() { return this.#api.verifyAddress(); }

    /** @param {string} password empty for somebody who has signed in just now */
    deleteAccount(password) { return this.#api.deleteAccount(password); }

    /**
     * Does what ends this session, then forgets everything.
     * @param {() => Promise<any>} end
     */
    async leave(end) {
        await end();
        this.#feed.close();
        await this.#forget();
    }

    /** @returns {number} how many things the server does not have yet */
    get unsaved() {
        return this.state.drafts.length + Object.keys(this.state.changes).length;
    }

    /** How many of them would be lost with the page. */
    get unkept() { return this.outbox.unkept; }

    /** Has this browser keep at once what it is about to keep. */
    settleCopy() { return this.#copy?.write(); }

    /** Looks again at what may have changed while nobody was looking. */
    lookAgain() {
        this.tick();
        this.outbox.drain();
        this.listing.refresh();
        this.inbox.refresh();
        if (this.state.phase === "signed-in") this.filters.refresh();
    }

    /** Lets words such as "today" follow the clock. */
    tick() { this.#core.set({ now: this.#clock() }); }

    dismissNotice() { this.#core.set({ notice: null }); }

    /** @param {string} text */
    say(text) { this.#core.say(text); }
}
