// One operation of the API.

import { el, inline, prose } from "./element.js";
import { codeBlock, curl, exampleOf, jsonBlock } from "./example.js";
import { limits, resolve, schemaTree, typeText } from "./schema.js";

const PLACES = { path: "Path", query: "Query", header: "Headers", cookie: "Cookies" };
const COMMON = new Set(["X-Request-Id", "RateLimit", "RateLimit-Policy"]);

export const badge = (method) => el("span", { class: `method ${method}` }, method.toUpperCase());

/** A path whose parameters stand out and that may break after each slash. */
function pathText(path) {
    return path.split(/(\{\w+\}|\/)/).filter(Boolean).flatMap((part) => {
        if (part === "/") return ["/", el("wbr")];
        return part.startsWith("{") ? [el("var", {}, part)] : [part];
    });
}

function parameterTables(root, operation) {
    const all = (operation.parameters ?? []).map((one) => resolve(root, one));
    return Object.entries(PLACES).map(([place, title]) => {
        const list = all.filter((one) => one.in === place);
        if (!list.length) return null;
        return el("table", {},
            el("caption", {}, title),
            el(
                "thead",
                {},
                el("tr", {}, el("th", { scope: "col" }, "Name and type"), el("th", { scope: "col" }, "Meaning")),
            ),
            el("tbody", {}, list.map((one) => el("tr", {},
                el("th", { scope: "row" },
                    el("code", { class: "member" }, one.name), one.required ? el(
                        "span",
                        { class: "required" },
                        "required",
                    ) : null,
                    el("div", { class: "type" }, typeText(root, one.schema))),
                el("td", {}, el("p", {}, inline(one.description ?? "")), limits(root, one.schema))))));
    });
}

function requestBody(root, operation) {
    const body = operation.requestBody;
    if (!body) return null;
    const types = Object.keys(body.content);
    // A file, as it is, has no members.
    const media = body.content["application/json"];
    return el("section", {},
        el(
            "h4",
            {},
            "Request body",
            el("span", { class: "note" }, `${types.join(" or ")}${body.required ? "" : ", optional"}`),
        ),
        el("p", {}, inline(body.description ?? "")),
        media ? schemaTree(root, media.schema, true) : null);
}

function headerList(root, headers) {
    const list = Object.entries(headers ?? {}).filter(([name]) => !COMMON.has(name));
    if (!list.length) return null;
    return el("dl", { class: "headers" }, list.map(([name, header]) => [
        el("dt", {}, el("code", {}, name)),
        el("dd", {}, inline(resolve(root, header).description ?? "")),
    ]));
}

function responseRow(root, status, reference) {
    const response = resolve(root, reference);
    const good = status < "400";
    const media = Object.entries(response.content ?? {})[0];
    const example = media ? exampleOf(root, media[1]) : undefined;
    return el("details", { class: `response ${good ? "good" : "bad"}` },
        el("summary", {}, el("span", { class: "status" }, status), el("span", {}, inline(response.description ?? ""))),
        el("div", { class: "response-body" },
            headerList(root, response.headers),
            media ? el(
                "p",
                { class: "note" },
                media[0],
                " · ",
                typeText(root, media[1].schema),
            ) : el("p", { class: "note" }, "No body."),
            good && media ? schemaTree(root, media[1].schema, false) : null,
            example !== undefined ? jsonBlock("Example", example) : null));
}

function rights(operation) {
    const scopes = operation["x-errand-scope"] ?? [];
    if (scopes.includes("session")) return el("span", { class: "right" }, "session only");
    if (!scopes.length) return el(
        "span",
        { class: "right open" },
        operation.security?.length ? "access or refresh token" : "no sign-in",
    );
    return scopes.map((scope) => el("span", { class: "right" }, scope));
}

/** The article of an operation; its id is the operationId. */
export function operationArticle(root, { method, path, operation }) {
    const id = operation.operationId;
    const body = exampleOf(root, operation.requestBody?.content["application/json"]);
    // The scope is shown as a label, so its sentence need not be repeated.
    const text = operation.description.replace(/\n\n(Scope: .*|Needs a session: .*)$/s, "");
    return el("article", { id, class: "operation", tabindex: "-1" },
        el("header", {},
            el(
                "h3",
                {},
                operation.summary,
                el("a", { class: "anchor", href: `#${id}`, "aria-label": `Link to ${operation.summary}` }, "#"),
            ),
            el(
                "div",
                { class: "endpoint" },
                badge(method),
                el("code", { class: "path" }, pathText(path)),
                el("span", { class: "rights" }, rights(operation)),
            )),
        el("div", { class: "columns" },
            el("div", { class: "words" },
                prose(text),
                operation.parameters ? el(
                    "section",
                    {},
                    el("h4", {}, "Parameters"),
                    parameterTables(root, operation),
                ) : null,
                requestBody(root, operation),
                el(
                    "section",
                    {},
                    el("h4", {}, "Responses"),
                    Object.entries(operation.responses).map(([status, response]) => responseRow(
                        root,
                        status,
                        response,
                    )),
                )),
            el("div", { class: "samples" },
                codeBlock("curl", curl(root, method, path, operation)),
                body !== undefined && operation.requestBody.required ? jsonBlock("Request", body) : null,
                firstReply(root, operation))));
}

function firstReply(root, operation) {
    const order = Object.keys(operation.responses).filter((status) => status < "300").sort().reverse();
    for (const status of order) {
        const content = resolve(root, operation.responses[status]).content;
        const example = exampleOf(root, content?.["application/json"]);
        if (example !== undefined) return jsonBlock(`Reply ${status}`, example);
    }
    return null;
}
