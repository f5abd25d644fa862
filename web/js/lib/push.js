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
 * @returns {string} what its owner would call the device: "Firefox on Android"
 */
export function deviceName(agent) {
    const browser = BROWSERS.find(([pattern]) => pattern.test(agent))?.[1] ?? "Browser";
    const system = SYSTEMS.find(([pattern]) => pattern.test(agent))?.[1];
    return system ? `${browser} on ${system}` : browser;
}

/**
 * What a channel's status means, for its owner.
 * @param {{status: string, last_result?: {at: string, succeeded: boolean, reason: string|null}|null}} channel
 * @returns {string}
 */
export function statusWords({ status, last_result: last }) {
    const why = last && !last.succeeded && last.reason ? ` ${last.reason}` : "";
    switch (status) {
    case "active": return last?.succeeded ? "Works." : `On.${why}`;
    case "failing": return `Has trouble.${why}`;
    case "gone": return "Has ended. Switch it on again there.";
    case "disabled": return "Off.";
    case "unverified": return "Waits to be confirmed.";
    default: return status;
    }
}
