/**
 * What this browser keeps of people who are signed in: values under keys, which are paths such as
 * "people/<id>/tasks/<id>". One small interface with two forms: a database of the browser, and memory where there is
 * none.
 * @typedef {{lasts: boolean, isBlank: boolean, get: (key: string) => Promise<any>,
 *   all: (prefix: string) => Promise<any[]>, put: (entries: [string, any][]) => Promise<boolean>,
 *   drop: (prefix: string) => Promise<void>}} Shelf
 *   `lasts`: outlives the page; `isBlank`: nothing was ever put there, so that there is nothing to wait for; `all`:
 *   values in the order of their keys; `put`: all entries or none, undefined takes one away, false where it could not
 *   be written
 */

const DATABASE = "errand";
const STORE = "kept";
const MARK = "errand.kept";
/** After every key that begins with a prefix. */
const END = "\uffff";

/** @implements {Shelf} */
export class MemoryShelf {
    #values = new Map();
    lasts = false;

    get isBlank() { return this.#values.size === 0; }

    /** @param {string} key */
    async get(key) { return structuredClone(this.#values.get(key)); }

    /** @param {string} prefix */
    async all(prefix) {
        const keys = [...this.#values.keys()].filter((key) => key.startsWith(prefix)).sort();
        return keys.map((key) => structuredClone(this.#values.get(key)));
    }

    /** @param {[string, any][]} entries */
    async put(entries) {
        for (const [key, value] of entries) {
            if (value === undefined) this.#values.delete(key);
            else this.#values.set(key, structuredClone(value));
        }
        return true;
    }

    /** @param {string} prefix */
    async drop(prefix) {
        for (const key of [...this.#values.keys()]) if (key.startsWith(prefix)) this.#values.delete(key);
    }
}

/**
 * Whether anything was ever put on the shelf, where a page learns that at once: a database takes its time to open, the
 * most when it is new.
 * @typedef {{isSet: () => boolean, set: () => void}} Mark
 */

/** @param {{localStorage: Pick<Storage, "getItem"|"setItem">}} window @returns {Mark} */
function markOf(window) {
    return {
        isSet() { try { return window.localStorage.getItem(MARK) !== null; } catch { return true; } },
        set() { try { window.localStorage.setItem(MARK, "1"); } catch { /* It counts as set where none can be. */ } },
    };
}

/**
 * In IndexedDB. A browser that refuses it (private windows of some, a full disk) keeps nothing, and nothing fails.
 * @implements {Shelf}
 */
export class DatabaseShelf {
    #factory;
    /** @type {Promise<IDBDatabase|null>|null} */
    #opening = null;
    #mark;
    lasts = true;

    /**
     * @param {IDBFactory} factory
     * @param {Mark} mark
     */
    constructor(factory, mark) {
        this.#factory = factory;
        this.#mark = mark;
        this.isBlank = !mark.isSet();
    }

    /** @param {string} key */
    async get(key) { return await this.#ask("readonly", (store) => store.get(key)) ?? undefined; }

    /** @param {string} prefix */
    async all(prefix) { return await this.#ask("readonly", (store) => store.getAll(below(prefix))) ?? []; }

    /** @param {[string, any][]} entries */
    async put(entries) {
        if (this.isBlank) {
            this.isBlank = false;
            this.#mark.set();
        }
        const done = await this.#ask("readwrite", (store) => {
            for (const [key, value] of entries) {
                if (value === undefined) store.delete(key);
                else store.put(value, key);
            }
            return null;
        });
        return done !== undefined;
    }

    /** @param {string} prefix */
    async drop(prefix) { await this.#ask("readwrite", (store) => { store.delete(below(prefix)); return null; }); }

    /** @returns {Promise<IDBDatabase|null>} */
    #open() {
        this.#opening ??= new Promise((done) => {
            let opened;
            try { opened = this.#factory.open(DATABASE, 1); } catch { done(null); return; }
            opened.onupgradeneeded = () => { opened.result.createObjectStore(STORE); };
            opened.onsuccess = () => {
                const database = opened.result;
                // Another version of the page, or whoever clears this browser's data, must not wait for this one.
                database.onversionchange = () => { database.close(); this.#opening = null; };
                database.onclose = () => { this.#opening = null; };
                done(database);
            };
            opened.onerror = opened.onblocked = () => done(null);
        });
        return this.#opening;
    }

    /**
     * One transaction.
     * @param {IDBTransactionMode} mode
     * @param {(store: IDBObjectStore) => IDBRequest|null} work
     * @returns {Promise<any>} what was asked for, null for nothing; undefined where it could not be done
     */
    async #ask(mode, work) {
        const database = await this.#open();
        if (!database) { this.lasts = false; return undefined; }
        return new Promise((done) => {
            try {
                const transaction = database.transaction(STORE, mode, { durability: "relaxed" });
                const request = work(transaction.objectStore(STORE));
                transaction.oncomplete = () => done(request ? request.result : null);
                transaction.onabort = transaction.onerror = () => done(undefined);
            } catch {
                done(undefined);
            }
        });
    }
}

/** @param {string} prefix */
function below(prefix) { return IDBKeyRange.bound(prefix, prefix + END); }

/**
 * @param {{indexedDB?: IDBFactory, localStorage: Pick<Storage, "getItem"|"setItem">}} window
 * @returns {Shelf}
 */
export function shelfOf(window) {
    try {
        return window.indexedDB ? new DatabaseShelf(window.indexedDB, markOf(window)) : new MemoryShelf();
    } catch {
        return new MemoryShelf();
    }
}
