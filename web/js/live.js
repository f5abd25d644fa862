/**
 * The door through which the server speaks: one WebSocket, opened again whenever it closes. Events reach the listener
 * in order and without a gap; where that cannot be, it is told to read everything again.
 * @typedef {{reminder_id: string, title: string, due_at: string|null, remind_at: string, late: boolean}} Reminded
 * @typedef {{type: "event", cursor: number, event_type: string, task?: import("./api.js").Task, task_id?: string,
 *   subject?: {kind: string, id: string}, changes?: Record<string, any>, reminder?: Reminded,
 *   notification?: import("./api.js").Notification, settings?: Partial<import("./api.js").User>}} LiveEvent
 * @typedef {"connected"|"closed"|"crowded"} LiveStatus "crowded": too many windows are open
 * @typedef {{event: (event: LiveEvent) => void, reread: () => void, status: (status: LiveStatus) => void,
 *   renew: () => Promise<boolean>}} Listener `renew` sees that the session is alive; false if that cannot be known now
 * @typedef {Pick<WebSocket, "readyState"|"send"|"close"|"onmessage"|"onclose">} Socket
 * @typedef {{set: (action: () => void, ms: number) => any, clear: (timer: any) => void}} Timers
 */

import { Sequence } from "./lib/sequence.js";

const SESSION_OVER = 4401;
const TOO_MANY = 4429;
const LOST = 1006;
const CONNECTING = 0;
const OPEN = 1;

const FIRST_WAIT = 500;
const LONGEST_WAIT = 30_000;
const CROWDED_WAIT = 60_000;
const GREETING_WAIT = 10_000;
const RESUME_WAIT = 3_000;
const MOST_RESUMES = 3;
/** A connection that held this long was a good one. */
const STEADY = 5_000;
/** After a sleep this long, a connection being made is not trusted. */
const LONG_SLEEP = 60_000;

/** @type {Timers} */
const USUAL_TIMERS = { set: (action, ms) => setTimeout(action, ms), clear: (timer) => clearTimeout(timer) };

/** @returns {WebSocket} */
function connectHere() {
    const { protocol, host } = window.location;
    return new WebSocket(`${protocol === "https:" ? "wss:" : "ws:"}//${host}/api/v1/live`);
}

export class Live {
    #connect;
    #timers;
    #random;
    #now;
    /** @type {Listener|null} */
    #listener = null;
    /** @type {Socket|null} */
    #socket = null;
    /** @type {Sequence<LiveEvent>} */
    #sequence = new Sequence();
    #failures = 0;
    /** @type {number|null} */
    #greetedAt = null;
    #sleptAt = Infinity;
    #isCrowded = false;
    #mustRenew = false;
    #renewing = false;
    /** @type {any} for the next attempt, or for the greeting of this one */
    #timer = null;
    /** @type {any} for what a resume should bring */
    #resumeTimer = null;
    #resumes = 0;

    /**
     * @param {{connect?: () => Socket, timers?: Timers, random?: () => number, now?: () => number}} [parts]
     *   `random` is below 1; `now` in milliseconds
     */
    constructor({ connect = connectHere, timers = USUAL_TIMERS, random = Math.random, now = Date.now } = {}) {
        this.#connect = connect;
        this.#timers = timers;
        this.#random = random;
        this.#now = now;
    }

    /** @param {Listener} listener what was heard before goes on, unless it was forgotten */
    open(listener) {
        this.close();
        this.#listener = listener;
        this.#failures = 0;
        this.#isCrowded = this.#mustRenew = false;
        this.#dial();
    }

    close() {
        this.#listener = null;
        this.#hangUp();
    }

