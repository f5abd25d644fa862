/**
 * The service worker: shows what is pushed, and does what its buttons say without opening the page; and keeps the page,
 * so that it opens without a network. One classic script, since not every browser has modules here. The session's
 * cookies let it in, as they do the page. It keeps nothing that the API answers.
 */

"use strict";

const API = "/api/v1";
const SNOOZE = "PT10M";
/** Why something was not done, in the words of the person. */
const WORDS = {
    en: {
        title: "Errand", offline: "There is no connection. Press again when there is.",
        "signed-out": "Sign in on the page first.", gone: "The task is gone.", failed: "That did not work. Try again.",
        changed: "Notifications have to be switched on again on the page.",
    },
    de: {
        title: "Errand", offline: "Keine Verbindung. Später noch einmal drücken.",
        "signed-out": "Bitte zuerst auf der Seite anmelden.", gone: "Die Aufgabe gibt es nicht mehr.",
        failed: "Das hat nicht geklappt. Bitte noch einmal versuchen.",
        changed: "Benachrichtigungen müssen auf der Seite neu eingeschaltet werden.",
    },
};

function words(lang) { return WORDS[lang] ?? WORDS.en; }

/** The language of this browser, for what no message of the server came with. */
function ownLanguage() {
    const languages = (self.navigator?.languages ?? []).map((one) => one.slice(0, 2).toLowerCase());
    return languages.find((one) => one in WORDS) ?? "en";
}

/**
 * What is shown for a message. Whatever comes, something is: browsers insist on it.
 * @param {string|null} text JSON of the server, see `WebPushPayload`
 * @param {number} maxActions buttons that this browser shows
 */
function shown(text, maxActions) {
    let message = {};
    try { message = JSON.parse(text ?? "") ?? {}; } catch { /* Then only that there is one. */ }
    if (typeof message !== "object") message = {};
    const lang = message.lang === "de" ? "de" : "en";
    const data = {
        lang, title: message.title || words(lang).title, body: message.body ?? "", tag: message.tag ?? "",
        path: path(message.url), id: message.notification_id ?? "", task: message.task_id ?? null,
        reminder: message.reminder_id ?? null,
        actions: usable(message).slice(0, maxActions),
    };
    return { title: data.title, options: options(data, data.body) };
}

/** Buttons that have something to do; a click on the notification itself opens it, so that one comes last. */
function usable(message) {
    const actions = Array.isArray(message.actions) ? message.actions : [];
    return actions
        .filter(({ action }) => (action === "done" && message.task_id) || (action === "snooze" && message.reminder_id)
            || action === "open")
        .map(({ action, title }) => ({ action, title: String(title) }));
}

function options(data, body) {
    return {
        body, lang: data.lang, data, actions: data.actions, icon: "/favicon.ico",
        // Without a tag, one does not take the place of another.
        ...(data.tag ? { tag: data.tag, renotify: true } : {}),
    };
}

/** Only a path of this server is ever opened. */
function path(url) {
    try {
        const { pathname, search, hash, origin } = new URL(url, self.location.origin);
        return origin === self.location.origin ? pathname + search + hash : "/";
    } catch { return "/"; }
}

/**
 * The call that a button asks for; null where it asks for none.
 * @returns {{path: string, body: object, key: string}|null}
 */
function command(action, data) {
    if (action === "done" && data.task) {
        return { path: `/tasks/${encodeURIComponent(data.task)}/complete`, body: {}, key: `push-done-${data.id}` };
    }
    if (action === "snooze" && data.reminder) {
        return {
            path: `/reminders/${encodeURIComponent(data.reminder)}/snooze`, body: { for: SNOOZE },
            key: `push-snooze-${data.id}`,
        };
    }
    return null;
}

/** One attempt; the network's failure is thrown. */
function post(to, body, key) {
    return fetch(API + to, {
        method: "POST", credentials: "same-origin", cache: "no-store", body: JSON.stringify(body),
        headers: {
            Accept: "application/json", "Content-Type": "application/json", ...(key ? { "Idempotency-Key": key } : {}),
        },
    });
}

