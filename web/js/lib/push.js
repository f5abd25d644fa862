/** What there is to reckon about push: keys, names of devices, and what can be done on this one. */

/**
 * @param {string} text base64url
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function bytesOf(text) {
    const padded = text.replace(/-/gu, "+").replace(/_/gu, "/") + "=".repeat((4 - (text.length % 4)) % 4);
    return Uint8Array.from(atob(padded), (letter) => letter.charCodeAt(0));
}

/**
 * Whether a subscription was made with the server's key: with another one nothing arrives.
 * @param {ArrayBuffer|null|undefined} known of the subscription
 * @param {string} key of the server, base64url
 */
export function isKeyOf(known, key) {
    if (!known) return false;
    const [one, other] = [new Uint8Array(known), bytesOf(key)];
    return one.length === other.length && one.every((byte, place) => byte === other[place]);
}

/** @type {[RegExp, string][]} in this order: most browsers also call themselves by the names of others */
const BROWSERS = [
    [/\bEdg(?:A|iOS)?\//u, "Edge"], [/\bOPR\//u, "Opera"], [/\b(?:Firefox|FxiOS)\//u, "Firefox"],
    [/\b(?:Chrome|CriOS|HeadlessChrome)\//u, "Chrome"], [/\bSafari\//u, "Safari"],
];
/** @type {[RegExp, string][]} */
const SYSTEMS = [
    [/\biPhone\b/u, "iPhone"], [/\biPad\b/u, "iPad"], [/\bAndroid\b/u, "Android"], [/\bWindows\b/u, "Windows"],
    [/\bMac OS X\b/u, "Mac"], [/\bCrOS\b/u, "Chromebook"], [/\bLinux\b/u, "Linux"],
];

/**
 * @param {string} agent
 * @returns {{browser: string|null, system: string|null}} "Firefox", "Android"; null where it is none that is known
 */
export function deviceOf(agent) {
    const find = (/** @type {[RegExp, string][]} */ known) => known.find(([pattern]) => pattern.test(agent))?.[1];
    return { browser: find(BROWSERS) ?? null, system: find(SYSTEMS) ?? null };
}
