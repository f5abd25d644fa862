/** The heading of a part of the settings, and beside it whether what was chosen is saved. */

import { freshID, h, setText } from "./element.js";

export class SectionHead {
    /**
     * @param {string} text
     * @param {string} name for tests
     */
    constructor(text, name) {
        this.id = freshID("settings-heading");
        this.note = h("p", { class: "settings-note", role: "status", "data-testid": `${name}-note` });
        this.element = h("div", { class: "settings-line" }, h("h4", { id: this.id }, text), this.note);
    }

    /** @param {{text: string, isError: boolean}} [note] */
    update(note) {
        setText(this.note, note?.text ?? "");
        this.note.classList.toggle("failed", note?.isError === true);
    }
}
