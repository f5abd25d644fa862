#!/usr/bin/env python3
"""Uses the page as a person would, in headless Chromium, against the server at ERRAND_BASE_URL.

All steps, or those that are named, after the account is made: page_test.py offline settings_place
"""

import base64
import hashlib
import json
import os
import secrets
import shutil
import sys
import traceback
import urllib.parse
import urllib.request

from playwright.sync_api import expect, sync_playwright

import access_steps
import account_steps
import feed_steps
import offline_steps
import panel_steps
import picker_steps
import views_steps
import words_steps
from detail_steps import description
from person import BASE, PASSWORD, SHOTS, remind_in, row
from settings_steps import account, change_channel, matrix, quiet_hours, webhook, why

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
LIVE_LIMIT = 2_000

# Notes when a person acts, and when a row with a title comes or goes. Times are of the wall clock, in milliseconds.
WATCH = """() => {
    const now = () => performance.timeOrigin + performance.now();
    const seen = window.errandSeen = { acted: 0, came: {}, went: {} };
    for (const type of ["keydown", "click"]) addEventListener(type, () => { seen.acted = now(); }, true);
    let before = new Set();
    const look = () => {
        const titles = [...document.querySelectorAll("[data-testid=task-row] [data-testid=task-title]")];
        const shown = new Set(titles.map((title) => title.textContent));
        for (const title of shown) if (!before.has(title)) seen.came[title] = now();
        for (const title of before) if (!shown.has(title)) seen.went[title] = now();
        before = shown;
    };
    look();
    new MutationObserver(look).observe(document.querySelector("[data-testid=task-list]"), {
        childList: true, subtree: true, characterData: true,
    });
}"""


def sign_up(page):
    page.goto(BASE)
    expect(page.get_by_test_id("auth-view")).to_be_visible()
    page.get_by_test_id("switch-auth").click()
    expect(page.get_by_test_id("sign-up-form")).to_be_visible()
    page.screenshot(path=f"{SHOTS}/sign-up.png")
    page.get_by_test_id("email").fill(page.errand_email)
    page.get_by_test_id("password").fill(PASSWORD)
    page.get_by_test_id("submit-auth").click()
    expect(page.get_by_test_id("tasks-view")).to_be_visible()


def add_tasks(page):
    for title in ["Buy groceries", "Call the dentist", "Write the report"]:
        page.get_by_test_id("new-task-title").fill(title)
        page.get_by_test_id("new-task-title").press("Enter")
        expect(row(page, title)).to_have_attribute("data-status", "saved")
    expect(page.get_by_test_id("task-row")).to_have_count(3)
    page.screenshot(path=f"{SHOTS}/list.png")


def quick_add(page):
    title = page.get_by_test_id("new-task-title")
    title.fill("Water plants every 3 days #garden p2")
    expect(page.get_by_test_id("quick-recurrence")).to_be_visible()
    page.get_by_test_id("quick-priority").click()
    page.screenshot(path=f"{SHOTS}/quick-add.png")
    title.press("Enter")
    plants = row(page, "Water plants p2")
    expect(plants).to_have_attribute("data-status", "saved")
    expect(plants.get_by_test_id("task-recurrence")).to_have_text("Every 3 days")
    expect(plants.get_by_test_id("task-tag")).to_have_text("garden")
    # One time is skipped: it moves three days on.
    expect(plants.get_by_test_id("task-due")).to_have_text("today")
    plants.get_by_test_id("task-skip").click()
    expect(plants.get_by_test_id("task-due")).not_to_have_text("today")
    # Done, it is followed by the next one.
    first = plants.get_attribute("data-task-id")
    plants.get_by_test_id("task-complete").click()
    expect(page.locator(f'[data-task-id="{first}"]')).to_have_count(0)
    expect(row(page, "Water plants")).to_have_count(1)
    row(page, "Water plants").get_by_test_id("task-delete").click()
    expect(row(page, "Water plants")).to_have_count(0)


def complete_one(page):
    row(page, "Buy groceries").get_by_test_id("task-complete").click()
    expect(row(page, "Buy groceries")).to_have_count(0)
    page.get_by_test_id("filter-done").click()
    expect(row(page, "Buy groceries")).to_be_visible()
    page.get_by_test_id("filter-open").click()
    expect(page.get_by_test_id("task-row")).to_have_count(2)


