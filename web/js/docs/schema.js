// JSON Schema as a tree that people can read.

import { el, inline } from "./element.js";

/** Follows a reference inside the document; the description beside it wins. */
export function resolve(root, node) {
    let description;
    let current = node;
    while (current && current.$ref) {
        description ??= current.description;
        current = current.$ref.slice(2).split("/").reduce(
            (at, key) => at?.[key.replace(/~1/g, "/").replace(/~0/g, "~")],
            root,
        );
    }
    return description && current ? { ...current, description } : current ?? {};
}

const nameOf = (node) => node?.$ref?.split("/").pop();
const isNull = (node) => node.type === "null";

/** The alternatives of a schema without null, and whether null is one of them. */
function alternatives(root, schema) {
    const all = schema.oneOf ?? schema.anyOf;
    if (!all || !all.some((one) => one.$ref || one.type)) return { list: [], nullable: false };
    const list = all.filter((one) => !isNull(resolve(root, one)));
    return { list, nullable: list.length < all.length };
}

/** "string (uuid) or null", "array of Task"… */
export function typeText(root, node) {
    const schema = resolve(root, node);
    const { list, nullable } = alternatives(root, schema);
    const withNull = (text) => (nullable ? `${text} or null` : text);
    if (list.length) return withNull([...new Set(list.map((one) => typeText(root, one)))].join(" or "));
    const types = [schema.type ?? []].flat();
    if (types.includes("array")) return `array of ${typeText(root, schema.items ?? {})}`;
    if (types.includes("object")) return nameOf(node) ?? "object";
    const text = types.join(" or ") || (schema.const !== undefined ? typeof schema.const : "any");
    return schema.format ? `${text} (${schema.format})` : text;
}

function span(low, high, unit) {
    const text = rangeText(low, high);
    return text && `${text}${unit}`;
}

function rangeText(low, high) {
    if (low !== undefined && low === high) return `exactly ${low}`;
    if (low !== undefined && high !== undefined) return `${low} to ${high}`;
    if (high !== undefined) return `at most ${high}`;
    return low !== undefined ? `at least ${low}` : null;
}

/** The limits of a value, as short texts and code. */
export function limits(root, node) {
    let schema = resolve(root, node);
    const { list } = alternatives(root, schema);
    if (list.length === 1) schema = resolve(root, list[0]);
    const safe = (number) => (Math.abs(number) > 1e15 ? undefined : number);
    const parts = [
        span(schema.minLength, schema.maxLength, " characters"),
        span(schema.minimum, safe(schema.maximum ?? Infinity), ""),
        span(schema.minItems, schema.maxItems, " entries"),
        schema.uniqueItems ? "no entry twice" : null,
        schema.minProperties ? `at least ${schema.minProperties} member` : null,
    ].filter(Boolean).map((text) => el("span", {}, text));
    const values = schema.const !== undefined ? [schema.const] : schema.enum ?? resolve(root, schema.items ?? {}).enum;
    if (values) parts.unshift(el("span", { class: "values" }, values.map((value) => el("code", {}, String(value)))));
    if (schema.default !== undefined) parts.push(el("span", {}, "default ", el("code", {}, String(schema.default))));
    if (schema.pattern) parts.push(el(
        "details",
        { class: "pattern" },
        el("summary", {}, "pattern"),
        el("code", {}, schema.pattern),
    ));
    return parts.length ? el("div", { class: "limits" }, parts) : null;
}

/** What can be unfolded below a value: members or alternatives. */
function children(root, node, trail) {
    const name = nameOf(node);
    if (name && trail.includes(name)) return [];
    const path = name ? [...trail, name] : trail;
    const schema = resolve(root, node);
    if (schema.type === "array") return children(root, schema.items ?? {}, path);
    const { list } = alternatives(root, schema);
    if (list.length === 1) return children(root, list[0], path);
    const foldable = list.filter((one) => resolve(root, one).properties || resolve(root, one).oneOf);
    if (foldable.length) {
        return foldable.map((one) => {
            const inner = resolve(root, one);
            return { label: el(
                "span",
                { class: "variant" },
                inner.title ?? nameOf(one) ?? "alternative",
            ), node: one, required: false, path, variant: true };
        });
    }
    return Object.entries(schema.properties ?? {}).map(([key, value]) => ({
        label: el("code", { class: "member" }, key),
        node: value,
        required: (schema.required ?? []).includes(key),
        path,
    }));
}

function row(root, entry, depth, showRequired) {
    const schema = resolve(root, entry.node);
    const below = children(root, entry.node, entry.path);
    const head = [
        entry.label,
        entry.variant ? null : el("span", { class: "type" }, typeText(root, entry.node)),
        showRequired && entry.required ? el("span", { class: "required" }, "required") : null,
    ];
    const notes = [
        schema.description ? el("p", {}, inline(schema.description)) : null,
        below.length ? null : limits(root, entry.node),
    ];
    if (!below.length) return el("li", {}, el("div", { class: "line" }, head), notes);
    return el("li", {}, el("details", { open: depth < 1 && entry.variant },
        el("summary", { class: "line" }, head), notes, branch(root, below, depth + 1, showRequired)));
}

function branch(root, entries, depth, showRequired) {
    return el("ul", { class: "tree" }, entries.map((entry) => row(root, entry, depth, showRequired)));
}

/** The tree of a schema. `showRequired` marks required members (for requests). */
export function schemaTree(root, node, showRequired) {
    const entries = children(root, node, []);
    if (entries.length) return branch(root, entries, 0, showRequired);
    return el("p", { class: "plain-type" }, el("span", { class: "type" }, typeText(root, node)), limits(root, node));
}
