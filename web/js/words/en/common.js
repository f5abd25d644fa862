/** What many areas say. */
export const COMMON = {
    "common.save": "Save",
    "common.cancel": "Cancel",
    "common.close": "Close",
    "common.delete": "Delete",
    "common.undo": "Undo",
    "common.add": "Add",
    "common.remove": "Remove",
    "common.tasks": { one: "{count} task", other: "{count} tasks" },
};
