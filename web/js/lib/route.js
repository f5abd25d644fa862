/**
 * What the list shows, as the part of the address after "#": `#/today?tag=home&sort=title`.
 * @typedef {{filter: string, tag: string, sort: string, search: string, day?: string,
 *   expression?: string}} Query
 *   `day`: the one day of Upcoming that is shown; left out for all of them; `expression`: a filter that tasks must
 *   meet, in the address "filter"
 */

export const FILTERS = Object.freeze(["open", "today", "upcoming", "overdue", "all", "done", "trash"]);
export const SORTS = Object.freeze(["", "due_date", "priority", "title", "updated_at", "manual"]);

/** @type {Readonly<Query>} */
export const START = Object.freeze({ filter: "open", tag: "", sort: "", search: "" });

/**
 * @param {string} hash with or without "#"
 * @returns {Query} unknown parts fall back to the start
 */
export function parseRoute(hash) {
    const [path, search = ""] = hash.replace(/^#?\/?/u, "").split(/\?(.*)/su);
    const values = new URLSearchParams(search);
    const sort = values.get("sort") ?? "";
    const filter = FILTERS.includes(path) ? path : START.filter;
    const day = values.get("day") ?? "";
    const expression = (values.get("filter") ?? "").trim();
    return {
        filter,
        tag: values.get("tag") ?? "",
        sort: SORTS.includes(sort) ? sort : "",
        search: values.get("search") ?? "",
        ...(expression ? { expression } : {}),
        ...(filter === "upcoming" && isDate(day) ? { day } : {}),
    };
}

/** @param {string} text @returns {boolean} whether it is a day of the calendar */
function isDate(text) {
    return /^\d{4}-\d\d-\d\d$/u.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.slice(0, 10) === text;
}

/**
 * @param {string} address with a part after "#"
 * @returns {string|null} the task that it leads to: `#/tasks/…`
 */
export function taskOf(address) {
    return /#\/tasks\/([0-9A-Za-z-]+)$/u.exec(address)?.[1] ?? null;
}

/**
 * @param {string} address with a part after "#"
 * @returns {string} that part, beginning with "#/"; "" where there is none
 */
export function hashOf(address) {
    return /#\/.*$/su.exec(address)?.[0] ?? "";
}

/** @param {string} address with a part after "#" */
export function leadsToSettings(address) {
    return /^#\/settings(?:\/[a-z]*)?$/u.test(hashOf(address));
}

/**
 * @param {string} address with a part after "#"
 * @returns {boolean} whether it leads to something that opens over the list, which stays as it is
 */
export function leadsOverList(address) { return leadsToSettings(address) || taskOf(address) !== null; }

/**
 * @param {string} address that leads to the settings: `#/settings/access`
 * @returns {string} the part of them that is meant, "" for the beginning
 */
export function settingsPart(address) {
    return hashOf(address).split("/")[2] ?? "";
}

/**
 * @param {Query} query
 * @returns {string} beginning with "#/"
 */
export function formatRoute(query) {
    const values = new URLSearchParams();
    for (const name of /** @type {const} */ (["tag", "sort", "search", "day"])) {
        if (query[name]) values.set(name, /** @type {string} */ (query[name]));
    }
    if (query.expression) values.set("filter", query.expression);
    const rest = values.toString();
    return `#/${query.filter}${rest ? `?${rest}` : ""}`;
}
