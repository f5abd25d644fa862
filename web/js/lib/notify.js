/** What comes over which channel, and what there is to reckon about deliveries. */

/**
 * @typedef {Record<string, string[]>} Matrix kinds of channels by type of notification
 * @typedef {{from: string, to: string}} QuietHours
 * @typedef {{matrix: Matrix, quiet: QuietHours|null, digest: string|null}} Choices
 * @typedef {{channel: string, channel_id: string|null, name: string|null, state: string, attempts: number,
 *   last_attempt_at: string|null, next_at: string|null, ended_at: string|null, explanation: string}} Delivery
 */

/** The rows of the matrix, as the server names them. */
export const TYPES = Object.freeze(["reminder", "digest", "security", "task_event"]);

/** The columns of the matrix. */
export const KINDS = Object.freeze(["in_app", "web_push", "email", "webhook", "ntfy"]);

/**
 * @param {string[]} kinds
 * @param {string} kind
 * @param {boolean} isOn
 * @returns {string[]} with the kind or without it, in the order of the columns
 */
export function withKind(kinds, kind, isOn) {
    return KINDS.filter((one) => (one === kind ? isOn : kinds.includes(one)));
}

/**
 * What a person has chosen, with what is on its way to the server.
 * @param {any} user
 * @param {Record<string, any>} pending by the name of the setting; rows of the matrix as `notifications.reminder`
 * @returns {Choices}
 */
export function choicesOf(user, pending = {}) {
    const matrix = { ...user?.notifications };
    for (const type of TYPES) matrix[type] = pending[`notifications.${type}`] ?? matrix[type] ?? [];
    const chosen = (/** @type {string} */ name) => (name in pending ? pending[name] : user?.[name] ?? null);
    return { matrix, quiet: chosen("quiet_hours"), digest: chosen("digest_at") };
}

/**
 * Kinds that something is to come over while there is no channel of the kind.
 * @param {Matrix} matrix
 * @param {{kind: string}[]} channels
 * @returns {string[]}
 */
export function missingKinds(matrix, channels) {
    const chosen = new Set(Object.values(matrix).flat());
    return KINDS.filter((kind) => kind !== "in_app" && chosen.has(kind) && channels.every((one) => one.kind !== kind));
}

/**
 * @param {{kind: string, configuration?: Record<string, any>}} channel
 * @returns {string} where it leads, as far as may be shown
 */
export function placeWords({ kind, configuration = {} }) {
    switch (kind) {
    case "email": return configuration.address ?? "";
    case "webhook": return configuration.url ?? "";
    case "ntfy": return `${configuration.server ?? ""}/${configuration.topic ?? ""}`.replace(/([^:])\/{2,}/gu, "$1/");
    default: return configuration.host ?? "";
    }
}

/** Where a delivery goes no further. */
const ENDS = Object.freeze(["delivered", "failed", "expired", "superseded", "skipped"]);

/** @param {string} state of a delivery */
export function isSettled(state) {
    return ENDS.includes(state);
}
