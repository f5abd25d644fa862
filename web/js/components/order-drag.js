/**
 * Places tasks by hand: a handle is dragged with any pointer, or pressed for a menu that says where to (WCAG 2.5.7).
 * Only what has a handle can be placed, or passed.
 */

import { shorten } from "../lib/text.js";
import { say } from "../words/words.js";
import { h } from "./element.js";

/**
 * @typedef {{after: string}|{before: string}} Spot
 * @typedef {"up"|"down"|"top"|"bottom"} Where
 * @typedef {{place: (id: string, spot: Spot) => void, move: (id: string, where: Where) => void}} OrderParts
 */

/** How far a pointer goes before it drags, in pixels. */
const SLACK = 5;
/** How near the edge of the window the page scrolls along, in pixels, and by how much at a time. */
const EDGE = 56;
const SCROLL = 14;
/** @type {readonly Where[]} */
const WAYS = Object.freeze(["top", "up", "down", "bottom"]);

export class OrderDrag {
    /** @type {{id: string, row: HTMLElement, grip: HTMLElement, y: number, at: number, hasMoved: boolean,
     *   spot: Spot|null, frame: number, shifts: Map<HTMLElement, number>}|null} `shifts`: by how much rows have made
     *   room, in pixels */
    #drag = null;
    /** Whether the click that follows is the end of a drag. */
    #swallows = false;
    /** @type {HTMLElement|null} */
    #opener = null;

