/** Which zone a time belongs to: wherever the reader is, or a place by its name, completed while it is typed. */

import { isZone, knownZones, offsetOf, placeOf, zonesFor } from "../lib/zones.js";
import { locale, say } from "../words/words.js";
import { attribute, freshID, h } from "./element.js";
import { field } from "./field.js";

const MOST = 8;

export class ZoneField {
    /** @type {string[]} what is offered, "" for wherever the reader is */
    #offers = [];
    #at = -1;
    #value = "";
    /** @type {string[]} */
    #known = [];

    /** @param {{now: () => Date, zone: () => string, change: () => void}} parts `zone`: the reader's own */
    constructor(parts) {
        this.parts = parts;
        this.list = h("ul", { role: "listbox", id: freshID("zones"), class: "zone-list", hidden: true });
        attribute(this.list, "aria-label", say("pickers.zone"));
        const control = h("input", {
            type: "text", role: "combobox", autocomplete: "off", autocapitalize: "none", spellcheck: "false",
            "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id,
            "data-testid": "due-zone",
        });
        this.field = field({ label: say("pickers.zone"), control, class: "zone-field" });
        this.control = control;
        this.field.element.append(this.list);
        this.element = this.field.element;
        control.addEventListener("input", () => this.#offer(control.value));
        control.addEventListener("focus", () => control.select());
        control.addEventListener("click", () => this.#offer(""));
        control.addEventListener("blur", () => this.#leave());
        control.addEventListener("keydown", (event) => this.#onKey(event));
        this.list.addEventListener("pointerdown", (event) => {
            event.preventDefault();
            const option = event.target instanceof Element ? event.target.closest("[role=option]") : null;
            if (option) this.#take(this.#offers[[...this.list.children].indexOf(option)]);
        });
    }

    /** @returns {string} a name of the zone database; "" for wherever the reader is */
    get value() { return this.#value; }

    set value(zone) {
        this.#value = zone;
        this.#write();
        this.#close();
    }

    #write() {
        this.control.value = this.#value ? placeOf(this.#value) : say("pickers.anywhere");
        this.field.setHint(this.#value ? `${this.#value} · ${this.#offset(this.#value)}` : "");
    }

    /** @param {string} zone */
    #offset(zone) { return offsetOf(zone, this.parts.now(), locale()); }

    /** @param {string} text */
    #offer(text) {
        if (this.#known.length === 0) this.#known = knownZones();
        const own = this.parts.zone();
        const found = zonesFor(text, this.#known, MOST);
        this.#offers = text.trim() ? found : ["", ...new Set([own, this.#value || own, "UTC"])];
        this.#at = text.trim() && found.length ? 0 : -1;
        this.list.replaceChildren(...this.#offers.map((zone, at) => h(
            "li", { role: "option", id: `${this.list.id}-${at}`, "data-testid": "zone-option", "data-zone": zone },
            h("span", {}, zone ? placeOf(zone) : say("pickers.anywhere")),
            h("span", { class: "zone-more" }, zone ? `${zone.split("/")[0]} · ${this.#offset(zone)}` : ""),
        )));
        this.list.hidden = this.#offers.length === 0;
        attribute(this.control, "aria-expanded", this.list.hidden ? "false" : "true");
        this.#mark();
    }

    #mark() {
        [...this.list.children].forEach((option, at) => {
            attribute(option, "aria-selected", at === this.#at ? "true" : "false");
            if (at === this.#at) option.scrollIntoView({ block: "nearest" });
        });
        attribute(this.control, "aria-activedescendant", this.#at < 0 ? null : `${this.list.id}-${this.#at}`);
    }

    #close() {
        this.list.hidden = true;
        attribute(this.control, "aria-expanded", "false");
        attribute(this.control, "aria-activedescendant", null);
    }

    /** @param {string} zone */
    #take(zone) {
        this.value = zone;
        this.field.setError("");
        this.parts.change();
    }

    /** What was typed in full counts, other words are told to be none. */
    #leave() {
        if (this.list.hidden) { this.#write(); return; }
        const text = this.control.value.trim();
        this.#close();
        if (!text) this.#take("");
        else if (isZone(text) && text.includes("/")) this.#take(text);
        else this.#write();
    }

    /** @param {KeyboardEvent} event */
    #onKey(event) {
        const isOpen = !this.list.hidden;
        if (event.key === "ArrowDown" || event.key === "ArrowUp") {
            event.preventDefault();
            if (!isOpen) { this.#offer(""); return; }
            const step = event.key === "ArrowDown" ? 1 : -1;
            this.#at = (this.#at + step + this.#offers.length) % this.#offers.length;
            this.#mark();
        } else if (event.key === "Enter" && isOpen && !event.ctrlKey && !event.metaKey) {
            event.preventDefault();
            if (this.#at >= 0) this.#take(this.#offers[this.#at]);
        } else if (event.key === "Escape" && isOpen) {
            event.preventDefault();
            event.stopPropagation();
            this.value = this.#value;
        }
    }
}
