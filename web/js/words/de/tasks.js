/** Tasks in the list, in the form that adds them and in the editor. */
export const TASKS = {
    "tasks.label": "Aufgaben",
    "tasks.boxDone": "Erledigt",
    "tasks.boxOpen": "Zu tun",
    "tasks.readAgain": "Wieder erkennen",
    "tasks.leaveInTitle": "Im Titel lassen",
};
