/** Identifiers. `crypto.randomUUID` exists only in secure contexts, so both kinds are made from random bytes. */

/**
 * @param {Uint8Array} bytes 16 bytes
 * @param {number} version
 * @returns {string}
 */
function format(bytes, version) {
    bytes[6] = (bytes[6] & 0x0f) | (version << 4);
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

/**
 * A random UUID (version 4), for idempotency keys.
 * @param {Crypto} [source]
 * @returns {string}
 */
export function randomID(source = globalThis.crypto) {
    if (typeof source.randomUUID === "function") return source.randomUUID();
    return format(source.getRandomValues(new Uint8Array(16)), 4);
}

/**
 * A time-ordered UUID (version 7, RFC 9562 section 5.7), for tasks named by this page before the server knows them.
 * @param {number} milliseconds since 1970
 * @param {Crypto} [source]
 * @returns {string}
 */
export function orderedID(milliseconds, source = globalThis.crypto) {
    const bytes = source.getRandomValues(new Uint8Array(16));
    let rest = milliseconds;
    for (let index = 5; index >= 0; index -= 1) {
        bytes[index] = rest % 256;
        rest = Math.floor(rest / 256);
    }
    return format(bytes, 7);
}
