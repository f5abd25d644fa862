import assert from "node:assert/strict";
import { test } from "node:test";
import { contentWords, readWords } from "../../web/js/components/settings/feeds-block.js";
import { webcalAddress } from "../../web/js/store/feeds.js";
import { FEEDS as GERMAN } from "../../web/js/words/de/feeds.js";
import { FEEDS as ENGLISH } from "../../web/js/words/en/feeds.js";
import { setUp } from "./fake-store.mjs";

const feed = (changes = {}) => ({
    id: "f1", name: "Home", filter: "#home", form: "events", include_completed: false,
    created_at: "2026-11-10T10:00:00Z", last_read_at: null, ...changes,
});

test("feeds are listed, made and revoked by their routes", async () => {
    const answers = {
        request: (method) => ({
            GET: { items: [feed()] }, POST: { ...feed(), url: "https://e.example/feeds/x.ics" },
        })[method],
    };
    const { store, calls } = setUp(answers);
    assert.deepEqual(await store.calendarFeeds.list(), [feed()]);
    const input = { name: "Home", filter: "#home", form: "events", include_completed: false };
    assert.equal((await store.calendarFeeds.make(input)).url, "https://e.example/feeds/x.ics");
    await store.calendarFeeds.revoke("f/1");
    assert.deepEqual(calls.filter(([name]) => name === "request").map(([, ...asked]) => asked), [
        ["GET", "/me/feeds"], ["POST", "/me/feeds", { body: input }], ["DELETE", "/me/feeds/f%2F1"],
    ]);
});

test("the address is told as calendars are called, whatever the server speaks", () => {
    assert.equal(webcalAddress("https://e.example/feeds/x.ics"), "webcal://e.example/feeds/x.ics");
    assert.equal(webcalAddress("http://localhost:8080/feeds/x.ics"), "webcal://localhost:8080/feeds/x.ics");
});

test("a feed says which tasks it has, as what, and when it was read", () => {
    const setting = { now: new Date("2026-11-18T11:00:00Z"), zone: "Europe/Paris" };
    assert.equal(contentWords(feed()), "#home · Events");
    const all = feed({ filter: null, form: "todos", include_completed: true, last_read_at: "2026-11-18T09:00:00Z" });
    assert.equal(contentWords(all), "All with a due date · To-dos · with completed ones");
    assert.match(readWords(feed(), setting), /^Since .+, never read$/u);
    assert.match(readWords(all, setting), /, last read today$/u);
});

test("both languages have every word of it, with the same places", () => {
    const places = (word) => JSON.stringify(word).match(/\{\w+\}/gu)?.sort() ?? [];
    assert.deepEqual(Object.keys(GERMAN).sort(), Object.keys(ENGLISH).sort());
    for (const key of Object.keys(ENGLISH)) assert.deepEqual(places(GERMAN[key]), places(ENGLISH[key]), key);
});
