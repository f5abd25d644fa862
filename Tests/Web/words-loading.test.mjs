import assert from "node:assert/strict";
import { register } from "node:module";
import { test } from "node:test";
import { pageScripts } from "./sources.mjs";

/** Has every module get a table of words that notes what is said. */
const HOOKS = `export async function load(url, context, next) {
    const loaded = await next(url, context);
    if (!url.endsWith("/words/words.js")) return loaded;
    const noted = "\\nconst note = (key) => { globalThis.errandSaid?.push(key); };";
    const telling = /(export function (?:say|count|listed|locale|language)\\([^{]*?(?:= \\{\\})?\\) \\{)/gu;
    const source = String(loaded.source).replace(telling, "$1 note('said');");
    return { ...loaded, source: source + noted };
}`;

test("nothing is said while modules are loaded: words are known only later", async () => {
    globalThis.errandSaid = [];
    register(`data:text/javascript,${encodeURIComponent(HOOKS)}`);
    const { say, locale } = await import("../../web/js/words/words.js");
    say("common.save");
    locale();
    assert.equal(globalThis.errandSaid.length, 2, "what is said is noted");
    for (const name of pageScripts().filter((one) => one !== "main.js")) {
        globalThis.errandSaid.length = 0;
        await import(`../../web/js/${name}`);
        assert.equal(globalThis.errandSaid.length, 0, `${name} says something while it is loaded`);
    }
});
