/** The programs that a person has let in: what each may do, and how to show it out. */

import { Problem } from "../api.js";
import { say } from "../words/words.js";

/** @typedef {import("./core.js").Program} Program */

export class Programs {
    #core;
    #api;
    #asked = 0;

    /**
     * @param {import("./core.js").Core} core
     * @param {import("../api.js").Api} api
     */
    constructor(core, api) {
        this.#core = core;
        this.#api = api;
    }

    /** @param {Partial<import("./core.js").Programs>} changes */
    #set(changes) { this.#core.set({ programs: { ...this.#core.state.programs, ...changes } }); }

    /** Shows the programs. */
    open() {
        this.#set({ isOpen: true, message: "", isLoading: true });
        return this.refresh();
    }

    close() {
        if (this.#core.state.programs.isOpen) this.#set({ isOpen: false, message: "" });
    }

    /** @returns {Promise<void>} */
    async refresh() {
        this.#asked += 1;
        const isCurrent = this.#current(this.#asked);
        try {
            const { data } = await this.#api.programs();
            if (isCurrent()) this.#set({ items: data.items, isLoading: false });
        } catch (error) {
            if (!(error instanceof Problem)) throw error;
            if (isCurrent()) this.#set({ isLoading: false, message: `${say("programs.stale")} ${error.detail}` });
        }
    }

    /**
     * Ends what a program may do, at once.
     * @param {Program} program
     */
    async revoke(program) {
        if (this.#core.state.programs.leaving.includes(program.id)) return;
        this.#set({ leaving: [...this.#core.state.programs.leaving, program.id], message: "" });
        const user = this.#core.state.user?.id;
        let message = say("programs.revoked", { name: program.name });
        let isGone = true;
        try {
            await this.#api.revokeProgram(program.id);
        } catch (error) {
            if (!(error instanceof Problem)) throw error;
            // Somebody else was quicker.
            isGone = error.status === 404;
            if (!isGone) message = `${say("programs.kept", { name: program.name })} ${error.detail}`;
        }
        if (this.#core.state.user?.id !== user) return;
        const { items, leaving } = this.#core.state.programs;
        // A list that was asked for before may still hold it.
        if (isGone) this.#asked += 1;
        this.#set({
            items: isGone ? items.filter(({ id }) => id !== program.id) : items, message, isLoading: false,
            leaving: leaving.filter((id) => id !== program.id),
        });
    }

    /** @param {number} asked */
    #current(asked) {
        const user = this.#core.state.user?.id;
        return () => asked === this.#asked && this.#core.state.user?.id === user;
    }
}
