import assert from "node:assert/strict";
import { test } from "node:test";
import { WORDS as german } from "../../web/js/words/de/index.js";
import { WORDS as english } from "../../web/js/words/en/index.js";
import { count, locale, say, speak, spoken } from "../../web/js/words/words.js";

const places = (word) => [...JSON.stringify(word).matchAll(/\{(\w+)\}/gu)].map(([, name]) => name);

test("both languages have the same words, with the same places in them", () => {
    assert.deepEqual(Object.keys(german).sort(), Object.keys(english).sort());
    for (const [key, word] of Object.entries(english)) {
        assert.equal(typeof german[key], typeof word, key);
        assert.deepEqual([...new Set(places(german[key]))].sort(), [...new Set(places(word))].sort(), key);
    }
});

test("a count chooses the form by the language's own rule, and values stand where they belong", async (t) => {
    t.after(() => speak("en"));
    assert.equal(say("common.tasks", { count: 1 }), "1 task");
    assert.equal(say("common.tasks", { count: 0 }), "0 tasks");
    await speak("de-AT");
    assert.equal(locale(), "de-AT");
    assert.equal(say("common.tasks", { count: 1 }), "1 Aufgabe");
    assert.equal(say("common.tasks", { count: 2 }), "2 Aufgaben");
});

test("numbers are written as the locale writes them", async (t) => {
    t.after(() => speak("en"));
    for (const tag of ["en", "en-IN", "en-u-nu-deva", "de", "de-AT", "de-CH"]) {
        await speak(tag);
        for (const number of [0, 7, 999, 1_000, 123_456, -3, 1.5]) {
            assert.equal(count(number), new Intl.NumberFormat(tag).format(number), `${tag} ${number}`);
        }
    }
});

test("a word that nobody knows is shown as its key, and a place without a value stays", () => {
    assert.equal(say("nowhere.nothing"), "nowhere.nothing");
    assert.equal(say("common.tasks"), "{count} tasks");
});

test("the first wanted language that is spoken wins, with its region", () => {
    assert.equal(spoken(["fr-FR", "de-CH", "en"]), "de-CH");
    assert.equal(spoken(["fr"]), "en");
    assert.equal(spoken([]), "en");
});
