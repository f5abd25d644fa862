import assert from "node:assert/strict";
import { test } from "node:test";
import { choicesOf, isSettled, KINDS, placeWords, TYPES, withKind } from "../../web/js/lib/notify.js";
import {
    channelWords, fixedBecause, missingWords, receiptName, receiptWords, resultWords,
} from "../../web/js/words/notify.js";

const MATRIX = { reminder: ["in_app", "email"], digest: [], security: ["in_app"], task_event: ["webhook"] };

test("a kind is put into a row, or taken out, in the order of the columns", () => {
    assert.deepEqual(withKind(["ntfy", "in_app"], "email", true), ["in_app", "email", "ntfy"]);
    assert.deepEqual(withKind(["in_app", "email"], "email", false), ["in_app"]);
    assert.deepEqual(withKind(["in_app"], "in_app", true), ["in_app"]);
});

test("what cannot be changed says why, and nothing else is fixed", () => {
    const boxes = TYPES.flatMap((type) => KINDS.map((kind) => [type, kind]));
    const fixed = boxes.filter(([type, kind]) => fixedBecause(type, kind));
    assert.deepEqual(fixed, [
        ["security", "in_app"], ["task_event", "in_app"], ["task_event", "web_push"], ["task_event", "email"],
        ["task_event", "ntfy"],
    ]);
    assert.match(fixedBecause("security", "in_app"), /always in the inbox/u);
});

test("what is on its way to the server shows as if it were saved, null included", () => {
    const user = { notifications: MATRIX, quiet_hours: { from: "22:00", to: "07:00" }, digest_at: null };
    const pending = { "notifications.reminder": ["in_app"], quiet_hours: null, digest_at: "07:30" };
    assert.deepEqual(choicesOf(user, pending), {
        matrix: { ...MATRIX, reminder: ["in_app"] }, quiet: null, digest: "07:30",
    });
    assert.deepEqual(choicesOf(null).matrix.reminder, []);
});

test("kinds without a channel are named", () => {
    assert.equal(missingWords(MATRIX, [{ kind: "email" }, { kind: "webhook" }]), "");
    assert.match(missingWords(MATRIX, []), /^No channel yet for E-mail and Webhook:/u);
});

test("a channel says what it is, how it is, and what became of the last message", () => {
    assert.equal(placeWords({ kind: "email", configuration: { address: "ana@example.org" } }), "ana@example.org");
    assert.equal(placeWords({ kind: "webhook", configuration: { url: "https://a.example/h" } }), "https://a.example/h");
    const ntfy = { kind: "ntfy", configuration: { server: "https://ntfy.sh/", topic: "t" } };
    assert.equal(placeWords(ntfy), "https://ntfy.sh/t");
    assert.equal(placeWords({ kind: "web_push", configuration: { host: "push.example" } }), "push.example");
    assert.match(channelWords("gone", "web_push"), /switch it on again/u);
    assert.match(channelWords("gone", "webhook"), /add it again/u);
    assert.match(channelWords("unverified", "email"), /confirm/u);
    const when = (instant) => `at ${instant}`;
    assert.equal(resultWords(null, when), "Nothing was sent yet.");
    assert.equal(resultWords({ at: "x", succeeded: true, reason: null }, when), "The last message arrived at x.");
    const failed = { at: "x", succeeded: false, reason: "The server answered 503." };
    assert.equal(resultWords(failed, when), "The last message did not arrive (at x). The server answered 503.");
});

test("a receipt says where, what and when", () => {
    const words = { ago: () => "5 minutes ago", at: () => "today 14:05" };
    const one = { channel: "webhook", name: "Home", state: "delivered", attempts: 2, explanation: "It was delivered.",
        next_at: null, ended_at: "x" };
    assert.equal(receiptName(one), "Webhook “Home”");
    assert.equal(receiptName({ ...one, channel: "in_app", name: "Inbox" }), "Inbox");
    assert.equal(receiptName({ ...one, name: "webhook" }), "Webhook");
    assert.equal(receiptName({ ...one, name: null }), "Webhook");
    assert.equal(receiptWords(one, words), "It was delivered. 5 minutes ago, 2 attempts.");
    const waiting = { ...one, state: "waiting", attempts: 1, explanation: "Later.", next_at: "y", ended_at: null };
    assert.equal(receiptWords(waiting, words), "Later. Next try today 14:05.");
    const skipped = { ...one, state: "skipped", attempts: 0, explanation: "Left out.", ended_at: null };
    assert.equal(receiptWords(skipped, words), "Left out.");
    assert.ok(["delivered", "failed", "expired", "superseded", "skipped"].every(isSettled));
    assert.ok(!["pending", "sending", "waiting"].some(isSettled));
});
