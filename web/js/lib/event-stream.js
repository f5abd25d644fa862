/**
 * Server-sent events, however their text is cut
 * (https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream).
 */

/** @typedef {{name: string, data: string}} StreamEvent */

export class EventStream {
    #rest = "";
    #name = "";
    /** @type {string[]} */
    #data = [];

    /**
     * @param {string} text the next piece
     * @returns {StreamEvent[]} the events that are complete now
     */
    read(text) {
        // A carriage return at the end may be the half of a line's end.
        const whole = this.#rest + text;
        const end = whole.endsWith("\r") ? whole.length - 1 : whole.length;
        const lines = whole.slice(0, end).split(/\r\n|\n|\r/u);
        this.#rest = lines.pop() + whole.slice(end);
        const events = [];
        for (const line of lines) {
            const event = this.#take(line);
            if (event) events.push(event);
        }
        return events;
    }

    /**
     * @param {string} line
     * @returns {StreamEvent|null}
     */
    #take(line) {
        if (line === "") {
            const event = this.#data.length ? { name: this.#name || "message", data: this.#data.join("\n") } : null;
            this.#name = "";
            this.#data = [];
            return event;
        }
        const colon = line.indexOf(":");
        const field = colon < 0 ? line : line.slice(0, colon);
        const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /u, "");
        if (field === "event") this.#name = value;
        if (field === "data") this.#data.push(value);
        return null;
    }
}
