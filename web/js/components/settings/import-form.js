/** Tasks from a file: it is chosen, looked at without anything being done, and then taken in, or not. */

import { Problem } from "../../api.js";
import { say } from "../../words/words.js";
import { h, setText } from "../element.js";
import { button } from "./group.js";

/** How many notes and tasks are shown; a file can have any number. */
const SHOWN = 5;

/** @typedef {import("../../store/tokens.js").ImportReport} ImportReport */

export class ImportForm {
    /** @type {File|null} */
    #file = null;
    /** @type {string[]} */
    #undo = [];
    #isBusy = false;

    /** @param {import("../../store.js").Store} store */
    constructor(store) {
        this.store = store;
        this.input = h("input", {
            type: "file", hidden: true, "data-testid": "import-file", "aria-label": say("account.importChoose"),
            accept: ".json,.csv,.tsv,.ics,.ical,.md,.markdown,.txt,.zip,text/*,application/json,application/zip",
            on: { change: () => this.#look() },
        });
        this.choose = button(say("account.importChoose"), "import-choose", () => this.input.click());
        this.go = button("", "import-go", () => this.#take(), "primary");
        this.back = button(say("account.importUndo"), "import-undo", () => this.#takeBack());
        this.result = h("p", { class: "settings-message", role: "status", "data-testid": "import-result" });
        this.progress = h("progress", {
            class: "import-progress", hidden: true, max: 1, "aria-label": say("account.importProgress"),
            "data-testid": "import-progress",
        });
        this.count = h("p", { class: "import-count", hidden: true, "aria-hidden": "true" });
        this.settings = h("input", { type: "checkbox", "data-testid": "import-settings" });
        this.settingsLine = h(
            "label", { class: "import-settings", hidden: true }, this.settings, say("account.importSettings"),
        );
        this.details = h("ul", { class: "import-details", "data-testid": "import-details" });
        this.element = h(
            "div", { class: "settings-block" },
            h("h4", {}, say("account.import")), h("p", { class: "settings-words" }, say("account.importAbout")),
            this.result, this.progress, this.count, this.details, this.settingsLine, this.input,
            h("div", { class: "channel-buttons" }, this.choose, this.go, this.back),
        );
        this.reset();
    }

    reset() {
        this.#file = null;
        this.#undo = [];
        this.input.value = "";
        this.details.replaceChildren();
        this.settingsLine.hidden = true;
        this.settings.checked = false;
        this.#say("", false);
        this.#show();
    }

    /** What can be done now. */
    #show(created = 0) {
        this.go.hidden = !this.#file || created === 0;
        setText(this.go, say("account.importGo", { count: created }));
        this.back.hidden = this.#undo.length === 0;
        this.details.hidden = this.details.childElementCount === 0;
    }

    /** @param {import("../../store/tokens.js").ImportProgress} progress */
    #tell({ done, total }) {
        const words = total === null ? say("account.importRead", { count: done })
            : say("account.importSoFar", { count: done, total });
        if (total === null) this.progress.removeAttribute("value");
        else this.progress.value = total === 0 ? 1 : done / total;
        this.progress.setAttribute("aria-valuetext", words);
        setText(this.count, words);
        for (const one of [this.progress, this.count]) one.hidden = false;
    }

    /** @param {string} text @param {boolean} isBad */
    #say(text, isBad) {
        setText(this.result, text);
        this.result.classList.toggle("failed", isBad);
    }

    /** @param {string} meanwhile @param {() => Promise<void>} action */
    async #busy(meanwhile, action) {
        if (this.#isBusy) return;
        this.#isBusy = true;
        for (const one of [this.choose, this.go, this.back]) one.disabled = true;
        this.#say(meanwhile, false);
        try {
            await action();
        } catch (error) {
            if (!(error instanceof Problem)) throw error;
            const { line, column, told, detail } = /** @type {any} */ (error.errors[0] ?? {});
            this.#say(line ? say("account.importBroken", { line, column: column ?? 1, why: told ?? detail })
                : error.detail, true);
        } finally {
            this.#isBusy = false;
            this.progress.removeAttribute("value");
            for (const one of [this.progress, this.count]) one.hidden = true;
            for (const one of [this.choose, this.go, this.back]) one.disabled = false;
        }
    }

    async #look() {
        const [file] = this.input.files ?? [];
        if (!file) return;
        this.reset();
        await this.#busy(say("account.importReading"), async () => {
            const report = await this.store.tokens.importFile(file, { isDryRun: true, tell: (so) => this.#tell(so) });
            this.#file = file;
            this.#report(report);
            this.#say(summary(report), false);
            // A file of Errand has them; they are taken over only where that is wanted.
            this.settingsLine.hidden = report.format !== "json" || report.created === 0;
            this.#show(report.created);
            if (report.created > 0) this.go.focus();
        });
    }

    async #take() {
        const file = this.#file;
        if (!file) return;
        await this.#busy(say("account.importWorking"), async () => {
            const report = await this.store.tokens.importFile(file, {
                isDryRun: false, settings: this.settings.checked, tell: (so) => this.#tell(so),
            });
            this.reset();
            this.#undo = report.undo;
            this.#say(summary(report), false);
            this.#show();
            this.store.listing.refresh();
        });
        // The button that was pressed is gone.
        if (!this.back.hidden) this.back.focus();
    }

    async #takeBack() {
        await this.#busy(say("account.importUndoing"), async () => {
            await this.store.tokens.undoImport(this.#undo);
            this.reset();
            this.#say(say("account.importUndone"), false);
            this.store.listing.refresh();
        });
        if (this.back.hidden) this.choose.focus();
    }

    /** @param {ImportReport} report */
    #report(report) {
        const notes = report.notes.slice(0, SHOWN).map((note) => say("account.importNote", {
            line: note.line, field: note.field ? `, ${note.field}` : "", why: note.detail,
        }));
        const more = report.notes.length + report.notes_left_out - notes.length;
        if (more > 0) notes.push(say("account.importMoreNotes", { count: more }));
        const tasks = report.preview.slice(0, SHOWN).map(({ title }) => title);
        const rest = report.created - tasks.length;
        if (rest > 0) tasks.push(say("account.importMoreTasks", { count: rest }));
        this.details.replaceChildren(
            ...notes.map((text) => h("li", { class: "import-note", "data-testid": "import-note" }, text)),
            ...tasks.map((text) => h("li", { dir: "auto", "data-testid": "import-task" }, text)),
        );
    }
}

/** @param {ImportReport} report @returns {string} */
function summary({ dry_run: isDryRun, created, existing, left_out: leftOut, filters }) {
    const parts = [say(isDryRun ? "account.importWould" : "account.importDone", { count: created })];
    if (existing > 0) parts.push(say("account.importExisting", { count: existing }));
    if (filters > 0) parts.push(say("account.importFilters", { count: filters }));
    if (leftOut > 0) parts.push(say("account.importLeftOut", { count: leftOut }));
    return parts.join(" ");
}
