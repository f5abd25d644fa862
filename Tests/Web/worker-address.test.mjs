import assert from "node:assert/strict";
import { test } from "node:test";

import { vouching, workerAddress } from "../../web/js/lib/worker.js";

test("without Trusted Types the worker's address is plain text", () => {
    assert.equal(workerAddress(), "/sw.js");
});

test("with Trusted Types one policy is made, and it vouches for that address alone", () => {
    const made = [];
    let rules;
    const address = vouching({
        createPolicy(name, given) {
            made.push(name);
            rules = given;
            return { createScriptURL: (text) => ({ trusted: given.createScriptURL(text) }) };
        },
    });
    assert.deepEqual([address(), address()], [{ trusted: "/sw.js" }, { trusted: "/sw.js" }]);
    assert.deepEqual(made, ["errand"]);
    assert.throws(() => rules.createScriptURL("https://elsewhere.example/sw.js"), TypeError);
});
