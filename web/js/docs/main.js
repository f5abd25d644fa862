// The API reference: loads /openapi.json and shows it.

import { el, prose } from "./element.js";
import { badge, operationArticle } from "./operation.js";

const METHODS = ["get", "post", "put", "patch", "delete"];
const $ = (id) => document.getElementById(id);

function operationsOf(root) {
    return Object.entries(root.paths).flatMap(([path, item]) =>
        METHODS.filter((method) => item[method]).map((method) => ({ method, path, operation: item[method] })));
}

function render(root) {
    const entries = operationsOf(root);
    const sections = [];
    const groups = [];
    for (const tag of root.tags) {
        const own = entries.filter((entry) => entry.operation.tags.includes(tag.name));
        for (const entry of own) {
            entry.article = operationArticle(root, entry);
            entry.link = el(
                "a",
                { href: `#${entry.operation.operationId}`, title: entry.path },
                badge(entry.method),
                el("span", {}, entry.operation.summary),
            );
            entry.item = el("li", {}, entry.link);
            entry.words = [
                entry.method,
                entry.path,
                entry.operation.operationId,
                entry.operation.summary,
                entry.operation.description,
                tag.name,
            ].join(" ").toLowerCase();
        }
        const group = el("section", {}, el("h2", {}, tag.name), el("ul", {}, own.map((entry) => entry.item)));
        const section = el(
            "section",
            { class: "group", "aria-label": tag.name },
            el("h2", {}, tag.name),
            el("p", { class: "lead" }, tag.description),
            own.map((entry) => entry.article),
        );
        groups.push({ own, group, section });
        sections.push(section);
    }
    const intro = el("header", { class: "intro" },
        el("h1", {}, `${root.info.title} API`),
        el("p", { class: "note" }, `Version ${root.info.version} · OpenAPI ${root.openapi}`),
        prose(root.info.description));
    const nothing = el("p", { class: "nothing", hidden: true }, "No operation matches the filter.");
    $("nav").replaceChildren(...groups.map((one) => one.group));
    $("content").replaceChildren(intro, nothing, ...sections);
    return { entries, groups, intro, nothing };
}

function filterBy(view, text) {
    const words = text.toLowerCase().split(/\s+/).filter(Boolean);
    for (const entry of view.entries) {
        const hit = words.every((word) => entry.words.includes(word));
        entry.article.hidden = entry.item.hidden = !hit;
    }
    for (const { own, group, section } of view.groups) {
        group.hidden = section.hidden = own.every((entry) => entry.item.hidden);
    }
    view.intro.hidden = words.length > 0;
    view.nothing.hidden = view.groups.some(({ section }) => !section.hidden);
}

function setUpFilter(view) {
    const box = $("filter");
    box.disabled = false;
    box.addEventListener("input", () => {
        filterBy(view, box.value);
        scrollTo(0, 0);
    });
    document.addEventListener("keydown", (event) => {
        if (event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && document.activeElement !== box) {
            event.preventDefault();
            box.focus();
        } else if (event.key === "Escape" && document.activeElement === box) {
            box.value = "";
            filterBy(view, "");
        }
    });
}

function setUpContents() {
    const button = $("contents");
    const show = (open) => {
        button.setAttribute("aria-expanded", String(open));
        $("nav").classList.toggle("open", open);
    };
    button.addEventListener("click", () => show(button.getAttribute("aria-expanded") !== "true"));
    $("nav").addEventListener("click", (event) => { if (event.target.closest("a")) show(false); });
}

/** Marks the operation that is being read. */
function setUpMarker(view) {
    const visible = new Set();
    const mark = () => {
        const current = view.entries.find((entry) => visible.has(entry.article));
        for (const entry of view.entries) {
            if (entry === current) entry.link.setAttribute("aria-current", "true");
            else entry.link.removeAttribute("aria-current");
        }
        if (current && matchMedia("(min-width: 60rem)").matches) current.link.scrollIntoView({ block: "nearest" });
    };
    const observer = new IntersectionObserver((changes) => {
        for (const change of changes) visible[change.isIntersecting ? "add" : "delete"](change.target);
        mark();
    }, { rootMargin: "-80px 0px -60% 0px" });
    for (const entry of view.entries) observer.observe(entry.article);
}

/** Goes to the operation that the address names, also when a filter hides it. */
function follow(view) {
    const id = decodeURIComponent(location.hash.slice(1));
    const entry = view.entries.find((one) => one.operation.operationId === id);
    if (!entry) return;
    if (entry.article.hidden) {
        $("filter").value = "";
        filterBy(view, "");
    }
    document.title = `${entry.operation.summary} · Errand API`;
    entry.article.scrollIntoView();
    entry.article.focus({ preventScroll: true });
}

async function start() {
    try {
        const response = await fetch("/openapi.json", { headers: { Accept: "application/json" } });
        if (!response.ok) throw new Error(`The server answered ${response.status}.`);
        const view = render(await response.json());
        setUpFilter(view);
        setUpContents();
        setUpMarker(view);
        follow(view);
        addEventListener("hashchange", () => follow(view));
    } catch (error) {
        $("content").replaceChildren(el(
            "p",
            { role: "alert" },
            `The document cannot be shown. ${error.message} `,
            el("a", { href: "" }, "Try again"),
        ));
    }
}

start();
