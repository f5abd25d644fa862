import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import vm from "node:vm";

const source = readFileSync(new URL("../../web/sw.js", import.meta.url), "utf8");
const ORIGIN = "https://errand.example.com";

/** The worker in a world of its own: `answer` is what the network says. */
function start({
    answer = () => ({ ok: true, status: 200 }), windows = [], maxActions = 2, languages = ["en-US"],
} = {}) {
    const listeners = {};
    const shown = [];
    const calls = [];
    const opened = [];
    const self = {
        location: { origin: ORIGIN }, Notification: { maxActions }, navigator: { languages },
        addEventListener: (type, listener) => { listeners[type] = listener; },
        skipWaiting: () => {},
        clients: {
            claim: async () => {}, matchAll: async () => windows, openWindow: async (to) => { opened.push(to); },
        },
        registration: {
            showNotification: async (title, options) => { shown.push({ title, ...options }); },
            pushManager: {
                subscribe: async (options) => ({
                    options,
                    toJSON: () => ({ endpoint: "https://push.example.net/2", keys: { p256dh: "a", auth: "b" } }),
                }),
            },
        },
    };
    const fetch = async (url, options = {}) => { calls.push({ url, ...options }); return answer(url, options); };
    vm.runInNewContext(source, { self, fetch, URL, JSON, atob, Uint8Array, encodeURIComponent, String });
    /** Dispatches an event and waits for what it waits for. */
    async function dispatch(type, event) {
        let work = Promise.resolve();
        listeners[type]({ ...event, waitUntil: (promise) => { work = promise; } });
        await work;
    }
    const push = (message) => dispatch("push", {
        data: message === null ? null : {
            text: () => (typeof message === "string" ? message : JSON.stringify(message)),
        },
    });
    /** Presses a button of the notification that was shown last. */
    const press = async (action) => {
        let closed = 0;
        await dispatch("notificationclick", {
            action, notification: { data: shown.at(-1).data, close: () => { closed += 1; } },
        });
        assert.equal(closed, 1);
    };
    return { shown, calls, opened, dispatch, push, press, listeners };
}

const REMINDER = {
    web_push: 8030, title: "Buy milk", body: "Due today", tag: "t1", url: `${ORIGIN}/#/tasks/1`, lang: "en",
    notification_id: "n1", task_id: "1", reminder_id: "r1",
    actions: [
        { action: "done", title: "Done" }, { action: "snooze", title: "Snooze 10 min" },
        { action: "open", title: "Open" },
    ],
};

test("a push is shown with its buttons, as many as there is room for", async () => {
    const worker = start();
    await worker.push(REMINDER);
    const [one] = worker.shown;
    assert.equal(one.title, "Buy milk");
    assert.equal(one.body, "Due today");
    assert.equal(one.tag, "t1");
    assert.deepEqual([...one.actions].map(({ action }) => action), ["done", "snooze"]);
    const roomy = start({ maxActions: 3 });
    await roomy.push(REMINDER);
    assert.deepEqual([...roomy.shown[0].actions].map(({ action }) => action), ["done", "snooze", "open"]);
});

test("whatever is pushed, something is shown, and nothing of it is believed", async () => {
    for (const message of [null, "", "no JSON", "null", "[]", "7", "{}", { actions: "done" }, { lang: "xx" }]) {
        const worker = start();
        await worker.push(message);
        assert.equal(worker.shown.length, 1);
        assert.equal(worker.shown[0].title, "Errand");
        assert.equal(worker.shown[0].actions.length, 0);
    }
    const worker = start();
    await worker.push({ ...REMINDER, url: "https://elsewhere.example.org/x" });
    await worker.press("open");
    assert.deepEqual(worker.opened, ["/"]);
});

test("done completes the task without a window, once however often it is pressed", async () => {
    const worker = start();
    await worker.push(REMINDER);
    await worker.press("done");
    await worker.press("done");
    const [first, second] = worker.calls;
    assert.equal(first.url, "/api/v1/tasks/1/complete");
    assert.equal(first.method, "POST");
    assert.equal(first.credentials, "same-origin");
    assert.equal(first.headers["Idempotency-Key"], "push-done-n1");
    assert.equal(second.headers["Idempotency-Key"], first.headers["Idempotency-Key"]);
    assert.equal(worker.shown.length, 1, "nothing more is said");
    assert.deepEqual(worker.opened, []);
});

