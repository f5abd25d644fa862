import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { SHORTCUTS } from "../../web/js/lib/keys.js";
import { WORDS } from "../../web/js/words/en/index.js";
import { literals, pageScripts, source, web } from "./sources.mjs";

const scripts = pageScripts();
const spoken = scripts.flatMap((name) => literals(source(name)).map((one) => ({ ...one, name })));
const areas = new Set(Object.keys(WORDS).map((key) => key.split(".")[0]));
const isKey = ({ text }) => /^[a-z]+(?:\.[\w:\u0001-]+)+$/u.test(text) && areas.has(text.split(".")[0]);
const place = ({ name, line, text }) => `${name}:${line} ${JSON.stringify(text.replaceAll("\u0001", "${…}"))}`;
/** The keys that a literal may stand for: several where a part is put in. */
const keysOf = ({ text }) => {
    const parts = text.split("\u0001").map((part) => part.replace(/[.*+?^${}()|[\]\\]/gu, "\\$&"));
    const pattern = new RegExp(`^${parts.join("[^.]+")}$`, "u");
    return Object.keys(WORDS).filter((key) => pattern.test(key));
};

test("every key that is said has its words", () => {
    const unknown = spoken.filter((one) => isKey(one) && one.callee === "say" && keysOf(one).length === 0);
    assert.deepEqual(unknown.map(place), []);
    for (const { id, group, isCommand } of SHORTCUTS) {
        for (const key of [`keys.word.${id}`, `keys.group.${group}`, ...(isCommand ? [`keys.command.${id}`] : [])]) {
            assert.ok(key in WORDS, key);
        }
    }
});

test("every word is said somewhere", () => {
    const used = new Set(spoken.filter(isKey).flatMap(keysOf));
    assert.deepEqual(Object.keys(WORDS).filter((key) => !used.has(key)), []);
});

/** Names of classes: strings of nothing but them are no words. */
const classes = new Set(readdirSync(new URL("css/", web)).flatMap((name) => (
    [...readFileSync(new URL(`css/${name}`, web), "utf8").matchAll(/\.([a-z][\w-]*)/gu)].map(([, one]) => one))));

/** What is a name and not a word: of keys, of headers, of browsers and systems, of drawings, of this page. */
const NAMES = new Set([
    "ArrowDown", "ArrowUp", "ArrowLeft", "ArrowRight", "Arrow", "Escape", "Esc", "Enter", "Home", "End", "Tab",
    "Delete", "Backspace", "Space", "PageUp", "PageDown", "Ctrl+k", "Shift", "Accept", "Content-Type",
    "Idempotency-Key", "If-Match", "Retry-After", "X-Request-Id", "Errand-Undo", "Errand", "Problem",
    "PushManager", "Notification",
    "Edge", "Opera", "Firefox", "Chrome", "Safari", "Android", "Windows", "Mac", "Chromebook", "Linux", "English",
    "Deutsch", "Arab", "Hebr", "Syrc", "Thaa", "Nkoo", "Adlm", "Rohg", "Infinity", "(pointer: coarse)", "Last",
    "English (United States)", "English (United Kingdom)", "(#work | #home) & p1 & due before: friday",
]);

/** Scripts whose strings are of the language of filters, which the server reads. */
const FOR_THE_SERVER = new Set(["lib/filter-words.js", "store/conditions.js"]);

/** Properties of elements and of parts of the page that people read or hear. */
const READ = new Set([
    "aria-label", "aria-roledescription", "aria-description", "aria-valuetext", "title", "placeholder", "label", "alt",
    "hint", "heading", "summary", "submit", "toggle", "intro", "message", "text", "detail", "words", "notice",
]);

/** Properties and calls that nobody reads. */
const SILENT = new Set(["data-testid", "class", "rel", "Accept"]);
const SILENT_CALLS = new Set(["querySelector", "querySelectorAll", "closest", "matches", "matchMedia"]);

/** Calls that say something, and which of their arguments is said; -1 is any of them from the third on. */
const TELL = Object.freeze({
    h: -1, setText: 1, setError: 0, setHint: 0, announce: 0, confirm: 0, prompt: 0, alert: 0, "#say": 0, "#note": 1,
});

function isSaid({ callee, argument, property, before }) {
    if (callee === "say" && argument === 0 && property === "") return true;
    if (READ.has(property) && callee !== "say") return true;
    if (/\b(?:textContent|innerText|ariaLabel|title|placeholder)\s*=\s*(?:[^;]*\?[^;]*)?$/u.test(before)) return true;
    const at = TELL[callee];
    return property === "" && at !== undefined && (at < 0 ? argument >= 2 : argument === at);
}

/** @returns {boolean} whether a literal is for people and not out of a table */
function isUntranslated(one) {
    const text = one.text.replaceAll("\u0001", "");
    if (!/\p{L}/u.test(text) || isKey(one) || NAMES.has(text.trim()) || /^https?:\/\//u.test(text)) return false;
    if (SILENT_CALLS.has(one.callee) || /Error$/u.test(one.callee) || /[!=]==\s*$/u.test(one.before)) return false;
    if (text === one.property || SILENT.has(one.property) || FOR_THE_SERVER.has(one.name)) return false;
    const isPart = (one.isInTemplate || one.isInArray) && /^[a-z][\w-]*$/u.test(text);
    if (isPart || Array.from(text.trim()).length === 1) return false;
    const words = text.split(/\s+/u).filter(Boolean);
    if (isSaid(one) && !(words.length === 1 && /^[a-z][\w-]*$/u.test(words[0]) && one.property === "text")) return true;
    if (words.every((word) => classes.has(word))) return false;
    const isSentence = /\p{L}{2,}[.,:;!?…]?\s+\p{L}{2,}/u.test(text) && !/^[a-z]+(?:-[a-z]+)*(?: [a-z]+)?=/u.test(text);
    return isSentence || (words.length === 1 && /^\p{Lu}\p{Ll}{2,}[.!?…]?$/u.test(words[0]));
}

test("no word for people stands outside of the tables", () => {
    assert.deepEqual(spoken.filter(isUntranslated).map(place), []);
});

test("the check sees what it is to see", () => {
    const seen = (code) => literals(code).map((one) => ({ ...one, name: "x" })).filter(isUntranslated)
        .map(({ text }) => text);
    assert.deepEqual(seen('h("p", { class: "due late", title: "late" }, "overdue", ` of ${count}`);'),
        ["late", "overdue", " of \u0001"]);
    assert.deepEqual(seen('a.textContent = isOn ? "Hide" : "Show"; this.announce(`gone`);'), ["Hide", "Show", "gone"]);
    assert.deepEqual(seen('const WORDS = { offline: "You are offline", label: "name" }; // not "this one"'),
        ["You are offline", "name"]);
    assert.deepEqual(seen('core.say(`Added “${title}”.${rest}`); field({ label: say("lists.open"), hint: "" })'),
        ["Added “\u0001”.\u0001"]);
    assert.deepEqual(seen('x.match(/no words here/u); x.setAttribute("aria-label", say("lists.open"));'), []);
});
