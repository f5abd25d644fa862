/** How a notification reached its person, or did not: a line for each channel. */

import { agoWords, instantWords } from "../words/dates.js";
import { receiptName, receiptWords } from "../words/notify.js";
import { h, setText } from "./element.js";

export class Receipts {
    /** @type {import("../store/core.js").Receipts|null} */
    #shown = null;

    /** @param {string} id */
    constructor(id) {
        this.message = h("p");
        this.list = h("ul");
        this.element = h(
            "div", { class: "receipts", id, role: "status", hidden: true, "data-testid": "receipts" },
            this.message, this.list,
        );
    }

    /**
     * @param {import("../store/core.js").Receipts|null} receipts
     * @param {{now: Date, zone: string}} setting
     */
    update(receipts, { now, zone }) {
        if (receipts === this.#shown) return;
        this.#shown = receipts;
        this.element.hidden = !receipts;
        setText(this.message, receipts?.message ?? "");
        this.message.hidden = !receipts?.message;
        const words = {
            ago: (/** @type {string} */ instant) => agoWords(instant, now, zone),
            at: (/** @type {string} */ instant) => instantWords(instant, now, zone),
        };
        this.list.replaceChildren(...(receipts?.items ?? []).map((one) => h(
            "li", { "data-testid": "receipt", "data-state": one.state },
            h("strong", { dir: "auto" }, receiptName(one)), ` ${receiptWords(one, words)}`,
        )));
    }
}
