/** Everything that a person decides, in one place: a list of the parts at the side, the parts one below the other. */

import { choicesOf } from "../lib/notify.js";
import { formatRoute, leadsToSettings } from "../lib/route.js";
import { say } from "../words/words.js";
import { ChannelsSection } from "./channels-section.js";
import { attribute, h, setText } from "./element.js";
import { icon } from "./icon.js";
import { MatrixSection } from "./matrix-section.js";
import { ProgramsPanel } from "./programs-panel.js";
import { DataPart } from "./settings/data-part.js";
import { DayPart } from "./settings/day-part.js";
import { group } from "./settings/group.js";
import { LeavingPart } from "./settings/leaving-part.js";
import { ProfilePart } from "./settings/profile-part.js";
import { PARTS, partName } from "./settings-opener.js";
import { RegionPart } from "./settings/region-part.js";
import { TimesSection } from "./times-section.js";

/**
 * @typedef {{signOut: () => void, speak: () => void, confirm?: (question: string) => boolean}} Ways `speak`: another
 *   language was chosen; `confirm`: asks before something is removed
 */

/** How far below the top of what is seen a part begins to count as the one at hand, as a share of its height. */
const AT_HAND = 0.3;

export class SettingsPanel {
    /** A part that was gone to stays at hand until a person scrolls. */
    #goneTo = "";
    /** Where the page was when they were opened. */
    #address = "";
    #isShown = false;

