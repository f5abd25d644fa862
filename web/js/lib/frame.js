/** When something can be seen, so that what is not seen can wait for it. */

/** How long anything waits for it, in milliseconds: a page out of sight shows nothing. */
const LONGEST = 1_000;

/**
 * @param {Pick<Window, "requestAnimationFrame"|"setTimeout"|"clearTimeout">} window
 * @param {Promise<unknown>} work
 * @returns {Promise<void>} done when the work is, and what it did has been painted; after a second whatever happens
 */
export function shown(window, work) {
    return new Promise((done) => {
        const timer = window.setTimeout(done, LONGEST);
        const end = () => { window.clearTimeout(timer); done(); };
        // A frame is painted after those who asked for it have been called.
        const follow = () => { window.requestAnimationFrame(() => { window.setTimeout(end); }); };
        work.then(follow, follow);
    });
}
