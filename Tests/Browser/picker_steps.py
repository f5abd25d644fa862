"""The steps of the page's test that are about when: due dates, zones, rules and reminders, mostly without a mouse."""

import datetime
import json
import re

from playwright.sync_api import expect

from person import SHOTS, row
from scenes import until
from views_steps import day, make, newcomer

TASK = """async (title) => {
    const { items } = await (await fetch("/api/v1/tasks?limit=200")).json();
    return items.find((one) => one.title === title);
}"""


def told(page, title):
    """The task as the server has it, once its row is settled."""
    expect(row(page, title)).to_have_attribute("data-status", "saved")
    return page.evaluate(TASK, title)


def at_hand(page, title, key):
    """Presses a key on a task, as somebody without a mouse does."""
    row(page, title).get_by_test_id("task-title").focus()
    page.keyboard.press(key)


def shots(page, name):
    """How it looks on a dark phone and on a bright desk."""
    for width, height, scheme in ((390, 844, "dark"), (1200, 800, "light")):
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        # What stands elsewhere in a window of this width goes there once the page hears of it.
        until(page, "document.documentElement.scrollWidth <= innerWidth")
        page.screenshot(path=f"{SHOTS}/{name}-{scheme}.png")


def by_words(page):
    """A due date said in words is shown as it was understood, saved by Enter, and taken back by Undo."""
    me = page.errand_picker = newcomer(page, locale="en-US")
    make(me, ("Call Ana", 1), ("Water the plants", None), ("Pay the rent", 3))
    at_hand(me, "Call Ana", "d")
    words, read = me.get_by_test_id("due-words"), me.get_by_test_id("due-words-read")
    expect(words).to_be_focused()
    me.keyboard.type("in the purple")
    expect(read).to_have_text("Not understood: “in the purple”")
    me.keyboard.press("Enter")
    expect(words).to_be_focused()
    words.fill("in 2 weeks 3pm")
    expect(read).to_contain_text("3:00 PM")
    expect(me.locator(f'[data-date="{day(me, 14)}"]')).to_have_attribute("aria-selected", "true")
    expect(me.get_by_test_id("due-time")).to_have_value("3:00 PM")
    shots(me, "date-picker")
    me.keyboard.press("Enter")
    expect(me.get_by_test_id("date-picker")).to_be_hidden()
    expect(row(me, "Call Ana").get_by_test_id("task-title")).to_be_focused()
    assert told(me, "Call Ana")["due"] == {"kind": "floating", "date": day(me, 14), "time": "15:00"}
    expect(me.get_by_test_id("toast")).to_contain_text("Due")
    me.keyboard.press("z")
    expect(me.get_by_test_id("toast")).to_contain_text("Undone.")
    assert told(me, "Call Ana")["due"] == {"kind": "date", "date": day(me, 1)}


def by_grid(page):
    """A day chosen in the month with keys alone; what lies on each day is said."""
    me = page.errand_picker
    at_hand(me, "Call Ana", "d")
    me.keyboard.press("ArrowDown")
    cell = me.locator(f'td[data-date="{day(me, 1)}"]')
    expect(cell).to_be_focused()
    expect(cell).to_have_attribute("aria-label", re.compile("^Tomorrow, .*, 1 task$"))
    me.keyboard.press("ArrowRight")
    me.keyboard.press("ArrowRight")
    expect(me.locator(f'td[data-date="{day(me, 3)}"]')).to_be_focused()
    expect(me.get_by_test_id("day-line")).to_contain_text("Pay the rent")
    me.keyboard.press("Home")
    monday = datetime.date.fromisoformat(day(me, 3))
    monday -= datetime.timedelta(days=monday.weekday())
    expect(me.locator(f'td[data-date="{monday}"]')).to_be_focused()
    me.keyboard.press("End")
    me.keyboard.press("PageDown")
    month = me.get_by_test_id("month").text_content()
    me.keyboard.press("Shift+PageDown")
    expect(me.get_by_test_id("month")).not_to_have_text(month)
    me.keyboard.press("Shift+PageUp")
    expect(me.get_by_test_id("month")).to_have_text(month)
    chosen = me.evaluate("document.activeElement.dataset.date")
    me.keyboard.press("Space")
    expect(me.get_by_test_id("date-picker")).to_be_visible()
    me.keyboard.press("Enter")
    expect(me.get_by_test_id("date-picker")).to_be_hidden()
    assert told(me, "Call Ana")["due"] == {"kind": "date", "date": chosen}
    # A usual day, by the chip of the row and a click; Escape gives up and changes nothing.
    row(me, "Call Ana").get_by_test_id("task-due").click()
    me.get_by_test_id("quick-tomorrow").click()
    expect(row(me, "Call Ana").get_by_test_id("task-due")).to_have_text("tomorrow")
    row(me, "Call Ana").get_by_test_id("task-due").click()
    me.keyboard.press("Escape")
    expect(row(me, "Call Ana").get_by_test_id("task-due")).to_be_focused()