    /**
     * @param {import("../store.js").Store} store
     * @param {Ways} ways
     */
    constructor(store, { signOut, speak, confirm = (question) => window.confirm(question) }) {
        this.store = store;
        this.matrix = new MatrixSection(store);
        this.quiet = this.#quietHours();
        this.digest = this.#digest();
        this.channels = new ChannelsSection(store, confirm);
        this.programs = new ProgramsPanel(store, confirm);
        this.profile = new ProfilePart(store);
        this.region = new RegionPart(store, speak);
        this.day = new DayPart(store);
        this.data = new DataPart(store, confirm);
        this.leaving = new LeavingPart(store, { signOut, close: () => this.#leave() });
        this.zone = h("p", { class: "settings-words" });
        this.element = this.#dialog();
        this.element.addEventListener("click", (event) => {
            if (event.target === this.element) this.#leave();
        });
        // Escape; a field for a file says it too.
        this.element.addEventListener("cancel", (event) => { if (event.target === this.element) this.#leave(); });
        this.element.addEventListener("close", () => this.#onClose());
    }

    /** What has something to save, or to forget, when the settings are left. */
    get #parts() {
        return [this.profile, this.region, this.day, this.quiet, this.digest, this.channels, this.programs, this.data,
            this.leaving];
    }

    #dialog() {
        this.leave = h("button", {
            type: "button", class: "icon-button", "aria-label": say("common.close"), "data-testid": "close-settings",
            on: { click: () => this.#leave() },
        }, icon("close"));
        this.entries = new Map(PARTS.map((name) => [name, h("button", {
            type: "button", class: "nav-item", "data-testid": `settings-${name}`, on: { click: () => this.#go(name) },
        }, partName(name))]));
        const items = [...this.entries.values()].map((entry) => h("li", {}, entry));
        this.nav = h("nav", { class: "settings-nav", "aria-label": say("account.parts") }, h("ul", {}, ...items));
        // On a phone they are a strip: a browser leaves a button of which a piece shows where it is.
        this.nav.addEventListener("focusin", ({ target }) => {
            /** @type {Element} */ (target).scrollIntoView({ block: "nearest", inline: "nearest" });
        });
        this.body = h(
            "div", { class: "settings-body", "data-testid": "settings-body" },
            this.profile.element, this.region.element, this.day.element,
            group("notifications", partName("notifications"), "", this.matrix.element,
                h("div", { class: "settings-pair" }, this.quiet.element, this.digest.element), this.zone),
            group("channels", partName("channels"), "", this.channels.element),
            this.programs.element, this.data.element, this.leaving.element,
        );
        this.body.addEventListener("scroll", () => this.#mark(), { passive: true });
        for (const type of ["wheel", "touchmove", "keydown"]) {
            this.body.addEventListener(type, () => { this.#goneTo = ""; }, { passive: true });
        }
        return h(
            "dialog", { class: "settings", "aria-labelledby": "settings-title", "data-testid": "settings" },
            h("div", { class: "settings-head" },
                h("h2", { id: "settings-title" }, say("account.settings")), this.leave),
            this.nav, this.body,
        );
    }

    #quietHours() {
        return new TimesSection({
            name: "quiet", heading: say("notify.quiet"), toggle: say("notify.quiet.toggle"),
            hint: say("notify.quiet.hint"),
            fields: [{ name: "from", label: say("notify.from"), usual: "22:00" },
                { name: "to", label: say("notify.to"), usual: "07:00" }],
            save: (times) => {
                this.store.settings.setQuietHours(times ? { from: times.from, to: times.to } : null);
            },
        });
    }

    #digest() {
        return new TimesSection({
            name: "digest", heading: say("notify.digest"), toggle: say("notify.digest.toggle"),
            hint: say("notify.digest.hint"), fields: [{ name: "at", label: say("notify.at"), usual: "07:30" }],
            save: (times) => { this.store.settings.setDigest(times?.at ?? null); },
        });
    }

    #leave() { this.store.settings.close(); }

    /** A browser says it a moment later: they may be open again by then. */
    #onClose() {
        if (this.element.open) return;
        this.#leave();
        this.#left();
    }

    /** What was typed is saved, or forgotten, as soon as they are closed. */
    #left() {
        if (!this.#isShown) return;
        this.#isShown = false;
        // Later, so that everybody has seen this state before the next one.
        queueMicrotask(() => { for (const part of this.#parts) part.leave(); });
        // Loaded again, the page is at its list; an address that came since they were opened leads on.
        if (!leadsToSettings(this.#address) || window.location.hash !== this.#address) return;
        window.history.replaceState(null, "", formatRoute(this.store.state.query));
    }

    /** @param {string} name */
    #part(name) {
        return /** @type {HTMLElement|null} */ (this.body.querySelector(`[data-part="${name}"]`));
    }

    /**
     * Goes to a part; its heading takes the focus, so that Tab leads on from there.
     * @param {string} name
     */
    #go(name) {
        const part = this.#part(name);
        if (!part) return;
        this.#goneTo = name;
        /** @type {HTMLElement} */ (part.querySelector("h3")).focus({ preventScroll: true });
        this.body.scrollTop += part.getBoundingClientRect().top - this.body.getBoundingClientRect().top + 1;
        this.#mark();
    }

    /** Says in the list at the side which part is at hand. */
    #mark() {
        const { top: above, height } = this.body.getBoundingClientRect();
        const top = above + height * AT_HAND;
        let here = PARTS[0];
        for (const name of PARTS) {
            const part = this.#part(name);
            if (part && part.getBoundingClientRect().top <= top) here = name;
        }
        here = this.#goneTo || here;
        for (const [name, entry] of this.entries) {
            const wasHere = entry.hasAttribute("aria-current");
            attribute(entry, "aria-current", name === here ? "true" : null);
            // On a phone the list is a line that is wider than the screen.
            if (name === here && !wasHere && this.element.open) {
                const list = /** @type {HTMLElement} */ (this.nav.firstElementChild);
                const far = entry.getBoundingClientRect().left - list.getBoundingClientRect().left;
                list.scrollBy({ left: far - (list.clientWidth - entry.clientWidth) / 2 });
            }
        }
    }

    /** Makes way for the sign-in screen. */
    suspend() { this.element.close(); }

    /** Whether something typed here would be lost with the page. */
    get dirty() { return this.channels.dirty || this.programs.dirty || this.data.dirty; }

    /** @param {import("../store/core.js").State} state */
    update(state) {
        const { settings, user } = state;
        if (!settings.isOpen) {
            if (this.element.open) this.element.close();
            this.#left();
            return;
        }
        const { quiet, digest } = choicesOf(user, settings.pending);
        this.matrix.update(state);
        this.quiet.update(quiet && { from: quiet.from, to: quiet.to }, settings.notes.quiet);
        this.digest.update(digest ? { at: digest } : null, settings.notes.digest);
        for (const part of [this.channels, this.programs, this.profile, this.region, this.day]) part.update(state);
        setText(this.zone, user?.time_zone ? say("notify.zone", { zone: user.time_zone }) : "");
        if (!this.element.open) this.#show(settings.at);
    }

    /** @param {string} at the part that was asked for */
    #show(at) {
        this.#address = window.location.hash;
        this.#isShown = true;
        this.element.showModal();
        this.body.scrollTop = 0;
        this.#goneTo = "";
        if (this.#part(at)) this.#go(at);
        else this.leave.focus();
        this.#mark();
        this.store.channels.open();
        this.store.programs.open();
        this.data.open();
    }
}
