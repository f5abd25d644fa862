import assert from "node:assert/strict";
import { test } from "node:test";
import { Ear, recognizer } from "../../web/js/lib/speech.js";

/** An ear whose browser is driven by hand. */
function setUp({ start = () => {} } = {}) {
    const made = [];
    const told = { heard: [], ended: [] };
    class Kind {
        calls = [];
        constructor() { made.push(this); }
        start() { start(); this.calls.push("start"); }
        stop() { this.calls.push("stop"); }
        abort() { this.calls.push("abort"); }
        hear(...parts) { this.onresult({ results: parts.map((transcript) => [{ transcript }]) }); }
    }
    const ear = new Ear(Kind, {
        heard: (words) => told.heard.push(words), ended: (flaw) => told.ended.push(flaw),
    });
    return { ear, made, told };
}

test("what is heard is told whole, whenever more of it is known", () => {
    const { ear, made, told } = setUp();
    ear.begin("de-AT");
    const [now] = made;
    assert.equal(now.lang, "de-AT");
    assert.equal(ear.isListening, true);
    now.hear("add milk");
    now.hear("add milk", " tomorrow ", "");
    ear.end();
    assert.deepEqual(now.calls, ["start", "stop"]);
    now.onend();
    assert.deepEqual(told, { heard: ["add milk", "add milk tomorrow"], ended: [null] });
    assert.equal(ear.isListening, false);
});

test("why nothing was understood is told once, in words that help", () => {
    const reasons = {
        "not-allowed": "refused", "service-not-allowed": "refused", "audio-capture": "no-microphone",
        network: "unreachable", "language-not-supported": "language", "no-speech": "nothing", "bad-grammar": "failed",
        aborted: null,
    };
    for (const [error, flaw] of Object.entries(reasons)) {
        const { ear, made, told } = setUp();
        ear.begin("en");
        made[0].onerror({ error });
        made[0].onend();
        assert.deepEqual(told.ended, [flaw], error);
    }
});

test("what was let go of is neither heard nor missed", () => {
    const { ear, made, told } = setUp();
    ear.begin("en");
    ear.leave();
    made[0].hear("too late");
    made[0].onend();
    assert.deepEqual(made[0].calls, ["start", "abort"]);
    assert.deepEqual(told, { heard: [], ended: [] });
});

test("a browser that refuses at once is told of as well", () => {
    const { ear, told } = setUp({ start: () => { throw new Error("InvalidStateError"); } });
    ear.begin("en");
    assert.deepEqual(told.ended, ["failed"]);
    assert.equal(ear.isListening, false);
});

test("browsers have it under one name or the other, or not at all", () => {
    class Kind {}
    assert.equal(recognizer({ SpeechRecognition: Kind }), Kind);
    assert.equal(recognizer({ webkitSpeechRecognition: Kind }), Kind);
    assert.equal(recognizer({}), null);
});
