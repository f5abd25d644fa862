/** Parts of the page that come once somebody opens them, so that the first list is there sooner. */

import { say } from "../words/words.js";
import { h } from "./element.js";

/** When they are loaded for somebody who has not opened one yet, in milliseconds: they may be offline later. */
const AT_LEISURE = 5_000;

/**
 * @typedef {import("../store/core.js").State} State
 * @typedef {{element: HTMLElement, update?: (state: State) => void, suspend?: () => void, resume?: () => void,
 *   dispose?: () => void, readonly dirty?: boolean}} Part what a part may do beside what it is called for
 */

/** How many parts are on their way that somebody waits for. */
let coming = 0;

/** Whether a part is about to open, so that what is typed now is meant for it, not for what is behind it. */
export function isComing() { return coming > 0; }

/**
 * Stands where a part will stand. Until that is loaded it shows nothing, and keeps the last call that came meanwhile.
 * @template {Part} P
 * @template M
 */
export class Later {
    /** @type {P|null} */
    #part = null;
    /** @type {M|null} */
    #module = null;
    /** What to do as soon as the part is there. @type {((part: P) => void)|null} */
    #call = null;
    #isLoading = false;
    #isGone = false;

    /**
     * @param {Pick<import("../store.js").Store, "state"|"say">} store
     * @param {{load: () => Promise<M>, make: (module: M) => P, isWanted?: (state: State) => boolean,
     *   giveUp?: () => void}} how
     *   `load`: fetches the module; `isWanted`: whether it is the state that opens the part; `giveUp`: ends that,
     *   where the part cannot be had
     */
    constructor(store, { load, make, isWanted = () => false, giveUp = () => {} }) {
        this.store = store;
        this.how = { load, make, isWanted, giveUp };
        this.element = h("div", { hidden: true });
        this.#rest();
    }

    /** Loads the part once there is time for it; the first list goes before. */
    #rest() {
        setTimeout(() => {
            if (this.store.state.loading === "first") this.#rest();
            else this.how.load().then((module) => { this.#module = module; }, () => {});
        }, AT_LEISURE);
    }

    /** @returns {P|null} null until somebody has opened it */
    get part() { return this.#part; }

    /** Whether something typed there would be lost with the page. */
    get dirty() { return this.#part?.dirty === true; }

    /**
     * Has the part do something, at once or as soon as it is there.
     * @param {(part: P) => void} call
     */
    use(call) {
        if (this.#part) {
            call(this.#part);
            return;
        }
        this.#call = call;
        this.#bring();
    }

    /** Opens a part that needs to know nothing for it. */
    open() { this.use((part) => /** @type {any} */ (part).open()); }

    #bring() {
        if (this.#module) this.#show(this.how.make(this.#module));
        else if (!this.#isLoading) this.#load();
    }

    async #load() {
        this.#isLoading = true;
        coming += 1;
        try {
            this.#module = await this.how.load();
        } catch (error) {
            // What a module cannot be had for is a TypeError.
            if (!(error instanceof TypeError)) throw error;
            this.#call = null;
            this.how.giveUp();
            this.store.say(say("page.not-loaded"));
        } finally {
            this.#isLoading = false;
            coming -= 1;
        }
        if (this.#module && !this.#part && !this.#isGone) this.#bring();
    }

    /** @param {P} part */
    #show(part) {
        this.#part = part;
        this.element.replaceWith(part.element);
        const call = this.#call;
        this.#call = null;
        // Whoever has to sign in again meanwhile is shown nothing but that.
        if (this.store.state.phase !== "signed-in") return;
        part.update?.(this.store.state);
        call?.(part);
    }

    /** @param {State} state */
    update(state) {
        if (this.#part) this.#part.update?.(state);
        else if (this.how.isWanted(state)) this.#bring();
    }

    /** Makes way for the sign-in screen. */
    suspend() {
        this.#call = null;
        this.#part?.suspend?.();
    }

    resume() { this.#part?.resume?.(); }

    dispose() {
        this.#isGone = true;
        this.#part?.dispose?.();
    }
}
