import assert from "node:assert/strict";
import { test } from "node:test";
import { completionsAt, expressionOf, listOf, mistakeIn, tagCondition } from "../../web/js/lib/filter-words.js";
import { clockWords, LOCALES, weekdayIn } from "../../web/js/lib/locales.js";
import { formatRoute, leadsToSettings, parseRoute, settingsPart, START } from "../../web/js/lib/route.js";
import { isUsual, orderWords, sortOf } from "../../web/js/store/order.js";
import { placed, spotOf } from "../../web/js/store/placing.js";
import { isMoved, steps } from "../../web/js/store/query.js";
import { problem, setUp, task } from "./fake-store.mjs";

const at = (text, tags = ["garden", "two words", "Gym"]) => completionsAt(text, text.length, tags);
const texts = (text) => at(text).items.map((one) => one.text);
const ids = (rows) => rows.map(({ id }) => id).join("");

test("what can come next follows from what is written, and takes its place alone", () => {
    assert.equal(texts("")[0], "today");
    assert.deepEqual(texts("p"), ["p1", "p2", "p3", "p4"]);
    assert.deepEqual(at("#work & due be").items.map(({ text }) => text), ["due before: "]);
    assert.equal(at("#work & due be").from, 8);
    assert.deepEqual(texts("#g"), ["#garden", "#Gym"]);
    assert.deepEqual(texts("(p1 | #tw"), ['#"two words"']);
    assert.equal(at("(p1 | #tw").from, 6);
    assert.deepEqual(texts("due before: f"), ["friday"]);
    assert.deepEqual(texts("search: to"), [], "words are the reader's own");
    assert.deepEqual(texts("#garden ").slice(0, 2), ["& ", "| "]);
    assert.deepEqual(texts("#garden rec"), ["recurring"]);
    assert.deepEqual(texts("p1"), [], "what is whole needs nothing");
});

test("a filter is about open tasks unless it asks for completed ones", () => {
    assert.equal(listOf("#work & p1"), "open");
    assert.equal(listOf("done & #work"), "all");
    assert.equal(listOf("(#a|done)"), "all");
    for (const other of ["search: done deal", '#"done"', "#done", 'search: "done"']) {
        assert.equal(listOf(other), "open", other);
    }
});

test("a list with its tag and its search is a filter", () => {
    assert.equal(expressionOf(START), "");
    assert.equal(expressionOf({ ...START, filter: "today", tag: "two words", search: ' a "b" ' }),
        '(overdue | today) & #"two words" & search: "a  b"');
    assert.equal(expressionOf({ ...START, expression: "p1 | p2", tag: "x" }), "(p1 | p2) & #x");
    assert.equal(expressionOf({ ...START, filter: "all", expression: "p1 | p2" }), "p1 | p2");
    assert.equal(tagCondition('say "hi"'), '#"say hi"');
});

test("a mistake is found where the server says, also behind letters of two units", () => {
    const expression = "#🌻 & someday & p1";
    const found = mistakeIn("At position 5: expected a condition.", expression);
    assert.equal(expression.slice(found.from, found.to), "someday");
    assert.equal(found.words, "Expected a condition.");
    assert.equal(mistakeIn("It is too long.", expression), null);
});

test("the address keeps a filter and the order, and leads to a part of the settings", () => {
    const query = { ...START, sort: "manual", expression: "#a & (p1 | !done)" };
    assert.deepEqual(parseRoute(formatRoute(query)), query);
    assert.ok(leadsToSettings("/#/settings/access") && leadsToSettings("#/settings") && !leadsToSettings("#/open"));
    assert.equal(settingsPart("/#/settings/access"), "access");
    assert.equal(settingsPart("/#/settings"), "");
});

