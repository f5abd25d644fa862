import assert from "node:assert/strict";
import { test } from "node:test";
import { orderedID, randomID } from "../../web/js/lib/ids.js";
import { formatRoute, parseRoute, START } from "../../web/js/lib/route.js";
import { codePoints, fieldMessages, fieldOf, fold, parseTags, shorten } from "../../web/js/lib/text.js";

test("tags are parted by commas, without # and without doubles in any case", () => {
    assert.deepEqual(parseTags(" home, #Work ,, work,#, in two words"), ["home", "Work", "in two words"]);
    assert.deepEqual(parseTags(""), []);
    assert.equal(fold("CAFE\u0301"), fold("café"));
});

test("tags are compared as the server compares them", () => {
    const alike = [
        ["Straße", "STRASSE", "straẞe"], ["ΟΔΟΣ", "οδος", "οδοσ"], ["İzmir", "IZMIR", "izmir", "ızmir"], ["☀️", "☀"],
        ["Ｗｏｒｋ", "work"], ["ｶﾞｽ", "ガス"], ["Ё", "е\u0308"],
    ];
    for (const names of alike) assert.equal(new Set(names.map(fold)).size, 1, names.join(" "));
    for (const [one, other] of [["café", "cafe"], ["ガス", "がす"], ["👍", "👍🏽"]]) {
        assert.notEqual(fold(one), fold(other));
    }
});

test("length counts code points, and shortening never splits one", () => {
    assert.equal(codePoints("a👍"), 2);
    assert.equal(shorten("👍👍👍", 2), "👍…");
    assert.equal(shorten("short"), "short");
});

test("a pointer names its field, whatever lies below", () => {
    assert.equal(fieldOf("/tags/3"), "tags");
    assert.equal(fieldOf("/a~1b"), "a/b");
    assert.equal(fieldOf(undefined), "");
});

test("the first error of a field is the one shown", () => {
    const errors = [
        { pointer: "/tags/0", detail: "Too long." }, { pointer: "/tags/1", detail: "Bad." }, { detail: "?" },
    ];
    assert.deepEqual(fieldMessages(errors), { tags: "Too long." });
});

test("a route survives the way through the address", () => {
    const query = { filter: "today", tag: "a&b #c", sort: "title", search: "x?y=1" };
    assert.deepEqual(parseRoute(formatRoute(query)), query);
    assert.equal(formatRoute(START), "#/open");
});

test("an unknown route is the start", () => {
    assert.deepEqual(parseRoute("#/nowhere?sort=odd"), START);
    assert.deepEqual(parseRoute(""), START);
});

test("ids are made where randomUUID is missing", () => {
    const bare = { getRandomValues: (bytes) => bytes.fill(0xff) };
    assert.equal(randomID(bare), "ffffffff-ffff-4fff-bfff-ffffffffffff");
    assert.equal(orderedID(0x0123456789ab, bare), "01234567-89ab-7fff-bfff-ffffffffffff");
    assert.match(randomID(), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/u);
});