test("snooze puts the reminder off", async () => {
    const worker = start();
    await worker.push(REMINDER);
    await worker.press("snooze");
    assert.equal(worker.calls[0].url, "/api/v1/reminders/r1/snooze");
    assert.deepEqual(JSON.parse(worker.calls[0].body), { for: "PT10M" });
});

test("a lapsed session is renewed once", async () => {
    let renewed = false;
    const worker = start({
        answer: (url) => {
            if (url.endsWith("/auth/refresh")) { renewed = true; return { ok: true, status: 200 }; }
            return renewed ? { ok: true, status: 200 } : { ok: false, status: 401 };
        },
    });
    await worker.push(REMINDER);
    await worker.press("done");
    assert.deepEqual(worker.calls.map(({ url }) => url), [
        "/api/v1/tasks/1/complete", "/api/v1/auth/refresh", "/api/v1/tasks/1/complete",
    ]);
    assert.equal(worker.shown.length, 1);
});

test("what did not work is said, with the buttons still there", async () => {
    const cases = [
        [() => { throw new TypeError("offline"); }, "There is no connection. Press again when there is.", 2],
        [() => ({ ok: false, status: 401 }), "Sign in on the page first.", 2],
        [() => ({ ok: false, status: 404 }), "The task is gone.", 0],
        [() => ({ ok: false, status: 500 }), "That did not work. Try again.", 2],
    ];
    for (const [answer, body, buttons] of cases) {
        const worker = start({ answer });
        await worker.push(REMINDER);
        await worker.press("done");
        assert.equal(worker.shown.length, 2);
        assert.equal(worker.shown[1].title, "Buy milk");
        assert.equal(worker.shown[1].body, body);
        assert.equal(worker.shown[1].tag, "t1", "in place of the first");
        assert.equal(worker.shown[1].actions.length, buttons);
    }
    const german = start({ answer: () => { throw new TypeError("offline"); } });
    await german.push({ ...REMINDER, lang: "de" });
    await german.press("done");
    assert.match(german.shown[1].body, /^Keine Verbindung/u);
});

test("a click opens the task in the window that is there, or in a new one", async () => {
    const alone = start();
    await alone.push(REMINDER);
    await alone.press("");
    assert.deepEqual(alone.opened, ["/#/tasks/1"]);
    const told = [];
    const page = { url: `${ORIGIN}/#/open`, focus: async () => {}, postMessage: (message) => told.push(message) };
    const beside = start({ windows: [{ url: "https://other.example.org/" }, page] });
    await beside.push(REMINDER);
    await beside.press("open");
    assert.deepEqual(beside.opened, []);
    assert.deepEqual(JSON.parse(JSON.stringify(told)), [{ type: "open", path: "/#/tasks/1" }]);
});

test("a subscription that the push service has ended is made anew", async () => {
    const worker = start({
        answer: (url) => ({ ok: true, status: 201, json: async () => ({ public_key: "BAAA", reason: null }), url }),
    });
    await worker.dispatch("pushsubscriptionchange", {});
    assert.deepEqual(worker.calls.map(({ url }) => url), [
        "/api/v1/notifications/push-key", "/api/v1/notifications/push-subscriptions",
    ]);
    assert.equal(JSON.parse(worker.calls[1].body).endpoint, "https://push.example.net/2");
    assert.equal(worker.shown.length, 0);
    for (const [languages, body] of [
        [["fr", "en-GB"], /switched on again/u], [["de-AT", "en"], /neu eingeschaltet/u], [[], /switched on again/u],
    ]) {
        const broken = start({ answer: () => { throw new TypeError("offline"); }, languages });
        await broken.dispatch("pushsubscriptionchange", {});
        assert.equal(broken.shown.length, 1);
        assert.match(broken.shown[0].body, body);
    }
});
