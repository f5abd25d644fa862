/**
 * The other tabs of this browser that show the page: what one alone may do at a time, and what they tell each other.
 * Where a browser has no locks or no channel, this tab counts as the only one.
 */

const CHANNEL = "errand.tabs";

export class Tabs {
    #locks;
    #channel;

    /** @param {{navigator: {locks?: LockManager}, BroadcastChannel?: typeof BroadcastChannel}} window */
    constructor(window) {
        this.#locks = window.navigator.locks ?? null;
        this.#channel = window.BroadcastChannel ? new window.BroadcastChannel(CHANNEL) : null;
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
    onHear(action) {
        if (this.#channel) this.#channel.onmessage = ({ data }) => action(data);
    }
}

/** A tab without others. */
export const ALONE = Object.freeze({
    alone: (/** @type {string} */ _, /** @type {() => Promise<any>} */ action) => action(),
    unlessBusy: (/** @type {string} */ _, /** @type {() => Promise<void>} */ action) => action(),
    tell: () => {}, onHear: () => {},
});
