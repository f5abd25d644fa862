/** The button that opens the inbox, with the number of notifications not read yet. */

import { say } from "../words/words.js";
import { attribute, h, setText } from "./element.js";
import { icon } from "./icon.js";

const MOST_SHOWN = 99;

export class Bell {
    /** @param {() => void} open */
    constructor(open) {
        this.count = h("span", { class: "bell-count", "aria-hidden": "true", "data-testid": "unread" });
        this.element = h("button", {
            type: "button", class: "icon-button bell", "aria-haspopup": "dialog", "data-testid": "bell",
            on: { click: open },
        }, icon("bell"), this.count);
    }

    focus() { this.element.focus(); }

    /** @param {import("../store/core.js").State} state */
    update({ inbox: { unread } }) {
        attribute(this.element, "aria-label", unread ? say("inbox.unread", { count: unread }) : say("inbox.title"));
        this.count.hidden = unread === 0;
        setText(this.count, unread > MOST_SHOWN ? `${MOST_SHOWN}+` : String(unread));
    }
}
