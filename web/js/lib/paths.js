/** Addresses of what the server keeps, below /api/v1. */

/**
 * @param {Record<string, string|number|boolean|null|undefined>} query
 * @returns {string} "" or "?…"; empty values are left out
 */
export function queryString(query) {
    const values = new URLSearchParams();
    for (const [name, value] of Object.entries(query)) {
        if (value !== undefined && value !== null && value !== "") values.set(name, String(value));
    }
    const text = values.toString();
    return text ? `?${text}` : "";
}

/**
 * @param {string} id
 * @returns {string}
 */
export function taskPath(id) {
    return `/tasks/${encodeURIComponent(id)}`;
}

/**
 * @param {string} id
 * @returns {string}
 */
export function notificationPath(id) {
    return `/notifications/${encodeURIComponent(id)}`;
}

/**
 * @param {string} id
 * @returns {string}
 */
export function channelPath(id) {
    return `/notifications/channels/${encodeURIComponent(id)}`;
}
