/** Tasks in the list, in the form that adds them and in the editor. */
export const TASKS = {
    "tasks.label": "Tasks",
    "tasks.boxDone": "Done",
    "tasks.boxOpen": "To do",
    "tasks.readAgain": "Read it again",
    "tasks.leaveInTitle": "Leave it in the title",
};
