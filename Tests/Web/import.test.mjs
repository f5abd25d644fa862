import assert from "node:assert/strict";
import { test } from "node:test";
import { Api, Problem } from "../../web/js/api.js";
import { Tokens } from "../../web/js/store/tokens.js";
import { ACCOUNT as GERMAN } from "../../web/js/words/de/account.js";
import { ACCOUNT as ENGLISH } from "../../web/js/words/en/account.js";

const json = (status, body) => new Response(JSON.stringify(body), {
    status, headers: { "Content-Type": status < 300 ? "application/json" : "application/problem+json" },
});

/** What takes files, over a server that answers as told; `sent`: what it was asked. */
function tokens(...answers) {
    const sent = [];
    const api = new Api({
        fetch: async (path, options) => {
            sent.push([path, options]);
            return answers.shift();
        },
        newKey: () => "k", wait: async () => {},
    });
    return { sent, tokens: new Tokens(api, { refresh: async () => {} }) };
}

test("a file goes as it is, with its name, and is only looked at unless it is meant", async () => {
    const { tokens: own, sent } = tokens(json(200, { created: 2 }), json(200, { created: 2, undo: ["a"] }));
    const file = new File(["title\nA\n"], "mine & yours.csv");
    assert.deepEqual(await own.importFile(file, { isDryRun: true }), { created: 2 });
    const [path, { method, body, headers }] = sent[0];
    assert.equal(path, "/api/v1/import?dry_run=true&file_name=mine+%26+yours.csv");
    assert.equal(method, "POST");
    assert.equal(body, file);
    assert.equal(headers["Content-Type"], "application/octet-stream");
    assert.deepEqual((await own.importFile(file, { isDryRun: false, settings: true })).undo, ["a"]);
    assert.match(sent[1][0], /dry_run=false&settings=true&/u);
});

test("a file that breaks off says where", async () => {
    const errors = [{ line: 3, column: 7, code: "invalid_value", detail: "Ends in the middle." }];
    const refusal = { status: 422, code: "validation_failed", detail: "It breaks off.", errors };
    const { tokens: own } = tokens(json(422, refusal));
    await assert.rejects(own.importFile(new File(["x"], "a.csv"), { isDryRun: true }), (error) => {
        assert.ok(error instanceof Problem);
        assert.deepEqual([error.errors[0].line, error.errors[0].column], [3, 7]);
        return true;
    });
});

test("the answer tells how far it has come, and then all of it", async () => {
    const events = [
        ["progress", { done: 5, total: null }], ["progress", { done: 5, total: 20 }], ["done", { created: 20 }],
    ].map(([name, data]) => `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`).join("");
    const stream = new Response(events, { headers: { "Content-Type": "text/event-stream" } });
    const { tokens: own, sent } = tokens(stream);
    const told = [];
    const report = await own.importFile(
        new File(["title\nA\n"], "a.csv"), { isDryRun: false, tell: (progress) => told.push(progress) });
    assert.deepEqual(told, [{ done: 5, total: null }, { done: 5, total: 20 }]);
    assert.deepEqual(report, { created: 20 });
    assert.match(sent[0][1].headers.Accept, /text\/event-stream/u);
});

test("an import is taken back from its last part to its first", async () => {
    const { tokens: own, sent } = tokens(json(200, {}), json(200, {}));
    await own.undoImport(["first", "last"]);
    assert.deepEqual(sent.map(([, { body }]) => JSON.parse(body).token), ["last", "first"]);
});

test("both languages have every word of it, with the same places", () => {
    const places = (word) => JSON.stringify(word).match(/\{\w+\}/gu)?.sort() ?? [];
    for (const key of Object.keys(ENGLISH).filter((name) => /^account\.(?:import|export)/u.test(name))) {
        assert.ok(key in GERMAN, key);
        assert.deepEqual(new Set(places(GERMAN[key])), new Set(places(ENGLISH[key])), key);
    }
});
