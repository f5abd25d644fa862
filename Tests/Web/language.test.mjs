import assert from "node:assert/strict";
import { test } from "node:test";
import { begin, follow, wantedFor } from "../../web/js/language.js";
import { unlike } from "../../web/js/words/habits.js";
import { direction, locale, readLocale, speak } from "../../web/js/words/words.js";
import { problem, setUp, USER } from "./fake-store.mjs";

/** A window with a memory, or one whose memory is closed. */
function place(languages, kept = {}, isClosed = false) {
    const call = (action) => { if (isClosed) throw new Error("closed"); return action(); };
    return {
        kept, navigator: { languages }, document: { documentElement: { lang: "", dir: "" } },
        localStorage: {
            getItem: (name) => call(() => kept[name] ?? null),
            setItem: (name, value) => call(() => { kept[name] = value; }),
            removeItem: (name) => call(() => { delete kept[name]; }),
        },
    };
}

test("the page begins with what was chosen on this device, else with what its browser prefers", async (t) => {
    t.after(() => speak("en"));
    const german = place(["fr-FR", "de-AT", "en"]);
    await begin(german);
    assert.equal(locale(), "de-AT");
    assert.deepEqual(german.document.documentElement, { lang: "de-AT", dir: "ltr" });
    await begin(place(["de-DE"], { "errand.locale": "en-GB" }));
    assert.equal(locale(), "en-GB");
    await begin(place(["de-DE"], { "errand.locale": "tlh" }));
    assert.equal(locale(), "de-DE", "a choice of no use does not count");
    await begin(place(["de-DE"], {}, true));
    assert.equal(locale(), "de-DE");
});

test("a person's choice is spoken and kept; none is the device's, and a person that says nothing changes nothing",
    async (t) => {
        t.after(() => speak("en"));
        const here = place(["en-US"]);
        await begin(here);
        assert.equal(wantedFor(here, null), null);
        assert.equal(wantedFor(here, {}), null);
        assert.equal(wantedFor(here, { locale: null }), null);
        assert.equal(wantedFor(here, { locale: "de" }), "de");
        assert.equal(await follow(here, { locale: "de" }), true);
        assert.equal(locale(), "de");
        assert.equal(here.kept["errand.locale"], "de");
        assert.equal(await follow(here, { locale: "de" }), false, "it is spoken already");
        assert.equal(await follow(here, { locale: null }), true);
        assert.equal(locale(), "en-US");
        assert.deepEqual(here.kept, {});
    });

test("the server reads lines in the language spoken, by a tag that it takes", async (t) => {
    t.after(() => speak("en"));
    for (const [spoken, sent] of [
        ["de-AT", "de-AT"], ["en", "en"], ["de-Latn-DE-1996", "de"], ["de-DE-u-co-phonebk", "de"], ["en_US", "en"],
    ]) {
        await speak(spoken);
        assert.equal(readLocale(), sent, spoken);
    }
});

test("scripts from right to left are known", () => {
    assert.deepEqual(["ar", "he-IL", "fa", "ur-PK", "de", "en-US", "ja"].map(direction),
        ["rtl", "rtl", "rtl", "rtl", "ltr", "ltr", "ltr"]);
});

test("a new account is told the habits of the place where it was made, as far as they are others", async (t) => {
    t.after(() => speak("en"));
    const usual = { language: "en", date_order: "dmy", week_starts_on: "monday" };
    for (const [spoken, settings] of [
        ["en-GB", {}], ["en-US", { date_order: "mdy", week_starts_on: "sunday" }], ["de-DE", { language: "de" }],
    ]) {
        await speak(spoken);
        assert.deepEqual(unlike(usual), settings, spoken);
    }
    await speak("en-EG");
    assert.deepEqual(unlike({ week_starts_on: "monday" }), { week_starts_on: "saturday" });
    assert.deepEqual(unlike({ id: "u1" }), {}, "an older server has no such settings");
});

test("who signs up in German is spoken to in German from the start", async (t) => {
    t.after(() => speak("en"));
    await speak("de-DE");
    const user = { ...USER, language: "en", date_order: "dmy", week_starts_on: "monday" };
    const { store, calls } = setUp({ signUp: () => ({ user }), changeMe: (change) => ({ ...user, ...change }) });
    await store.signUp({ email: "ana@example.com", password: "a quiet walk" });
    assert.deepEqual(calls.filter(([name]) => name === "changeMe"), [["changeMe", { language: "de" }]]);
    assert.equal(store.state.user.language, "de");
    assert.equal(store.state.phase, "signed-in");
    const { store: other } = setUp({ signUp: () => ({ user }), changeMe: () => { throw problem(500, "broken"); } });
    await other.signUp({ email: "ana@example.com", password: "a quiet walk" });
    assert.equal(other.state.phase, "signed-in");
});