def zone(page):
    """A time in a named zone, found by its place; what that is here is said."""
    me = page.errand_picker
    at_hand(me, "Pay the rent", "d")
    expect(me.get_by_test_id("due-zone")).to_be_hidden()
    me.get_by_test_id("due-time").fill("9pm")
    field = me.get_by_test_id("due-zone")
    expect(field).to_have_value("Wherever I am")
    field.focus()
    me.keyboard.type("new yo")
    expect(me.get_by_test_id("zone-option")).to_have_count(1)
    me.keyboard.press("Enter")
    expect(field).to_have_value("New York")
    expect(me.get_by_test_id("due-summary")).to_contain_text("9:00 PM in New York. Here that is")
    me.keyboard.press("Enter")
    expect(me.get_by_test_id("date-picker")).to_be_hidden()
    wanted = {"kind": "zoned", "date": day(me, 3), "time": "21:00", "time_zone": "America/New_York"}
    assert told(me, "Pay the rent")["due"] == wanted


def foresee(route):
    """Stands in for a server that shows the dates to come: one every two weeks."""
    asked = json.loads(route.request.post_data)
    first = datetime.date.fromisoformat(asked["due"]["date"])
    dates = [(first + datetime.timedelta(days=14 * step)).isoformat() for step in range(asked.get("count", 5))]
    route.fulfill(json={
        "recurrence": asked["recurrence"], "text": "every 2 weeks",
        "occurrences": [{"date": one, "time": None, "due_date": f"{one}T00:00:00Z"} for one in dates],
    })


def rule(page):
    """A rule made of choices and one of words, with its next five dates; then one time of the task is moved alone."""
    me = page.errand_picker
    me.route("**/api/v1/recurrences/preview", foresee)
    at_hand(me, "Call Ana", "d")
    me.get_by_test_id("due-repeat").click()
    expect(me.get_by_test_id("rule-text")).to_contain_text("Every week on")
    me.get_by_test_id("rule-every").fill("2")
    me.get_by_test_id("rule-MO").check()
    me.get_by_test_id("rule-FR").check()
    me.get_by_test_id("rule-end").select_option("after")
    me.get_by_test_id("rule-end-count").fill("10")
    expect(me.get_by_test_id("rule-text")).to_contain_text("Every 2 weeks on Monday")
    expect(me.get_by_test_id("rule-text")).to_contain_text("10 times")
    dates = me.get_by_test_id("rule-dates").locator("li")
    expect(dates).to_have_count(5)
    expect(dates.first).to_have_attribute("data-date", day(me, 1))
    me.get_by_test_id("rule-every").fill("0")
    expect(me.get_by_test_id("rule-flaw")).to_have_text("Write a whole number from 1 to 999.")
    me.get_by_test_id("rule-words").fill("every other friday")
    expect(me.get_by_test_id("rule-words-read")).to_have_text("Every 2 weeks on Friday")
    expect(me.get_by_test_id("rule-FR")).to_be_checked()
    expect(me.get_by_test_id("rule-MO")).not_to_be_checked()
    expect(dates).to_have_count(5)
    shots(me, "recurrence-builder")
    me.get_by_test_id("rule-words").press("Enter")
    expect(me.get_by_test_id("recurrence-builder")).to_be_hidden()
    expect(row(me, "Call Ana").get_by_test_id("task-recurrence")).to_be_visible()
    assert told(me, "Call Ana")["recurrence"]["rrule"] == "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR"
    # This one alone is moved: the rule stays.
    at_hand(me, "Call Ana", "d")
    expect(me.get_by_test_id("due-scope-this")).to_be_checked()
    me.get_by_test_id("due-words").fill("tomorrow")
    me.keyboard.press("Enter")
    expect(me.get_by_test_id("date-picker")).to_be_hidden()
    moved = told(me, "Call Ana")
    assert moved["due"]["date"] == day(me, 1) and moved["recurrence"], moved
    row(me, "Call Ana").get_by_test_id("task-recurrence").click()
    me.get_by_test_id("rule-none").click()
    expect(row(me, "Call Ana").get_by_test_id("task-recurrence")).to_have_count(0)


