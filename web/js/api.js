/**
 * The REST door: what can be asked of the server.
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
 * @typedef {import("./transport.js").Listener} Listener
 * @typedef {import("./transport.js").Options} Options
 */

import { channelPath, notificationPath, queryString, taskPath } from "./lib/paths.js";
import { Transport } from "./transport.js";
import { readLocale } from "./words/words.js";

export { Problem, problemFrom } from "./transport.js";

export class Api extends Transport {
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
}
