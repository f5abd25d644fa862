/** What is kept: a copy to take along, tasks from elsewhere, and the log that proves that nothing was tampered with. */

import { Problem } from "../../api.js";
import { say } from "../../words/words.js";
import { h, setText } from "../element.js";
import { icon } from "../icon.js";
import { FeedsBlock } from "./feeds-block.js";
import { button, group } from "./group.js";
import { ImportForm } from "./import-form.js";

/** How much of the newest hash is shown; whoever keeps all of it has it from the download. */
const SHORT_HASH = 12;

/** What the tasks can be downloaded as, beside the copy that has everything. */
const FORMATS = Object.freeze(["csv", "ical", "markdown", "todotxt"]);

export class DataPart {
    /**
     * @param {import("../../store.js").Store} store
     * @param {(question: string) => boolean} confirm asks before something is revoked
     */
    constructor(store, confirm) {
        this.store = store;
        this.result = h("p", { class: "settings-message", role: "status", "data-testid": "audit-result" });
        this.import = new ImportForm(store);
        this.feeds = new FeedsBlock(store, confirm);
        this.verify = button(say("account.verifyLog"), "audit-verify", () => this.#verify());
        this.element = group(
            "data", say("account.data"), "",
            h("div", { class: "settings-block" },
                h("h4", {}, say("account.export")), h("p", { class: "settings-words" }, say("account.exportAbout")),
                h("div", { class: "channel-buttons" },
                    download("/api/v1/export", say("account.exportTasks"), "export")),
                h("p", { class: "settings-words" }, say("account.exportOther")),
                h("div", { class: "channel-buttons" }, ...FORMATS.map((format) => download(
                    `/api/v1/export?format=${format}`, say(`account.export.${format}`), `export-${format}`)))),
            this.import.element, this.feeds.element,
            h("div", { class: "settings-block" },
                h("h4", {}, say("account.log")), h("p", { class: "settings-words" }, say("account.logAbout")),
                this.result,
                h("div", { class: "channel-buttons" }, this.verify,
                    download("/api/v1/audit/export", say("account.exportLog"), "audit-export"))),
        );
    }

    open() { this.feeds.open(); }

    get dirty() { return this.feeds.dirty; }

    leave() {
        this.#say("", false);
        this.import.reset();
        this.feeds.leave();
    }

    /** @param {string} text @param {boolean} isBad */
    #say(text, isBad) {
        setText(this.result, text);
        this.result.classList.toggle("failed", isBad);
    }

    async #verify() {
        if (this.verify.disabled) return;
        this.verify.disabled = true;
        this.#say(say("account.verifying"), false);
        try {
            const { ok, checked, head, first_bad_seq: bad } = await this.store.tokens.verifyLog();
            this.#say(ok ? say("account.logGood", { count: checked, hash: head.slice(0, SHORT_HASH) })
                : say("account.logBad", { number: bad ?? "?" }), !ok);
        } catch (error) {
            if (!(error instanceof Problem)) throw error;
            this.#say(error.detail, true);
        } finally {
            this.verify.disabled = false;
        }
    }
}

/**
 * @param {string} href
 * @param {string} label
 * @param {string} testID
 */
function download(href, label, testID) {
    return h("a", { class: "button", href, download: true, "data-testid": testID }, icon("download"), label);
}
