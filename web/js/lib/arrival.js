/**
 * What the address says is wanted of the page when it opens: something shared with it (`?title=&text=&url=`), or a
 * shortcut of the installed page (`?do=add`, `?do=chat`).
 * @typedef {{wants: "add"|"chat", line: string}} Arrival `line`: what the line that adds a task begins with
 */

/** As many characters as a title has. */
const LONGEST = 500;

/**
 * @param {string} search with or without "?"
 * @returns {Arrival|null} null where nothing is wanted
 */
export function arrivalOf(search) {
    const values = new URLSearchParams(search);
    const line = sharedLine(values);
    if (line) return { wants: "add", line };
    const wants = values.get("do");
    return wants === "add" || wants === "chat" ? { wants, line: "" } : null;
}

/**
 * Title, text and address in one line, each once: programs put an address into any of them.
 * @param {URLSearchParams} values
 */
function sharedLine(values) {
    let line = "";
    for (const name of ["title", "text", "url"]) {
        const part = (values.get(name) ?? "").replace(/\s+/gu, " ").trim();
        if (part && !line.includes(part)) line = line && part.includes(line) ? part : `${line} ${part}`.trim();
    }
    return Array.from(line).slice(0, LONGEST).join("").trim();
}
