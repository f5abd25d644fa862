/**
 * The one way in which a change of a task leaves the page. Each is a command: kept in this browser, sent at once, and
 * taken away when the server has it. Where the server cannot be reached it stays, for as long as it takes and over the
 * end of the browser; then all that waited is sent in order, by one tab. Commands of one task go one after the other.
 * What is at odds with a change made elsewhere waits for a person to choose.
 * @typedef {import("./commands.js").Command} Command
 * @typedef {import("./commands.js").Deed} Deed
 * @typedef {import("./commands.js").Side} Side
 * @typedef {import("./core.js").Task} Task
 * @typedef {{settled: (command: Command, task: Task|null, undo: string|null) => void,
 *   drained: (count: number, undos: string[]) => void, changed: (task: string) => void,
 *   held: (command: Command) => void, seen: (task: Task) => void, stranger: (user: any) => void}} Hooks
 *   `settled`: the server has it; `drained`: it has what waited; `changed`: a task looks otherwise now; `held`: it is
 *   kept for later; `seen`: a task as the server has it; `stranger`: somebody else is signed in by now
 * @typedef {{isStrict?: boolean, isLate?: boolean, isHeld?: boolean}} Way `isStrict`: what is refused is
 *   not kept; `isLate`: it was kept; `isHeld`: it is not tried now, since the server cannot be reached
 */

import { Problem } from "../api.js";
import { orderedID } from "../lib/ids.js";
import { MemoryShelf } from "../lib/shelf.js";
import { ALONE } from "../lib/tabs.js";
import { sendCommand } from "./calls.js";
import { applied, clashesOf, deedsFor, wishOf } from "./commands.js";
import { Lanes } from "./lanes.js";
import { isUnreachable } from "./reach.js";
import { readLine } from "./reading.js";

/** How often one task is looked at again in one go, if it changes all the time. */
const MOST_LOOKS = 3;

const NOTHING = () => {};
/** @type {Hooks} */
const NOBODY = Object.freeze({
    settled: NOTHING, drained: NOTHING, changed: NOTHING, held: NOTHING, seen: NOTHING, stranger: NOTHING,
});

export class Outbox {
    #api;
    #tabs;
    #lanes;
    /** @type {Hooks} */
    #hooks = NOBODY;
    /** What runs for a task, so that the next waits for it.
     * @type {Map<string, Promise<any>>} */
    #running = new Map();
    #latest = 0;
    /** @type {Promise<void>|null} */
    #draining = null;
    #isAsked = false;
    /** What waited and has been sent since it was counted last.
     * @type {{count: number, undos: string[]}} */
    #sent = { count: 0, undos: [] };

    /**
     * @param {import("./core.js").Core} core
     * @param {import("../api.js").Api} api
     * @param {{shelf?: import("../lib/shelf.js").Shelf|null, tabs?: Pick<import("../lib/tabs.js").Tabs,
     *   "alone"|"unlessBusy"|"tell">|null}} [parts] without a shelf, what waits ends with the page
     */
    constructor(core, api, { shelf = null, tabs = null } = {}) {
        this.#api = api;
        this.#tabs = tabs ?? ALONE;
        this.#lanes = new Lanes(core, shelf ?? new MemoryShelf(), (task) => this.#hooks.changed(task));
    }

