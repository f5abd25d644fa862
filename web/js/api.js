/**
 * The REST door. Cookies carry the session; a lapsed one is renewed once, unseen. A write keeps its idempotency key
 * through every attempt, so a lost answer never doubles it.
 * @typedef {import("./lib/dates.js").Due} Due
 * @typedef {{id: string, number: number, title: string, description: string, status: "pending"|"completed",
 *   completed: boolean, completed_at: string|null, priority: "low"|"medium"|"high"|"urgent", tags: string[],
 *   due: Due|null, due_date: string|null, recurrence: {rrule: string, text: string|null}|null,
 *   reminder_at: string|null, version: number, created_at: string, updated_at: string,
 *   deleted_at: string|null}} Task
 * @typedef {{id: string, email: string, name: string, time_zone: string, day_ends_at: string,
 *   interpreter_first: boolean, model_allowed: boolean, notifications: Record<string, string[]>,
 *   quiet_hours: {from: string, to: string}|null, digest_at: string|null, email_verified: boolean,
 *   locale?: string|null, language: string, date_order: string, week_starts_on: string,
 *   all_day_reminder_time: string, day_parts: Record<string, string>}} User
 * @typedef {{name: string, count: number, pending: number}} Tag
 * @typedef {{id: string, kind: string, reminder_id: string|null, task_id: string|null, title: string,
 *   body?: string, path?: string, due_at: string|null, remind_at: string, late: boolean, created_at: string,
 *   read_at: string|null, receipts: {channel: string, status: string, at: string}[]}} Notification
 * @typedef {{id: string, name: string, scopes: string[], created_at: string, expires_at: string|null,
 *   last_used_at: string|null}} Program
 * @typedef {import("./words/problems.js").FieldError} FieldError
 * @typedef {(name: string, data: any) => void} Listener is told of each event of a streamed answer but the last
 * @typedef {{body?: unknown, key?: string, version?: number, signal?: AbortSignal, listen?: Listener}} Options
 * @typedef {{data: any, undo: string|null, status: number}} Answer
 */

import { EventStream } from "./lib/event-stream.js";
import { randomID } from "./lib/ids.js";
import { channelPath, notificationPath, queryString, taskPath } from "./lib/paths.js";
import { fieldError, problemWords } from "./words/problems.js";
import { readLocale, say } from "./words/words.js";

const ROOT = "/api/v1";
const SIGN_IN_PATHS = /^\/auth\//u;

/** A refusal: an RFC 9457 problem, or no answer at all (`status` 0, code `network`). */
export class Problem extends Error {
    /** @param {{status: number, code: string, detail: string, errors?: FieldError[], requestID?: string|null}} parts */
    constructor({ status, code, detail, errors = [], requestID = null }) {
        super(detail);
        this.name = "Problem";
        this.status = status;
        this.code = code;
        this.detail = detail;
        this.errors = errors;
        this.requestID = requestID;
    }

    /** Whether the same request may succeed later, so that its key must be kept. */
    get passing() {
        return [0, 401, 403, 408, 429].includes(this.status) || this.status >= 500
            || this.code === "idempotency_in_progress";
    }
}

/**
 * @param {Response} response
 * @returns {Promise<Problem>}
 */
export async function problemFrom(response) {
    /** @type {any} */
    let body = null;
    if (/\bjson\b/u.test(response.headers.get("Content-Type") ?? "")) {
        body = await response.json().catch(() => null);
    }
    const wait = Number(response.headers.get("Retry-After"));
    return told(body, response.status, response.headers.get("X-Request-Id"), response.status === 429 ? wait : 0);
}

/**
 * @param {any} body a problem document, or nothing of the kind
 * @param {number} status
 * @param {string|null} requestID
 * @param {number} [wait] in how many seconds to try again
 * @returns {Problem}
 */
function told(body, status, requestID, wait = 0) {
    const code = body?.code || "unknown";
    const detail = problemWords({ status, code, detail: body?.detail || body?.title, wait });
    const errors = (Array.isArray(body?.errors) ? body.errors : []).map(fieldError);
    return new Problem({ status, code, detail, errors, requestID: body?.request_id ?? requestID });
}

/** @returns {Problem} */
function unreachable() {
    return new Problem({ status: 0, code: "network", detail: say("problems.network") });
}

export class Api {
    #fetch;
    #newKey;
    #wait;
    /** @type {() => void} */
    #sessionLost = () => {};
    /** @type {Promise<void>|null} */
    #renewing = null;
    #renewals = 0;

    /** @param {{fetch?: typeof fetch, newKey?: () => string, wait?: (ms: number) => Promise<void>}} [parts] */
    constructor(parts = {}) {
        this.#fetch = parts.fetch ?? globalThis.fetch.bind(globalThis);
        this.#newKey = parts.newKey ?? randomID;
        this.#wait = parts.wait ?? ((ms) => new Promise((done) => { setTimeout(done, ms); }));
    }

