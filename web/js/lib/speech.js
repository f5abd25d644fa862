/**
 * Speech as text, through the Web Speech API where a browser has it: https://webaudio.github.io/web-speech-api/
 * @typedef {{lang: string, interimResults: boolean, continuous: boolean, start: () => void, stop: () => void,
 *   abort: () => void, onresult: any, onerror: any, onend: any}} Recognition
 * @typedef {"idle"|"listening"} Phase
 * @typedef {"refused"|"no-microphone"|"unreachable"|"language"|"nothing"|"failed"} Flaw why nothing was understood
 */

/** @type {Readonly<Record<string, Flaw>>} the errors of the API by what a person can do about them */
const FLAWS = Object.freeze({
    "not-allowed": "refused", "service-not-allowed": "refused", "audio-capture": "no-microphone",
    network: "unreachable", "language-not-supported": "language", "no-speech": "nothing",
});

/**
 * @param {any} window
 * @returns {(new () => Recognition)|null} null where the browser offers nothing of the kind
 */
export function recognizer(window) {
    return window.SpeechRecognition ?? window.webkitSpeechRecognition ?? null;
}

/** One ear: listens, tells what it has heard so far, and ends by itself or when it is told to. */
export class Ear {
    /** @type {Recognition|null} */
    #now = null;

    /**
     * @param {new () => Recognition} Kind
     * @param {{heard: (words: string) => void, ended: (flaw: Flaw|null) => void}} listener `heard`: everything since
     *   the beginning, and again whenever more of it is known; `ended`: once for each beginning
     */
    constructor(Kind, listener) {
        this.Kind = Kind;
        this.listener = listener;
    }

    get isListening() { return this.#now !== null; }

    /** @param {string} language a BCP 47 tag */
    begin(language) {
        this.leave();
        const recognition = new this.Kind();
        /** @type {Flaw|null} */
        let flaw = null;
        Object.assign(recognition, { lang: language, interimResults: true, continuous: true });
        recognition.onresult = (/** @type {any} */ event) => {
            if (this.#now !== recognition) return;
            this.listener.heard([...event.results].map(([best]) => best.transcript.trim()).filter(Boolean).join(" "));
        };
        recognition.onerror = (/** @type {any} */ { error }) => {
            if (error !== "aborted") flaw = FLAWS[error] ?? "failed";
        };
        recognition.onend = () => {
            if (this.#now !== recognition) return;
            this.#now = null;
            this.listener.ended(flaw);
        };
        this.#now = recognition;
        try {
            recognition.start();
        } catch {
            this.#now = null;
            this.listener.ended("failed");
        }
    }

    /** No more is to come; what is being worked out still does. */
    end() { this.#now?.stop(); }

    /** Lets go at once; nothing more is heard and nothing told. */
    leave() {
        const recognition = this.#now;
        this.#now = null;
        recognition?.abort();
    }
}
