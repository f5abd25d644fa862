/**
 * The other tabs of this browser that show the page: what one alone may do at a time, and what they tell each other.
 * Where a browser has no locks or no channel, this tab counts as the only one.
 */

const CHANNEL = "errand.tabs";

export class Tabs {
    #locks;
    #window;
    /** @type {BroadcastChannel|null} */
    #channel = null;
    #hear = (/** @type {any} */ _) => {};

    /** @param {Window & typeof globalThis} window */
    constructor(window) {
        this.#locks = window.navigator.locks ?? null;
        this.#window = window;
        this.#open();
        // An open channel would keep the browser from holding the page for "Back".
        window.addEventListener("pagehide", () => {
            this.#channel?.close();
            this.#channel = null;
        });
        window.addEventListener("pageshow", () => { if (!this.#channel) this.#open(); });
    }

    #open() {
        if (!this.#window.BroadcastChannel) return;
        this.#channel = new this.#window.BroadcastChannel(CHANNEL);
        this.#channel.onmessage = ({ data }) => this.#hear(data);
    }

    /**
     * Does something while no other tab does anything under this name.
     * @template T
     * @param {string} name
     * @param {() => Promise<T>} action
     * @returns {Promise<T>}
     */
    alone(name, action) {
        return this.#locks ? this.#locks.request(name, action) : action();
    }

    /**
     * The same, unless another tab is at it already.
     * @param {string} name
     * @param {() => Promise<void>} action
     * @returns {Promise<void>}
     */
    async unlessBusy(name, action) {
        if (!this.#locks) { await action(); return; }
        await this.#locks.request(name, { ifAvailable: true }, async (lock) => { if (lock) await action(); });
    }

    /** @param {object} message for every other tab */
    tell(message) { this.#channel?.postMessage(message); }

    /** @param {(message: any) => void} action */
    onHear(action) { this.#hear = action; }
}

/** A tab without others. */
export const ALONE = Object.freeze({
    alone: (/** @type {string} */ _, /** @type {() => Promise<any>} */ action) => action(),
    unlessBusy: (/** @type {string} */ _, /** @type {() => Promise<void>} */ action) => action(),
    tell: () => {}, onHear: () => {},
});