    /**
     * @param {HTMLElement} element the list
     * @param {OrderParts} parts
     */
    constructor(element, parts) {
        this.element = element;
        this.parts = parts;
        this.menu = h("div", { class: "order-menu", role: "menu", popover: "auto", "data-testid": "order-menu" });
        element.addEventListener("pointerdown", (event) => this.#begin(event));
        element.addEventListener("pointermove", (event) => this.#follow(event));
        element.addEventListener("pointerup", () => this.#end(true));
        element.addEventListener("pointercancel", () => this.#end(false));
        element.addEventListener("keydown", (event) => {
            if (event.key === "Escape" && this.#drag) { this.#end(false); event.stopPropagation(); }
        });
        element.addEventListener("click", (event) => this.#press(event));
        // The row itself is dragged to days; the handle is not.
        element.addEventListener("dragstart", (event) => {
            if (this.#drag) { event.preventDefault(); event.stopImmediatePropagation(); }
        }, true);
        this.menu.addEventListener("keydown", (event) => this.#onKey(event));
    }

    /** @param {PointerEvent} event */
    #begin(event) {
        const grip = gripOf(event.target);
        const row = grip?.closest("[data-task-id]");
        if (!grip || !(row instanceof HTMLElement) || event.button !== 0) return;
        this.#swallows = false;
        grip.setPointerCapture(event.pointerId);
        this.#drag = {
            id: row.dataset.taskId ?? "", row, grip, y: event.clientY + window.scrollY, at: event.clientY,
            hasMoved: false, spot: null, frame: 0, shifts: new Map(),
        };
    }

    /** @param {PointerEvent} event */
    #follow(event) {
        const drag = this.#drag;
        if (!drag) return;
        drag.at = event.clientY;
        if (!drag.hasMoved && Math.abs(event.clientY + window.scrollY - drag.y) < SLACK) return;
        if (!drag.hasMoved) {
            drag.hasMoved = true;
            drag.row.classList.add("carried");
            this.element.toggleAttribute("data-carrying", true);
            drag.frame = requestAnimationFrame(() => this.#scroll());
        }
        this.#show();
    }

    /** Near an edge the page goes along, for as long as the pointer stays there. */
    #scroll() {
        const drag = this.#drag;
        if (!drag) return;
        const step = drag.at < EDGE ? -SCROLL : drag.at > window.innerHeight - EDGE ? SCROLL : 0;
        if (step) {
            window.scrollBy(0, step);
            this.#show();
        }
        drag.frame = requestAnimationFrame(() => this.#scroll());
    }

    /** Carries the row along, and has the others make room where it would stand. */
    #show() {
        const drag = this.#drag;
        if (!drag) return;
        drag.row.style.setProperty("translate", `0 ${drag.at + window.scrollY - drag.y}px`);
        const peers = this.#peers(drag.row);
        // Where rows stand when none has made room.
        const below = peers.find((one) => {
            const { top, height } = one.getBoundingClientRect();
            return drag.at < top - movedBy(one) + height / 2;
        });
        const target = below ?? peers.at(-1);
        const id = target?.dataset.taskId ?? "";
        drag.spot = target ? (below ? { before: id } : { after: id }) : null;
        const height = drag.row.offsetHeight;
        const place = below ? peers.indexOf(below) : peers.length;
        peers.forEach((one, at) => {
            const wasBefore = Boolean(one.compareDocumentPosition(drag.row) & Node.DOCUMENT_POSITION_FOLLOWING);
            const shift = wasBefore === at < place ? 0 : wasBefore ? height : -height;
            if (drag.shifts.get(one) === shift) return;
            drag.shifts.set(one, shift);
            one.style.setProperty("translate", `0 ${shift}px`);
        });
    }

    /** The other rows that a row can be placed among. @param {HTMLElement} row @returns {HTMLElement[]} */
    #peers(row) {
        return /** @type {HTMLElement[]} */ ([...this.element.querySelectorAll("[data-task-id]")])
            .filter((one) => one !== row && one.querySelector(".task-grip:not([hidden])"));
    }

    /** @param {boolean} counts whether the task is placed, rather than let go */
    #end(counts) {
        const drag = this.#drag;
        if (!drag) return;
        this.#drag = null;
        cancelAnimationFrame(drag.frame);
        drag.row.classList.remove("carried");
        drag.row.style.removeProperty("translate");
        for (const one of drag.shifts.keys()) one.style.removeProperty("translate");
        this.element.toggleAttribute("data-carrying", false);
        this.#swallows = drag.hasMoved;
        if (counts && drag.hasMoved && drag.spot) this.parts.place(drag.id, drag.spot);
    }

    /** @param {MouseEvent} event */
    #press(event) {
        const grip = gripOf(event.target);
        const row = grip?.closest("[data-task-id]");
        if (!grip || !(row instanceof HTMLElement)) return;
        if (this.#swallows) { this.#swallows = false; return; }
        this.#open(grip, row);
    }

    /** @param {HTMLElement} grip @param {HTMLElement} row */
    #open(grip, row) {
        const id = row.dataset.taskId ?? "";
        const title = shorten(row.querySelector(".task-title")?.textContent ?? "");
        this.#opener = grip;
        this.menu.setAttribute("aria-label", say("order.menu", { title }));
        this.menu.replaceChildren(...WAYS.map((where) => h("button", {
            type: "button", role: "menuitem", tabindex: "-1", "data-testid": `order-${where}`,
            on: { click: () => { this.#close(); this.parts.move(id, where); } },
        }, say(`order.${where}`))));
        this.menu.showPopover();
        const { left, right, bottom, top } = grip.getBoundingClientRect();
        const { offsetWidth: width, offsetHeight: height } = this.menu;
        const isRight = getComputedStyle(this.element).direction === "rtl";
        const x = Math.min(Math.max(isRight ? right - width : left, 8), window.innerWidth - width - 8);
        const y = bottom + height + 8 > window.innerHeight ? top - height : bottom;
        this.menu.style.setProperty("left", `${x}px`);
        this.menu.style.setProperty("top", `${Math.max(y, 8)}px`);
        /** @type {HTMLElement} */ (this.menu.firstElementChild).focus();
    }

    #close() {
        this.menu.hidePopover();
        this.#opener?.focus();
    }

    /** @param {KeyboardEvent} event */
    #onKey(event) {
        const items = /** @type {HTMLElement[]} */ ([...this.menu.children]);
        const here = items.indexOf(/** @type {HTMLElement} */ (document.activeElement));
        const next = {
            ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: items.length - 1,
        }[event.key];
        if (next !== undefined) items[(next + items.length) % items.length].focus();
        else if (event.key === "Escape" || event.key === "Tab") this.#close();
        else return;
        event.preventDefault();
        event.stopPropagation();
    }
}

/** @param {HTMLElement} row @returns {number} how far it has come on its way to make room, in pixels */
function movedBy(row) { return Number.parseFloat(getComputedStyle(row).translate.split(" ")[1] ?? "0") || 0; }

/** @param {EventTarget|null} target @returns {HTMLElement|null} */
function gripOf(target) {
    const grip = target instanceof Element ? target.closest(".task-grip") : null;
    return grip instanceof HTMLElement ? grip : null;
}
