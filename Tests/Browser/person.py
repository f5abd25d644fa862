"""What a person at the page is, and does again and again."""

import datetime
import os

BASE = os.environ.get("ERRAND_BASE_URL", "http://localhost:8080")
SHOTS = os.path.join(os.path.dirname(__file__), "..", "..", ".build-tools", "screenshots")
PASSWORD = "a quiet walk in the woods"


def row(page, title):
    return page.get_by_test_id("task-row").filter(has_text=title)


def remind_in(page, seconds, title):
    at = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=seconds)
    status = page.evaluate("""async ([title, at]) => (await fetch("/api/v1/tasks", {
        method: "POST", body: JSON.stringify({ title, reminders: [{ at }] }),
        headers: { "Content-Type": "application/json", "Idempotency-Key": crypto.randomUUID() },
    })).status""", [title, at.strftime("%Y-%m-%dT%H:%M:%SZ")])
    assert status == 201, f"making a task with a reminder was answered {status}"
