/**
 * The service worker of the page: it shows what is pushed, and keeps the page for when there is no network. Browsers
 * with Trusted Types want its address not as any text, but as one that was vouched for.
 */

const ADDRESS = "/sw.js";

/**
 * @typedef {{createPolicy: (name: string, rules: {createScriptURL: (address: string) => string}) =>
 *     {createScriptURL: (address: string) => unknown}}} TrustedTypes
 */

/**
 * The page's only policy; the server's Content-Security-Policy allows no other name, and this one once.
 * @param {TrustedTypes|undefined} types nil where the browser has none
 * @returns {() => string} what `serviceWorker.register` takes
 */
export function vouching(types) {
    const policy = types?.createPolicy("errand", {
        createScriptURL(address) {
            if (address !== ADDRESS) throw new TypeError("Only the page's own worker is vouched for.");
            return address;
        },
    });
    return () => /** @type {string} */ (policy?.createScriptURL(ADDRESS) ?? ADDRESS);
}

/** What `serviceWorker.register` takes. */
export const workerAddress = vouching(/** @type {any} */ (globalThis).trustedTypes);

/** @type {Promise<ServiceWorkerRegistration>|null} */
let registering = null;

/**
 * @param {Window} window one with service workers
 * @returns {Promise<ServiceWorkerRegistration>}
 */
export function registerWorker(window) {
    registering ??= window.navigator.serviceWorker.register(workerAddress(), { scope: "/" });
    return registering;
}

/**
 * Has the worker keep the page, with all that it has loaded so far, so that it opens without a network.
 * @param {Window & typeof globalThis} window
 * @returns {Promise<void>}
 */
export async function keepPage(window) {
    if (!("serviceWorker" in window.navigator) || !window.isSecureContext) return;
    try {
        await registerWorker(window);
        const { active } = await window.navigator.serviceWorker.ready;
        const loaded = window.performance.getEntriesByType("resource").map(({ name }) => new URL(name))
            .filter(({ origin, pathname }) => origin === window.location.origin && pathname.startsWith("/assets/"));
        active?.postMessage({ type: "keep", paths: [...new Set(loaded.map(({ pathname }) => pathname))] });
    } catch {
        // Refused, or the worker could not be had: the page works as well, with a network.
    }
}

/** Languages other than English in which the installed page has names for its shortcuts. */
const MANIFESTS = Object.freeze(["de"]);

/**
 * Has the page be installed under names in the language that it speaks.
 * @param {Document} document
 */
export function nameApp(document) {
    const language = document.documentElement.lang.split("-")[0].toLowerCase();
    const link = document.querySelector("link[rel=manifest]");
    const name = MANIFESTS.includes(language) ? `manifest.${language}.webmanifest` : "manifest.webmanifest";
    link?.setAttribute("href", (link.getAttribute("href") ?? "").replace(/[^/]*$/u, name));
}