def panel(page):
    """From the panel the same pickers open, and what they save shows there; saving it all asks for which times."""
    me = page.errand_picker
    row(me, "Water the plants").get_by_test_id("task-title").click()
    expect(me.get_by_test_id("edit-scope")).to_be_hidden()
    me.get_by_test_id("edit-date-pick").click()
    me.get_by_test_id("due-words").fill("tomorrow")
    me.keyboard.press("Enter")
    expect(me.get_by_test_id("edit-date")).to_have_value(day(me, 1))
    expect(me.get_by_test_id("edit-date-pick")).to_be_focused()
    me.get_by_test_id("edit-repeat").click()
    me.get_by_test_id("rule-unit").select_option("day")
    me.get_by_test_id("rule-save").click()
    expect(me.get_by_test_id("edit-repeat")).to_contain_text("Every day")
    expect(me.get_by_test_id("edit-repeat")).to_be_focused()
    me.get_by_test_id("edit-reminders").click()
    me.get_by_test_id("remind-P1D").click()
    me.get_by_test_id("reminders-save").click()
    expect(me.get_by_test_id("edit-reminders")).to_contain_text("1 day before")
    shots(me, "panel-timing")
    me.get_by_test_id("edit-title").fill("Water all plants")
    me.get_by_test_id("edit-scope").select_option("this")
    with me.expect_request("**/api/v1/tasks/*?scope=this"):
        me.get_by_test_id("edit-save").click()
    expect(me.get_by_test_id("edit-form")).to_be_hidden()
    expect(row(me, "Water all plants")).to_have_attribute("data-status", "saved")
    at_hand(me, "Water all plants", "d")
    me.get_by_test_id("quick-none").click()
    expect(row(me, "Water all plants").get_by_test_id("task-due")).to_have_count(0)


def reminders(page):
    """A reminder is added, made to come again, and removed; one before a due date needs that date."""
    me = page.errand_picker
    at_hand(me, "Pay the rent", "r")
    expect(me.get_by_test_id("reminders-empty")).to_be_visible()
    expect(me.get_by_test_id("remind-PT0S")).to_be_focused()
    me.get_by_test_id("remind-PT1H").press("Enter")
    me.get_by_test_id("remind-PT1H").press("Enter")
    expect(me.get_by_test_id("reminder-news")).to_have_text("That reminder is there already.")
    me.get_by_test_id("remind-count").fill("3")
    me.get_by_test_id("remind-unit").select_option("day")
    me.get_by_test_id("remind-count").press("Enter")
    lines = me.get_by_test_id("reminder-line")
    expect(lines).to_have_count(2)
    lines.first.get_by_test_id("reminder-again").select_option("PT15M")
    lines.nth(1).get_by_test_id("reminder-change").click()
    expect(me.get_by_test_id("remind-count")).to_have_value("3")
    me.get_by_test_id("remind-count").fill("2")
    me.get_by_test_id("remind-add-before").click()
    expect(lines.nth(1)).to_contain_text("2 days before")
    me.get_by_test_id("remind-date").fill(day(me, 2))
    me.get_by_test_id("remind-time").fill("8:30 am")
    me.get_by_test_id("remind-add-at").click()
    expect(lines).to_have_count(3)
    shots(me, "reminder-editor")
    me.get_by_test_id("remind-count").press("Control+Enter")
    expect(me.get_by_test_id("toast")).to_contain_text("3 reminders")
    found = told(me, "Pay the rent")["reminders"]
    assert [(one["kind"], one.get("before"), one["repeat_every"]) for one in found] == [
        ("relative", "PT1H", "PT15M"), ("relative", "P2D", None), ("absolute", None, None),
    ], found
    assert found[2]["at"] == f"{day(me, 2)}T08:30:00Z", found
    at_hand(me, "Pay the rent", "r")
    for left in (2, 1, 0):
        lines.first.get_by_test_id("reminder-remove").click()
        expect(lines).to_have_count(left)
    me.get_by_test_id("reminders-save").click()
    expect(me.get_by_test_id("toast")).to_contain_text("No reminders")
    assert told(me, "Pay the rent")["reminders"] == []
    at_hand(me, "Water all plants", "r")
    expect(me.get_by_test_id("remind-PT1H")).to_be_disabled()
    expect(me.get_by_test_id("reminder-hint")).to_have_text("Reminders before a task is due need a due date first.")
    me.keyboard.press("Escape")
    me.context.close()


def far_away(page):
    """Somebody of Tokyo, with a browser in New York, sees and sets the day of Tokyo."""
    me = newcomer(page, zone="Asia/Tokyo", timezone_id="America/New_York", locale="en-US")
    make(me, ("Buy rice", 0))
    expect(row(me, "Buy rice").get_by_test_id("task-due")).to_have_text("today")
    at_hand(me, "Buy rice", "d")
    expect(me.locator('td[aria-current="date"]')).to_have_attribute("data-date", day(me, 0))
    me.get_by_test_id("quick-tomorrow").click()
    expect(row(me, "Buy rice").get_by_test_id("task-due")).to_have_text("tomorrow")
    assert told(me, "Buy rice")["due"] == {"kind": "date", "date": day(me, 1)}
    at_hand(me, "Buy rice", "d")
    me.get_by_test_id("due-words").fill("today 23:30")
    expect(me.get_by_test_id("due-words-read")).to_contain_text("Today")
    me.keyboard.press("Enter")
    expect(me.get_by_test_id("date-picker")).to_be_hidden()
    assert told(me, "Buy rice")["due"] == {"kind": "floating", "date": day(me, 0), "time": "23:30"}
    me.context.close()


STEPS = [by_words, by_grid, zone, rule, panel, reminders, far_away]
