/** Wires the page together and decides which screen is shown. */

import { Api } from "./api.js";
import { h } from "./components/element.js";
import { Toast } from "./components/toast.js";
import { deviceZone } from "./lib/dates.js";
import { Live } from "./live.js";
import { Push } from "./push.js";
import { startRouter } from "./router.js";
import { Store } from "./store.js";
import { followsLanguage, LANGUAGE } from "./lib/language.js";
import { AuthView } from "./views/auth.js";
import { TasksView } from "./views/tasks.js";
import { UnreachableView } from "./views/unreachable.js";
import { locale, speak, spoken } from "./words/words.js";

const chosen = window.localStorage.getItem(LANGUAGE);
await speak(spoken(chosen ? [chosen] : navigator.languages));
document.documentElement.lang = locale();

const live = new Live();
const push = new Push(window);
const store = new Store(new Api(), { zone: deviceZone(), live, push, kept: window.localStorage });
const place = /** @type {HTMLElement} */ (document.getElementById("page"));
const auth = new AuthView(store);
const unreachable = new UnreachableView(store);
const toast = new Toast(store);
const screen = h("div");
place.replaceChildren(screen, toast.element);

/** Where a notification led when it opened this window; looked at once. */
let led = window.location.hash;

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
    if (phase === "signed-in" && !tasks && user && followsLanguage(user, window.localStorage)) {
        window.location.reload();
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
        document.title = "Sign in · Errand";
        auth.enter(state);
    }
    if (phase !== "signed-in") return;
    tasks?.view.resume();
    const path = led;
    led = "";
    // Later, so that everybody has seen this state before the next one.
    if (path) queueMicrotask(() => tasks?.view.open(path));
}

store.subscribe((state, before) => {
    if (state.phase !== before.phase || state.user?.id !== before.user?.id) showPhase(state);
    toast.update(state);
    if (state.phase === "signed-in") tasks?.view.update(state, before);
    if (state.phase === "unreachable") unreachable.update(state);
});

startRouter(store, window);
push.onOpen((path) => tasks?.view.open(path));
window.setInterval(() => { if (!document.hidden) store.tick(); }, 30_000);
document.addEventListener("visibilitychange", () => {
    if (document.hidden) { live.sleep(); return; }
    live.wake();
    store.lookAgain();
});
window.addEventListener("online", () => live.wake());
document.addEventListener("keydown", (event) => {
    const typing = /** @type {HTMLElement} */ (event.target).closest("input:not([type=checkbox]), textarea, dialog");
    if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.key !== "z" || typing) return;
    if (store.state.undos.length === 0) return;
    event.preventDefault();
    store.writing.undo();
});
window.addEventListener("beforeunload", (event) => {
    if (store.unsaved > 0 || tasks?.view.holdsText) event.preventDefault();
});
store.start();
