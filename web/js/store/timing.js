/** When tasks are due, come again and are reminded of: what the pickers ask of the server, and how they write. */

import { Problem } from "../api.js";
import { localDue, todayIn } from "../lib/dates.js";
import { timeWords } from "../lib/clock.js";
import { dayHeading } from "../words/dates.js";
import { locale, say } from "../words/words.js";

/**
 * @typedef {import("../api.js").Task} Task
 * @typedef {import("../lib/dates.js").Due} Due
 * @typedef {import("../lib/rules.js").Recurrence} Recurrence
 * @typedef {{rrule: string, anchor: string}|{text: string, anchor?: string}} Rule what the server takes as one
 * @typedef {{due: Due|null, recurrence: Recurrence|null, rest: string, warnings: string[]}} Reading `rest`: the words
 *   that were not understood
 * @typedef {{count: number, titles: string[]}} Load of a day; a few titles of its tasks
 * @typedef {{text: string|null, dates: {date: string, time: string|null}[]}} Preview
 * @typedef {"this"|"following"} Scope of a change to a task that comes again
 */

/** Pages of tasks that are counted, and titles that are told, at most. */
const MOST_PAGES = 3;
const MOST_TITLES = 3;

export class Timing {
    #core;
    #api;
    #writing;
    /** Whether this server shows dates to come; an older one does not. */
    #foresees = true;

    /**
     * @param {import("./core.js").Core} core
     * @param {import("../api.js").Api} api
     * @param {import("./writing.js").Writing} writing
     */
    constructor(core, api, writing) {
        this.#core = core;
        this.#api = api;
        this.#writing = writing;
    }

    /** @returns {string} the reader's day */
    get today() {
        const { now, zone, user } = this.#core.state;
        return todayIn(now, zone, user?.day_ends_at);
    }

    /**
     * What the server makes of words such as "fri 3pm".
     * @param {string} text
     * @returns {Promise<Reading|null>} null when it cannot be asked
     */
    async read(text) {
        const body = { text, dry_run: true, ...this.#language };
        const data = await this.#ask("POST", "/tasks/quick-add", { body });
        if (!data) return null;
        const { title, due, recurrence } = data.parsed;
        return { due, recurrence, rest: title, warnings: data.warnings.map((/** @type {any} */ one) => one.detail) };
    }

    /** The language of the page, where it is not the account's, whose order of day and month would be lost. */
    get #language() {
        const language = locale().split("-")[0];
        const isOwn = /** @type {any} */ (this.#core.state.user)?.language === language;
        return isOwn ? {} : { locale: language };
    }

    /**
     * How many open tasks lie on each day, and what some of them are.
     * @param {string} from
     * @param {string} to the last day
     * @returns {Promise<Map<string, Load>>} empty when it cannot be had
     */
    async loads(from, to) {
        /** @type {Map<string, Load>} */
        const loads = new Map();
        const query = { status: "pending", due_from: from, due_to: to, sort: "due_date", limit: 200 };
        /** @type {string|undefined} */
        let cursor;
        for (let page = 0; page < MOST_PAGES; page += 1) {
            const data = await this.#try(async () => (await this.#api.listTasks({ ...query, cursor })).data);
            for (const task of data?.items ?? []) this.#count(loads, task);
            cursor = data?.next_cursor;
            if (!cursor) break;
        }
        return loads;
    }

    /** @param {Map<string, Load>} loads @param {Task} task */
    #count(loads, { due, title }) {
        if (!due) return;
        const { date } = localDue(due, this.#core.state.zone);
        const load = loads.get(date) ?? { count: 0, titles: [] };
        load.count += 1;
        if (load.titles.length < MOST_TITLES) load.titles.push(title);
        loads.set(date, load);
    }

    /**
     * The first five dates of a rule.
     * @param {Due|null} due null begins the rule today
     * @param {Rule} recurrence
     * @returns {Promise<Preview|Problem|null>} a refusal of the rule; null where dates cannot be had now
     */
    async preview(due, recurrence) {
        if (!this.#foresees) return null;
        try {
            const body = { due, recurrence, count: 5, ...this.#language };
            const { data } = await this.#api.request("POST", "/recurrences/preview", { body });
            const dates = data.occurrences.map((/** @type {any} */ { date, time = null }) => ({ date, time }));
            return { text: data.text, dates };
        } catch (error) {
            if (!(error instanceof Problem)) throw error;
            if (error.status === 404 || error.status === 405) this.#foresees = false;
            return error.status === 422 ? error : null;
        }
    }

    /**
     * @param {string} method
     * @param {string} path
     * @param {object} options
     */
    #ask(method, path, options) {
        return this.#try(async () => (await this.#api.request(method, path, options)).data);
    }

    /**
     * @template T
     * @param {() => Promise<T>} action
     * @returns {Promise<T|null>}
     */
    async #try(action) {
        try {
            return await action();
        } catch (error) {
            if (!(error instanceof Problem)) throw error;
            return null;
        }
    }

    /**
     * Gives a task another due, and with it a rule where words said one.
     * @param {Task} task
     * @param {{due: Due|null, recurrence?: Rule}} value
     * @param {Scope} scope
     * @returns {Promise<void>}
     */
    async setDue(task, { due, recurrence }, scope) {
        const patch = { due, ...(recurrence ? { recurrence } : {}) };
        if (!recurrence && JSON.stringify(due) === JSON.stringify(task.due)) return;
        const words = due ? say("pickers.moved", { when: this.#words(due) }) : say("pickers.noDue");
        // One that did not come again has no others to be moved with it.
        await this.#writing.change(task, patch, words, task.recurrence && !recurrence ? scope : undefined);
    }

    /** @param {Due} due @returns {string} "Tomorrow, Sunday, November 29, 3:00 PM" */
    #words(due) {
        const { date, time } = localDue(due, this.#core.state.zone);
        const { near, full } = dayHeading(date, this.today);
        return [near, full, time && timeWords(time, locale())].filter(Boolean).join(", ");
    }

    /**
     * @param {Task} task
     * @param {{recurrence: Rule|null, due?: Due}} value `due`: of a task that had none
     */
    async setRule(task, { recurrence, due }) {
        const patch = { recurrence, ...(due ? { due } : {}) };
        await this.#writing.change(task, patch, say(recurrence ? "pickers.ruleSet" : "pickers.ruleEnded"));
    }

    /**
     * @param {Task} task
     * @param {import("../lib/reminders.js").Reminder[]} reminders
     * @param {Scope} scope
     */
    async setReminders(task, reminders, scope) {
        const words = reminders.length
            ? say("pickers.reminded", { count: reminders.length }) : say("pickers.notReminded");
        await this.#writing.change(task, { reminders }, words, task.recurrence ? scope : undefined);
    }
}
