/**
 * Holds scripts against copies of them without comments: same tokens, and between the same tokens ends of lines.
 * `node --expose-internals same-tokens.cjs FOLDER COPIES`; the parser is the one that Node.js has for itself.
 */

"use strict";

const { readdirSync, readFileSync } = require("node:fs");
const { join } = require("node:path");
const { tokenizer } = require("internal/deps/acorn/acorn/dist/acorn");

/** @returns {string[]} each token, with a mark where a line ends before it */
function tokens(path, sourceType) {
    const text = readFileSync(path, "utf8");
    let end = 0;
    return [...tokenizer(text, { ecmaVersion: "latest", sourceType })].map((token) => {
        const isFirst = end === 0 || !/[\n\r\u2028\u2029]/u.test(text.slice(end, token.start));
        end = token.end;
        return `${isFirst ? "" : "⏎"}${token.type.label} ${text.slice(token.start, token.end)}`;
    });
}

const [, , folder, copies] = process.argv;
for (const name of readdirSync(copies, { recursive: true })) {
    if (!name.endsWith(".js")) continue;
    const sourceType = name === "sw.js" ? "script" : "module";
    const [wanted, found] = [folder, copies].map((root) => tokens(join(root, name), sourceType));
    const at = wanted.findIndex((token, number) => token !== found[number]);
    if (at < 0 && wanted.length === found.length) continue;
    process.stderr.write(`${name}: ${wanted[at]} became ${found[at]}\n`);
    process.exitCode = 1;
}
