/** What comes over which channel, how a channel is, and what became of a delivery: all in words. */

/**
 * @typedef {Record<string, string[]>} Matrix kinds of channels by type of notification
 * @typedef {{from: string, to: string}} QuietHours
 * @typedef {{matrix: Matrix, quiet: QuietHours|null, digest: string|null}} Choices
 * @typedef {{channel: string, channel_id: string|null, name: string|null, state: string, attempts: number,
 *   last_attempt_at: string|null, next_at: string|null, ended_at: string|null, explanation: string}} Delivery
 */

/** The rows of the matrix, as the server names them. */
export const TYPES = Object.freeze([
    { id: "reminder", label: "Reminders", hint: "The time of a reminder has come." },
    { id: "digest", label: "Digest", hint: "What is overdue and due, once a day." },
    { id: "security", label: "Security", hint: "Something happened to your account. Always in the inbox." },
    { id: "task_event", label: "Task events", hint: "Every change of a task. For programs, so over webhooks alone." },
]);

/** The columns of the matrix. */
export const KINDS = Object.freeze([
    { id: "in_app", label: "Inbox" }, { id: "web_push", label: "Push" }, { id: "email", label: "E-mail" },
    { id: "webhook", label: "Webhook" }, { id: "ntfy", label: "ntfy" },
]);

/**
 * @param {string} kind
 * @returns {string}
 */
export function kindWords(kind) {
    return KINDS.find(({ id }) => id === kind)?.label ?? kind;
}

/**
 * Why a box of the matrix cannot be changed; "" where it can.
 * @param {string} type
 * @param {string} kind
 * @returns {string}
 */
export function fixedBecause(type, kind) {
    if (type === "security" && kind === "in_app") return "Notices about the account are always in the inbox.";
    if (type === "task_event" && kind !== "webhook") return "Events of tasks go to webhooks alone.";
    return "";
}

/**
 * @param {string[]} kinds
 * @param {string} kind
 * @param {boolean} isOn
 * @returns {string[]} with the kind or without it, in the order of the columns
 */
export function withKind(kinds, kind, isOn) {
    return KINDS.map(({ id }) => id).filter((id) => (id === kind ? isOn : kinds.includes(id)));
}

/**
 * What a person has chosen, with what is on its way to the server.
 * @param {any} user
 * @param {Record<string, any>} pending by the name of the setting; rows of the matrix as `notifications.reminder`
 * @returns {Choices}
 */
export function choicesOf(user, pending = {}) {
    const matrix = { ...user?.notifications };
    for (const { id } of TYPES) {
        matrix[id] = pending[`notifications.${id}`] ?? matrix[id] ?? [];
    }
    const chosen = (/** @type {string} */ name) => (name in pending ? pending[name] : user?.[name] ?? null);
    return { matrix, quiet: chosen("quiet_hours"), digest: chosen("digest_at") };
}

/**
 * Kinds that something is to come over while there is no channel of the kind.
 * @param {Matrix} matrix
 * @param {{kind: string}[]} channels
 * @returns {string} a sentence, or ""
 */
export function missingWords(matrix, channels) {
    const chosen = new Set(Object.values(matrix).flat());
    const wanted = KINDS.filter(({ id }) => id !== "in_app" && chosen.has(id))
        .filter(({ id }) => channels.every(({ kind }) => kind !== id)).map(({ label }) => label);
    return wanted.length ? `No channel yet for ${wanted.join(", ")}: nothing comes that way before you add one.` : "";
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

/**
 * @param {string} status
 * @param {string} kind
 * @returns {string}
 */
export function channelWords(status, kind) {
    switch (status) {
    case "active": return "On";
    case "failing": return "Has trouble; tried all the same";
    case "gone": return kind === "web_push" ? "Has ended; switch it on again there" : "Has ended; add it again";
    case "disabled": return "Turned off";
    case "unverified": return "Waits until you confirm the address";
    default: return status;
    }
}

/**
 * @param {{at: string, succeeded: boolean, reason: string|null}|null|undefined} result of the last send
 * @param {(instant: string) => string} when an instant in words
 * @returns {string}
 */
export function resultWords(result, when) {
    if (!result) return "Nothing was sent yet.";
    if (result.succeeded) return `The last message arrived ${when(result.at)}.`;
    return `The last message did not arrive (${when(result.at)}). ${result.reason ?? ""}`.trim();
}

/** Where a delivery goes no further. */
const ENDS = Object.freeze(["delivered", "failed", "expired", "superseded", "skipped"]);

/** @param {string} state of a delivery */
export function isSettled(state) {
    return ENDS.includes(state);
}

/**
 * @param {Delivery} delivery
 * @returns {string} where it went: "Inbox", "Webhook “Home”"
 */
export function receiptName({ channel, name }) {
    const kind = kindWords(channel);
    return !name || channel === "in_app" || name.toLowerCase() === kind.toLowerCase() ? kind : `${kind} “${name}”`;
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
    if (!isSettled(state) && next) times.push(`next try ${at(next)}`);
    if (attempts > 1) times.push(`${attempts} attempts`);
    const more = times.join(", ");
    return more ? `${explanation} ${more.charAt(0).toUpperCase()}${more.slice(1)}.` : explanation;
}
