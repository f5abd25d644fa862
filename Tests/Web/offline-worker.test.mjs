import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import vm from "node:vm";

const source = readFileSync(new URL("../../web/sw.js", import.meta.url), "utf8");
const ORIGIN = "https://errand.example.com";
const pageOf = (hash) => `<link href="/assets/${hash}/a.css"><script src="/assets/${hash}/js/main.js"></script>`;

/** A browser with a worker, a network that can be gone, and what the worker has kept. */
function start() {
    const kept = new Map();
    const listeners = {};
    const it = { kept, asked: [], isGone: false, hash: "aa11", status: 200, files: {} };
    const key = (request) => new URL(request.url ?? request, ORIGIN).pathname;
    const fetch = async (request) => {
        const path = key(request);
        it.asked.push(path);
        if (it.isGone || it.breaks === path) throw new TypeError("gone");
        const file = it.files[path] ?? `file ${path}`;
        return new Response(path === "/" ? pageOf(it.hash) : file, { status: it.status });
    };
    const cache = {
        match: async (request) => kept.get(key(request))?.clone(),
        put: async (request, response) => { kept.set(key(request), response); },
        addAll: async (paths) => { for (const one of paths) kept.set(one, await fetch(one)); },
        keys: async () => [...kept.keys()].map((path) => ({ url: ORIGIN + path })),
        delete: async (request) => kept.delete(key(request)),
    };
    const self = {
        location: { origin: ORIGIN }, addEventListener: (type, listener) => { listeners[type] = listener; },
        skipWaiting: () => {}, clients: { claim: async () => {} }, caches: { open: async () => cache },
    };
    vm.runInNewContext(source, { self, fetch, URL, JSON, Promise, Set, setTimeout: () => {} });
    it.dispatch = async (type, event = {}) => {
        const work = [];
        listeners[type]({ ...event, waitUntil: (promise) => work.push(promise) });
        await Promise.all(work);
    };
    /** What is answered to a request; null where the worker keeps out of it. */
    it.get = async (path, { mode = "cors", method = "GET", origin = ORIGIN } = {}) => {
        const work = [];
        let answer = null;
        listeners.fetch({
            request: { url: origin + path, mode, method }, waitUntil: (promise) => work.push(promise),
            respondWith: (promise) => { answer = promise; },
        });
        const response = await answer;
        await Promise.all(work);
        return response ? response.text() : null;
    };
    it.visit = (path = "/") => it.get(path, { mode: "navigate" });
    return it;
}

test("installed, the page opens with its assets where there is no network", async () => {
    const it = start();
    await it.dispatch("install");
    it.isGone = true;
    assert.equal(await it.visit("/?do=add"), pageOf("aa11"));
    assert.equal(await it.get("/assets/aa11/js/main.js"), "file /assets/aa11/js/main.js");
});

test("what scripts load once it is called for is kept with the page", async () => {
    const it = start();
    it.files = {
        "/assets/aa11/js/main.js": 'import { a } from "./views/a.js";\nconst b = () => import("./parts/b.js");',
        "/assets/aa11/js/parts/b.js": 'import "./c.js";\nexport { d } from "../../d.js";\nimport("/other.js");',
        "/assets/aa11/js/parts/c.js": 'import { b } from "./b.js";',
    };
    await it.dispatch("install");
    const scripts = ["main.js", "views/a.js", "parts/b.js", "parts/c.js"].map((name) => `/assets/aa11/js/${name}`);
    const wanted = ["/", "/assets/aa11/a.css", "/assets/aa11/d.js", ...scripts];
    assert.deepEqual([...it.kept.keys()].sort(), wanted.sort());
    it.asked.length = 0;
    await it.visit();
    assert.deepEqual(it.asked, ["/"]);
});

test("a part that cannot be had now keeps nobody from the page", async () => {
    const it = start();
    it.files = { "/assets/aa11/js/main.js": 'import("./parts/b.js");' };
    it.breaks = "/assets/aa11/js/parts/b.js";
    await it.dispatch("install");
    it.isGone = true;
    assert.equal(await it.visit(), pageOf("aa11"));
});

test("the page comes from the network first, assets from what is kept", async () => {
    const it = start();
    await it.dispatch("install");
    it.asked.length = 0;
    await it.visit();
    await it.get("/assets/aa11/a.css");
    assert.deepEqual(it.asked, ["/"]);
    it.status = 503;
    assert.equal(await it.visit(), pageOf("aa11"), "better than nothing");
});

test("a newer page takes the place of the one before, with all that only that had", async () => {
    const it = start();
    await it.dispatch("install");
    it.hash = "bb22";
    assert.equal(await it.visit(), pageOf("bb22"));
    assert.deepEqual([...it.kept.keys()].sort(), ["/", "/assets/bb22/a.css", "/assets/bb22/js/main.js"]);
    it.kept.set("/assets/cc33/old.js", new Response("old"));
    await it.dispatch("activate");
    assert.ok(!it.kept.has("/assets/cc33/old.js"));
});

test("a newer page that cannot be kept whole is not kept, and the one before stays", async () => {
    const it = start();
    await it.dispatch("install");
    it.hash = "bb22";
    it.breaks = "/assets/bb22/a.css";
    assert.equal(await it.visit(), pageOf("bb22"));
    it.isGone = true;
    assert.equal(await it.visit(), pageOf("aa11"));
    assert.equal(await it.get("/assets/aa11/a.css"), "file /assets/aa11/a.css");
});

test("nothing of the API is answered or kept, nor anything else that is not the page's", async () => {
    const it = start();
    await it.dispatch("install");
    const before = it.kept.size;
    for (const path of ["/api/v1/tasks", "/api/v1/me", "/openapi.json", "/mcp", "/sw.js", "/assets/"]) {
        assert.equal(await it.get(path), null, path);
    }
    for (const path of ["/docs", "/authorize", "/account/reminder"]) assert.equal(await it.visit(path), null, path);
    assert.equal(await it.get("/", { method: "POST" }), null);
    assert.equal(await it.get("/assets/aa11/a.css", { origin: "https://elsewhere.example" }), null);
    const paths = ["/api/v1/tasks", "/assets/aa11/js/words/de/index.js"];
    await it.dispatch("message", { data: { type: "keep", paths } });
    assert.equal(it.kept.size, before + 1);
    assert.ok([...it.kept.keys()].every((path) => path === "/" || path.startsWith("/assets/")));
});

test("where files are being written, the newest counts", async () => {
    const it = start();
    await it.get("/assets/live/js/main.js");
    it.asked.length = 0;
    await it.get("/assets/live/js/main.js");
    assert.deepEqual(it.asked, ["/assets/live/js/main.js"]);
    it.isGone = true;
    assert.equal(await it.get("/assets/live/js/main.js"), "file /assets/live/js/main.js");
});
