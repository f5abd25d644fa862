/** Commands and tasks in one field: what was typed narrows them, arrows choose, Enter does it. */

import { commandsFor } from "../lib/keys.js";
import { say } from "../words/words.js";
import { h } from "./element.js";
import { icon } from "./icon.js";

const PAUSE = 120;
const MOST_TASKS = 8;

/**
 * @typedef {import("../api.js").Task} Task
 * @typedef {{label: string, hint: string, drawing: import("./icon.js").IconName, run: () => void}} Choice
 */

/** @param {import("../lib/keys.js").Shortcut} one */
const commandName = ({ id }) => say(`keys.command.${id}`);

export class Palette {
    /** @type {Choice[]} */
    #choices = [];
    #chosen = 0;
    #asked = 0;
    /** @type {ReturnType<typeof setTimeout>|undefined} */
    #timer;

    /**
     * @param {{find: (text: string, most: number) => Promise<Task[]>, run: (id: string) => void,
     *   open: (task: Task) => void, due: (task: Task) => string}} parts
     */
    constructor(parts) {
        this.parts = parts;
        this.control = h("input", {
            type: "text", role: "combobox", "aria-expanded": "true", "aria-controls": "palette-list", dir: "auto",
            "aria-autocomplete": "list", "aria-label": say("keys.palette.field"),
            placeholder: say("keys.palette.field"), autocomplete: "off", maxlength: 200, "data-testid": "palette-input",
        });
        this.list = h("ul", { id: "palette-list", role: "listbox", "aria-label": say("keys.palette.list") });
        this.none = h("p", { class: "field-hint palette-none", role: "status" });
        this.element = h(
            "dialog", { class: "palette", "aria-label": say("keys.word.palette"), "data-testid": "palette" },
            h("div", { class: "palette-line" }, icon("search"), this.control), this.list, this.none,
        );
        this.control.addEventListener("input", () => this.#look());
        this.control.addEventListener("keydown", (event) => this.#onKey(event));
        this.element.addEventListener("click", (event) => {
            if (event.target === this.element) this.element.close();
        });
    }

    open() {
        if (this.element.open) return;
        this.control.value = "";
        this.#show(this.#commands(), []);
        this.element.showModal();
        this.control.focus();
    }

    suspend() { if (this.element.open) this.element.close(); }

    #commands() {
        return commandsFor(this.control.value, commandName).map((one) => ({
            label: commandName(one), hint: one.keys[0], drawing: /** @type {const} */ ("sliders"),
            run: () => this.parts.run(one.id),
        }));
    }

    #look() {
        clearTimeout(this.#timer);
        this.#asked += 1;
        const asked = this.#asked;
        const text = this.control.value.trim();
        const commands = this.#commands();
        this.#show(commands, text ? null : []);
        if (!text) return;
        this.#timer = setTimeout(async () => {
            const tasks = await this.parts.find(text, MOST_TASKS);
            if (asked === this.#asked) this.#show(commands, tasks);
        }, PAUSE);
    }

    /**
     * @param {Choice[]} commands
     * @param {Task[]|null} tasks null while they are looked for
     */
    #show(commands, tasks) {
        const found = (tasks ?? []).map((task) => ({
            label: task.title, hint: this.parts.due(task), drawing: /** @type {const} */ ("check"),
            run: () => this.parts.open(task),
        }));
        this.#choices = [...commands, ...found];
        this.#chosen = 0;
        this.list.replaceChildren(...this.#choices.map((choice, at) => h(
            "li", {
                role: "option", id: `palette-${at}`, "data-testid": "palette-option",
                on: { click: () => this.#run(choice), mousemove: () => this.#choose(at) },
            },
            icon(choice.drawing), h("span", { class: "nav-name", dir: "auto" }, choice.label),
            h("span", { class: "count" }, choice.hint),
        )));
        this.none.textContent = this.#choices.length || tasks === null ? "" : say("keys.palette.none");
        this.#choose(0);
    }

    /** @param {number} at */
    #choose(at) {
        const count = this.#choices.length;
        this.#chosen = count ? (at + count) % count : 0;
        [...this.list.children].forEach((option, place) => {
            option.setAttribute("aria-selected", place === this.#chosen ? "true" : "false");
        });
        const option = this.list.children[this.#chosen];
        if (option) this.control.setAttribute("aria-activedescendant", option.id);
        else this.control.removeAttribute("aria-activedescendant");
        option?.scrollIntoView({ block: "nearest" });
    }

    /** @param {KeyboardEvent} event */
    #onKey(event) {
        if (event.isComposing) return;
        const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
        if (step) this.#choose(this.#chosen + step);
        else if (event.key === "Enter" && this.#choices[this.#chosen]) this.#run(this.#choices[this.#chosen]);
        else return;
        event.preventDefault();
    }

    /** @param {Choice} choice */
    #run(choice) {
        this.element.close();
        choice.run();
    }
}
