/** The address of the service worker, as browsers with Trusted Types want it: not any text, but one that was vouched for. */

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
