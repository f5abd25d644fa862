/** What the scripts of the page say: every literal, with the call and the property that it stands in. */

import { readdirSync, readFileSync } from "node:fs";

export const web = new URL("../../web/", import.meta.url);

/** @returns {string[]} paths below js/ of what runs in the page, without tables of words and the page of the API */
export function pageScripts() {
    return readdirSync(new URL("js/", web), { recursive: true })
        .map((name) => String(name).replaceAll("\\", "/"))
        .filter((name) => name.endsWith(".js") && !name.startsWith("docs/") && !/^words\/\w\w\//u.test(name)).sort();
}

/** @param {string} name @returns {string} */
export function source(name) { return readFileSync(new URL(`js/${name}`, web), "utf8"); }

/**
 * @typedef {{text: string, line: number, callee: string, argument: number, property: string, before: string,
 *   isInTemplate: boolean, isInArray: boolean}} Literal `callee` and `argument`: of the innermost call; `property`: of
 *   the innermost object in it, "" where there is none; `text` has "\u0001" where a template has a value;
 *   `isInTemplate`: it is such a value
 */

const BEFORE_PATTERN = /(?:^|[(,=:[!&|?{};+\-*%<>~^]|\breturn|\btypeof|=>)\s*$/u;

/**
 * Reads a script as far as its literals go.
 * @param {string} code
 * @returns {Literal[]}
 */
export function literals(code) {
    /** @type {Literal[]} */
    const found = [];
    /** @type {{open: string, callee: string, argument: number, property: string}[]} */
    const stack = [{ open: "", callee: "", argument: 0, property: "" }];
    let plain = "";
    let at = 0;
    const line = (/** @type {number} */ place) => code.slice(0, place).split("\n").length;
    const put = (/** @type {string} */ text, /** @type {number} */ place) => {
        const call = stack.findLast(({ open }) => open === "(") ?? stack[0];
        const isInTemplate = stack.findLast(({ open }) => open === "(" || open === "`")?.open === "`";
        const top = /** @type {any} */ (stack.at(-1));
        const property = top.open === "{" ? top.property : stack.at(-1) === call ? "" : stack.findLast(
            ({ open }) => open === "{")?.property ?? "";
        found.push({
            text, line: line(place), callee: call.callee, argument: call.argument, property, isInTemplate,
            isInArray: top.open === "[", before: plain.slice(-60),
        });
    };
    /** Reads a template from behind its first quote; what stands in its values is read as well. */
    const template = () => {
        const start = at;
        let text = "";
        while (at < code.length && code[at] !== "`") {
            if (code[at] === "\\") { text += code[at + 1]; at += 2; } else if (code.startsWith("${", at)) {
                at += 2;
                text += "\u0001";
                stack.push({ open: "`", callee: "", argument: 0, property: "" });
                read("}");
                stack.pop();
                at += 1;
            } else { text += code[at]; at += 1; }
        }
        at += 1;
        put(text, start);
        plain += "\"\"";
    };
    /** @param {string} end where to stop, at the depth of the beginning */
    function read(end) {
        const depth = stack.length;
        while (at < code.length) {
            const letter = code[at];
            if (letter === end && stack.length === depth) return;
            if (code.startsWith("//", at)) at = code.indexOf("\n", at) < 0 ? code.length : code.indexOf("\n", at);
            else if (code.startsWith("/*", at)) at = code.indexOf("*/", at) + 2;
            else if (letter === "\"" || letter === "'") {
                const start = at;
                let text = "";
                for (at += 1; code[at] !== letter; at += 1) {
                    const escape = /^\\(?:u\{?([0-9a-f]+)\}?|.)/iu.exec(code.slice(at, at + 12));
                    const coded = escape?.[1] && String.fromCodePoint(Number.parseInt(escape[1], 16));
                    text += coded ?? code[at + (escape ? 1 : 0)];
                    if (escape) at += escape[0].length - 1;
                }
                at += 1;
                const isName = /^\s*:(?!:)/u.test(code.slice(at)) && stack.at(-1)?.open === "{"
                    && /[{,]\s*$/u.test(plain);
                if (isName) /** @type {any} */ (stack.at(-1)).property = text;
                else put(text, start);
                plain += "\"\"";
            } else if (letter === "`") { at += 1; template(); } else if (letter === "/" && BEFORE_PATTERN.test(plain)) {
                for (at += 1; code[at] !== "/"; at += 1) {
                    if (code[at] === "\\") at += 1;
                    else if (code[at] === "[") while (code[at] !== "]") at += code[at] === "\\" ? 2 : 1;
                }
                at += 1;
                plain += "0";
            } else {
                if ("([{".includes(letter)) {
                    const callee = letter === "(" ? /([#\w$]+)\s*$/u.exec(plain)?.[1] ?? "" : "";
                    stack.push({ open: letter, callee, argument: 0, property: "" });
                } else if (")]}".includes(letter)) stack.pop();
                else if (letter === ",") {
                    const top = /** @type {any} */ (stack.at(-1));
                    if (top.open === "(") top.argument += 1;
                    top.property = "";
                } else if (letter === ":" && stack.at(-1)?.open === "{" && !stack.at(-1)?.property) {
                    /** @type {any} */ (stack.at(-1)).property = /[{,]\s*([\w$]+)\s*$/u.exec(plain)?.[1] ?? "";
                }
                plain += letter;
                at += 1;
            }
        }
    }
    read("");
    return found;
}
