import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

const web = new URL("../../web/", import.meta.url);
const page = readFileSync(new URL("index.html", web), "utf8");
const scripts = readdirSync(new URL("js/", web), { recursive: true })
    .map((name) => String(name).replaceAll("\\", "/")).filter((name) => name.endsWith(".js"));
const source = (name) => readFileSync(new URL(`js/${name}`, web), "utf8");

/** Every script that `name` imports, however deep, and itself. */
function reached(name, found = new Set()) {
    if (found.has(name)) return found;
    found.add(name);
    for (const address of imports(name)) reached(new URL(address, `file:///${name}`).pathname.slice(1), found);
    return found;
}

function imports(name) {
    const statements = source(name).matchAll(/^import [^;]*? from "([^"]*)"|^import "([^"]*)"/gmu);
    return [...statements].map(([, from, bare]) => from ?? bare);
}

test("the page names each script that it runs once, under the asset prefix, and nothing that is missing", () => {
    const named = [...page.matchAll(/(?:src|href)="([^"]*)"/gu)].map(([, address]) => address);
    // Asked for while the scripts come; `Store.start` takes it.
    assert.match(page, /<link rel="preload" href="\/api\/v1\/me" as="fetch" crossorigin>/u);
    for (const address of named.filter((one) => one !== "/api/v1/me")) {
        assert.ok(address.startsWith("/assets/@/"), address);
        readFileSync(new URL(address.slice("/assets/@/".length), web));
    }
    const wanted = [...reached("main.js")].map((name) => `/assets/@/js/${name}`);
    const found = named.filter((address) => address.endsWith(".js"));
    assert.deepEqual(found.sort(), wanted.sort());
});

test("the page holds no inline script and no inline style", () => {
    assert.doesNotMatch(page, /<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=/u);
});

test("text is never parsed as HTML", () => {
    for (const name of scripts) {
        assert.doesNotMatch(source(name), /innerHTML|insertAdjacentHTML|document\.write|outerHTML\s*=|\beval\(/u, name);
    }
});

test("imports are relative and point inward", () => {
    const allowed = {
        words: ["words", "lib"], lib: [], store: ["store", "lib", "words", "api.js"],
        components: ["components", "lib", "words", "api.js"],
        views: ["views", "components", "lib", "words", "api.js"], "api.js": ["lib", "words", "transport.js"],
        "transport.js": ["lib", "words"], "live.js": ["lib"],
        "store.js": ["store", "words", "api.js"], "router.js": ["lib"], "push.js": ["lib", "words"],
        "language.js": ["words"],
    };
    for (const name of [...reached("main.js")].filter((one) => one !== "main.js")) {
        const layer = name.split("/")[0];
        for (const address of imports(name)) {
            assert.match(address, /^\.\.?\//u, `${name}: ${address}`);
            const target = new URL(address, `file:///${name}`).pathname.slice(1).split("/")[0];
            assert.ok(allowed[layer].includes(target), `${name} imports ${address}`);
        }
    }
});