test("a filter meets what the list asks for, and is asked about again after each change", async () => {
    assert.deepEqual(steps({ ...START, filter: "open", sort: "title", expression: "p1" }),
        [{ status: "pending", tags: undefined, search: undefined, sort: "title", filter: "p1" }]);
    assert.ok(isMoved(task("a"), task("a", { version: 2 }), { ...START, expression: "p1" }));
    let rows = [task("a")];
    const { store, runLater, calls } = setUp({ listTasks: () => ({ items: rows, next_cursor: null, count: 1 }) });
    await store.start();
    await store.listing.show({ expression: "p1" });
    rows = [];
    store.listing.take(task("b"));
    assert.deepEqual(store.state.rows.map(({ id }) => id), ["a"], "only the server knows whether it fits");
    await runLater();
    assert.deepEqual(store.state.rows, []);
    assert.equal(calls.filter(([name]) => name === "listTasks").at(-1)[1].filter, "p1");
});

test("the order made by hand stands where it can be made, in one list of what is overdue and of today", () => {
    assert.equal(sortOf({ ...START, sort: "manual" }), "manual");
    for (const filter of ["upcoming", "done", "trash"]) assert.equal(sortOf({ ...START, filter, sort: "manual" }), "");
    assert.equal(isUsual({ ...START, sort: "manual" }), false);
    assert.match(orderWords({ ...START, sort: "manual" }), /As you placed them/u);
    assert.deepEqual(steps({ ...START, filter: "today", sort: "manual", expression: "p1" }).map((one) => one.filter),
        ["(p1) & (overdue | today)", "p1"]);
});

test("a task is placed beside another, and passes open ones alone", () => {
    const rows = [task("a"), task("b"), task("c"), task("x", { completed: true }), task("y", { completed: true })];
    assert.equal(ids(placed(rows, "a", { after: "b" })), "bacxy");
    assert.equal(ids(placed(rows, "c", { before: "a" })), "cabxy");
    assert.equal(placed(rows, "b", { after: "a" }), null);
    assert.equal(placed(rows, "b", { after: "gone" }), null);
    assert.deepEqual(spotOf(rows, "b", "up"), { before: "a" });
    assert.deepEqual(spotOf(rows, "a", "bottom"), { after: "c" });
    assert.equal(spotOf(rows, "c", "down"), null);
    assert.equal(spotOf(rows, "y", "top"), null, "what is done has no place");
});

test("a task stands in its new place at once; refused, the list is as the server has it", async () => {
    const rows = ["a", "b", "c"].map((id) => task(id));
    const sent = [];
    let fails = false;
    const { store } = setUp({
        listTasks: () => ({ items: rows, next_cursor: null, count: 3 }),
        request: (method, path, { body }) => {
            sent.push([method, path, body]);
            if (fails) throw problem(503, "unavailable");
            return task("a");
        },
    });
    await store.start();
    await store.listing.show({ sort: "manual" });
    assert.deepEqual(store.placing.move("a", "down"), { place: 2, count: 3 });
    assert.equal(ids(store.state.rows), "bac");
    await store.placing.place("a", { after: "c" });
    assert.deepEqual(sent, [
        ["PUT", "/tasks/a/position", { after: "b" }], ["PUT", "/tasks/a/position", { after: "c" }],
    ]);
    assert.equal(ids(store.state.rows), "bca");
    fails = true;
    await store.placing.place("b", { after: "a" });
    assert.equal(ids(store.state.rows), "abc");
    assert.equal(store.state.notice.tone, "error");
});

test("Undo takes back the move that is shown, also while that is not written yet", async () => {
    const rows = ["a", "b", "c"].map((id) => task(id));
    const [sent, taken] = [[], []];
    const { store } = setUp({
        listTasks: () => ({ items: rows, next_cursor: null, count: 3 }),
        request: (method, path) => { sent.push(path); return task(path.split("/")[2]); },
        undo: () => { taken.push(sent.length); return { items: [] }; },
    });
    await store.start();
    await store.listing.show({ sort: "manual" });
    await store.placing.place("a", { after: "b" });
    assert.notEqual(store.state.notice, null);
    store.placing.place("c", { before: "b" });
    assert.equal(ids(store.state.rows), "cba");
    assert.equal(store.state.notice, null, "the move before is not offered any more");
    await store.writing.undo();
    assert.deepEqual([sent.length, taken], [2, [2]], "taken back is what was written second, after it was");
    assert.equal(store.state.undos.length, 1, "the first move can still be taken back");
});

