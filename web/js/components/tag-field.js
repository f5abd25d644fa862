/** Tags: as they look everywhere, and the field in which they are given. */

import { fold, parseTags, suggestTags, toneOf } from "../lib/text.js";
import { say } from "../words/words.js";
import { Completion } from "./completion.js";
import { attribute, h } from "./element.js";
import { field } from "./field.js";
import { icon } from "./icon.js";

/**
 * @typedef {import("../api.js").Tag} Tag
 * @typedef {import("./field.js").Field & {names: string[]}} TagsField `names`: the tags, with one not yet ended
 */

/**
 * Gives an element the colour of a tag. The name stands beside it: colour says nothing alone.
 * @template {Element} E
 * @param {E} element
 * @param {string} name
 * @returns {E}
 */
export function toned(element, name) {
    attribute(element, "data-tone", String(toneOf(name)));
    return element;
}

/** @param {string} name */
const dot = (name) => toned(h("span", { class: "tag-dot", "aria-hidden": "true" }), name);

/**
 * The suggestions for what was typed, with how many tasks have each; at the end a new tag, where it is one.
 * @param {readonly Tag[]} tags
 * @param {string} typed
 * @param {readonly string[]} taken
 * @returns {import("./completion.js").Option[]}
 */
export function tagOptions(tags, typed, taken) {
    const known = suggestTags(tags, typed, { taken }).map(({ name, count }) => ({
        value: name, testID: "tag-option", content: [
            dot(name), h("span", { class: "option-name", dir: "auto" }, name),
            h("span", { class: "count", "aria-label": say("tags.uses", { count }) }, String(count)),
        ],
    }));
    const [fresh] = parseTags(typed);
    const isKnown = [...tags.map(({ name }) => name), ...taken].some((name) => fold(name) === fold(fresh ?? ""));
    if (!fresh || isKnown) return known;
    return [...known, {
        value: fresh, testID: "tag-option-new",
        content: [icon("plus"), h("span", { class: "option-name", dir: "auto" }, say("tags.create", { name: fresh }))],
    }];
}

/**
 * A line that completes one tag.
 * @param {HTMLInputElement} input
 * @param {{tags: () => readonly Tag[], choose: (name: string) => void, taken?: () => readonly string[]}} parts
 * @returns {Completion}
 */
export function completeTags(input, { tags, choose, taken = () => [] }) {
    return new Completion(input, {
        label: say("tags.label"), choose, options: (typed) => tagOptions(tags(), typed, taken()),
    });
}

/**
 * Tags one after the other, each to be removed, and a line for the next: a comma or Enter ends it.
 * @param {string} testID
 * @param {{tags?: () => readonly Tag[]}} [parts] `tags`: those there are, to complete from
 * @returns {TagsField}
 */
export function tagsField(testID, { tags = () => [] } = {}) {
    const box = new TagBox(testID, tags);
    const base = field({ label: say("tags.label"), control: box.input, frame: box.element, class: "field-tags" });
    box.onChange = () => base.setError("");
    return {
        ...base,
        get names() { return box.names; },
        set names(names) { box.names = names; },
    };
}

class TagBox {
    /** @type {string[]} */
    #ended = [];
    onChange = () => {};

    /** @param {string} testID @param {() => readonly Tag[]} tags */
    constructor(testID, tags) {
        this.tags = tags;
        this.input = h("input", {
            type: "text", name: "tags", dir: "auto", autocomplete: "off", autocapitalize: "none", class: "tag-line",
            enterkeyhint: "done", "data-testid": testID,
        });
        this.completion = completeTags(this.input, {
            tags, taken: () => this.#ended, choose: (name) => { this.input.value = ""; this.#add([name]); },
        });
        this.chips = h("ul", { class: "tag-chips", "aria-label": say("tags.chosen"), hidden: true });
        this.element = h(
            "div", { class: "tag-box" }, this.chips, this.input, this.completion.list, this.completion.status,
        );
        this.input.addEventListener("input", () => { if (this.input.value.includes(",")) this.#end(); });
        this.input.addEventListener("keydown", (event) => this.#onKey(event));
        this.input.addEventListener("blur", () => this.#end());
        this.element.addEventListener("pointerdown", (event) => {
            if (event.target !== this.element && event.target !== this.chips) return;
            event.preventDefault();
            this.input.focus();
        });
        this.#show();
    }

    get names() { return merged(this.#ended, parseTags(this.input.value)); }

    set names(names) {
        this.input.value = "";
        this.#ended = merged([], names);
        this.completion.close();
        this.#show();
    }

    /** @param {KeyboardEvent} event */
    #onKey(event) {
        if (event.isComposing) return;
        if (event.key === "Enter" && this.input.value.trim() && !event.ctrlKey && !event.metaKey) {
            event.preventDefault();
            event.stopPropagation();
            this.#end();
        } else if (event.key === "Backspace" && !this.input.value && this.#ended.length) {
            event.preventDefault();
            this.#remove(/** @type {string} */ (this.#ended.at(-1)));
        }
    }

    /** Makes tags of what stands in the line; spelled as those there are. */
    #end() {
        const known = new Map(this.tags().map(({ name }) => [fold(name), name]));
        const typed = parseTags(this.input.value);
        this.input.value = "";
        this.completion.close();
        if (typed.length) this.#add(typed.map((name) => known.get(fold(name)) ?? name));
    }

    /** @param {string[]} names */
    #add(names) {
        this.#ended = merged(this.#ended, names);
        this.#changed();
    }

    /** @param {string} name */
    #remove(name) {
        this.#ended = this.#ended.filter((one) => one !== name);
        this.#changed();
        this.input.focus();
    }

    #changed() {
        this.#show();
        this.onChange();
        // Whoever watches the form hears of chips as of letters.
        this.chips.dispatchEvent(new Event("input", { bubbles: true }));
    }

    #show() {
        this.chips.replaceChildren(...this.#ended.map((name) => h("li", {}, toned(h(
            "button", {
                type: "button", class: "chip tag", "data-testid": "tag-chip",
                "aria-label": say("tags.remove", { name }), on: { click: () => this.#remove(name) },
            }, h("span", { class: "chip-name", dir: "auto" }, name), icon("close"),
        ), name))));
        this.chips.hidden = this.#ended.length === 0;
        attribute(this.input, "placeholder", this.#ended.length ? null : say("tags.placeholder"));
    }
}

/**
 * @param {readonly string[]} names
 * @param {readonly string[]} more
 * @returns {string[]} each once, whatever its case
 */
function merged(names, more) {
    /** @type {Map<string, string>} */
    const found = new Map();
    for (const name of [...names, ...more]) if (!found.has(fold(name))) found.set(fold(name), name);
    return [...found.values()];
}
