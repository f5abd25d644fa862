import assert from "node:assert/strict";
import { test } from "node:test";

import { highlighted, soughtWords } from "../../web/js/lib/highlight.js";
import { parseMarkdown } from "../../web/js/lib/markdown.js";
import { plainText } from "../../web/js/lib/plain.js";

test("a text without marks is itself", () => {
    for (const one of ["", "Buy milk", "Two\nlines", "  kept  ", "1. first", "a < b (c) & d!"]) {
        assert.equal(plainText(one), one);
    }
});

test("marks within a line go, their words stay", () => {
    for (const [markdown, words] of [
        ["Ask for **seven candles**.", "Ask for seven candles."], ["*so* and _so_", "so and so"],
        ["***both***", "both"], ["~~gone~~ here", "gone here"], ["run `swift *x*` now", "run swift *x* now"],
        ["[The bakery](https://example.org/a_b_c)", "The bakery"], ["![A map](https://example.org/m.png)!", "A map!"],
        ["[mail](mailto:a@example.org)", "mail"], ["**[x](https://example.org)**", "x"],
        ["\\*not\\* so", "*not* so"], ["**bold *and* more**", "bold and more"], ["**two\nlines**", "two\nlines"],
        ["see https://example.org/a_b_c_d and *this*", "see https://example.org/a_b_c_d and this"],
        ["*https://example.org*", "https://example.org"], ["_https://example.org_", "https://example.org"],
    ]) assert.equal(plainText(markdown), words, markdown);
});

test("what is no mark stays", () => {
    for (const one of [
        "2 * 3 * 4", "snake_case_name", "a ** b ** c", "[x](javascript:alert(1))", "[x](notes)", "[]()", "[ ] alone",
        "an `open end", "**open", "x ~ y ~ z", "#tag", "-5 degrees", "C:\\temp", "array[0](call)", "__init__",
        "**one\n\ntwo**", "*one\ntwo*", "a > b", "+49 30 1234", "*", "**", "``", "![](x)", "-", "- ",
    ]) assert.equal(plainText(one), one.trim(), one);
});

test("blocks are their words, a list item has a bullet, one to tick a box", () => {
    assert.equal(plainText("# Cake\n\n## With hashes ##\ntext"), "Cake\n\nWith hashes\ntext");
    assert.equal(plainText("- lemon\n* **lime**\n+ salt"), "• lemon\n• lime\n• salt");
    assert.equal(plainText("- [ ] open\n- [x] done\n- [X] too"), "☐ open\n☑ done\n☑ too");
    assert.equal(plainText("> said\n> - and *listed*\n>> deep"), "said\n• and listed\ndeep");
    assert.equal(plainText("a\n\n---\n\n* * *\nb"), "a\n\n\n\n\nb");
    assert.equal(plainText("```js\nconst *a* = `b`;\n```\nafter *it*"), "const *a* = `b`;\n\nafter it");
    assert.equal(plainText("1. **one**\r\n2. two\r\n"), "1. one\r\n2. two");
    assert.equal(plainText("- # heading in a list"), "• heading in a list");
    assert.equal(plainText("---"), "");
});

test("it shows the words that the panel shows", () => {
    const words = (blocks) => blocks.map((one) => {
        if (one.kind === "list") return one.items.map(({ blocks: inner }) => words(inner)).join(" ");
        if (one.kind === "quote") return words(one.blocks);
        return one.parts ? inline(one.parts) : one.text ?? "";
    }).join(" ");
    const inline = (parts) => parts.map((one) => one.text ?? inline(one.parts)).join("");
    const bare = (text) => text.replace(/[•☐☑]/gu, "").replace(/\s+/gu, " ").trim();
    for (const one of [
        "# Plan\n\nAsk **Ann** or *Bob* at `12:00`.\n\n- [ ] [map](https://example.org)\n- [x] ~~bus~~ train\n\n> _so_",
        "a*b*c and d_e_f, 5*6", "**a** *b* **c** *d*", "Call [Ann](mailto:ann@example.org), \\_then\\_ go",
    ]) assert.equal(bare(plainText(one)), bare(words(parseMarkdown(one))), one);
});

test("a search is marked in what is left", () => {
    const pieces = highlighted(plainText("Ask for **seven candles** at [the bakery](https://example.org)"),
        soughtWords("candles bak"));
    assert.deepEqual(pieces.filter(({ isMatch }) => isMatch).map(({ text }) => text), ["candles", "bak"]);
});

test("no text takes long", () => {
    const hostile = [
        "[", "]", "](", "[a](", "[a](https://", "[a](https://b", "*", "**", "**a", "a**", "*a ", "_", "_a", "~~", "~~a",
        "`", "`a\n", "``", "\\", "> ", ">", "- ", "- [ ] ", "# ", "#", "h", "http://", "https://a_", "\n", " ", "\t",
        "- -", "* * ", "_ _ ", "```\n", "~~~", "[x](mailto:", "![", "*a\n", "a_b*c~~d`e[f](",
    ];
    const start = performance.now();
    for (const one of hostile) {
        const text = one.repeat(10_000);
        assert.ok(plainText(text).length <= text.length + 20_000, one);
        plainText(`${text}x`);
        plainText(`- ${text}\n${text} #`);
    }
    const taken = performance.now() - start;
    assert.ok(taken < 3_000, `${taken} ms`);
    // Ten times the text is about ten times the time, not a hundred times.
    const time = (/** @type {string} */ text) => {
        const began = performance.now();
        plainText(text);
        return performance.now() - began;
    };
    for (const one of ["[", "**a", "- ", "](", "`", " "]) {
        plainText(one.repeat(1_000));
        assert.ok(time(`*${one.repeat(100_000)}`) < 500, one);
    }
});

test("letters beyond the first plane come through whole", () => {
    assert.equal(plainText("**🎂 cake** for *Ünal* 𝒳 y"), "🎂 cake for Ünal 𝒳 y");
});