    /** @param {() => void} action called when the session is over and cannot be renewed */
    onSessionLost(action) { this.#sessionLost = action; }

    /** @param {object} body */
    signUp(body) { return this.request("POST", "/auth/sign-up", { body }); }

    /** @param {object} body */
    signIn(body) { return this.request("POST", "/auth/sign-in", { body }); }

    signOut() { return this.request("POST", "/auth/sign-out"); }

    signOutEverywhere() { return this.request("POST", "/auth/sign-out", { body: { everywhere: true } }); }

    me() { return this.request("GET", "/me"); }

    /** @param {object} body settings to change */
    changeMe(body) { return this.request("PATCH", "/me", { body }); }

    /** @param {object} body */
    changePassword(body) { return this.request("POST", "/me/password", { body }); }

    /** @param {object} body */
    changeAddress(body) { return this.request("PUT", "/me/email", { body }); }

    verifyAddress() { return this.request("POST", "/me/email/verification"); }

    /** @param {string} password empty for somebody who has signed in just now */
    deleteAccount(password) {
        return this.request("DELETE", "/me", password ? { body: { current_password: password } } : {});
    }

    tags() { return this.request("GET", "/tags"); }

    /**
     * @param {Record<string, any>} query
     * @param {Options} [options]
     */
    listTasks(query, options) { return this.request("GET", `/tasks${queryString(query)}`, options); }

    /** @param {string} id */
    task(id) { return this.request("GET", taskPath(id)); }

    /**
     * @param {object} body
     * @param {Options} [options]
     */
    createTask(body, options) { return this.request("POST", "/tasks", { ...options, body }); }

    /** @param {string} text a line of words; nothing is made */
    readQuickAdd(text) {
        return this.request("POST", "/tasks/quick-add", { body: { text, locale: readLocale(), dry_run: true } });
    }

    /**
     * @param {string} id
     * @param {object} body a merge patch
     * @param {Options} [options]
     */
    changeTask(id, body, options) { return this.request("PATCH", taskPath(id), { ...options, body }); }

    /**
     * @param {string} id
     * @param {Options} [options]
     */
    deleteTask(id, options) { return this.request("DELETE", taskPath(id), options); }

    /**
     * @param {string} id
     * @param {"complete"|"reopen"|"restore"|"skip"} verb
     * @param {Options} [options]
     */
    actOnTask(id, verb, options) { return this.request("POST", `${taskPath(id)}/${verb}`, options); }

    /**
     * @param {string} id
     * @param {object} body where one occurrence moves
     * @param {Options} [options]
     */
    rescheduleTask(id, body, options) {
        return this.request("POST", `${taskPath(id)}/reschedule`, { ...options, body });
    }

    /**
     * @param {object[]} commands 1 to 100
     * @param {Options} [options]
     */
    batch(commands, options) { return this.request("POST", "/tasks/batch", { ...options, body: { commands } }); }

    /** @param {string} token */
    undo(token) { return this.request("POST", "/undo", { body: { token } }); }

    /**
     * @param {{message: string, conversation_id: string|null}} body
     * @param {{listen?: Listener, signal?: AbortSignal}} [options]
     */
    chat(body, options) { return this.request("POST", "/chat", { ...options, body }); }

    /** @param {Record<string, any>} query */
    notifications(query) { return this.request("GET", `/notifications${queryString(query)}`); }

    /** @param {string} id */
    readNotification(id) { return this.request("POST", `${notificationPath(id)}/read`); }

    readAllNotifications() { return this.request("POST", "/notifications/read-all"); }

    /** @param {string} id */
    removeNotification(id) { return this.request("DELETE", notificationPath(id)); }

    /**
     * @param {string} id
     * @param {string} wait an ISO 8601 duration
     */
    snoozeReminder(id, wait) {
        return this.request("POST", `/reminders/${encodeURIComponent(id)}/snooze`, { body: { for: wait } });
    }

    /** The personal tokens, of programs that were let in and those made by hand. */
    programs() { return this.request("GET", "/me/tokens"); }

    /** @param {string} id */
    revokeProgram(id) { return this.request("DELETE", `/me/tokens/${encodeURIComponent(id)}`); }

    channels() { return this.request("GET", "/notifications/channels"); }

    /** @param {object} body */
    addChannel(body) { return this.request("POST", "/notifications/channels", { body }); }

    /**
     * @param {string} id
     * @param {{name?: string, enabled?: boolean}} body
     */
    changeChannel(id, body) { return this.request("PATCH", channelPath(id), { body }); }

    /** @param {string} id */
    testChannel(id) { return this.request("POST", `${channelPath(id)}/test`); }

    /** @param {string} id */
    verifyChannel(id) { return this.request("POST", `${channelPath(id)}/verify`); }

    /** @param {string} id */
    rotateSecret(id) { return this.request("POST", `${channelPath(id)}/rotate-secret`); }

    /** @param {string} id */
    removeChannel(id) { return this.request("DELETE", channelPath(id)); }

    /** @param {string} id of a notification */
    deliveries(id) { return this.request("GET", `${notificationPath(id)}/deliveries`); }

    pushKey() { return this.request("GET", "/notifications/push-key"); }

    /** @param {object} body a `PushSubscription` as JSON, and the name of the device */
    subscribePush(body) { return this.request("POST", "/notifications/push-subscriptions", { body }); }

    /** @param {string} endpoint */
    unsubscribePush(endpoint) {
        return this.request("DELETE", "/notifications/push-subscriptions", { body: { endpoint } });
    }

    /** @returns {string} a key for a write that will be tried more than once */
    newKey() { return this.#newKey(); }

    /**
     * @param {string} method
     * @param {string} path below /api/v1
     * @param {Options} [options]
     * @returns {Promise<Answer>}
     * @throws {Problem}
     */
    async request(method, path, options = {}) {
        const ofSignIn = SIGN_IN_PATHS.test(path);
        const full = method === "GET" || ofSignIn ? options : { ...options, key: options.key ?? this.#newKey() };
        const renewalsBefore = this.#renewals;
        let response = await this.#persist(method, path, full);
        if (response.status === 401 && !ofSignIn) {
            await this.#renewAfter(response, renewalsBefore);
            response = await this.#persist(method, path, full);
            if (response.status === 401) this.#sessionLost();
        }
        if (!response.ok) throw await problemFrom(response);
        const isStream = /\bevent-stream\b/u.test(response.headers.get("Content-Type") ?? "");
        let data = null;
        if (isStream) {
            data = await readEvents(response, full.listen ?? (() => {}), full.signal);
        } else if (response.status !== 204) {
            data = await read(response, full.signal);
        }
        return { data, undo: response.headers.get("Errand-Undo"), status: response.status };
    }

    /**
     * Renews the session unless another request did so meanwhile; callers that come while it runs share it.
     * @param {Response} refusal the 401 that asks for it
     * @param {number} renewalsBefore
     */
    async #renewAfter(refusal, renewalsBefore) {
        if (this.#renewals !== renewalsBefore) return;
        this.#renewing ??= this.#renew().finally(() => { this.#renewing = null; });
        try {
            await this.#renewing;
        } catch (error) {
            const over = error instanceof Problem && error.status >= 400 && error.status < 500
                && error.status !== 408 && error.status !== 429;
            if (!over) throw error;
            this.#sessionLost();
            throw await problemFrom(refusal);
        }
    }

    async #renew() {
        const response = await this.#attempt("POST", "/auth/refresh", {});
        if (!response.ok) throw await problemFrom(response);
        this.#renewals += 1;
    }

    /**
     * One attempt, and for a keyed write a second one when the network failed.
     * @param {string} method
     * @param {string} path
     * @param {Options} options
     */
    async #persist(method, path, options) {
        try {
            return await this.#attempt(method, path, options);
        } catch (error) {
            if (!(error instanceof Problem) || !options.key) throw error;
            await this.#wait(400);
            return this.#attempt(method, path, options);
        }
    }

    /**
     * @param {string} method
     * @param {string} path
     * @param {Options} options
     * @returns {Promise<Response>}
     */
    async #attempt(method, path, { body, key, version, signal, listen }) {
        /** @type {Record<string, string>} */
        const headers = { Accept: listen ? "text/event-stream, application/json" : "application/json" };
        if (body !== undefined) headers["Content-Type"] = "application/json";
        if (key) headers["Idempotency-Key"] = key;
        if (version !== undefined) headers["If-Match"] = `"${version}"`;
        const text = body === undefined ? undefined : JSON.stringify(body);
        try {
            return await this.#fetch(ROOT + path, {
                method, headers, body: text, signal, credentials: "same-origin", cache: "no-cache",
            });
        } catch (error) {
            if (signal?.aborted) throw error;
            throw unreachable();
        }
    }
}

/**
 * The body of an answer that broke off half-way counts as no answer.
 * @param {Response} response
 * @param {AbortSignal} [signal]
 */
async function read(response, signal) {
    try {
        return await response.json();
    } catch (error) {
        if (signal?.aborted) throw error;
        throw unreachable();
    }
}

/**
 * A streamed answer: its last event is the whole of it, or a problem.
 * @param {Response} response
 * @param {Listener} listen
 * @param {AbortSignal} [signal]
 */
async function readEvents(response, listen, signal) {
    const stream = new EventStream();
    const decoder = new TextDecoder();
    const reader = response.body?.getReader();
    try {
        while (reader) {
            const { done, value } = await reader.read();
            for (const { name, data } of stream.read(decoder.decode(value, { stream: !done }))) {
                const json = JSON.parse(data);
                if (name === "done") return json;
                if (name === "error") throw told(json, json.status ?? 500, response.headers.get("X-Request-Id"));
                listen(name, json);
            }
            if (done) break;
        }
    } catch (error) {
        if (error instanceof Problem || signal?.aborted) throw error;
    }
    throw unreachable();
}
