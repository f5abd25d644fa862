/** How a task comes again: by words or by choices, with the rule in words and its next five dates. */

import { Problem } from "../api.js";
import { timeWords } from "../lib/clock.js";
import { choiceFor, choiceOf, ruleFor, ruleOf } from "../lib/rules.js";
import { locale, say } from "../words/words.js";
import { h, setText } from "./element.js";
import { Popover } from "./popover.js";
import { RuleFields } from "./rule-fields.js";
import { choiceWords, dayWords, ruleWords } from "./rule-words.js";
import { WordsField } from "./words-field.js";

/**
 * @typedef {import("../lib/dates.js").Due} Due
 * @typedef {import("../lib/rules.js").Recurrence} Recurrence
 * @typedef {import("../store/timing.js").Rule} Rule
 * @typedef {{recurrence: Recurrence|null, due: Due|null, title: string, anchor: Element|null,
 *   done: (value: {recurrence: Rule|null, due?: Due}) => void}} Question
 */

const PAUSE = 250;

export class RecurrenceBuilder {
    /** @type {Question|null} */
    #question = null;
    /** A rule that the fields cannot say: as it came, or as it was read. @type {Recurrence|null} */
    #other = null;
    /** The due that words have said, for a task that has none. @type {Due|null} */
    #read = null;
    #isChanged = false;
    #asked = 0;
    /** @type {ReturnType<typeof setTimeout>|undefined} */
    #timer;

    /** @param {import("../store.js").Store} store */
    constructor(store) {
        this.store = store;
        this.popover = new Popover({
            class: "recurrence-builder", testID: "recurrence-builder", submit: () => this.#submit(),
        });
        this.element = this.popover.element;
        this.words = new WordsField({
            label: say("pickers.how"), placeholder: say("pickers.howExample"), testID: "rule-words",
            read: (text) => store.timing.read(text), take: (reading) => this.#take(reading),
        });
        this.fields = new RuleFields(() => {
            this.words.clear();
            this.#read = null;
            this.#other = null;
            this.#change();
        });
        this.rule = h("p", { class: "rule-text", "data-testid": "rule-text" });
        this.dates = h("ol", {
            class: "rule-dates", "data-testid": "rule-dates", "aria-label": say("pickers.nextDates"),
        });
        this.flaw = h("p", { class: "field-error", "data-testid": "rule-flaw" });
        this.none = h("button", {
            type: "button", class: "button", "data-testid": "rule-none", on: { click: () => this.#finish(null) },
        }, say("pickers.never"));
        const save = h(
            "button", { type: "submit", class: "button primary", "data-testid": "rule-save" }, say("common.save"),
        );
        this.popover.body.append(
            this.words.element, this.fields.element,
            h("div", { class: "rule-result", "aria-live": "polite" }, this.rule, this.flaw, this.dates),
        );
        this.popover.foot.append(this.none, save);
    }

    /** @param {Question} question */
    open(question) {
        const { recurrence, title, anchor } = question;
        this.#question = question;
        this.#read = null;
        this.#isChanged = false;
        this.words.clear();
        const choice = recurrence && choiceOf(recurrence, this.#due.date);
        this.#other = choice ? null : recurrence;
        const { user } = this.store.state;
        this.fields.begin(/** @type {any} */ (user)?.week_starts_on);
        this.fields.write(choice ?? choiceFor(this.#due.date));
        this.none.hidden = !recurrence;
        this.popover.open(say("pickers.repeatOf", { title }), anchor);
        this.#show();
        if (window.matchMedia("(pointer: coarse)").matches) this.fields.focus();
        else this.words.control.focus();
    }

    close() { this.popover.close(); }

    /** @returns {Due} of the task; today's where it has none and words have said none */
    get #due() { return this.#question?.due ?? this.#read ?? { kind: "date", date: this.store.timing.today }; }

    /** @returns {Recurrence} as it is chosen now */
    get #rule() {
        const question = this.#question;
        if (!this.#isChanged && question?.recurrence) return question.recurrence;
        return this.#other ?? ruleOf(this.fields.read());
    }

    /**
     * @param {import("../store/timing.js").Reading} reading
     * @returns {string|null}
     */
    #take({ due, recurrence, rest }) {
        if (!recurrence || rest) return null;
        this.#read = due;
        const kept = ruleFor(recurrence, this.#due.date);
        const choice = choiceOf(kept, this.#due.date);
        this.#other = choice ? null : { ...kept, text: recurrence.text };
        if (choice) this.fields.write(choice);
        this.#change();
        return ruleWords({ ...kept, text: recurrence.text }, this.#due.date);
    }

    #change() {
        this.#isChanged = true;
        this.#show();
    }

    /** The rule in words at once, its dates as soon as the choosing pauses. */
    #show() {
        const isOther = this.#other !== null;
        this.fields.element.toggleAttribute("data-other", isOther);
        setText(this.rule, isOther ? ruleWords(this.#rule, this.#due.date) : choiceWords(this.fields.read()));
        setText(this.flaw, this.fields.flaw);
        clearTimeout(this.#timer);
        this.#asked += 1;
        const asked = this.#asked;
        if (this.fields.flaw) { this.#list([]); return; }
        this.#timer = setTimeout(() => { this.#foresee(asked); }, PAUSE);
    }

    /** @param {number} asked */
    async #foresee(asked) {
        const { rrule, anchor } = this.#rule;
        const due = this.#question?.due ?? this.#read;
        const answer = await this.store.timing.preview(due, { rrule, anchor });
        if (asked !== this.#asked) return;
        if (answer instanceof Problem) {
            setText(this.flaw, answer.errors[0]?.detail ?? answer.detail);
            this.#list([]);
            return;
        }
        if (this.#other && answer?.text) setText(this.rule, answer.text);
        this.#list(answer?.dates ?? []);
    }

    /** @param {{date: string, time: string|null}[]} dates */
    #list(dates) {
        this.dates.replaceChildren(...dates.slice(0, 5).map(({ date, time }) => h(
            "li", { "data-date": date }, [dayWords(date), time && timeWords(time, locale())].filter(Boolean).join(", "),
        )));
        this.dates.hidden = dates.length === 0;
    }

    async #submit() {
        if (!await this.words.settle()) { this.words.control.focus(); return; }
        if (this.fields.flaw) { this.fields.focus(); return; }
        if (!this.#isChanged && this.#question?.recurrence) { this.popover.close(); return; }
        const { rrule, anchor } = this.#rule;
        this.#finish({ rrule, anchor });
    }

    /** @param {Rule|null} recurrence */
    #finish(recurrence) {
        const question = this.#question;
        const due = !question?.due && this.#read ? { due: this.#read } : {};
        this.#question = null;
        clearTimeout(this.#timer);
        this.#asked += 1;
        this.popover.close();
        question?.done({ recurrence, ...due });
    }
}
