/** What the page says by itself: messages and the connection. */
export const PAGE = {
    "page.title": "{name} · Errand",
    "page.show": "Show",
    "page.dismiss": "Dismiss message",
    "page.offline": "Offline: changes of other windows show when the connection is back.",
    "page.crowded": "Too many windows are open: changes of other windows show later here.",
    "page.not-loaded": "This part of the page could not be loaded. Try again when there is a connection.",
    "page.loading": "Loading…",
};
