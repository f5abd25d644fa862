import assert from "node:assert/strict";
import { test } from "node:test";
import { bytesOf, deviceOf, isKeyOf } from "../../web/js/lib/push.js";
import { hashOf, leadsOverList, leadsToSettings, taskOf } from "../../web/js/lib/route.js";
import { Devices } from "../../web/js/store/devices.js";
import { Core } from "../../web/js/store/core.js";
import { deviceName, statusWords } from "../../web/js/words/notify.js";
import { problem } from "./fake-store.mjs";

const KEY = "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8";
const OTHER = KEY.replace("BP4z", "BP4a");

/** A browser, a server, and what both were asked. */
function setUp({ permission = "default", answer = "granted", madeWith = null, channels = [], key = KEY } = {}) {
    const calls = [];
    const kept = new Map();
    const subscription = (made) => ({
        endpoint: "https://push.example.net/1", options: { applicationServerKey: bytesOf(made).buffer },
        toJSON: () => ({ endpoint: "https://push.example.net/1", keys: { p256dh: "a", auth: "b" } }),
        unsubscribe: async () => { calls.push("unsubscribe"); browser.made = null; },
    });
    const browser = {
        isSupported: true, permission, name: "Firefox on Linux", made: madeWith,
        ask: async () => { calls.push("ask"); browser.permission = answer; return answer; },
        subscription: async () => (browser.made ? subscription(browser.made) : null),
        subscribe: async (made) => {
            const ended = browser.made && browser.made !== made ? "https://push.example.net/1" : null;
            browser.made = made;
            return { subscription: subscription(made), ended };
        },
    };
    const api = {
        channels: async () => ({ data: { items: [...channels] } }),
        pushKey: async () => ({ data: { public_key: key, reason: key ? null : "Push is not set up." } }),
        subscribePush: async (body) => {
            calls.push(["subscribe", body.name]);
            const channel = { id: "c1", kind: "web_push", name: body.name, status: "active", last_result: null };
            channels.push(channel);
            return { data: channel };
        },
        unsubscribePush: async (endpoint) => {
            calls.push(["forget", endpoint]);
            channels.length = 0;
            return { data: null };
        },
        testChannel: async (id) => { calls.push(["test", id]); return { data: {} }; },
        removeChannel: async (id) => { calls.push(["remove", id]); channels.length = 0; return { data: null }; },
    };
    const core = new Core({ now: new Date(), zone: "UTC" });
    core.set({ phase: "signed-in" });
    const storage = {
        getItem: (name) => kept.get(name) ?? null, setItem: (name, value) => kept.set(name, value),
        removeItem: (name) => kept.delete(name),
    };
    const devices = new Devices(core, /** @type {any} */ (api), /** @type {any} */ (browser), storage);
    return { devices, calls, browser, api, kept, state: () => core.state.devices };
}

test("looking asks the person nothing; a click does, and then the device is there", async () => {
    const { devices, calls, state } = setUp();
    await devices.refresh();
    assert.equal(state().state, "off");
    assert.deepEqual(calls, []);
    await devices.switchOn();
    assert.deepEqual(calls, ["ask", ["subscribe", "Firefox on Linux"]]);
    assert.equal(state().state, "on");
    assert.equal(state().here, "c1");
    await devices.test("c1");
    assert.deepEqual(calls.at(-1), ["test", "c1"]);
    await devices.switchOff();
    assert.deepEqual(calls.slice(-2), [["forget", "https://push.example.net/1"], "unsubscribe"]);
    assert.equal(state().state, "off");
    assert.equal(state().here, null);
});

test("a person who says no is not asked again", async () => {
    const { devices, calls, state } = setUp({ answer: "denied" });
    await devices.switchOn();
    assert.deepEqual(calls, ["ask"]);
    assert.equal(state().state, "denied");
});

test("without a key the reason is shown", async () => {
    const { devices, state } = setUp({ key: null });
    await devices.refresh();
    assert.equal(state().state, "not-set-up");
    assert.equal(state().message, "Push is not set up.");
});

test("a subscription with another key than the server's is made anew, unasked", async () => {
    const { devices, calls, browser, kept } = setUp({ permission: "granted", madeWith: OTHER });
    await devices.repair();
    assert.deepEqual(calls, [], "a browser that was never switched on here is left alone");
    kept.set("errand.push-channel", "c0");
    await devices.repair();
    assert.deepEqual(calls, [["forget", "https://push.example.net/1"], ["subscribe", "Firefox on Linux"]]);
    assert.equal(browser.made, KEY);
    calls.length = 0;
    await devices.repair();
    assert.deepEqual(calls, []);
});

test("a failure is said, and the switch can be used again", async () => {
    const set = setUp();
    set.api.subscribePush = async () => { throw problem(422, "too_many_channels"); };
    await set.devices.switchOn();
    assert.equal(set.state().isBusy, false);
    assert.equal(set.state().state, "off");
});

test("whoever signs out takes the browser with them", async () => {
    const { devices, calls, browser } = setUp({ permission: "granted", madeWith: KEY });
    await devices.leave();
    assert.deepEqual(calls, [["forget", "https://push.example.net/1"], "unsubscribe"]);
    assert.equal(browser.made, null);
    await devices.leave();
    assert.equal(calls.length, 2);
});

test("keys are compared byte by byte", () => {
    assert.equal(bytesOf(KEY).length, 65);
    assert.ok(isKeyOf(bytesOf(KEY).buffer, KEY));
    assert.ok(!isKeyOf(bytesOf(OTHER).buffer, KEY));
    assert.ok(!isKeyOf(null, KEY));
});

test("devices are called what their owners call them", () => {
    const names = [
        ["Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux"],
        ["Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML) Chrome/140 Safari/537.36", "Chrome on Windows"],
        ["Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140 Safari/537.36 Edg/140.0", "Edge on Windows"],
        ["Mozilla/5.0 (iPhone; CPU iPhone OS 18_4 like Mac OS X) Version/18 Safari/604", "Safari on iPhone"],
        ["Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140 Mobile Safari/537.36", "Chrome on Android"],
        ["curl/8", "Browser"],
    ];
    for (const [agent, name] of names) assert.equal(deviceName(deviceOf(agent)), name);
});

test("a status is said in words, with the reason", () => {
    const failed = { at: "", succeeded: false, reason: "The push service has trouble (500)." };
    assert.equal(statusWords({ status: "active", last_result: { at: "", succeeded: true, reason: null } }), "Works.");
    assert.equal(statusWords({ status: "active", last_result: null }), "On.");
    assert.equal(statusWords({ status: "failing", last_result: failed }), `Has trouble. ${failed.reason}`);
    assert.match(statusWords({ status: "gone" }), /switch it on again/iu);
});

test("an address can lead to a task", () => {
    assert.equal(taskOf("/#/tasks/019b-1"), "019b-1");
    assert.equal(taskOf("#/open?tag=home"), null);
    assert.equal(taskOf(""), null);
    assert.equal(hashOf("/#/today?tag=home"), "#/today?tag=home");
    assert.equal(hashOf("/"), "");
    assert.ok(leadsToSettings("/#/settings") && !leadsToSettings("/#/open"));
    for (const address of ["#/settings/day", "#/tasks/019b-1"]) assert.ok(leadsOverList(address), address);
    for (const address of ["#/today?tag=home", "#/tasks/", ""]) assert.ok(!leadsOverList(address), address);
});
