// Examples: JSON, and the curl line that sends it.

import { el } from "./element.js";
import { resolve } from "./schema.js";

/** The first example of a media type, or of its schema. */
export function exampleOf(root, media) {
    if (!media) return undefined;
    if (media.example !== undefined) return media.example;
    const [first] = Object.values(media.examples ?? {});
    if (first) return first.value;
    return resolve(root, media.schema).examples?.[0];
}

const quote = (text) => `'${text.replaceAll("'", "'\\''")}'`;

/** A curl command for an operation; `$TOKEN` stands for the access token. */
export function curl(root, method, path, operation) {
    const parameters = (operation.parameters ?? []).map((one) => resolve(root, one));
    const filled = path.replace(/\{(\w+)\}/g, (whole, name) => {
        const example = parameters.find((one) => one.in === "path" && one.name === name)?.example;
        return example === undefined ? whole : encodeURIComponent(String(example));
    });
    const parts = [`curl${method === "get" ? "" : ` -X ${method.toUpperCase()}`} ${quote(location.origin + filled)}`];
    if (operation.security?.some((one) => "bearer" in one)) parts.push('-H "Authorization: Bearer $TOKEN"');
    const body = exampleOf(root, operation.requestBody?.content["application/json"]);
    if (body !== undefined && operation.requestBody.required) {
        parts.push("-H 'Content-Type: application/json'", `-d ${quote(JSON.stringify(body))}`);
    } else if (operation.requestBody && !operation.requestBody.content["application/json"]) {
        parts.push("--data-binary @FILE");
    }
    return parts.join(" \\\n  ");
}

/** Copies text; selects it where the clipboard is out of reach. */
async function copy(button, code) {
    try {
        await navigator.clipboard.writeText(code.textContent);
        button.textContent = "Copied";
    } catch {
        getSelection().selectAllChildren(code);
        button.textContent = "Selected";
    }
    setTimeout(() => { button.textContent = "Copy"; }, 1600);
}

/** A block of code with a button that copies it. */
export function codeBlock(title, text) {
    const code = el("code", {}, text);
    const attributes = { type: "button", class: "docs-button", "aria-label": `Copy: ${title}`, "aria-live": "polite" };
    const button = el("button", { ...attributes, onclick: () => copy(button, code) }, "Copy");
    return el("figure", { class: "code" },
        el("figcaption", {}, el("span", {}, title), button),
        el("pre", { tabindex: "0" }, code));
}

export const jsonBlock = (title, value) => codeBlock(title, JSON.stringify(value, null, 2));
