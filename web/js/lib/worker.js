/**
 * The service worker of the page: it shows what is pushed, and keeps the page for when there is no network. Where the
 * browser insists on trusted types, its address passes through the policy "errand", which lets this one through alone.
 */

const ADDRESS = "/sw.js";

/** @type {Promise<ServiceWorkerRegistration>|null} */
let registering = null;

/** @param {any} window @returns {any} the address, in the form that the browser accepts */
function trusted(window) {
    if (!window.trustedTypes) return ADDRESS;
    const policy = window.trustedTypes.createPolicy("errand", {
        createScriptURL: (/** @type {string} */ url) => {
            if (url !== ADDRESS) throw new TypeError("Only the service worker is loaded by its address.");
            return url;
        },
    });
    return policy.createScriptURL(ADDRESS);
}

/**
 * @param {Window} window one with service workers
 * @returns {Promise<ServiceWorkerRegistration>}
 */
export function registerWorker(window) {
    registering ??= window.navigator.serviceWorker.register(trusted(window), { scope: "/" });
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
 * Has the page be installed under names in the reader's language.
 * @param {Document} document
 * @param {string} locale a BCP 47 tag
 */
export function nameApp(document, locale) {
    const language = locale.split("-")[0].toLowerCase();
    const link = document.querySelector("link[rel=manifest]");
    const address = link?.getAttribute("href") ?? "";
    if (MANIFESTS.includes(language)) {
        link?.setAttribute("href", address.replace(/manifest\.webmanifest$/u, `manifest.${language}.webmanifest`));
    }
}
