import assert from "node:assert/strict";
import { test } from "node:test";
import { Sequence } from "../../web/js/lib/sequence.js";
import { Live } from "../../web/js/live.js";

/** Time that moves by hand. */
class Clock {
    now = 0;
    #waiting = [];

    timers = {
        set: (action, ms) => {
            const timer = { action, at: this.now + ms };
            this.#waiting.push(timer);
            return timer;
        },
        clear: (timer) => { this.#waiting = this.#waiting.filter((one) => one !== timer); },
    };

    /** @param {number} ms */
    async pass(ms) {
        const end = this.now + ms;
        for (;;) {
            const next = this.#waiting.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at).at(0);
            if (!next) break;
            this.now = next.at;
            this.timers.clear(next);
            next.action();
            await settled();
        }
        this.now = end;
    }
}

const settled = () => new Promise((done) => { setImmediate(done); });

/** A live connection whose sockets are driven by hand; `random` gives the longest waits. */
function setUp({ renew = async () => true } = {}) {
    const clock = new Clock();
    const sockets = [];
    const heard = { events: [], rereads: 0, status: [], renewals: 0 };
    const connect = () => {
        const socket = {
            readyState: 0, sent: [], isClosed: false, onmessage: null, onclose: null,
            send: (text) => socket.sent.push(JSON.parse(text)),
            close: () => { socket.isClosed = true; socket.readyState = 3; },
            say: (frame) => {
                socket.readyState = 1;
                socket.onmessage?.({ data: typeof frame === "string" ? frame : JSON.stringify(frame) });
            },
            drop: (code) => { socket.readyState = 3; socket.onclose?.({ code }); },
        };
        sockets.push(socket);
        return socket;
    };
    const live = new Live({ connect, timers: clock.timers, random: () => 1, now: () => clock.now });
    live.open({
        event: ({ cursor }) => heard.events.push(cursor), reread: () => { heard.rereads += 1; },
        status: (status) => heard.status.push(status),
        renew: () => { heard.renewals += 1; return renew(); },
    });
    return { live, clock, sockets, heard, get socket() { return sockets.at(-1); } };
}
const hello = (cursor) => ({ type: "hello", cursor });
const event = (cursor) => ({ type: "event", cursor, event_type: "task.updated", task: {} });
const resume = (cursor) => ({ type: "resume", cursor });

test("the first greeting has everything read again, for what happened before it; events follow", () => {
    const { socket, heard } = setUp();
    socket.say(hello(7));
    assert.equal(heard.rereads, 1);
    assert.deepEqual(socket.sent, []);
    assert.deepEqual(heard.status, ["connected"]);
    socket.say(event(8));
    socket.say(event(9));
    assert.deepEqual(heard.events, [8, 9]);
});

test("after a drop it goes on from the last event, and what was missed comes in order", async () => {
    const set = setUp();
    set.socket.say(hello(0));
    for (const cursor of [1, 2]) set.socket.say(event(cursor));
    set.socket.drop(1006);
    await set.clock.pass(500);
    assert.equal(set.sockets.length, 2);
    set.socket.say(hello(4));
    assert.deepEqual(set.socket.sent, [resume(2)]);
    for (const cursor of [3, 4]) set.socket.say(event(cursor));
    await set.clock.pass(9_000);
    assert.deepEqual(set.heard.events, [1, 2, 3, 4]);
    assert.equal(set.heard.rereads, 1);
    assert.equal(set.socket.sent.length, 1);
});

test("an event at or below the last one is dropped", () => {
    const { socket, heard } = setUp();
    socket.say(hello(5));
    for (const cursor of [6, 6, 4, 7, 6, 5]) socket.say(event(cursor));
    assert.deepEqual(heard.events, [6, 7]);
});

test("a gap is asked for, and what came too early waits for its turn", async () => {
    const { socket, heard, clock } = setUp();
    socket.say(hello(0));
    for (const cursor of [1, 4, 5]) socket.say(event(cursor));
    assert.deepEqual(heard.events, [1]);
    assert.deepEqual(socket.sent, [resume(1)]);
    for (const cursor of [2, 3]) socket.say(event(cursor));
    assert.deepEqual(heard.events, [1, 2, 3, 4, 5]);
    await clock.pass(20_000);
    assert.equal(socket.sent.length, 1);
    assert.equal(heard.rereads, 1);
});

test("a gap that nothing fills is given up: everything is read again, from the newest on", async () => {
    const { socket, heard, clock } = setUp();
    socket.say(hello(0));
    socket.say(event(3));
    await clock.pass(8_999);
    assert.deepEqual(socket.sent, [resume(0), resume(0), resume(0)]);
    assert.equal(heard.rereads, 1);
    await clock.pass(1);
    assert.equal(heard.rereads, 2);
    socket.say(event(4));
    assert.deepEqual(heard.events, [4]);
});

test("a reset has everything read again, and the next event says where to go on", async () => {
    const { socket, heard, clock } = setUp();
    socket.say(hello(3));
    socket.say(event(9));
    socket.say({ type: "reset" });
    assert.equal(heard.rereads, 2);
    socket.say(event(20));
    socket.say(event(21));
    await clock.pass(20_000);
    assert.deepEqual(heard.events, [20, 21]);
    assert.equal(heard.rereads, 2);
});

test("a greeting after a reset says where to go on, without asking for what was missed", () => {
    const { socket, heard } = setUp();
    socket.say(hello(3));
    for (const frame of [{ type: "reset" }, hello(40), event(41)]) socket.say(frame);
    assert.deepEqual(heard.events, [41]);
    assert.deepEqual(socket.sent, []);
});

test("a greeting that is behind, or very far ahead, starts over", async () => {
    const set = setUp();
    set.socket.say(hello(50));
    set.socket.drop(1012);
    await set.clock.pass(500);
    set.socket.say(hello(3));
    assert.equal(set.heard.rereads, 2);
    assert.deepEqual(set.socket.sent, []);
    set.socket.say(event(4));
    set.socket.drop(1012);
    await set.clock.pass(1_000);
    set.socket.say(hello(5_000));
    assert.equal(set.heard.rereads, 3);
    assert.deepEqual(set.heard.events, [4]);
});

test("attempts come at growing intervals up to half a minute, and soon again after a good connection", async () => {
    const set = setUp();
    const waits = [];
    for (let attempt = 0; attempt < 9; attempt += 1) {
        const before = set.clock.now;
        set.socket.drop(1006);
        while (set.sockets.length === attempt + 1) await set.clock.pass(500);
        waits.push(set.clock.now - before);
    }
    assert.deepEqual(waits, [500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
    set.socket.say(hello(0));
    await set.clock.pass(5_000);
    set.socket.drop(1006);
    await set.clock.pass(500);
    assert.equal(set.sockets.length, 11);
});

test("a handshake that fails has the session looked at before the next", async () => {
    const set = setUp();
    set.socket.drop(1006);
    await set.clock.pass(500);
    assert.equal(set.heard.renewals, 1);
    assert.equal(set.sockets.length, 2);
});

test("a lapsed session is renewed at once; if it lapses again the pauses grow", async () => {
    const set = setUp();
    set.socket.say(hello(0));
    set.socket.drop(4401);
    await settled();
    assert.equal(set.heard.renewals, 1);
    assert.equal(set.sockets.length, 2);
    set.socket.say(hello(0));
    set.socket.drop(4401);
    await settled();
    assert.equal(set.sockets.length, 2);
    await set.clock.pass(1_000);
    assert.equal(set.heard.renewals, 2);
    assert.equal(set.sockets.length, 3);
});

test("a session that cannot be renewed now is tried later; closed meanwhile, it rests", async () => {
    const set = setUp({ renew: async () => false });
    set.socket.drop(4401);
    await settled();
    assert.equal(set.sockets.length, 1);
    await set.clock.pass(1_000);
    assert.equal(set.heard.renewals, 2);
    set.live.close();
    await set.clock.pass(100_000);
    assert.equal(set.heard.renewals, 2);
    assert.equal(set.sockets.length, 1);
});

test("with too many windows open it waits a minute, whatever happens", async () => {
    const set = setUp();
    set.socket.say(hello(0));
    set.socket.drop(4429);
    assert.equal(set.heard.status.at(-1), "crowded");
    set.live.wake();
    await set.clock.pass(59_999);
    assert.equal(set.sockets.length, 1);
    await set.clock.pass(1);
    assert.equal(set.sockets.length, 2);
});

test("when the page is seen again it connects at once, unless it is connected", async () => {
    const set = setUp();
    set.socket.say(hello(0));
    set.live.wake();
    assert.equal(set.sockets.length, 1);
    set.socket.drop(1001);
    set.live.wake();
    await settled();
    assert.equal(set.sockets.length, 2);
    await set.clock.pass(5_000);
    assert.equal(set.sockets.length, 2);
});

test("a page that is left holds no connection; when it comes back it goes on from where it was", async () => {
    const set = setUp();
    set.socket.say(hello(7));
    set.live.pause();
    assert.equal(set.sockets[0].isClosed, true);
    await set.clock.pass(600_000);
    assert.equal(set.sockets.length, 1);
    set.live.wake();
    await settled();
    set.socket.say(hello(9));
    assert.deepEqual(set.socket.sent, [resume(7)]);
    assert.equal(set.heard.rereads, 1);
    assert.deepEqual(set.heard.status, ["connected", "connected"]);
});

test("a page that was left with too many windows open tries again when it comes back", async () => {
    const set = setUp();
    set.socket.say(hello(0));
    set.socket.drop(4429);
    set.live.pause();
    set.live.wake();
    await settled();
    assert.equal(set.sockets.length, 2);
});

test("after a long sleep a connection that is still being made is made anew", async () => {
    const set = setUp();
    set.live.sleep();
    set.clock.now += 60_001;
    const [old] = set.sockets;
    set.live.wake();
    await settled();
    assert.equal(set.sockets.length, 2);
    assert.equal(old.isClosed, true);
});

test("a connection without a greeting is given up", async () => {
    const set = setUp();
    await set.clock.pass(10_000);
    assert.equal(set.sockets[0].isClosed, true);
    await set.clock.pass(500);
    assert.equal(set.sockets.length, 2);
});

test("closed, it says and hears nothing; opened again it goes on, forgotten it starts over", async () => {
    const set = setUp();
    set.socket.say(hello(0));
    set.socket.say(event(1));
    set.live.close();
    set.socket.say(event(2));
    await set.clock.pass(60_000);
    assert.deepEqual(set.heard.events, [1]);
    const listener = { event: () => {}, reread: () => {}, status: () => {}, renew: async () => true };
    set.live.open(listener);
    set.socket.say(hello(2));
    assert.deepEqual(set.socket.sent, [resume(1)]);
    set.live.close();
    set.live.forget();
    set.live.open(listener);
    set.socket.say(hello(2));
    assert.deepEqual(set.socket.sent, []);
});

test("what is no frame is passed over", () => {
    const { socket, heard } = setUp();
    socket.say(hello(0));
    for (const text of ["{", "null", "7", '{"type":"news"}']) socket.say(text);
    socket.say(event(1));
    assert.deepEqual(heard.events, [1]);
});

test("in any order, each number comes once and none is left out", () => {
    let seed = 7;
    const below = (limit) => { seed = (seed * 48_271) % 2_147_483_647; return seed % limit; };
    const numbers = Array.from({ length: 200 }, (_, index) => index + 1);
    const mixed = [...numbers, ...numbers].sort(() => below(3) - 1);
    const sequence = new Sequence();
    sequence.greet(0);
    assert.deepEqual(mixed.flatMap((number) => sequence.take(number, number)), numbers);
    assert.equal(sequence.isBehind, false);
});