/** The same, with a session that is renewed once where it has lapsed. */
async function postSignedIn(to, body, key) {
    const first = await post(to, body, key);
    if (first.status !== 401) return first;
    const renewed = await post("/auth/refresh", {}, null);
    return renewed.ok ? post(to, body, key) : first;
}

/**
 * Does what a button says. The key makes a second press harmless.
 * @returns {Promise<string|null>} null, or the name of what there is to say about why not
 */
async function perform(call) {
    try {
        const { ok, status } = await postSignedIn(call.path, call.body, call.key);
        if (ok) return null;
        if (status === 401) return "signed-out";
        return status === 404 ? "gone" : "failed";
    } catch { return "offline"; }
}

async function act(action, data) {
    const call = command(action, data);
    if (!call) return open(data.path ?? "/");
    const problem = await perform(call);
    if (!problem) return undefined;
    const body = `${words(data.lang)[problem]}`;
    const left = problem === "gone" ? { ...data, actions: [] } : data;
    return self.registration.showNotification(data.title, options(left, body));
}

/** A window of the page that is there, or a new one. */
async function open(to) {
    const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
    const known = windows.find((one) => new URL(one.url).origin === self.location.origin);
    if (!known) return self.clients.openWindow(to);
    await known.focus();
    known.postMessage({ type: "open", path: to });
    return undefined;
}

function keyBytes(key) {
    const padded = key.replace(/-/gu, "+").replace(/_/gu, "/") + "=".repeat((4 - (key.length % 4)) % 4);
    return Uint8Array.from(atob(padded), (letter) => letter.charCodeAt(0));
}

/** The push service has ended a subscription: a new one, with the key of today, takes its place. */
async function subscribeAgain() {
    try {
        const offer = await (await fetch(`${API}/notifications/push-key`, { cache: "no-store" })).json();
        if (!offer.public_key) return;
        const subscription = await self.registration.pushManager.subscribe({
            userVisibleOnly: true, applicationServerKey: keyBytes(offer.public_key),
        });
        const { endpoint, keys } = subscription.toJSON();
        const { ok } = await postSignedIn("/notifications/push-subscriptions", { endpoint, keys }, null);
        if (ok) return;
    } catch { /* Said below. */ }
    const lang = ownLanguage();
    const { title, changed } = words(lang);
    await self.registration.showNotification(title, { body: changed, lang, data: { lang, path: "/" } });
}

/** Where the page and its assets are kept: the same for whoever signs in. */
const KEPT = "errand.page";
const PAGE = "/";
/** Longer than this, in milliseconds, nobody waits for a page that is there. */
const PATIENCE = 4_000;
/** The hash of an address `/assets/<hash>/…`; "" for any other. */
const hashOf = (address) => /^\/assets\/([0-9a-z]+)\//u.exec(address)?.[1] ?? "";
/** In place of a hash while the files are being written: the same address has other contents later. */
const UNSETTLED = "live";

/**
 * Keeps a page with all the assets that it names; it counts from then on, and what only earlier ones named goes.
 * @param {Response} response
 */
async function keep(response) {
    const text = await response.clone().text();
    const paths = [...new Set(text.match(/\/assets\/[0-9a-z]+\/[\w./-]+/gu) ?? [])];
    await keepAssets(paths);
    const cache = await self.caches.open(KEPT);
    await cache.put(PAGE, response);
    await prune(cache, paths);
}

