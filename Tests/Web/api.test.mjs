import assert from "node:assert/strict";
import { test } from "node:test";
import { Api, Problem } from "../../web/js/api.js";

const json = (status, body, headers = {}) => new Response(body === null ? null : JSON.stringify(body), {
    status, headers: { "Content-Type": status < 400 ? "application/json" : "application/problem+json", ...headers },
});
const unauthenticated = () => json(401, { status: 401, code: "unauthenticated", detail: "Sign in first." });

/** An Api whose network is `answer(call, index)`; calls are recorded. */
function setUp(answer) {
    const calls = [];
    let keys = 0;
    const fetch = async (path, options) => {
        const call = { path, ...options };
        calls.push(call);
        return answer(call, calls.length - 1);
    };
    const api = new Api({ fetch, newKey: () => `key-${keys += 1}`, wait: async () => {} });
    let lost = 0;
    api.onSessionLost(() => { lost += 1; });
    return { api, calls, get lost() { return lost; } };
}

test("a read sends the cookies and no key", async () => {
    const { api, calls } = setUp(() => json(200, { items: [] }));
    await api.listTasks({ status: "pending", search: "", tags: "a,b", cursor: null });
    assert.equal(calls[0].path, "/api/v1/tasks?status=pending&tags=a%2Cb");
    assert.equal(calls[0].credentials, "same-origin");
    assert.equal(calls[0].headers["Idempotency-Key"], undefined);
});

test("a write sends JSON, a key and the version it was made for, and hands on the undo token", async () => {
    const { api, calls } = setUp(() => json(200, { id: "x" }, { "Errand-Undo": "token" }));
    const { undo } = await api.changeTask("x/y", { title: "t" }, { version: 3 });
    assert.equal(calls[0].path, "/api/v1/tasks/x%2Fy");
    assert.equal(calls[0].headers["If-Match"], '"3"');
    assert.equal(calls[0].headers["Idempotency-Key"], "key-1");
    assert.equal(calls[0].headers["Content-Type"], "application/json");
    assert.equal(undo, "token");
});

test("a write without a body names no content type", async () => {
    const { api, calls } = setUp(() => json(204, null));
    await api.deleteTask("x");
    assert.equal(calls[0].body, undefined);
    assert.equal(calls[0].headers["Content-Type"], undefined);
});

test("a lapsed session is renewed once for many requests, which are then sent again with their keys", async () => {
    let renewed = false;
    const { api, calls, ...rest } = setUp(async ({ path }) => {
        if (path.endsWith("/auth/refresh")) {
            await new Promise((done) => { setTimeout(done, 5); });
            renewed = true;
            return json(200, {});
        }
        return renewed ? json(200, { items: [] }) : unauthenticated();
    });
    await Promise.all([api.tags(), api.me(), api.createTask({ title: "t" })]);
    assert.equal(calls.filter(({ path }) => path.endsWith("/auth/refresh")).length, 1);
    const keys = calls.filter(({ path, method }) => path === "/api/v1/tasks" && method === "POST")
        .map(({ headers }) => headers["Idempotency-Key"]);
    assert.deepEqual(keys, ["key-1", "key-1"]);
    assert.equal(rest.lost, 0);
});

test("a refusal that arrives after another request renewed the session is simply sent again", async () => {
    let renewed = false;
    let release = () => {};
    const held = new Promise((done) => { release = done; });
    const { api, calls } = setUp(async ({ path }, index) => {
        if (path.endsWith("/auth/refresh")) { renewed = true; return json(200, {}); }
        if (index === 0) { await held; return unauthenticated(); }
        return renewed ? json(200, {}) : unauthenticated();
    });
    const slow = api.tags();
    await api.me();
    release();
    await slow;
    assert.equal(calls.filter(({ path }) => path.endsWith("/auth/refresh")).length, 1);
});

test("a session that cannot be renewed is over", async () => {
    const set = setUp(() => unauthenticated());
    await assert.rejects(set.api.me(), (error) => error instanceof Problem && error.code === "unauthenticated");
    assert.equal(set.lost, 1);
});

test("a renewal that fails on the way does not end the session", async () => {
    const set = setUp(({ path }) => {
        if (path.endsWith("/auth/refresh")) throw new TypeError("network");
        return unauthenticated();
    });
    await assert.rejects(set.api.me(), { code: "network" });
    assert.equal(set.lost, 0);
});