    /**
     * For another account.
     * @param {number|null} [cursor] up to where it was heard before this page was opened
     */
    forget(cursor = null) { this.#sequence.startOver(cursor); }

    /** The number up to which nothing is missing; null before the first. */
    get cursor() { return this.#sequence.last; }

    /** The page is left, and may come back as it was: browsers keep none that holds a connection. */
    pause() {
        this.#isCrowded = false;
        this.#hangUp();
    }

    /** The page is out of sight from now on. */
    sleep() { this.#sleptAt = this.#now(); }

    /** The page is seen again, or the network is back: no reason to wait any longer. */
    wake() {
        const wasLong = this.#now() - this.#sleptAt > LONG_SLEEP;
        this.#sleptAt = Infinity;
        const state = this.#socket?.readyState;
        if (!this.#listener || this.#isCrowded || this.#renewing) return;
        if (state === OPEN || (state === CONNECTING && !wasLong)) return;
        this.#hangUp();
        this.#dial();
    }

    #hangUp() {
        const socket = this.#socket;
        this.#socket = null;
        this.#greetedAt = null;
        this.#timers.clear(this.#timer);
        this.#stopResuming();
        if (!socket) return;
        socket.onmessage = socket.onclose = null;
        socket.close();
    }

    async #dial() {
        const listener = this.#listener;
        if (!listener || this.#renewing) return;
        if (this.#mustRenew) {
            this.#renewing = true;
            const isAlive = await listener.renew().finally(() => { this.#renewing = false; });
            if (this.#listener !== listener) {
                if (this.#listener && !this.#socket) this.#dial();
                return;
            }
            if (!isAlive) { this.#again(this.#backoff()); return; }
            this.#mustRenew = false;
        }
        const socket = this.#connect();
        this.#socket = socket;
        socket.onmessage = ({ data }) => this.#hear(data);
        socket.onclose = ({ code }) => this.#closed(code);
        this.#timer = this.#timers.set(() => { this.#hangUp(); this.#closed(LOST); }, GREETING_WAIT);
    }

    /** @returns {number} */
    #backoff() {
        const longest = Math.min(FIRST_WAIT * 2 ** this.#failures, LONGEST_WAIT);
        this.#failures += 1;
        return longest * (0.5 + this.#random() / 2);
    }

    /** @param {number} wait */
    #again(wait) {
        this.#timer = this.#timers.set(() => { this.#isCrowded = false; this.#dial(); }, wait);
    }

    /** @param {number} code */
    #closed(code) {
        if (this.#greetedAt !== null && this.#now() - this.#greetedAt >= STEADY) this.#failures = 0;
        // A refused handshake tells a page nothing of why, so the session is looked at first.
        this.#mustRenew = code === SESSION_OVER || this.#greetedAt === null;
        const isFirst = this.#failures === 0;
        this.#hangUp();
        this.#isCrowded = code === TOO_MANY;
        this.#listener?.status(this.#isCrowded ? "crowded" : "closed");
        if (!this.#listener) return;
        if (this.#isCrowded) { this.#again(CROWDED_WAIT); return; }
        const wait = this.#backoff();
        if (code === SESSION_OVER && isFirst) this.#dial();
        else this.#again(wait);
    }

    /** @param {string} text */
    #hear(text) {
        const frame = parse(text);
        if (frame?.type === "hello") {
            this.#greeted(frame.cursor);
        } else if (frame?.type === "reset") {
            this.#sequence.startOver(null);
            this.#stopResuming();
            this.#listener?.reread();
        } else if (frame?.type === "event") {
            for (const event of this.#sequence.take(frame.cursor, frame)) this.#listener?.event(event);
            this.#closeGap();
        }
    }

    /** @param {number} newest */
    #greeted(newest) {
        this.#timers.clear(this.#timer);
        this.#greetedAt ??= this.#now();
        this.#listener?.status("connected");
        this.#stopResuming();
        if (this.#sequence.greet(newest)) this.#resume();
        else this.#listener?.reread();
    }

    /** Asks for what is missing, if anything is, unless that was just done. */
    #closeGap() {
        if (!this.#sequence.isBehind) this.#stopResuming();
        else if (this.#resumeTimer === null) this.#resume();
    }

    #resume() {
        const { last } = this.#sequence;
        this.#socket?.send(JSON.stringify({ type: "resume", cursor: last }));
        this.#resumes += 1;
        this.#resumeTimer = this.#timers.set(() => this.#checkResumed(last), RESUME_WAIT);
    }

    /**
     * What did not come is asked for again; after a few times in vain everything is read again.
     * @param {number|null} before the last number when it was asked for
     */
    #checkResumed(before) {
        this.#resumeTimer = null;
        if (this.#sequence.last !== before) this.#resumes = 0;
        if (!this.#sequence.isBehind) { this.#stopResuming(); return; }
        if (this.#resumes < MOST_RESUMES) { this.#resume(); return; }
        this.#stopResuming();
        this.#sequence.startOver();
        this.#listener?.reread();
    }

    #stopResuming() {
        this.#timers.clear(this.#resumeTimer);
        this.#resumeTimer = null;
        this.#resumes = 0;
    }
}

/**
 * @param {string} text
 * @returns {any} null where it is not JSON
 */
function parse(text) {
    try {
        return JSON.parse(text);
    } catch {
        return null;
    }
}
