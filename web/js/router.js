/** Keeps the address and the list in step, so that a view can be bookmarked and Back works. */

import { formatRoute, leadsOverList, parseRoute } from "./lib/route.js";

/**
 * @param {import("./store.js").Store} store
 * @param {Window} window
 * @param {(address: string) => void} open what the address leads to over the list: a task, the settings
 */
export function startRouter(store, window, open) {
    store.listing.preset(parseRoute(window.location.hash));
    window.addEventListener("hashchange", () => {
        if (leadsOverList(window.location.hash)) { open(window.location.hash); return; }
        store.listing.show({ day: "", expression: "", ...parseRoute(window.location.hash) });
    });
    store.subscribe(({ query }, before) => {
        if (query === before.query) return;
        const route = formatRoute(query);
        if (route === formatRoute(parseRoute(window.location.hash))) return;
        const typing = query.search !== before.query.search;
        window.history[typing ? "replaceState" : "pushState"](null, "", route);
    });
}
