/** A button for speaking instead of typing. What is heard lands in the field and is never sent by itself. */

import { Ear, recognizer } from "../lib/speech.js";
import { locale, say } from "../words/words.js";
import { attribute, h, setText } from "./element.js";
import { icon } from "./icon.js";

export class Voice {
    /** What stood in the field before somebody spoke. */
    #before = "";

    /**
     * @param {HTMLInputElement|HTMLTextAreaElement} control
     * @param {any} [window] where the browser offers what understands speech
     */
    constructor(control, window = globalThis.window) {
        this.control = control;
        const Kind = recognizer(window);
        this.ear = Kind && new Ear(Kind, {
            heard: (words) => this.#write(words),
            ended: (flaw) => {
                this.#show(flaw ? say(`voice.${flaw}`) : "");
                control.focus();
            },
        });
        this.button = h("button", {
            type: "button", class: "icon-button voice", hidden: !Kind, "data-testid": "voice",
            on: { click: () => this.#toggle() },
        }, icon("microphone"));
        this.note = h("p", { class: "voice-note", role: "status", "data-testid": "voice-note" });
        this.#show("");
    }

    /** Somebody leaves: no microphone stays open behind their back. */
    leave() {
        if (!this.ear?.isListening) return;
        this.ear.leave();
        this.#show("");
    }

    #toggle() {
        if (!this.ear) return;
        if (this.ear.isListening) { this.ear.end(); return; }
        this.#before = this.control.value.trimEnd();
        this.ear.begin(locale());
        if (this.ear.isListening) this.#show(say("voice.listening"));
    }

    /** @param {string} words */
    #write(words) {
        this.control.value = [this.#before, words].filter(Boolean).join(" ");
        this.control.dispatchEvent(new Event("input", { bubbles: true }));
    }

    /** @param {string} words */
    #show(words) {
        const isListening = this.ear?.isListening ?? false;
        attribute(this.button, "aria-pressed", String(isListening));
        attribute(this.button, "aria-label", say("voice.speak"));
        setText(this.note, words);
        this.note.toggleAttribute("data-listening", isListening);
    }
}
