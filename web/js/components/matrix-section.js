/** Settings: which type of notification comes over which kind of channel. */

import { choicesOf, KINDS, TYPES } from "../lib/notify.js";
import { fixedBecause, kindWords, missingWords } from "../words/notify.js";
import { say } from "../words/words.js";
import { freshID, h, setText } from "./element.js";
import { SectionHead } from "./section-head.js";

export class MatrixSection {
    /** @type {{type: string, kind: string, box: HTMLInputElement}[]} */
    #boxes = [];

    /** @param {import("../store.js").Store} store */
    constructor(store) {
        this.store = store;
        this.head = new SectionHead(say("notify.matrix"), "matrix");
        this.missing = h("p", { class: "settings-words", "data-testid": "matrix-missing" });
        const columns = KINDS.map((kind) => h("th", { scope: "col", role: "columnheader" }, kindWords(kind)));
        // Roles are repeated: laid out as a grid on narrow screens, a table is no longer one to some readers.
        const table = h(
            "table", { class: "matrix", role: "table", "aria-labelledby": this.head.id, "data-testid": "matrix" },
            h("thead", { role: "rowgroup" }, h(
                "tr", { role: "row" },
                h("th", { class: "matrix-corner", scope: "col", role: "columnheader" },
                    h("span", { class: "unseen" }, say("notify.type"))),
                ...columns,
            )),
            h("tbody", { role: "rowgroup" }, ...TYPES.map((type) => this.#row(type))),
        );
        this.element = h(
            "section", { class: "settings-section", "aria-labelledby": this.head.id },
            this.head.element, table, this.missing,
        );
    }

    /** @param {string} type */
    #row(type) {
        const label = say(`notify.type.${type}`);
        const hintID = freshID("matrix-hint");
        const cells = KINDS.map((kind) => {
            const reason = fixedBecause(type, kind);
            const box = h("input", {
                type: "checkbox", disabled: Boolean(reason), title: reason || null, "data-testid": `${type}-${kind}`,
                "aria-label": say("notify.over", { type: label, kind: kindWords(kind) }),
                "aria-describedby": reason ? hintID : null,
            });
            box.addEventListener("change", () => { this.store.settings.setKind(type, kind, box.checked); });
            this.#boxes.push({ type, kind, box });
            return h("td", { role: "cell" }, h("label", { class: "matrix-box", title: reason || null }, box));
        });
        return h(
            "tr", { role: "row" },
            h("th", { scope: "row", role: "rowheader" }, label,
                h("span", { class: "matrix-hint", id: hintID }, say(`notify.type.${type}.hint`))),
            ...cells,
        );
    }

    /** @param {import("../store/core.js").State} state */
    update({ user, settings, devices }) {
        const { matrix } = choicesOf(user, settings.pending);
        for (const { type, kind, box } of this.#boxes) {
            const isOn = matrix[type].includes(kind);
            if (box.checked !== isOn) box.checked = isOn;
        }
        this.head.update(settings.notes.matrix);
        const missing = devices.state === "unknown" ? "" : missingWords(matrix, devices.channels);
        setText(this.missing, missing);
        this.missing.hidden = !missing;
    }
}
