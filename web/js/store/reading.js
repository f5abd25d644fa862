/** A line of words that could not be read when it was written, read when the server is there. */

import { Problem } from "../api.js";
import { accepted, together } from "../lib/quick-add.js";
import { ruleOn } from "../lib/rules.js";
import { isUnreachable } from "./reach.js";

/**
 * "Tomorrow" is the day after it was written. What was filled in beside the line counts more than what it says.
 * @param {import("../api.js").Api} api
 * @param {import("./commands.js").Command} command that makes a task
 * @returns {Promise<import("./commands.js").Command>} with what the line says; as it was where that makes no sense
 * @throws {Problem} when the server cannot be reached
 */
export async function readLine(api, command) {
    const { line = "", input = {}, usualDay = "", at } = command;
    const { title, tags = [], due, ...filled } = input;
    const plain = { ...command, line: "" };
    const body = { text: line, dry_run: true, now: new Date(at).toISOString() };
    try {
        const { data } = await api.request("POST", "/tasks/quick-add", { body });
        const said = accepted({ line, ...data }, new Set());
        const merged = { ...together(said, { due, tags }, usualDay), ...filled, title: said.title || title };
        const { recurrence } = said;
        return {
            ...plain,
            input: recurrence && merged.due ? { ...merged, recurrence: ruleOn(recurrence, merged.due.date) } : merged,
        };
    } catch (error) {
        if (!(error instanceof Problem) || isUnreachable(error) || error.passing) throw error;
        return plain;
    }
}
