/** Two values of the same field, made in two places: both are shown, and a person says for each which one counts. */

import { compare } from "../lib/compare.js";
import { say } from "../words/words.js";
import { freshID, h, setText } from "./element.js";

/**
 * @typedef {{name: string, label: string, mine: string, theirs: string}} ConflictField `mine` and `theirs` in words, as
 *   a person reads them; "" is shown as "empty"
 * @typedef {"mine"|"theirs"} Side
 * @typedef {{element: HTMLElement, choices: () => Record<string, Side>, undecided: () => string[],
 *   show: (fields: ConflictField[]) => void, focus: () => void}} ConflictView `choices`: by field, those made so far;
 *   `undecided`: names of fields without a choice; `show`: other values, of which those that are unchanged keep their
 *   choice; `focus`: goes to the first field without a choice
 */

/**
 * Nothing is chosen to begin with, so that nothing is overwritten by accident.
 * @param {{fields: ConflictField[], onChoose?: (name: string, side: Side) => void, mineLabel?: string,
 *   theirsLabel?: string}} parts `onChoose`: told of every choice, also of each field when one is made for all
 * @returns {ConflictView}
 */
export function conflictView({ fields, onChoose = () => {}, mineLabel, theirsLabel }) {
    const words = {
        mine: mineLabel ?? say("conflict.keep-mine"), theirs: theirsLabel ?? say("conflict.take-theirs"),
    };
    /** @type {Map<string, Row>} */
    const rows = new Map();
    const place = h("div", { class: "conflict-fields" });
    const all = h("div", { class: "conflict-all" }, ...(/** @type {const} */ (["mine", "theirs"])).map((side) => h(
        "button", {
            type: "button", class: "link", "data-testid": `conflict-all-${side}`,
            on: { click: () => { for (const row of rows.values()) row.choose(side); } },
        }, say(`conflict.all-${side}`),
    )));
    const show = (/** @type {ConflictField[]} */ next) => {
        for (const name of rows.keys()) if (!next.some((one) => one.name === name)) rows.delete(name);
        for (const one of next) {
            const row = rows.get(one.name) ?? new Row(one.name, words, (side) => onChoose(one.name, side));
            rows.set(one.name, row);
            row.show(one);
            if (row.element.parentNode !== place) place.append(row.element);
        }
        for (const child of [...place.children]) {
            if (![...rows.values()].some(({ element }) => element === child)) child.remove();
        }
        all.hidden = rows.size < 2;
    };
    show(fields);
    const undecided = () => [...rows].filter(([, row]) => !row.side).map(([name]) => name);
    return {
        element: h("div", { class: "conflict", "data-testid": "conflict" }, place, all), show, undecided,
        choices: () => Object.fromEntries([...rows].flatMap(([name, { side }]) => (side ? [[name, side]] : []))),
        focus: () => { (rows.get(undecided()[0]) ?? [...rows.values()][0])?.focus(); },
    };
}

/** One field: its name, and both values to choose from. */
class Row {
    /** @type {Side|null} */
    side = null;
    #shown = "";

    /**
     * @param {string} name
     * @param {Record<Side, string>} words
     * @param {(side: Side) => void} onChoose
     */
    constructor(name, words, onChoose) {
        this.onChoose = onChoose;
        this.legend = h("legend", {});
        const group = freshID("conflict");
        /** @type {Record<Side, {box: HTMLInputElement, value: HTMLElement}>} */
        this.sides = { mine: this.#side("mine", group), theirs: this.#side("theirs", group) };
        const option = (/** @type {Side} */ side) => h(
            "label", { class: "conflict-side" }, this.sides[side].box,
            h("span", { class: "conflict-words" }, h("span", { class: "conflict-who" }, words[side]),
                this.sides[side].value),
        );
        this.element = h(
            "fieldset", { class: "conflict-field", "data-testid": "conflict-field", "data-field": name },
            this.legend, option("mine"), option("theirs"),
        );
    }

    /** @param {Side} side @param {string} group */
    #side(side, group) {
        const box = h("input", {
            type: "radio", name: group, value: side, "data-testid": `conflict-${side}`,
            on: { change: () => this.choose(side) },
        });
        const value = h("span", { class: "conflict-value", dir: "auto", "data-testid": `conflict-value-${side}` });
        return { box, value };
    }

    /** @param {ConflictField} field */
    show({ label, mine, theirs }) {
        setText(this.legend, label);
        const shown = JSON.stringify([mine, theirs]);
        if (shown === this.#shown) return;
        // What was chosen was chosen over another value of theirs: it is asked again.
        if (this.#shown && JSON.parse(this.#shown)[1] !== theirs) this.#mark(null);
        this.#shown = shown;
        const parts = compare(mine, theirs);
        for (const side of /** @type {const} */ (["mine", "theirs"])) {
            const { before, changed, after } = parts[side];
            const isEmpty = (side === "mine" ? mine : theirs) === "";
            this.sides[side].value.replaceChildren(...(isEmpty
                ? [h("em", {}, say("conflict.empty"))]
                : [before, changed ? h("mark", {}, changed) : "", after].filter((part) => part !== "")));
        }
    }

    /** @param {Side} side */
    choose(side) {
        this.#mark(side);
        this.onChoose(side);
    }

    /** @param {Side|null} side */
    #mark(side) {
        this.side = side;
        this.sides.mine.box.checked = side === "mine";
        this.sides.theirs.box.checked = side === "theirs";
    }

    focus() { this.sides.mine.box.focus(); }
}
