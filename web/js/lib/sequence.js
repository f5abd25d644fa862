/**
 * Puts numbered events in order: each number once, none left out. Numbers go up by one.
 * @template T
 */
export class Sequence {
    /** @type {number|null} */
    #last = null;
    #newest = 0;
    /** What came before its turn, by number.
     * @type {Map<number, T>} */
    #early = new Map();
    #most;

    /** @param {{most?: number}} [limits] how many events may be missing before it is better to start over */
    constructor({ most = 500 } = {}) { this.#most = most; }

    /** @returns {number|null} the number up to which nothing is missing; null before the first */
    get last() { return this.#last; }

    /** Whether there are events that have not come. */
    get isBehind() { return this.#last !== null && this.#last < this.#newest; }

    /**
     * Hears what the newest number is.
     * @param {number} newest
     * @returns {boolean} whether to go on from `last`; if not, it starts over from `newest`
     */
    greet(newest) {
        const missed = this.#last === null ? -1 : newest - this.#last;
        if (missed < 0 || missed > this.#most) {
            this.startOver(newest);
            return false;
        }
        this.#newest = Math.max(this.#newest, newest);
        return true;
    }

    /**
     * @param {number} number
     * @param {T} event
     * @returns {T[]} the events whose turn it is now
     */
    take(number, event) {
        this.#last ??= number - 1;
        if (number <= this.#last) return [];
        this.#newest = Math.max(this.#newest, number);
        if (this.#early.size < this.#most || number === this.#last + 1) this.#early.set(number, event);
        const ready = [];
        for (let next = this.#last + 1; this.#early.has(next); next += 1) {
            ready.push(/** @type {T} */ (this.#early.get(next)));
            this.#early.delete(next);
            this.#last = next;
        }
        return ready;
    }

    /** @param {number|null} [from] the number to go on from: the newest one known, or null for whatever comes next */
    startOver(from = this.#newest) {
        this.#last = from;
        this.#newest = from ?? 0;
        this.#early.clear();
    }
}
