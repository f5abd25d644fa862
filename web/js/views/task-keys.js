/** What each shortcut of `lib/keys.js` does on the screen of tasks. Selected tasks come before the one at hand. */

import { LISTS } from "../components/filter-list.js";
import { say } from "../words/words.js";

/**
 * @param {import("./tasks.js").TasksView} view
 * @returns {Record<string, () => boolean|void>}
 */
export function keyActions(view) {
    const { store, list } = view;
    const isSelecting = () => store.state.selected.length > 0;
    /** @param {(item: import("../components/task-row.js").Item) => void} action */
    const here = (action) => () => {
        const item = list.current;
        if (!item || (item.draft && !item.draft.task)) return false;
        action(item);
        return true;
    };
    /** @param {string} priority */
    const priority = (priority) => () => {
        if (isSelecting()) { store.bulk.setPriority(priority); return true; }
        return here(({ task }) => setPriority(view, /** @type {any} */ (task), priority))();
    };
    /** @param {"due"|"reminders"} kind */
    const pick = (kind) => here(({ task }) => {
        if (!task.deleted_at) view.pickers[kind](/** @type {any} */ (task), list.anchor);
    });
    /** @param {"tags"} at */
    const edit = (at) => here(({ task }) => {
        if (!task.deleted_at) view.edit(/** @type {any} */ (task), { at });
    });
    const go = (/** @type {string} */ filter) => () => view.go(filter);
    return {
        add: () => view.focusAdd(), search: () => view.search.focus(), palette: () => view.palette.open(),
        filter: () => view.arranging.keepFilter(), up: () => view.arranging.place("up"),
        down: () => view.arranging.place("down"),
        help: () => view.help.open(), undo: () => { store.writing.undo(); },
        clear: () => {
            if (!isSelecting()) {
                const editor = view.editor.part;
                if (!editor?.isOpen) return false;
                editor.leave();
                return true;
            }
            store.bulk.clear();
            view.announce(say("tasks.noneSelected"));
            return true;
        },
        next: () => list.move(1), previous: () => list.move(-1),
        select: here((item) => { if (!item.draft) view.select(item, false); }),
        edit: here(({ task }) => { if (!task.deleted_at) view.edit(/** @type {any} */ (task)); }),
        done: () => {
            if (isSelecting()) { store.bulk.complete(); return true; }
            return here(({ task }) => {
                if (!task.deleted_at) store.writing.setDone(/** @type {any} */ (task), !task.completed);
            })();
        },
        due: () => (isSelecting() ? view.bulk.date.focus() : pick("due")()),
        tags: () => (isSelecting() ? view.bulk.tag.focus() : edit("tags")()), reminder: pick("reminders"),
        urgent: priority("urgent"), high: priority("high"), medium: priority("medium"), low: priority("low"),
        skip: here(({ task }) => {
            if (task.recurrence && !task.completed) store.writing.skip(/** @type {any} */ (task));
            else view.announce(say("tasks.cannotSkip"));
        }),
        ...Object.fromEntries(Object.keys(LISTS).map((filter) => [`go-${filter}`, go(filter)])),
        settings: () => { store.settings.open(); },
        "go-inbox": () => { store.inbox.open(); },
    };
}

/** @param {import("./tasks.js").TasksView} view @param {import("../api.js").Task} task @param {string} priority */
function setPriority(view, task, priority) {
    if (task.deleted_at || task.priority === priority) return;
    view.store.writing.change(task, { priority }, say(`writing.priority.${priority}`));
}