def search(page):
    page.get_by_test_id("search").fill("dent")
    expect(page.get_by_test_id("task-row")).to_have_count(1)
    expect(row(page, "Call the dentist")).to_be_visible()
    page.screenshot(path=f"{SHOTS}/search.png")
    page.get_by_test_id("search").fill("")
    expect(page.get_by_test_id("task-row")).to_have_count(2)


def delete_and_undo(page):
    row(page, "Write the report").get_by_test_id("task-delete").click()
    expect(row(page, "Write the report")).to_have_count(0)
    page.get_by_test_id("undo").click()
    expect(row(page, "Write the report")).to_be_visible()


def reload(page):
    page.reload()
    expect(page.get_by_test_id("task-row")).to_have_count(2)


def sign_out_and_in(page):
    page.get_by_test_id("sign-out").click()
    expect(page.get_by_test_id("auth-view")).to_be_visible()
    page.get_by_test_id("email").fill(page.errand_email)
    page.get_by_test_id("password").fill(PASSWORD)
    page.get_by_test_id("submit-auth").click()
    expect(row(page, "Call the dentist")).to_be_visible()


def acted(page):
    return page.evaluate("window.errandSeen.acted")


def seen(page, what, title):
    return page.evaluate("([what, title]) => window.errandSeen[what][title]", [what, title])


def two_windows(page):
    """What is done in one window shows in the other, without a reload and soon."""
    other = page.context.new_page()
    other.set_default_timeout(10_000)
    page.errand_watch(other)
    other.goto(BASE)
    for one in (page, other):
        expect(one.get_by_test_id("task-row")).to_have_count(2)
        one.evaluate(WATCH)
    times = []
    for number in range(10):
        title = f"Seen elsewhere {number}"
        page.get_by_test_id("new-task-title").fill(title)
        page.get_by_test_id("new-task-title").press("Enter")
        start = acted(page)
        expect(row(other, title)).to_be_visible(timeout=LIVE_LIMIT)
        times.append(seen(other, "came", title) - start)
        expect(row(page, title)).to_have_attribute("data-status", "saved")
        if number == 3:
            expect(other.get_by_test_id("task-row")).to_have_count(3)
            other.screenshot(path=f"{SHOTS}/other-window.png")
        action = "task-complete" if number % 2 == 0 else "task-delete"
        # Dispatched: a real click waits for frames, which a browser grants the other window only.
        row(page, title).get_by_test_id(action).dispatch_event("click")
        start = acted(page)
        expect(row(other, title)).to_have_count(0, timeout=LIVE_LIMIT)
        times.append(seen(other, "went", title) - start)
        expect(row(page, title)).to_have_count(0)
    expect(other.get_by_test_id("task-row")).to_have_count(2)
    expect(other.get_by_test_id("toast")).to_be_hidden()
    times.sort()
    p50, p99 = times[len(times) // 2], times[min(len(times) - 1, int(len(times) * 0.99))]
    print(f"two windows: {len(times)} changes, from click to shown elsewhere p50 {p50:.0f} ms, p99 {p99:.0f} ms")
    other.close()


def reminder(page):
    bell = page.get_by_test_id("bell")
    expect(bell).to_have_attribute("aria-label", "Notifications")
    remind_in(page, 2, "Stretch")
    expect(page.get_by_test_id("unread")).to_have_text("1", timeout=5_000)
    expect(bell).to_have_attribute("aria-label", "Notifications, 1 unread")
    expect(page.get_by_test_id("toast")).to_contain_text("Reminder: Stretch")
    page.screenshot(path=f"{SHOTS}/bell.png")
    bell.focus()
    bell.press("Enter")
    note = page.get_by_test_id("notification")
    expect(note).to_have_count(1)
    expect(note.get_by_test_id("notification-open")).to_contain_text("Stretch")
    page.screenshot(path=f"{SHOTS}/inbox.png")
    note.get_by_test_id("notification-read").click()
    expect(note.get_by_test_id("notification-read")).to_be_hidden()
    expect(page.get_by_test_id("unread")).to_be_hidden()
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("inbox")).to_be_hidden()
    expect(bell).to_be_focused()
    expect(bell).to_have_attribute("aria-label", "Notifications")
    # The notification leads to its task.
    bell.click()
    note.get_by_test_id("notification-open").click()
    expect(page.get_by_test_id("edit-title")).to_have_value("Stretch")
    page.get_by_test_id("edit-cancel").click()
    row(page, "Stretch").get_by_test_id("task-delete").click()
    expect(row(page, "Stretch")).to_have_count(0)