    /** @param {Hooks} hooks */
    listen(hooks) { this.#hooks = hooks; }

    /** @param {string} owner of whom what was kept is taken up */
    open(owner) { return this.#lanes.open(owner); }

    /** How many commands would be lost with the page. */
    get unkept() { return this.#lanes.unkept; }

    /** @param {string} task @returns {readonly Command[]} its commands, the first to be sent first */
    lane(task) { return this.#lanes.of(task); }

    /** @param {Task} task as the server has it @returns {Task} with what it does not have yet */
    over(task) {
        return this.#lanes.of(task.id).filter(({ held }) => held).reduce((one, command) => applied(one, command), task);
    }

    /**
     * Takes a command and sends it, unless others of its task wait for the server. What was refused before makes way.
     * @param {Deed & {task: string, key: string, base: Task|null, guarded?: boolean}} deed
     * @param {Way} [way]
     * @returns {Promise<{task: Task|null, undo: string|null}|null>} null where it was kept for later
     * @throws {Problem} when the server refuses it
     */
    submit(deed, way = {}) {
        const lane = this.#lanes.of(deed.task);
        const stays = lane.filter((one) => one.held || one.status !== "failed");
        const isBehind = way.isHeld || stays.some(({ held }) => held);
        /** @type {Command} */
        const command = {
            guarded: isBehind && deed.kind !== "create", ...deed, ...this.#stamp(), held: isBehind,
            status: isBehind ? "waiting" : "saving", problem: null, theirs: null,
        };
        const keeping = this.#lanes.set(deed.task, [...stays, command]);
        if (!isBehind) return this.#inLane(deed.task, () => this.#attempt(command.id, way));
        return keeping.then(() => {
            this.#tell();
            if (way.isHeld) return null;
            this.#hooks.held(command);
            this.drain();
            return null;
        });
    }

    #stamp() {
        this.#latest = Math.max(Date.now(), this.#latest + 1);
        return { id: orderedID(this.#latest), at: this.#latest };
    }

    /**
     * @template T
     * @param {string} task
     * @param {() => Promise<T>} action
     * @returns {Promise<T>}
     */
    #inLane(task, action) {
        const before = this.#running.get(task) ?? Promise.resolve();
        const run = before.then(() => this.#tabs.alone(`errand.task.${task}`, action));
        const quiet = run.catch(() => {}).then(() => {
            if (this.#running.get(task) === quiet) this.#running.delete(task);
        });
        this.#running.set(task, quiet);
        return run;
    }

    /** @param {string} id @param {Way} way @returns {Promise<{task: Task|null, undo: string|null}|null>} */
    async #attempt(id, way) {
        if (way.isLate && !await this.#lanes.isKept(id)) { this.#lanes.forget(id); return null; }
        let command = this.#lanes.find(id);
        if (!command || (command.held && !way.isLate)) return null;
        await this.#lanes.put({ ...command, status: "saving", problem: null });
        try {
            if (way.isLate && command.line) {
                command = await readLine(this.#api, command);
                await this.#lanes.put(command);
            }
            const { data, undo } = await sendCommand(this.#api, command);
            const writing = this.#settle(command, data, undo);
            if (command.held) writing.then(() => this.#tell());
            return { task: data, undo };
        } catch (error) {
            if (error instanceof Problem) return this.#refused(command, error, way);
            this.#lanes.put({ ...command, status: "failed" });
            throw error;
        }
    }

    /**
     * @param {Command} command
     * @param {Task|null} task
     * @param {string|null} undo
     * @returns {Promise<void>} for other tabs, which may look at the shelf then
     */
    #settle(command, task, undo) {
        const writing = this.#lanes.answered(command, task);
        if (command.held) {
            this.#sent.count += 1;
            if (undo) this.#sent.undos.push(undo);
        }
        this.#hooks.settled(command, task, undo);
        return writing;
    }

    /**
     * Does what may send things that waited, and says how many it were.
     * @param {() => Promise<any>} action
     */
    async #counting(action) {
        this.#sent = { count: 0, undos: [] };
        await action();
        const { count, undos } = this.#sent;
        if (count) this.#hooks.drained(count, undos);
    }

    /**
     * @param {Command} command
     * @param {Problem} problem
     * @param {Way} way
     * @returns {Promise<null>}
     * @throws {Problem} unless the command is kept
     */
    async #refused(command, problem, { isStrict }) {
        if (isUnreachable(problem) || (command.held && problem.passing)) return this.#hold(command, problem);
        if (command.held && problem.status === 412) {
            await this.#compare(command, 0);
            return null;
        }
        if (isStrict) await this.#lanes.remove([command]);
        else await this.#lanes.put({ ...(this.#lanes.find(command.id) ?? command), status: "failed", problem });
        if (command.held) { this.#tell(); return null; }
        throw problem;
    }

    /**
     * Keeps a command, and those behind it, until the server can be reached. It may have arrived all the same: so it
     * is sent under a new key that binds it to the version it was made on, and compared with what is there.
     * @param {Command} command
     * @param {Problem} problem
     * @returns {Promise<null>}
     */
    async #hold(command, problem) {
        const isNew = !command.held;
        const kept = this.#lanes.of(command.task).map((one) => {
            const key = one.held || one.kind === "create" ? one.key : this.#api.newKey();
            const why = one.id === command.id ? problem : null;
            return { ...one, key, held: true, guarded: true, status: /** @type {const} */ ("waiting"), problem: why };
        });
        await this.#lanes.set(command.task, kept);
        if (isNew) {
            this.#hooks.held(command);
            this.#tell();
        }
        return null;
    }

    /**
     * The task was changed meanwhile: what is not at odds with that is done to it as it is now, what is waits.
     * @param {Command} command
     * @param {number} looks
     * @returns {Promise<void>}
     */
    async #compare(command, looks) {
        let theirs;
        try {
            theirs = (await this.#api.task(command.task)).data;
        } catch (error) {
            if (!(error instanceof Problem)) throw error;
            await this.#lanes.put({ ...command, status: error.passing ? "waiting" : "failed", problem: error });
            this.#tell();
            return;
        }
        this.#hooks.seen(theirs);
        const lane = this.#lanes.of(command.task);
        const wish = wishOf(lane);
        const clashes = lane[0]?.base ? clashesOf(lane[0].base, wish, theirs) : [];
        if (clashes.length || looks === MOST_LOOKS) {
            await this.#lanes.put({ ...command, status: "conflict", problem: null, theirs });
            this.#tell();
            return;
        }
        await this.#redo(command.task, deedsFor(wish, theirs, [], {}), theirs, looks);
    }

    /**
     * @param {string} task whose commands make way for others, which are sent
     * @param {Deed[]} deeds
     * @param {Task} theirs that they are done to
     * @param {number} looks how often it was compared before
     */
    async #redo(task, deeds, theirs, looks) {
        const before = this.#lanes.of(task);
        const commands = deeds.map((deed) => (/** @type {Command} */ ({
            ...deed, ...this.#stamp(), task, key: this.#api.newKey(), base: theirs, guarded: true, held: true,
            status: "waiting", problem: null, theirs: null,
        })));
        await this.#lanes.set(task, commands);
        if (commands.length === 0) this.#hooks.settled(before[0], theirs, null);
        for (const { id } of commands) {
            const command = this.#lanes.find(id);
            if (!command) continue;
            await this.#lanes.put({ ...command, status: "saving" });
            try {
                const { data, undo } = await sendCommand(this.#api, command);
                await this.#settle(command, data, undo);
            } catch (error) {
                if (!(error instanceof Problem)) throw error;
                if (error.status === 412) await this.#compare(command, looks + 1);
                else await this.#refused(command, error, {});
                break;
            }
        }
        this.#tell();
    }

    /**
     * Sends what waits, in order, unless another tab does. Asked for while it runs, it is done once more.
     * @returns {Promise<void>}
     */
    drain() {
        this.#isAsked = true;
        this.#draining ??= this.#drainAll().finally(() => { this.#draining = null; });
        return this.#draining;
    }

    async #drainAll() {
        while (this.#isAsked && this.#lanes.waits) {
            this.#isAsked = false;
            await this.#tabs.unlessBusy(`errand.outbox.${this.#lanes.owner}`, () => this.#sendAll());
        }
    }

    async #sendAll() {
        const { owner } = this.#lanes;
        await this.#lanes.read();
        try {
            const { data } = await this.#api.me();
            if (data.id !== owner) { this.#hooks.stranger(data); return; }
        } catch (error) {
            if (!(error instanceof Problem)) throw error;
            return;
        }
        const tried = new Set();
        await this.#counting(async () => {
            for (let next = this.#lanes.next(tried); next; next = this.#lanes.next(tried)) {
                const { id, task } = next;
                tried.add(id);
                await this.#inLane(task, () => this.#attempt(id, { isLate: true }));
                // What waits still could not be sent now, so nor can the rest.
                if (this.#lanes.owner !== owner || this.#lanes.find(id)?.status === "waiting") break;
            }
        });
    }

    /**
     * Tries the first command of a task again. Its key stays unless the server has judged it.
     * @param {string} task
     * @returns {Promise<void>}
     */
    async retry(task) {
        const [head] = this.#lanes.of(task);
        if (!head || head.status === "saving" || head.status === "conflict") return;
        if (head.held && head.status === "waiting") { await this.drain(); return; }
        const key = !head.problem || head.problem.passing ? head.key : this.#api.newKey();
        const again = { ...head, key, status: /** @type {const} */ ("saving"), problem: null };
        const keeping = this.#lanes.put(again);
        await this.#counting(() => this.#inLane(task, async () => {
            await keeping;
            return this.#attempt(head.id, { isLate: head.held });
        }).catch((error) => { if (!(error instanceof Problem)) throw error; }));
        this.drain();
    }

    /** @param {string} task @returns {string[]} the fields in which it is at odds with what happened elsewhere */
    clashes(task) {
        const lane = this.#lanes.of(task);
        const { base, theirs } = lane[0] ?? {};
        return base && theirs ? clashesOf(base, wishOf(lane), theirs) : [];
    }

    /**
     * Chooses where a task is at odds with what happened elsewhere.
     * @param {string} task
     * @param {Record<string, Side>} choices by field; what is not chosen stays as it is there
     * @returns {Promise<void>}
     */
    async resolve(task, choices) {
        await this.#counting(() => this.#inLane(task, async () => {
            const lane = this.#lanes.of(task);
            const { theirs } = lane[0] ?? {};
            if (!theirs) return;
            await this.#redo(task, deedsFor(wishOf(lane), theirs, this.clashes(task), choices), theirs, 0);
        }));
        this.drain();
    }

    /** @param {string} task whose waiting commands are let go of; what is on its way is */
    drop(task) {
        const lane = this.#lanes.of(task).filter(({ status }) => status !== "saving");
        if (lane.length === 0) return;
        this.#lanes.remove(lane).then(() => this.#tell());
    }

    /** @param {Task} task that is there after all: only the answer to what made it was lost */
    arrived(task) {
        const [head] = this.#lanes.of(task.id);
        if (head?.kind !== "create" || head.status === "saving") return;
        this.#lanes.answered(head, task).then(() => this.#tell());
    }

    /** Tries again what waited for a sign-in. */
    resume() {
        for (const { task, problem } of this.#lanes.heads()) if (problem?.status === 401) this.retry(task);
    }

    /** Another tab has changed what is kept. */
    reread() { return this.#lanes.read(); }

    /** What is kept stays where it is. */
    close() { this.#lanes.close(); }

    #tell() { this.#tabs.tell({ type: "outbox", owner: this.#lanes.owner }); }
}
