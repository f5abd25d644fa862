/** The fields of the panel that were changed in two places: what was typed, what the task has now, which one counts. */

import { say } from "../words/words.js";
import { conflictView } from "./conflict.js";
import { freshID, h } from "./element.js";

/**
 * @typedef {import("./editor-parts.js").Part} Part
 * @typedef {{mine: any, side: import("./conflict.js").Side|null}} Clash `mine`: what was typed; it stands in the field
 *   unless `side` is "theirs"
 */

export class Clashes {
    /** @type {Map<string, Clash>} by the name of the field */
    #all = new Map();
    /** @type {Record<string, any>} the task as it is now */
    #task = {};

    /** @param {readonly Part[]} parts */
    constructor(parts) {
        this.parts = parts;
        this.view = conflictView({ fields: [], onChoose: (name, side) => this.#choose(name, side) });
        const id = freshID("clashes");
        // Heard once, not again with every letter that is typed.
        this.news = h("div", { class: "clashes-head", role: "alert" });
        this.head = [h("h3", { id }, say("panel.conflict")), h("p", {}, say("panel.conflict-words"))];
        this.element = h(
            "section", { class: "clashes", "aria-labelledby": id, hidden: true, "data-testid": "edit-conflict" },
            this.news, this.view.element,
        );
    }

    get count() { return this.#all.size; }

    /** @returns {boolean} whether a choice is missing; the focus goes there */
    get asks() {
        const isMissing = this.view.undecided().length > 0;
        if (isMissing) this.view.focus();
        return isMissing;
    }

    clear() {
        this.#all.clear();
        this.show();
    }

    /**
     * The task has changed: fields not touched here follow it, touched ones keep what was typed.
     * @param {Record<string, any>} before
     * @param {Record<string, any>} now
     * @param {(one: any, other: any) => boolean} isSame
     */
    follow(before, now, isSame) {
        this.#task = now;
        for (const part of this.parts) {
            const { name } = part;
            if (isSame(now[name], before[name])) continue;
            const typed = part.read();
            const clash = this.#all.get(name);
            const isTheirs = clash?.side === "theirs" && isSame(typed, before[name]);
            if (!isTheirs && isSame(typed, before[name])) {
                part.write(now[name]);
                continue;
            }
            const mine = isTheirs ? clash.mine : typed;
            if (isTheirs) part.write(mine);
            if (isSame(mine, now[name])) this.#all.delete(name);
            else this.#all.set(name, { mine, side: null });
        }
        this.show();
    }

    /** Shows them as they are; called again when something was typed. */
    show() {
        const clashing = this.parts.filter(({ name }) => this.#all.has(name));
        this.view.show(clashing.map(({ name, label, words, read }) => {
            const clash = this.#all.get(name);
            const mine = clash?.side === "theirs" ? clash.mine : read();
            return { name, label, mine: words(mine), theirs: words(this.#task[name]) };
        }));
        const isShown = clashing.length > 0;
        if (isShown === !this.element.hidden) return;
        this.element.hidden = !isShown;
        this.news.replaceChildren(...(isShown ? this.head : []));
    }

    /**
     * @param {string} name
     * @param {import("./conflict.js").Side} side
     */
    #choose(name, side) {
        const clash = this.#all.get(name);
        const part = this.parts.find((one) => one.name === name);
        if (!clash || !part || clash.side === side) return;
        if (side === "theirs") {
            clash.mine = part.read();
            part.write(this.#task[name]);
        } else if (clash.side === "theirs") {
            part.write(clash.mine);
        }
        clash.side = side;
    }
}
