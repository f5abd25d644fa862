/** A small dialog beside what it is about; on a phone a sheet at its foot. Focus goes back to where it came from. */

import { say } from "../words/words.js";
import { freshID, h, setText } from "./element.js";
import { icon } from "./icon.js";

/** How far it stays from the edges of the window and from its anchor, in pixels. */
const MARGIN = 8;

export class Popover {
    /** @type {Element|null} */
    #anchor = null;

    /**
     * @param {{class: string, testID: string, submit: (isFinal: boolean) => void}} parts `submit`: the form in it was
     *   sent; `isFinal`: with Ctrl and Enter, which mean the whole whatever the field at hand does with Enter
     */
    constructor({ class: className, testID, submit }) {
        const heading = h("h2", { id: freshID("popover"), dir: "auto", class: "popover-heading" });
        this.heading = heading;
        const close = h("button", {
            type: "button", class: "icon-button", "aria-label": say("common.close"), "data-testid": `${testID}-close`,
            on: { click: () => this.close() },
        }, icon("close"));
        this.body = h("div", { class: "popover-body" });
        this.foot = h("div", { class: "popover-foot" });
        const form = h(
            "form", { novalidate: true }, h("div", { class: "popover-head" }, heading, close), this.body, this.foot,
        );
        form.addEventListener("submit", (event) => { event.preventDefault(); submit(false); });
        this.element = h(
            "dialog", { class: `popover ${className}`, "aria-labelledby": heading.id, "data-testid": testID }, form,
        );
        this.element.addEventListener("keydown", (event) => {
            if (event.key !== "Enter" || event.isComposing || event.defaultPrevented) return;
            if (!event.ctrlKey && !event.metaKey) return;
            event.preventDefault();
            submit(true);
        });
        this.element.addEventListener("pointerdown", (event) => {
            if (event.target === this.element && !this.#holds(event)) this.close();
        });
        this.observer = new ResizeObserver(() => this.#place());
        this.resized = () => this.#place();
        this.element.addEventListener("close", () => {
            this.observer.disconnect();
            window.removeEventListener("resize", this.resized);
        });
    }

    get isOpen() { return this.element.open; }

    /**
     * @param {string} title
     * @param {Element|null} anchor the middle of the window without one
     */
    open(title, anchor) {
        if (this.element.open) this.element.close();
        setText(this.heading, title);
        this.#anchor = anchor;
        this.element.showModal();
        this.#place();
        this.observer.observe(this.element);
        window.addEventListener("resize", this.resized);
    }

    close() {
        if (this.element.open) this.element.close();
    }

    /** @param {PointerEvent} event */
    #holds({ clientX, clientY }) {
        const { left, right, top, bottom } = this.element.getBoundingClientRect();
        return clientX >= left && clientX <= right && clientY >= top && clientY <= bottom;
    }

    /** Below its anchor, above it where there is more room, and always in the window. */
    #place() {
        const { style, offsetWidth: width, offsetHeight: height } = this.element;
        const room = { x: window.innerWidth - width - MARGIN, y: window.innerHeight - height - MARGIN };
        const rect = this.#anchor?.isConnected ? this.#anchor.getBoundingClientRect() : null;
        if (!rect || rect.width + rect.height === 0) {
            style.setProperty("--popover-x", `${Math.max(MARGIN, room.x / 2)}px`);
            style.setProperty("--popover-y", `${Math.max(MARGIN, room.y / 2)}px`);
            return;
        }
        const isRightToLeft = getComputedStyle(this.element).direction === "rtl";
        const x = isRightToLeft ? rect.right - width : rect.left;
        const below = rect.bottom + MARGIN / 2;
        const above = rect.top - height - MARGIN / 2;
        const y = below > room.y && above >= MARGIN ? above : below;
        style.setProperty("--popover-x", `${Math.max(MARGIN, Math.min(x, room.x))}px`);
        style.setProperty("--popover-y", `${Math.max(MARGIN, Math.min(y, room.y))}px`);
    }
}