def say(page, message):
    """Says something in the chat and waits for the answer."""
    before = page.get_by_test_id("chat-message").count()
    page.get_by_test_id("chat-input").fill(message)
    page.get_by_test_id("chat-input").press("Enter")
    expect(page.get_by_test_id("chat-message")).to_have_count(before + 2)
    # An answer may be there before its end is; what is sent meanwhile waits in the field.
    expect(page.get_by_test_id("chat-send")).to_be_enabled()
    return page.get_by_test_id("chat-message").last


def chat(page):
    page.get_by_test_id("open-chat").click()
    expect(page.get_by_test_id("chat-input")).to_be_focused()
    expect(say(page, "add water ferns, sharpen pencils and mend socks").get_by_test_id("chat-card")).to_have_count(3)
    expect(say(page, "move the ferns to tomorrow").get_by_test_id("chat-card")).to_have_text("Moved: water fernsUndo")
    expect(say(page, "what is due tomorrow?")).to_contain_text("water ferns")
    question = say(page, "delete the pencils and the socks")
    expect(question.get_by_test_id("chat-reply")).to_have_text(["Yes", "No"])
    page.screenshot(path=f"{SHOTS}/chat.png")
    question.get_by_test_id("chat-reply").first.click()
    card = page.get_by_test_id("chat-card").last
    expect(card).to_contain_text("Deleted: sharpen pencils, mend socks")
    card.get_by_test_id("chat-undo").click()
    expect(card).to_have_attribute("data-status", "undone")
    page.set_viewport_size({"width": 390, "height": 780})
    page.screenshot(path=f"{SHOTS}/chat-phone.png")
    page.set_viewport_size({"width": 1200, "height": 800})
    page.get_by_test_id("close-chat").click()
    expect(row(page, "mend socks")).to_be_visible()
    expect(row(page, "sharpen pencils")).to_be_visible()


CALLBACK = "http://localhost:8765/callback"


def post(path, body, form=False):
    data = urllib.parse.urlencode(body) if form else json.dumps(body)
    request = urllib.request.Request(BASE + path, data.encode(), method="POST")
    request.add_header("Content-Type", "application/x-www-form-urlencoded" if form else "application/json")
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.loads(answer.read())


def fits(page):
    """Nothing runs over the side, and what is to be pressed is large enough for a thumb."""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "it scrolls sideways"
    for button in page.get_by_role("button").all():
        box = button.bounding_box()
        assert box["height"] >= 40 and box["x"] >= 0 and box["x"] + box["width"] <= 360, box


def consent(page):
    """A program asks, the person signs in on the way and lets it in, and it gets its token."""
    client = post("/register", {"client_name": "Tidy <Agent>", "redirect_uris": [CALLBACK]})["client_id"]
    verifier = secrets.token_urlsafe(48)
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    asked = {
        "response_type": "code", "client_id": client, "redirect_uri": CALLBACK, "state": "xyz",
        "code_challenge": challenge, "code_challenge_method": "S256", "scope": "tasks:read tasks:write",
        "resource": BASE + "/mcp",
    }
    browser = page.context.browser
    visit = browser.new_context(viewport={"width": 360, "height": 720}).new_page()
    visit.set_default_timeout(10_000)
    page.errand_watch(visit)
    visit.route("http://localhost:8765/**", lambda route: route.fulfill(body="Back at the program."))
    visit.goto(f"{BASE}/authorize?{urllib.parse.urlencode(asked)}")
    expect(visit.get_by_role("heading", name="Sign in to Errand")).to_be_visible()
    expect(visit.get_by_text("Tidy <Agent>")).to_be_visible()
    fits(visit)
    visit.screenshot(path=f"{SHOTS}/consent-sign-in.png")
    visit.get_by_label("E-mail").fill(page.errand_email)
    visit.get_by_label("Password").fill(PASSWORD)
    visit.get_by_role("button", name="Sign in").click()
    expect(visit.get_by_role("heading", name="Let Tidy <Agent> use Errand?")).to_be_visible()
    expect(visit.get_by_role("listitem")).to_have_text(
        ["See your tasks, tags and reminders", "Add, change, complete and delete tasks"]
    )
    expect(visit.get_by_text("You will be sent to localhost")).to_be_visible()
    expect(visit.get_by_text(page.errand_email)).to_be_visible()
    fits(visit)
    visit.screenshot(path=f"{SHOTS}/consent.png")
    visit.emulate_media(color_scheme="dark")
    visit.screenshot(path=f"{SHOTS}/consent-dark.png")
    visit.get_by_role("button", name="Allow").click()
    visit.wait_for_url(f"{CALLBACK}?*")
    values = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(visit.url).query))
    assert values["state"] == "xyz" and values["iss"] == BASE, values
    tokens = post("/token", {
        "grant_type": "authorization_code", "code": values["code"], "client_id": client, "redirect_uri": CALLBACK,
        "code_verifier": verifier,
    }, form=True)
    assert tokens["access_token"] and tokens["scope"] == "tasks:read tasks:write", tokens
    visit.context.close()


