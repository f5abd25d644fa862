/** What is loaded only once somebody calls for a picker, so that the page itself is there sooner. */

export { DatePicker } from "./date-picker.js";
export { RecurrenceBuilder } from "./recurrence-builder.js";
export { ReminderEditor } from "./reminder-editor.js";
