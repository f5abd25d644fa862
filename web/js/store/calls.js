/** How a command is said to the server. */

import { queryString, taskPath } from "../lib/paths.js";

/**
 * @param {import("../api.js").Api} api
 * @param {import("./commands.js").Command} command
 * @returns {Promise<import("../transport.js").Answer>}
 * @throws {import("../api.js").Problem}
 */
export function sendCommand(api, command) {
    const { kind, task, key, base, guarded, input, done } = command;
    const options = guarded && base?.version ? { version: base.version, key } : { key };
    switch (kind) {
    case "create": return api.createTask({ id: task, ...input }, options);
    case "delete": return api.deleteTask(task, options);
    case "done": return api.actOnTask(task, done ? "complete" : "reopen", options);
    case "patch": return sendPatch(api, command, options);
    default: return api.actOnTask(task, kind, options);
    }
}

/**
 * One occurrence of a series moves alone, without the rule.
 * @param {import("../api.js").Api} api
 * @param {import("./commands.js").Command} command
 * @param {import("../transport.js").Options} options
 */
function sendPatch(api, { task, patch = {}, scope, moves }, options) {
    if (Object.keys(patch).join() === "reminders" && scope !== "this") {
        return api.request("PUT", `${taskPath(task)}/reminders`, { ...options, body: patch });
    }
    if (scope) {
        return api.request("PATCH", `${taskPath(task)}${queryString({ scope })}`, { ...options, body: patch });
    }
    if (moves) return api.rescheduleTask(task, { due: patch.due }, options);
    return api.changeTask(task, patch, options);
}
