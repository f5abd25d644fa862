/** The parts of the screen of tasks that are loaded once they are opened, in the order in which they stand there. */

import { Later } from "../components/later.js";

/**
 * @param {import("./tasks.js").TasksView} view
 * @param {Record<string, () => boolean|void>} acts what shortcuts do, by their ids
 * @param {(task: import("../api.js").Task) => string} due when a task is due, in words
 */
export function laterParts(view, acts, due) {
    const { store } = view;
    return Object.freeze({
        editor: new Later(store, {
            load: () => import("../components/editor.js"),
            make: ({ Editor }) => new Editor(store, {
                pickers: view.pickers, show: (id) => view.list.showOpen(id),
                focusTask: (id) => { if (view.list.has(id)) view.list.focus(id); else view.heading.focus(); },
            }),
        }),
        inbox: new Later(store, {
            load: () => import("../components/inbox-panel.js"),
            make: ({ InboxPanel }) => new InboxPanel(store, {
                openTask: (task) => view.edit(task), openPath: (path) => view.open(path),
                focusElsewhere: () => view.bell.focus(),
            }),
            isWanted: ({ inbox }) => inbox.isOpen, giveUp: () => store.inbox.close(),
        }),
        chat: new Later(store, {
            load: () => import("../components/chat-panel.js"), make: ({ ChatPanel }) => new ChatPanel(store),
            isWanted: ({ chat }) => chat.isOpen, giveUp: () => store.chat.close(),
        }),
        help: new Later(store, {
            load: () => import("../components/help-dialog.js"), make: ({ HelpDialog }) => new HelpDialog(),
        }),
        palette: new Later(store, {
            load: () => import("../components/palette.js"),
            make: ({ Palette }) => new Palette({
                find: (text, most) => store.find(text, most), run: (id) => { acts[id]?.(); },
                open: (task) => view.edit(task), due, places: () => view.arranging.places(),
            }),
        }),
        conflict: new Later(store, {
            load: () => import("../components/conflict-dialog.js"),
            make: ({ ConflictDialog }) => new ConflictDialog(store, { focusElsewhere: (id) => view.list.focus(id) }),
        }),
    });
}
