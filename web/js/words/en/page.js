/** What the page says by itself: messages and the connection. */
export const PAGE = {
    "page.title": "{name} · Errand",
    "page.show": "Show",
    "page.dismiss": "Dismiss message",
    "page.offline": "Offline: changes of other windows show when the connection is back.",
    "page.crowded": "Too many windows are open: changes of other windows show later here.",
    "page.loading": "Loading…",
};
