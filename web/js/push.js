/**
 * This browser as a place to be reached at: its service worker, its permission and its subscription. Nothing here asks
 * for anything by itself.
 */

import { bytesOf, deviceOf, isKeyOf } from "./lib/push.js";
import { registerWorker } from "./lib/worker.js";
import { deviceName } from "./words/notify.js";

export class Push {
    #window;

    /** @param {Window & typeof globalThis} window */
    constructor(window) { this.#window = window; }

    get isSupported() {
        const { navigator } = this.#window;
        return "serviceWorker" in navigator && "PushManager" in this.#window && "Notification" in this.#window
            && this.#window.isSecureContext;
    }

    /** @returns {NotificationPermission|"unsupported"} */
    get permission() { return this.isSupported ? this.#window.Notification.permission : "unsupported"; }

    get name() { return deviceName(deviceOf(this.#window.navigator.userAgent)); }

    /** @param {(path: string) => void} action a notification was clicked: this window is to show what it is about */
    onOpen(action) {
        if (!this.isSupported) return;
        this.#window.navigator.serviceWorker.addEventListener("message", ({ data }) => {
            if (data?.type === "open" && typeof data.path === "string") action(data.path);
        });
    }

    /** @returns {Promise<ServiceWorkerRegistration>} */
    async #worker() {
        await registerWorker(this.#window);
        return this.#window.navigator.serviceWorker.ready;
    }

    /** @returns {Promise<PushSubscription|null>} */
    async subscription() {
        if (!this.isSupported) return null;
        const registration = await this.#window.navigator.serviceWorker.getRegistration("/");
        return registration ? registration.pushManager.getSubscription() : null;
    }

    /**
     * Asks for the permission, so it has to be called by a click.
     * @returns {Promise<NotificationPermission>}
     */
    ask() { return this.#window.Notification.requestPermission(); }

    /**
     * The subscription of this browser with the server's key: the one there is, or a new one in place of one that was
     * made with another key.
     * @param {string} key base64url
     * @returns {Promise<{subscription: PushSubscription, ended: string|null}>} `ended`: the endpoint that is no more
     */
    async subscribe(key) {
        const { pushManager } = await this.#worker();
        const known = await pushManager.getSubscription();
        if (known && isKeyOf(known.options.applicationServerKey, key)) return { subscription: known, ended: null };
        if (known) await known.unsubscribe();
        const subscription = await pushManager.subscribe({
            userVisibleOnly: true, applicationServerKey: bytesOf(key),
        });
        return { subscription, ended: known?.endpoint ?? null };
    }
}
