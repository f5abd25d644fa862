/** What a day is to this person: when it ends, what its parts are, when it reminds of tasks without a time. */

import { clockWords } from "../../lib/locales.js";
import { locale, say } from "../../words/words.js";
import { h, setText } from "../element.js";
import { group } from "./group.js";
import { SavedField } from "./saved-field.js";

/** In the order of the day, as the server names them. */
const PARTS = Object.freeze(["morning", "noon", "afternoon", "evening", "night"]);

/** When a day can end here; what else was chosen elsewhere is shown as well. */
const ENDS = Object.freeze(["24:00", "01:00", "02:00", "03:00", "04:00", "05:00", "06:00"]);

export class DayPart {
    /** @param {import("../../store.js").Store} store */
    constructor(store) {
        this.store = store;
        this.ends = this.#ends();
        this.reminders = this.#time("all_day_reminder_time", say("account.allDay"), {
            hint: say("account.allDayHint"),
        });
        this.parts = Object.fromEntries(PARTS.map((part) => [part, this.#time("day_parts", say(`account.${part}`), {
            testID: `set-${part}`, save: () => this.#saveParts(), pick: (times) => times?.[part], isQuiet: true,
        })]));
        this.note = h("p", { class: "settings-note", role: "status", "data-testid": "day_parts-note" });
        this.element = group(
            "day", say("account.day"), say("account.dayAbout"),
            h("div", { class: "settings-fields" }, this.ends.element, this.reminders.element),
            h("fieldset", { class: "settings-block" },
                h("legend", {}, say("account.dayParts")), this.note,
                h("p", { class: "settings-words" }, say("account.dayPartsHint")),
                h("div", { class: "settings-clocks" }, ...Object.values(this.parts).map(({ element }) => element))),
        );
    }

    #ends() {
        const words = (/** @type {string} */ time) => (time === "24:00" ? say("account.midnight")
            : say(time < "11:00" ? "account.nextMorning" : "account.sameDay", { time: clockWords(time, locale()) }));
        const option = (/** @type {string} */ value) => h("option", { value }, words(value));
        const control = h("select", {}, ...ENDS.map(option));
        return new SavedField({
            name: "day_ends_at", label: say("account.dayEnds"), hint: say("account.dayEndsHint"), control,
            store: this.store,
            write: (value) => {
                const known = value === "00:00" ? "24:00" : value ?? "24:00";
                if (![...control.options].some((one) => one.value === known)) control.append(option(known));
                control.value = known;
            },
        });
    }

    /**
     * @param {string} name
     * @param {string} label
     * @param {Partial<import("./saved-field.js").SavedParts> & {testID?: string}} options
     */
    #time(name, label, { testID, ...options }) {
        const control = h("input", { type: "time", required: true, "data-testid": testID });
        return new SavedField({
            ...options, name, label, control, store: this.store,
            read: () => control.value.slice(0, 5), error: () => (control.value ? "" : say("notify.needsTime")),
        });
    }

    /** The five go together. */
    #saveParts() {
        const { user, settings } = this.store.state;
        const known = settings.pending.day_parts ?? user?.day_parts ?? {};
        const times = Object.fromEntries(PARTS.map((part) => {
            const { control } = this.parts[part];
            return [part, control.value.slice(0, 5) || known[part]];
        }));
        return this.store.settings.change("day_parts", times);
    }

    leave() { for (const one of [this.ends, this.reminders, ...Object.values(this.parts)]) one.leave(); }

    /** @param {import("../../store/core.js").State} state */
    update(state) {
        for (const one of [this.ends, this.reminders, ...Object.values(this.parts)]) one.update(state);
        const note = state.settings.notes.day_parts;
        setText(this.note, note?.text ?? "");
        this.note.classList.toggle("failed", note?.isError === true);
    }
}