test("filters are shown where the server keeps them; a deleted one is made again by Undo", async () => {
    const none = setUp();
    await none.store.start();
    assert.equal(none.store.state.filters.isKnown, false);
    const kept = [{ id: "f1", name: "One", expression: "p1", position: 0 }];
    const { store } = setUp({
        filters: true, request: (method, path, { body } = {}) => {
            if (method === "GET") return { items: [...kept] };
            if (method === "DELETE") { kept.splice(0); return null; }
            kept.push({ id: "f2", ...body });
            return kept.at(-1);
        },
    });
    await store.start();
    await new Promise((done) => { setTimeout(done); });
    assert.deepEqual(store.state.filters.items, kept);
    await store.filters.remove(kept[0]);
    assert.deepEqual(store.state.filters.items, []);
    await store.writing.undo();
    assert.deepEqual(store.state.filters.items, [{ id: "f2", name: "One", expression: "p1" }]);
});

test("filters move at once, one request after the other, and go back where that fails", async () => {
    const server = ["a", "b", "c"].map((id) => ({ id, name: id, expression: "p1" }));
    const asked = [];
    let refusal = null;
    const { store } = setUp({
        filters: true, request: async (method, path, { body } = {}) => {
            if (method === "GET") return { items: server.map((one, position) => ({ ...one, position })) };
            await new Promise((done) => { setTimeout(done); });
            if (refusal) throw refusal;
            asked.push([path, body]);
            const from = server.findIndex(({ id }) => path.endsWith(`/${id}`));
            server.splice(body.position, 0, ...server.splice(from, 1));
            return server[body.position];
        },
    });
    const soon = () => new Promise((done) => { setTimeout(done, 30); });
    await store.start();
    await soon();
    assert.equal(store.filters.move("a", -1), null);
    assert.equal(store.filters.move("c", 1), null);
    assert.deepEqual(store.filters.move("c", -1), { place: 2, count: 3 });
    assert.deepEqual(store.filters.move("c", -1), { place: 1, count: 3 });
    assert.equal(ids(store.state.filters.items), "cab");
    await soon();
    assert.deepEqual(asked, [["/filters/c", { position: 1 }], ["/filters/c", { position: 0 }]]);
    assert.equal(ids(server), "cab");
    refusal = problem(503);
    store.filters.move("c", 1);
    assert.equal(ids(store.state.filters.items), "acb");
    await soon();
    assert.equal(ids(store.state.filters.items), "cab");
    assert.equal(store.state.notice.tone, "error");
});

test("a setting of the account is saved by its name", async () => {
    const { store, calls } = setUp({ changeMe: (patch) => ({ ...store.state.user, ...patch }) });
    await store.start();
    store.settings.open("region");
    assert.equal(store.state.settings.at, "region");
    await store.settings.change("week_starts_on", "sunday");
    assert.deepEqual(calls.at(-1), ["changeMe", { week_starts_on: "sunday" }]);
    assert.equal(store.state.user.week_starts_on, "sunday");
    assert.equal(store.state.settings.notes.week_starts_on.isError, false);
});

test("days and times read as they do where one lives", () => {
    assert.equal(weekdayIn("saturday", "de-AT"), "Samstag");
    assert.equal(clockWords("03:00", "en-US").replace(/\s/gu, " "), "3:00 AM");
    assert.equal(clockWords("03:00", "de-DE"), "03:00");
    for (const tag of Object.keys(LOCALES)) assert.equal(Intl.getCanonicalLocales(tag)[0], tag);
});