def programs(page):
    """The program that was let in is listed with its rights, and shown out."""
    page.get_by_test_id("open-settings").click()
    page.get_by_test_id("settings-access").click()
    listed = page.get_by_test_id("program")
    expect(listed).to_have_count(1)
    expect(listed.get_by_test_id("program-name")).to_have_text("Tidy <Agent>")
    expect(listed.get_by_test_id("program-rights")).to_have_text("May see your tasks and change your tasks.")
    expect(listed.get_by_test_id("program-times")).to_contain_text("Since today, last used today, until")
    page.screenshot(path=f"{SHOTS}/programs.png")
    page.set_viewport_size({"width": 360, "height": 720})
    page.screenshot(path=f"{SHOTS}/programs-phone.png")
    page.set_viewport_size({"width": 1200, "height": 800})
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_test_id("revoke-program").click()
    expect(listed).to_have_count(0)
    expect(page.get_by_test_id("programs-empty")).to_be_visible()
    page.get_by_test_id("close-settings").click()
    expect(page.get_by_test_id("programs")).to_be_hidden()


def docs(page):
    page.goto(f"{BASE}/docs")
    expect(page.get_by_text("/api/v1/tasks/{id}/complete").first).to_be_visible()
    page.screenshot(path=f"{SHOTS}/docs.png")


def expected(message):
    """Browsers report answers of 401 as errors; the page asks once, to learn whether somebody is signed in."""
    return "401" in message


def place_of(error):
    """The lines of these files that led to it."""
    here = os.path.dirname(os.path.abspath(__file__))
    calls = [call for call in traceback.extract_tb(error.__traceback__) if os.path.dirname(call.filename) == here]
    return " > ".join(f"{os.path.basename(call.filename)}:{call.lineno}" for call in calls)


def picture_windows(page, name):
    """What every window showed when a step failed; those of the step are closed, as it would have done."""
    for number, context in enumerate(page.context.browser.contexts):
        for at, window in enumerate(context.pages):
            window.screenshot(path=f"{SHOTS}/failed-{name}-{number}-{at}.png")
        if context is not page.context:
            context.close()


def main():
    os.makedirs(SHOTS, exist_ok=True)
    passed = failed = 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_context(viewport={"width": 1200, "height": 800}).new_page()
        page.set_default_timeout(10_000)
        page.errand_email = f"{secrets.token_hex(6)}@example.org"
        complaints = []

        # What a step provokes on purpose; browsers report every refusal.
        page.errand_expected = None

        def complain(message):
            wanted = page.errand_expected
            if message.type in ("error", "warning") and not (wanted and wanted in message.text):
                complaints.append(message.text)

        def watch(one):
            one.on("console", complain)
            one.on("pageerror", lambda e: complaints.append(str(e)))

        page.errand_watch = watch
        watch(page)
        steps = [
            sign_up, add_tasks, quick_add, complete_one, search, delete_and_undo, description, reload,
            sign_out_and_in, two_windows, reminder, *views_steps.STEPS, *panel_steps.STEPS, *picker_steps.STEPS,
            *offline_steps.STEPS,
            matrix, quiet_hours, webhook, why, change_channel, account, chat, consent, programs,
            *account_steps.STEPS, *feed_steps.STEPS, *words_steps.STEPS, docs, *access_steps.STEPS,
        ]
        named = sys.argv[1:]
        unknown = set(named) - {step.__name__ for step in steps}
        assert not unknown, f"no such step: {unknown}"
        for step in steps:
            if named and step is not sign_up and step.__name__ not in named:
                continue
            try:
                page.errand_expected = None
                step(page)
                passed += 1
            except Exception as error:
                failed += 1
                picture_windows(page, step.__name__)
                print(f"FAILED {step.__name__} at {place_of(error)}: {error}")
        for complaint in complaints:
            if not expected(complaint):
                failed += 1
                print(f"FAILED console: {complaint}")
        browser.close()
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


main()
