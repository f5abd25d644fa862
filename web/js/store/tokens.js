/**
 * Keys that a person makes for programs of their own, and what else of the account is asked for one by one.
 * @typedef {{ok: boolean, checked: number, head: string, first_bad_seq?: number}} Verification
 */

export class Tokens {
    #api;
    #programs;

    /**
     * @param {import("../api.js").Api} api
     * @param {import("./programs.js").Programs} programs lists what was made
     */
    constructor(api, programs) {
        this.#api = api;
        this.#programs = programs;
    }

    /**
     * Makes a token; it is shown this once.
     * @param {{name: string, scopes: string[], expires_at: string|null}} input
     * @returns {Promise<string>} the secret
     * @throws {import("../api.js").Problem}
     */
    async make(input) {
        const { data } = await this.#api.request("POST", "/me/tokens", { body: input });
        await this.#programs.refresh();
        return data.token;
    }

    /**
     * Has the server compute the log anew.
     * @returns {Promise<Verification>}
     * @throws {import("../api.js").Problem}
     */
    async verifyLog() { return (await this.#api.request("GET", "/audit/verify")).data; }
}
