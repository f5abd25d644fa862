import assert from "node:assert/strict";
import { test } from "node:test";

import { compare } from "../../web/js/lib/compare.js";

test("what differs stands between what both sides share, in whole words", () => {
    const { mine, theirs } = compare("Buy milk today", "Buy butter today");
    assert.deepEqual(mine, { before: "Buy ", changed: "milk", after: " today" });
    assert.deepEqual(theirs, { before: "Buy ", changed: "butter", after: " today" });
});

test("a text that only grew has nothing changed on the other side", () => {
    const { mine, theirs } = compare("Buy milk", "Buy milk, then rest");
    assert.deepEqual(mine, { before: "Buy milk", changed: "", after: "" });
    assert.deepEqual(theirs, { before: "Buy milk", changed: ", then rest", after: "" });
});

test("the same part is not counted twice", () => {
    const { mine, theirs } = compare("a a", "a a a");
    assert.equal(mine.before + mine.changed + mine.after, "a a");
    assert.equal(theirs.before + theirs.changed + theirs.after, "a a a");
});

test("one word for another, nothing for something, nothing for nothing", () => {
    assert.equal(compare("high", "low").mine.changed, "high");
    assert.deepEqual(compare("", "x").mine, { before: "", changed: "", after: "" });
    assert.equal(compare("", "x").theirs.changed, "x");
    assert.equal(compare("", "").theirs.changed, "");
});

test("long texts are shown around what differs", () => {
    const filler = "word ".repeat(100);
    const { mine } = compare(`${filler}old ${filler}`, `${filler}new ${filler}`);
    assert.equal(mine.changed, "old");
    assert.ok(mine.before.startsWith("…") && mine.before.length < 70, mine.before);
    assert.ok(mine.after.endsWith("…") && mine.after.length < 70, mine.after);
});
