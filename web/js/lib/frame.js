/** When something can be seen and used, so that all else can wait for it. */

/** How long anything waits for it, in milliseconds: a page out of sight shows nothing. */
const LONGEST = 1_000;

/**
 * @param {Pick<Window & typeof globalThis, "requestAnimationFrame"|"requestIdleCallback"|"setTimeout"
 *   |"clearTimeout">} window
 * @param {Promise<unknown>} work
 * @returns {Promise<void>} done when the work is, what it did has been painted, and the browser has nothing better to
 *   do; after a second whatever happens
 */
export function shown(window, work) {
    return new Promise((done) => {
        const timer = window.setTimeout(done, LONGEST);
        const end = () => { window.clearTimeout(timer); done(); };
        // Not every browser says when it is idle.
        const idle = () => (window.requestIdleCallback ? window.requestIdleCallback(end) : window.setTimeout(end, 20));
        // A frame is painted after those who asked for it have been called.
        const follow = () => { window.requestAnimationFrame(() => { window.setTimeout(idle); }); };
        work.then(follow, follow);
    });
}
