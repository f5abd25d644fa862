/** Wires the page together and decides which screen is shown. */

import { Api } from "./api.js";
import { h } from "./components/element.js";
import { Toast } from "./components/toast.js";
import { begin, follow, wantedFor } from "./language.js";
import { arrivalOf } from "./lib/arrival.js";
import { deviceZone } from "./lib/dates.js";
import { shown } from "./lib/frame.js";
import { watchPress } from "./lib/press.js";
import { shelfOf } from "./lib/shelf.js";
import { Tabs } from "./lib/tabs.js";
import { keepPage, nameApp } from "./lib/worker.js";
import { Live } from "./live.js";
import { Push } from "./push.js";
import { startRouter } from "./router.js";
import { Store } from "./store.js";
import { AuthView } from "./views/auth.js";
import { TasksView } from "./views/tasks.js";
import { UnreachableView } from "./views/unreachable.js";
import { say } from "./words/words.js";

const live = new Live();
const push = new Push(window);
const store = new Store(new Api(), {
    zone: deviceZone(), live, push, kept: window.localStorage, shelf: shelfOf(window), tabs: new Tabs(window),
    badge: navigator, rest: (work) => shown(window, work),
});
const place = /** @type {HTMLElement} */ (document.getElementById("page"));
const screen = h("div");

/** What is there whoever is signed in, in the language spoken now. */
function build() {
    const made = { auth: new AuthView(store), unreachable: new UnreachableView(store), toast: new Toast(store) };
    screen.replaceChildren();
    place.replaceChildren(screen, made.toast.element);
    return made;
}

/** Made once the page has words. @type {ReturnType<typeof build>} */
let parts;

/** Where the address or a notification leads, until somebody is signed in; looked at once. */
let led = window.location.hash;

/** @param {string} path opened at once, or as soon as somebody is signed in */
function lead(path) {
    if (store.state.phase === "signed-in" && tasks) tasks.view.open(path);
    else led = path;
}

/** What the address wanted of the page when it opened; done once, when somebody is signed in. */
let wanted = arrivalOf(window.location.search);
if (window.location.search) window.history.replaceState(null, "", `/${window.location.hash}`);

/** The screen of the person signed in, kept, hidden, while they sign in again.
 * @type {{view: TasksView, user: string}|null} */
let tasks = null;

/** Another language is on its way: what speaks it comes with it. */
let turning = false;

/**
 * Has the page speak as a person has chosen, before anything of theirs is shown.
 * @param {import("./api.js").User} user
 */
async function turnTo(user) {
    turning = true;
    const isOther = await follow(window, user);
    turning = false;
    if (isOther) {
        parts = build();
        nameApp(document);
    }
    showPhase(store.state, true);
}

/**
 * @param {import("./store.js").State} state
 * @param {boolean} [isSpoken] whether the person's language has been asked for
 */
function showPhase(state, isSpoken = false) {
    const { phase, user } = state;
    const { auth, unreachable } = parts;
    if (tasks && (phase === "signed-out" || (phase === "signed-in" && tasks.user !== user?.id))) {
        tasks.view.dispose();
        tasks.view.element.remove();
        tasks = null;
    }
    if (turning) return;
    if (phase === "signed-in" && !tasks && user && !isSpoken && wantedFor(window, user)) {
        turnTo(user);
        return;
    }
    if (phase === "signed-in" && !tasks && user) {
        tasks = { view: new TasksView(store), user: user.id };
    }
    if (phase === "expired") tasks?.view.suspend();
    const shown = { "signed-in": tasks?.view, "signed-out": auth, expired: auth, unreachable, starting: null }[phase];
    for (const view of [tasks?.view, auth, unreachable]) {
        if (!view) continue;
        view.element.hidden = view !== shown;
        if (view.element.parentNode !== screen) screen.append(view.element);
    }
    if (shown === auth) {
        document.title = say("page.title", { name: say("auth.title") });
        auth.enter(state);
    }
    if (phase !== "signed-in") return;
    tasks?.view.resume();
    const path = led;
    led = "";
    // Later, so that everybody has seen this state before the next one.
    if (path) queueMicrotask(() => tasks?.view.open(path));
    const arrival = wanted;
    wanted = null;
    if (arrival) queueMicrotask(() => tasks?.view.arrive(arrival));
}

/** @param {import("./store.js").State} state @param {import("./store.js").State} before */
function show(state, before) {
    const known = tasks?.view;
    if (state.phase !== before.phase || state.user?.id !== before.user?.id) showPhase(state);
    parts.toast.update(state);
    // A screen that was made just now shows this state already.
    if (state.phase === "signed-in" && tasks?.view === known) known?.update(state, before);
    if (state.phase === "unreachable") parts.unreachable.update(state);
}

/** What the window, the network and the clock have to say. */
function listen() {
    watchPress(document);
    window.setInterval(() => {
        if (document.hidden) return;
        store.tick();
        store.reconnect();
    }, 30_000);
    document.addEventListener("visibilitychange", () => {
        if (document.hidden) {
            live.sleep();
            store.settleCopy();
            return;
        }
        live.wake();
        store.lookAgain();
    });
    window.addEventListener("online", () => {
        live.wake();
        store.reconnect();
    });
    // What is asked now fails at once, which shows how things are.
    window.addEventListener("offline", () => store.lookAgain());
    window.addEventListener("pagehide", () => live.pause());
    window.addEventListener("pageshow", ({ persisted }) => { if (persisted) live.wake(); });
    document.addEventListener("keydown", (event) => {
        const target = /** @type {HTMLElement} */ (event.target);
        const typing = target.closest("input:not([type=checkbox]), textarea, dialog");
        if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.key !== "z" || typing) return;
        if (store.state.undos.length === 0) return;
        event.preventDefault();
        store.writing.undo();
    });
}

/** Whether leaving the page would lose something. */
const isAtRisk = () => store.unkept > 0 || Boolean(tasks?.view.holdsText);

/** @param {BeforeUnloadEvent} event */
function askBeforeLeaving(event) {
    if (isAtRisk()) event.preventDefault();
}

/** Asks only while there is reason to: some browsers keep no page for Back that may ask. */
function guard() {
    window[isAtRisk() ? "addEventListener" : "removeEventListener"]("beforeunload", askBeforeLeaving);
}

/** Begins. Nothing outside of functions waits here, so that the page can be joined into one script. */
async function open() {
    startRouter(store, window, lead);
    await begin(window);
    nameApp(document);
    parts = build();
    store.subscribe(show);
    push.onOpen(lead);
    listen();
    store.subscribe(guard);
    document.addEventListener("input", guard);
    await shown(window, store.start());
    keepPage(window);
}

open();
