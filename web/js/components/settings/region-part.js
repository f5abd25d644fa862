/** Where this person is: language and region, time zone, how weeks begin and dates are read. */

import { deviceZone } from "../../lib/dates.js";
import { ambiguousIn, clockIn, LOCALES, sampleIn, weekdayIn } from "../../lib/locales.js";
import { knownZones, offsetOf, zonesFor } from "../../lib/zones.js";
import { locale, say, spoken } from "../../words/words.js";
import { h, setText } from "../element.js";
import { Suggestions } from "../suggestions.js";
import { button, group } from "./group.js";
import { SavedField } from "./saved-field.js";

/** @typedef {import("../../store/core.js").State} State */

/** How the choice of none is written in a menu. */
const DEVICE = "";

/** How many zones are suggested at once. */
const MOST_ZONES = 8;

export class RegionPart {
    /**
     * @param {import("../../store.js").Store} store
     * @param {() => void} keep called when another language was saved
     */
    constructor(store, keep) {
        this.store = store;
        this.device = deviceZone();
        this.keep = keep;
        this.zones = knownZones();
        this.language = this.#language();
        this.sample = h("p", { class: "field-hint", "data-testid": "locale-sample" });
        this.zone = this.#zone();
        this.offer = h("p", { class: "settings-offer", hidden: true, "data-testid": "zone-offer" });
        this.order = this.#menu("date_order", say("account.dateOrder"), ["dmy", "mdy"], (one) => (
            say("account.dateOrderIs", { date: ambiguousIn(/** @type {any} */ (one), locale()) })));
        this.week = this.#menu("week_starts_on", say("account.weekStart"), ["monday", "saturday", "sunday"], (one) => (
            weekdayIn(/** @type {any} */ (one), locale())));
        // A language that was chosen says both of these by itself.
        this.sentences = this.#menu("language", say("account.sentences"), ["en", "de"], (one) => LOCALES[one]);
        this.fields = [this.language, this.zone, this.week, this.sentences, this.order];
        this.element = group(
            "region", say("account.region"), say("account.regionAbout"),
            h("div", { class: "settings-fields" },
                h("div", {}, this.language.element, this.sample),
                h("div", {}, h("div", { class: "suggesting" }, this.zone.element, this.suggestions.list), this.offer),
                this.week.element, this.sentences.element, this.order.element),
        );
    }

    #language() {
        const device = spoken(navigator.languages);
        const words = say("account.deviceLanguage", { language: LOCALES[device] ?? device });
        const control = h(
            "select", {}, h("option", { value: DEVICE }, words),
            ...Object.entries(LOCALES).map(([value, label]) => (
                h("option", { value, lang: value }, label))),
        );
        control.addEventListener("change", () => this.#showSample(control.value));
        return new SavedField({
            name: "locale", label: say("account.language"), control, store: this.store,
            read: () => control.value || null, save: (value) => this.#saveLanguage(value),
        });
    }

    /** @param {string|null} chosen null for what the device says */
    async #saveLanguage(chosen) {
        await this.store.settings.change("locale", chosen);
        const { user, settings } = this.store.state;
        if (!settings.notes.locale?.isError && user?.locale === chosen) this.keep();
    }

    #zone() {
        const control = h("input", { type: "text", maxlength: 64, "data-testid": "set-time_zone" });
        const hint = (/** @type {string} */ zone) => this.#clock(zone, new Date());
        const named = () => {
            const sought = control.value.trim().replaceAll(" ", "_").toLowerCase();
            return this.zones.find((zone) => zone.toLowerCase() === sought) ?? null;
        };
        this.suggestions = new Suggestions(control, {
            label: say("account.zones"),
            suggest: () => {
                const found = control.value.trim() ? zonesFor(control.value, this.zones, MOST_ZONES) : [];
                return found.map((zone) => ({ label: zone.replaceAll("_", " "), hint: hint(zone), value: zone }));
            },
            take: ({ value }) => {
                control.value = value;
                field.flush(true);
            },
        });
        const field = new SavedField({
            name: "time_zone", label: say("account.zone"), hint: say("account.zoneHint"), control, store: this.store,
            read: () => named() ?? control.value.trim(),
            error: () => (named() ? "" : say("account.zoneUnknown")),
            // While one of several is still to be chosen, nothing is saved.
            isReady: () => !this.suggestions?.isOpen || named() !== null,
        });
        return field;
    }

    /**
     * @param {string} name
     * @param {string} label
     * @param {string[]} values
     * @param {(value: string) => string} words
     */
    #menu(name, label, values, words) {
        const control = h("select", {}, ...values.map((value) => h("option", { value }, words(value))));
        return new SavedField({ name, label, control, store: this.store });
    }

    leave() {
        for (const one of this.fields) one.leave();
        this.suggestions?.hide();
    }

    /** @param {string} chosen a locale, or "" */
    #showSample(chosen) {
        const { now, zone } = this.store.state;
        setText(this.sample, sampleIn(chosen || spoken(navigator.languages), now, zone));
    }

    /** @param {string} zone @param {Date} now @returns {string} "14:05, GMT+1"; "" for a zone that is not known here */
    #clock(zone, now) {
        const offset = offsetOf(zone, now, locale());
        return offset && `${clockIn(zone, now, locale())}, ${offset}`;
    }

    /** @param {State} state */
    update(state) {
        const { user } = state;
        this.language.element.parentElement?.toggleAttribute("hidden", user?.locale === undefined);
        for (const one of this.fields) one.update(state);
        for (const one of [this.sentences, this.order]) one.element.hidden = Boolean(user?.locale);
        this.#showSample(this.language.control.value);
        const current = user?.time_zone ?? "";
        const known = this.#clock(current, state.now);
        this.zone.field.setHint(known ? say("account.zoneNow", { clock: known }) : say("account.zoneHint"));
        const differs = Boolean(this.device) && this.device !== current && this.zones.includes(this.device);
        if (differs === this.offer.hidden) {
            this.offer.hidden = !differs;
            const label = say("account.zoneTake", { zone: this.device.replaceAll("_", " ") });
            const take = button(label, "zone-take", () => {
                this.store.settings.change("time_zone", this.device);
                this.zone.control.focus();
            });
            this.offer.replaceChildren(...(differs ? [say("account.zoneDiffers"), " ", take] : []));
        }
    }
}
