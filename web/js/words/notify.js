/** Channels, devices and deliveries in words. */

import { isSettled, missingKinds } from "../lib/notify.js";
import { listed, say } from "./words.js";

/**
 * @typedef {import("../lib/notify.js").Delivery} Delivery
 * @typedef {{at: string, succeeded: boolean, reason: string|null}} Result of the last send
 */

const KNOWN_KINDS = Object.freeze(["in_app", "web_push", "email", "webhook", "ntfy"]);
const KNOWN_STATES = Object.freeze(["active", "failing", "gone", "disabled", "unverified"]);

/**
 * @param {string} kind
 * @returns {string}
 */
export function kindWords(kind) { return KNOWN_KINDS.includes(kind) ? say(`notify.kind.${kind}`) : kind; }

/**
 * Why a box of the matrix cannot be changed; "" where it can.
 * @param {string} type
 * @param {string} kind
 * @returns {string}
 */
export function fixedBecause(type, kind) {
    if (type === "security" && kind === "in_app") return say("notify.fixed.security");
    if (type === "task_event" && kind !== "webhook") return say("notify.fixed.task_event");
    return "";
}

/**
 * Kinds that something is to come over while there is no channel of the kind.
 * @param {import("../lib/notify.js").Matrix} matrix
 * @param {{kind: string}[]} channels
 * @returns {string} a sentence, or ""
 */
export function missingWords(matrix, channels) {
    const kinds = missingKinds(matrix, channels).map(kindWords);
    return kinds.length ? say("notify.missing", { kinds: listed(kinds) }) : "";
}

/**
 * @param {string} status
 * @param {string} kind
 * @returns {string}
 */
export function channelWords(status, kind) {
    if (!KNOWN_STATES.includes(status)) return status;
    return status === "gone" && kind === "web_push" ? say("channels.status.gone.web_push")
        : say(`channels.status.${status}`);
}

/**
 * @param {Result|null|undefined} result
 * @param {(instant: string) => string} when an instant in words
 * @returns {string}
 */
export function resultWords(result, when) {
    if (!result) return say("channels.result.none");
    if (result.succeeded) return say("channels.result.arrived", { time: when(result.at) });
    return `${say("channels.result.failed", { time: when(result.at) })} ${result.reason ?? ""}`.trim();
}

/**
 * What a channel's status means, for the owner of the device.
 * @param {{status: string, last_result?: Result|null}} channel
 * @returns {string}
 */
export function statusWords({ status, last_result: last }) {
    const why = last && !last.succeeded && last.reason ? ` ${last.reason}` : "";
    switch (status) {
    case "active": return last?.succeeded ? say("devices.works") : `${say("devices.isOn")}${why}`;
    case "failing": return `${say("devices.trouble")}${why}`;
    case "gone": return say("devices.gone");
    case "disabled": return say("devices.isOff");
    case "unverified": return say("devices.waits");
    default: return status;
    }
}

/**
 * @param {{browser: string|null, system: string|null}} device
 * @returns {string} what its owner would call it: "Firefox on Android"
 */
export function deviceName({ browser, system }) {
    const name = browser ?? say("devices.browser");
    return system ? say("devices.name", { browser: name, system }) : name;
}

/**
 * @param {Delivery} delivery
 * @returns {string} where it went: "Inbox", "Webhook “Home”"
 */
export function receiptName({ channel, name }) {
    const kind = kindWords(channel);
    const isPlain = !name || channel === "in_app" || name.toLowerCase() === kind.toLowerCase();
    return isPlain ? kind : say("notify.named", { kind, name });
}

/**
 * @param {Delivery} delivery
 * @param {{ago: (instant: string) => string, at: (instant: string) => string}} words an instant that is over in words,
 *   and one that is to come
 * @returns {string} what became of it
 */
export function receiptWords({ explanation, state, attempts, next_at: next, ended_at: ended }, { ago, at }) {
    const times = [];
    if (isSettled(state) && ended) times.push(ago(ended));
    if (!isSettled(state) && next) times.push(say("inbox.nextTry", { time: at(next) }));
    if (attempts > 1) times.push(say("inbox.attempts", { count: attempts }));
    const more = times.join(", ");
    return more ? `${explanation} ${more.charAt(0).toUpperCase()}${more.slice(1)}.` : explanation;
}
