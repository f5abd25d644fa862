/**
 * How a request comes to the server and its answer back. Cookies carry the session; a lapsed one is renewed once,
 * unseen. A write keeps its idempotency key through every attempt, so a lost answer never doubles it.
 * @typedef {import("./words/problems.js").FieldError} FieldError
 * @typedef {(name: string, data: any) => void} Listener is told of each event of a streamed answer but the last
 * @typedef {{body?: unknown, file?: Blob, key?: string, version?: number,
 *   signal?: AbortSignal, listen?: Listener}} Options
 * @typedef {{data: any, undo: string|null, status: number}} Answer
 */

import { EventStream } from "./lib/event-stream.js";
import { randomID } from "./lib/ids.js";
import { fieldError, problemWords } from "./words/problems.js";
import { say } from "./words/words.js";

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

export class Transport {
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
    async #attempt(method, path, { body, file, key, version, signal, listen }) {
        /** @type {Record<string, string>} */
        const headers = { Accept: listen ? "text/event-stream, application/json" : "application/json" };
        if (body !== undefined) headers["Content-Type"] = "application/json";
        if (file) headers["Content-Type"] = "application/octet-stream";
        if (key) headers["Idempotency-Key"] = key;
        if (version !== undefined) headers["If-Match"] = `"${version}"`;
        const text = body === undefined ? file : JSON.stringify(body);
        try {
            return await this.#fetch(ROOT + path, {
                method, headers, body: text, signal, credentials: "same-origin",
                // The browser keeps no tasks beside those that signing out takes away. Who is signed in is asked for by
                // the page itself, before there is a script.
                cache: path === "/me" ? "no-cache" : "no-store",
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
