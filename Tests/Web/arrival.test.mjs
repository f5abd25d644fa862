import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { arrivalOf } from "../../web/js/lib/arrival.js";

test("what is shared becomes one line, with nothing in it twice; shortcuts say what is wanted", () => {
    const shared = (values) => arrivalOf(`?${new URLSearchParams(values)}`);
    assert.deepEqual(shared({ title: "Soup", text: "Soup\nhttps://e.org/s", url: "https://e.org/s" }), {
        wants: "add", line: "Soup https://e.org/s",
    });
    assert.equal(shared({ title: "x".repeat(900) }).line.length, 500);
    assert.deepEqual(arrivalOf("?do=chat"), { wants: "chat", line: "" });
    assert.equal(arrivalOf("?do=delete"), null);
    assert.equal(arrivalOf(""), null);
});

test("the manifests name files that are there, and the same in both languages", () => {
    const read = (name) => JSON.parse(readFileSync(new URL(`../../web/${name}`, import.meta.url), "utf8"));
    const [english, german] = [read("manifest.webmanifest"), read("manifest.de.webmanifest")];
    assert.deepEqual(german.icons, english.icons);
    assert.deepEqual(german.shortcuts.map(({ url }) => url), english.shortcuts.map(({ url }) => url));
    for (const { src, sizes, type } of english.icons) {
        const bytes = readFileSync(new URL(`../../web/${src}`, import.meta.url));
        if (type === "image/png") assert.equal(sizes, `${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`);
    }
});
