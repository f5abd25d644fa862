import assert from "node:assert/strict";
import { test } from "node:test";
import { parseMarkdown, safeAddress } from "../../web/js/lib/markdown.js";

const line = (text) => parseMarkdown(text)[0].parts;
const text = (words) => ({ kind: "text", text: words });

test("blocks are told apart", () => {
    const kinds = parseMarkdown("# A\n\nwords\nmore\n\n- one\n- two\n\n1. x\n\n> said\n\n```\ncode\n```\n\n---");
    assert.deepEqual(kinds.map(({ kind }) => kind), ["heading", "paragraph", "list", "list", "quote", "code", "rule"]);
});

test("check boxes are seen, and lists lie in lists", () => {
    const [list] = parseMarkdown("- [x] done\n- [ ] open\n  - below");
    assert.deepEqual(list.items.map(({ checked }) => checked), [true, false]);
    assert.equal(list.items[1].blocks[1].kind, "list");
});

test("emphasis, code and escapes", () => {
    assert.deepEqual(line("a **b** *c* `d*` \\*e"), [
        text("a "), { kind: "strong", parts: [text("b")] }, text(" "), { kind: "em", parts: [text("c")] }, text(" "),
        { kind: "code", text: "d*" }, text(" "), text("*"), text("e"),
    ]);
    assert.deepEqual(line("snake_case_name"), [text("snake_case_name")]);
});

test("bare addresses become links, without the end of the sentence", () => {
    const [, link, rest] = line("See https://example.com/a?b=1.");
    assert.deepEqual(link, {
        kind: "link", href: "https://example.com/a?b=1", parts: [text("https://example.com/a?b=1")],
    });
    assert.deepEqual(rest, text("."));
});

test("only harmless addresses are links; HTML is text", () => {
    for (const bad of ["javascript:alert(1)", "JaVaScRiPt:x", "data:text/html,x", "/path", "https://a:b@c.d"]) {
        assert.equal(safeAddress(bad), null, bad);
    }
    const [paragraph] = parseMarkdown("[x](javascript:alert) <img src=x onerror=alert>");
    assert.deepEqual(paragraph.parts, [text("[x](javascript:alert) <img src=x onerror=alert>")]);
    assert.equal(safeAddress("mailto:a@example.com"), "mailto:a@example.com");
});

test("hostile text takes no time and loses nothing of what lies behind the limit", () => {
    const start = performance.now();
    for (const one of ["> ", "*", "**a", "[", "`", "- ", "_a", "https://", "~~a", "  - a\n"]) {
        parseMarkdown(one.repeat(10_000));
    }
    assert.ok(performance.now() - start < 2_000);
    assert.equal(parseMarkdown(`${"a".repeat(10_000)}END`)[1].parts[0].text, "END");
});
