/**
 * Keys that a person makes for programs of their own, and what else of the account is asked for one by one.
 * @typedef {{ok: boolean, checked: number, head: string, first_bad_seq?: number}} Verification
 */

import { queryString } from "../lib/paths.js";

/** What a server hears of the name of a file. */
const NAME_LENGTH = 200;

/**
 * What came of a file, or would come of it.
 * @typedef {{line: number, column?: number, field?: string, severity: "warning"|"error", detail: string}} ImportNote
 * @typedef {{format: string, dry_run: boolean, total: number, created: number, existing: number, left_out: number,
 *   notes: ImportNote[], notes_left_out: number, preview: {title: string}[], filters: number, settings: boolean,
 *   undo: string[]}} ImportReport
 * @typedef {{done: number, total: number|null}} ImportProgress entries of the file; the whole is not known at first
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

    /**
     * Takes tasks in from a file, or only says what would be done.
     * @param {File} file
     * @param {{isDryRun: boolean, settings?: boolean, tell?: (progress: ImportProgress) => void}} options `settings`:
     *   take those of the file over too; `tell` is told how far it has come
     * @returns {Promise<ImportReport>}
     * @throws {import("../api.js").Problem}
     */
    async importFile(file, { isDryRun, settings = false, tell = () => {} }) {
        const query = queryString({
            dry_run: isDryRun, settings: settings || undefined, file_name: file.name.slice(-NAME_LENGTH) || undefined,
        });
        const listen = (/** @type {string} */ name, /** @type {any} */ data) => {
            if (name === "progress") tell(data);
        };
        return (await this.#api.request("POST", `/import${query}`, { file, listen })).data;
    }

    /**
     * Takes an import back, part by part.
     * @param {string[]} tokens the newest last
     * @throws {import("../api.js").Problem}
     */
    async undoImport(tokens) {
        for (const token of tokens.toReversed()) await this.#api.undo(token);
    }
}
