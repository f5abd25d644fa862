/** Wires the page together and decides which screen is shown. */

import { Api } from "./api.js";
import { h } from "./components/element.js";
import { Toast } from "./components/toast.js";
import { arrivalOf } from "./lib/arrival.js";
import { deviceZone } from "./lib/dates.js";
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
import { locale, speak, spoken } from "./words/words.js";

/** Where this device keeps the language that was chosen on it; without one the browser's languages count. */
const LANGUAGE = "errand.locale";
const chosen = window.localStorage.getItem(LANGUAGE);
await speak(spoken(chosen ? [chosen] : navigator.languages));
document.documentElement.lang = locale();
nameApp(document, locale());

const live = new Live();
const push = new Push(window);
const store = new Store(new Api(), {
    zone: deviceZone(), live, push, kept: window.localStorage, shelf: shelfOf(window), tabs: new Tabs(window),
    badge: navigator,
});
const place = /** @type {HTMLElement} */ (document.getElementById("page"));
const auth = new AuthView(store);
const unreachable = new UnreachableView(store);
const toast = new Toast(store);
const screen = h("div");
place.replaceChildren(screen, toast.element);

/** Where a notification led when it opened this window; looked at once. */
let led = window.location.hash;

/** What the address wanted of the page when it opened; done once, when somebody is signed in. */
let wanted = arrivalOf(window.location.search);
if (window.location.search) window.history.replaceState(null, "", `/${window.location.hash}`);

/** The screen of the person signed in, kept, hidden, while they sign in again.
 * @type {{view: TasksView, user: string}|null} */
let tasks = null;

/** @param {import("./store.js").State} state */
function showPhase(state) {
    const { phase, user } = state;
    if (tasks && (phase === "signed-out" || (phase === "signed-in" && tasks.user !== user?.id))) {
        tasks.view.dispose();
        tasks.view.element.remove();
        tasks = null;
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
        document.title = "Sign in · Errand";
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

store.subscribe((state, before) => {
    if (state.phase !== before.phase || state.user?.id !== before.user?.id) showPhase(state);
    toast.update(state);
    if (state.phase === "signed-in") tasks?.view.update(state, before);
    if (state.phase === "unreachable") unreachable.update(state);
});

startRouter(store, window);
push.onOpen((path) => tasks?.view.open(path));
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
document.addEventListener("keydown", (event) => {
    const typing = /** @type {HTMLElement} */ (event.target).closest("input:not([type=checkbox]), textarea, dialog");
    if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.key !== "z" || typing) return;
    if (store.state.undos.length === 0) return;
    event.preventDefault();
    store.writing.undo();
});
window.addEventListener("beforeunload", (event) => {
    if (store.unkept > 0 || tasks?.view.holdsText) event.preventDefault();
});
await store.start();
keepPage(window);
