import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { suggestTags, TAG_TONES, toneOf } from "../../web/js/lib/text.js";

const tags = [["home", 3], ["Work", 9], ["homework", 5], ["at home", 7], ["money", 1]]
    .map(([name, count]) => ({ name, count }));
const names = (typed, options) => suggestTags(tags, typed, options).map(({ name }) => name);

test("tags that begin with what was typed come first, then the most used", () => {
    assert.deepEqual(names("ho"), ["homework", "home", "at home"]);
    assert.deepEqual(names("#HO"), ["homework", "home", "at home"]);
    assert.deepEqual(names("WOR"), ["Work", "homework"]);
    assert.deepEqual(names("zzz"), []);
});

test("nothing typed suggests the most used, without those that are taken", () => {
    assert.deepEqual(names("", { most: 2 }), ["Work", "at home"]);
    assert.deepEqual(names("ho", { taken: ["HOME"] }), ["homework", "at home"]);
});

test("a tag has one colour, whatever its case, and colours are all used", () => {
    assert.equal(toneOf("Home"), toneOf("ＨＯＭＥ"));
    const found = new Set(Array.from({ length: 200 }, (_, number) => toneOf(`tag ${number}`)));
    assert.deepEqual([...found].sort(), Array.from({ length: TAG_TONES }, (_, tone) => tone));
});

/** @returns the luminance of "#rrggbb", as WCAG 2.2 defines it */
function luminance(colour) {
    const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
        .map((one) => (one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one, other) {
    const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
}

test("tags and priorities are read on everything that they stand on, in light and dark: 4.5:1", () => {
    const sheet = readFileSync(new URL("../../web/css/tokens.css", import.meta.url), "utf8");
    const [light, dark] = sheet.split("prefers-color-scheme: dark");
    for (const theme of [light, dark]) {
        const token = (name) => theme.match(new RegExp(`--${name}: (#[0-9a-f]{6});`, "u"))?.[1];
        const grounds = ["page", "surface", "surface-low", "hover", "chosen"].map(token);
        for (let tone = 0; tone < TAG_TONES; tone += 1) {
            for (const ground of [token(`tag-${tone}-soft`), ...grounds]) {
                assert.ok(contrast(token(`tag-${tone}`), ground) >= 4.5, `tag ${tone} on ${ground}`);
            }
        }
        for (const name of ["low", "warm", "danger"]) {
            for (const ground of grounds) assert.ok(contrast(token(name), ground) >= 4.5, `${name} on ${ground}`);
        }
    }
});