/** The modules that a script imports, at once or later. @param {string} address of the script @param {string} text */
function brought(address, text) {
    const found = text.matchAll(/\b(?:from|import)\s*\(?\s*"(\.{1,2}\/[\w./-]+\.js)"/gu);
    return [...found].map(([, module]) => path(new URL(module, self.location.origin + address)));
}

/**
 * Keeps assets, and what these load once it is called for: somebody may be offline by then. The addresses are good for
 * ever, so what is there is not fetched again.
 * @param {string[]} paths
 */
async function keepAssets(paths) {
    const cache = await self.caches.open(KEPT);
    const known = new Set((await cache.keys()).map(({ url }) => path(url)));
    const unknown = (found) => [...new Set(found)].filter((one) => hashOf(one) && !known.has(one));
    let fresh = unknown(paths);
    await cache.addAll(fresh);
    try {
        while (fresh.length > 0) {
            for (const one of fresh) known.add(one);
            const scripts = fresh.filter((one) => one.endsWith(".js"));
            const texts = await Promise.all(scripts.map(async (one) => (await cache.match(one)).text()));
            fresh = unknown(texts.flatMap((text, at) => brought(scripts[at], text)));
            await cache.addAll(fresh);
        }
    } catch { /* They are kept as they are called for. */ }
}

/** Lets go of assets under other hashes than those of the page that is kept. */
async function prune(cache, paths) {
    const hashes = new Set(paths.map(hashOf));
    const old = (await cache.keys()).filter(({ url }) => hashOf(path(url)) && !hashes.has(hashOf(path(url))));
    await Promise.all(old.map((request) => cache.delete(request)));
}

async function keepFirst() {
    try {
        const response = await fetch(PAGE, { credentials: "same-origin", cache: "no-cache" });
        if (response.ok) await keep(response);
    } catch { /* It is kept the next time that it is opened. */ }
}

async function pruneOld() {
    const cache = await self.caches.open(KEPT);
    const page = await cache.match(PAGE);
    if (page) await prune(cache, (await page.text()).match(/\/assets\/[0-9a-z]+\//gu) ?? []);
}

/** The page from the network; the one that is kept where there is none, or where it takes too long. */
async function page(event) {
    const kept = await (await self.caches.open(KEPT)).match(PAGE);
    const fetched = fetch(event.request).then((response) => {
        if (response.ok) event.waitUntil(keep(response.clone()).catch(() => {}));
        return response;
    });
    if (!kept) return fetched;
    const late = new Promise((done) => { setTimeout(() => done(kept), PATIENCE); });
    return Promise.race([fetched, late]).then((response) => (response.status >= 500 ? kept : response), () => kept);
}

/** An asset that is kept, or else from the network, and kept from then on. */
async function asset(request) {
    const cache = await self.caches.open(KEPT);
    const kept = await cache.match(request);
    const isSettled = hashOf(path(request.url)) !== UNSETTLED;
    if (kept && isSettled) return kept;
    try {
        const response = await fetch(request);
        if (response.ok) await cache.put(request, response.clone());
        return response;
    } catch (error) {
        if (kept) return kept;
        throw error;
    }
}

/** Answers for the page and its assets alone; everything else takes its way as if there were no worker. */
function answer(event) {
    const { request } = event;
    const { pathname, origin } = new URL(request.url);
    if (request.method !== "GET" || origin !== self.location.origin) return;
    if (request.mode === "navigate" && pathname === PAGE) event.respondWith(page(event));
    else if (hashOf(pathname)) event.respondWith(asset(request));
}

/** Where the browser can, what goes to the API does not even wake the worker. */
async function passAPI(event) {
    const route = { condition: { urlPattern: "/api/*" }, source: "network" };
    try { await event.addRoutes?.(route); } catch { /* It asks each time. */ }
}

self.addEventListener("install", (event) => {
    self.skipWaiting();
    event.waitUntil(passAPI(event));
    event.waitUntil(keepFirst());
});
self.addEventListener("activate", (event) => event.waitUntil(Promise.all([pruneOld(), self.clients.claim()])));
self.addEventListener("fetch", answer);
self.addEventListener("message", (event) => {
    const { type, paths } = event.data ?? {};
    if (type === "keep" && Array.isArray(paths)) event.waitUntil(keepAssets(paths).catch(() => {}));
});
self.addEventListener("push", (event) => {
    const { title, options: how } = shown(event.data?.text() ?? null, self.Notification?.maxActions ?? 2);
    event.waitUntil(self.registration.showNotification(title, how));
});
self.addEventListener("notificationclick", (event) => {
    event.notification.close();
    event.waitUntil(act(event.action || "open", event.notification.data ?? {}));
});
self.addEventListener("pushsubscriptionchange", (event) => event.waitUntil(subscribeAgain()));
