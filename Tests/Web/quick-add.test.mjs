import assert from "node:assert/strict";
import { test } from "node:test";

import { accepted } from "../../web/js/lib/quick-add.js";

const line = "Pay rent every month on the 1st #home p1";
const reading = {
    line,
    parsed: {
        title: "Pay rent", due: { kind: "date", date: "2026-02-01" },
        recurrence: { rrule: "FREQ=MONTHLY;BYMONTHDAY=1", anchor: "schedule" }, tags: ["home"], priority: "urgent",
        reminders: [],
    },
    spans: [
        { start: 9, end: 31, kind: "recurrence", text: "every month on the 1st" },
        { start: 32, end: 37, kind: "tag", text: "#home" }, { start: 38, end: 40, kind: "priority", text: "p1" },
    ],
    warnings: [],
};

test("all that was read makes the task", () => {
    assert.deepEqual(accepted(reading, new Set()), {
        title: "Pay rent", due: { kind: "date", date: "2026-02-01" },
        recurrence: { rrule: "FREQ=MONTHLY;BYMONTHDAY=1", anchor: "schedule" }, priority: "urgent", tags: ["home"],
    });
});

test("what is rejected stays in the title", () => {
    assert.deepEqual(accepted(reading, new Set([9, 38])), {
        title: "Pay rent every month on the 1st p1", tags: ["home"],
    });
});