test("a wrong password is no lapsed session", async () => {
    const set = setUp(() => unauthenticated());
    await assert.rejects(set.api.signIn({ email: "a@b.c", password: "x" }), { status: 401 });
    assert.equal(set.calls.length, 1);
    assert.equal(set.lost, 0);
});

test("a write lost on the network is sent once more with the same key", async () => {
    const { api, calls } = setUp((_, index) => {
        if (index === 0) throw new TypeError("network");
        return json(201, { id: "x" });
    });
    await api.createTask({ title: "t" });
    assert.deepEqual(calls.map(({ headers }) => headers["Idempotency-Key"]), ["key-1", "key-1"]);
});

test("a write lost twice fails, and may be tried again later", async () => {
    const { api, calls } = setUp(() => { throw new TypeError("network"); });
    await assert.rejects(api.createTask({ title: "t" }), (error) => error.code === "network" && error.passing);
    assert.equal(calls.length, 2);
});

test("a read lost on the network is not sent again, nor is an aborted one taken for a failure", async () => {
    const { api, calls } = setUp(() => { throw new TypeError("network"); });
    await assert.rejects(api.tags(), { code: "network" });
    assert.equal(calls.length, 1);
    const abort = new AbortController();
    abort.abort();
    await assert.rejects(api.listTasks({}, { signal: abort.signal }), TypeError);
});

test("a problem carries code, detail, fields and request id", async () => {
    const errors = [{ pointer: "/title", code: "required", detail: "Write a title." }];
    const { api } = setUp(() => json(422, { code: "validation_failed", detail: "No.", errors, request_id: "r" }));
    await assert.rejects(api.createTask({}), (error) => {
        assert.equal(error.status, 422);
        assert.equal(error.code, "validation_failed");
        assert.equal(error.message, "No.");
        assert.deepEqual(error.errors, errors);
        assert.equal(error.requestID, "r");
        assert.equal(error.passing, false);
        return true;
    });
});

test("an answer that is no problem document still becomes one", async () => {
    const html = () => new Response("<h1>Bad gateway</h1>", { status: 502, headers: { "Content-Type": "text/html" } });
    const { api } = setUp(html);
    await assert.rejects(api.me(), { status: 502, code: "unknown", detail: "The server answered 502." });
});

test("a rate limit says when to come back", async () => {
    const limited = () => json(429, { code: "rate_limited", detail: "Too many requests." }, { "Retry-After": "7" });
    const { api } = setUp(limited);
    await assert.rejects(api.me(), { detail: "Too many requests. Try again in 7 s." });
});

test("a body that breaks off counts as no answer", async () => {
    const { api } = setUp(() => new Response("{", { headers: { "Content-Type": "application/json" } }));
    await assert.rejects(api.me(), { code: "network" });
});

test("a streamed answer tells its events, and ends with the whole of it", async () => {
    const stream = (text) => new Response(text, { headers: { "Content-Type": "text/event-stream" } });
    const events = 'event: delta\ndata: {"text":"a"}\n\n: thinking\n\nevent: done\ndata: {"response":"a"}\n\n';
    const heard = [];
    const { api, calls } = setUp(() => stream(events));
    const said = { message: "x", conversation_id: null };
    const listen = () => {};
    const { data } = await api.chat(said, { listen: (...event) => heard.push(event) });
    assert.deepEqual([data, heard], [{ response: "a" }, [["delta", { text: "a" }]]]);
    assert.equal(calls[0].headers.Accept, "text/event-stream, application/json");
    const failed = setUp(() => stream('event: error\ndata: {"status":503,"code":"unavailable","detail":"No."}\n\n'));
    await assert.rejects(failed.api.chat(said, { listen }), { status: 503 });
    const cut = setUp(() => stream('event: delta\ndata: {"text":"a"}\n\n'));
    await assert.rejects(cut.api.chat(said, { listen }), { code: "network" });
    // A refusal before the stream is what it always was.
    const refused = setUp(() => json(409, { status: 409, code: "conversation_busy", detail: "Wait." }));
    await assert.rejects(refused.api.chat(said, { listen }), { code: "conversation_busy" });
});
