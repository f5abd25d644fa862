"""The steps of the page's test that are about one task: its panel, its history, conflicts, tags, priorities."""

import re

from playwright.sync_api import expect

from person import BASE, SHOTS, row
from scenes import until
from views_steps import make, newcomer

PATCH = """async ([id, body]) => (await fetch(`/api/v1/tasks/${id}`, {
    method: "PATCH", body: JSON.stringify(body),
    headers: { "Content-Type": "application/json", "Idempotency-Key": crypto.randomUUID() },
})).status"""


def change(me, title, body):
    """Changes a task as another program would."""
    assert me.evaluate(PATCH, [row(me, title).get_attribute("data-task-id"), body]) == 200


def sizes(me, name):
    """At home on every screen: nothing runs over the side."""
    for size, (width, height), scheme in [
        ("phone", (390, 844), "dark"), ("tablet", (820, 1180), "light"), ("desktop", (1440, 900), "light"),
    ]:
        me.set_viewport_size({"width": width, "height": height})
        me.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        assert me.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{name} scrolls sideways ({size})"
        me.screenshot(path=f"{SHOTS}/{name}-{size}-{scheme}.png")
    me.emulate_media(color_scheme="light", reduced_motion="no-preference")


def beside(page):
    """On a wide screen the list stays usable beside the panel; on a phone the panel is a sheet over it."""
    me = newcomer(page)
    make(me, ("First", 0), ("Second", 1, "urgent", ["home"]), ("Third", 2))
    panel, title = me.get_by_test_id("editor"), me.get_by_test_id("edit-title")
    row(me, "Second").get_by_test_id("task-title").click()
    expect(title).to_be_focused()
    assert not panel.evaluate("(panel) => panel.matches(':modal')")
    expect(row(me, "Second").get_by_test_id("task-title")).to_have_attribute("aria-current", "true")
    right = row(me, "Second").bounding_box()
    assert right["x"] + right["width"] <= panel.bounding_box()["x"], "the panel covers the list"
    # The list beside it works, and another task is shown in the same panel.
    row(me, "First").get_by_test_id("task-complete").click()
    expect(row(me, "First")).to_have_count(0)
    expect(title).to_have_value("Second")
    row(me, "Third").get_by_test_id("task-title").click()
    expect(title).to_have_value("Third")
    # What was typed is not lost by going to another task.
    title.fill("Third, and more")
    row(me, "Second").get_by_test_id("task-title").click()
    expect(me.get_by_test_id("edit-question")).to_be_visible()
    expect(title).to_have_value("Third, and more")
    me.get_by_test_id("edit-keep").click()
    me.get_by_test_id("edit-save").click()
    expect(panel).to_be_hidden()
    expect(row(me, "Third, and more").get_by_test_id("task-title")).to_be_focused()
    # Escape in the list closes the panel as well, and leaves the focus there.
    me.keyboard.press("Enter")
    expect(title).to_be_focused()
    row(me, "Second").get_by_test_id("task-title").focus()
    me.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(row(me, "Second").get_by_test_id("task-title")).to_be_focused()
    me.keyboard.press("j")
    # By keys: Enter opens, Escape closes, and the focus is where it was.
    me.keyboard.press("k")
    expect(row(me, "Second").get_by_test_id("task-title")).to_be_focused()
    me.keyboard.press("Enter")
    expect(title).to_be_focused()
    sizes(me, "panel")
    me.emulate_media(reduced_motion="reduce")
    me.set_viewport_size({"width": 390, "height": 844})
    # It is placed anew once the page hears of its new width.
    until(me, "document.querySelector('[data-testid=editor]').matches(':modal')")
    until(me, """(() => {
        const { width, bottom } = document.querySelector("[data-testid=editor]").getBoundingClientRect();
        return width === 390 && Math.abs(bottom - 844) < 1;
    })()""")
    expect(title).to_be_focused()
    # Closed by the browser itself, as by going back on a phone, it still asks for what was typed.
    title.fill("Second, unsaved")
    panel.evaluate("(panel) => panel.close()")
    expect(me.get_by_test_id("edit-question")).to_be_visible()
    expect(title).to_have_value("Second, unsaved")
    me.get_by_test_id("edit-discard").click()
    expect(panel).to_be_hidden()
    expect(row(me, "Second").get_by_test_id("task-title")).to_be_focused()
    me.context.close()


def history(page):
    """Three changes, by a program, by this page and by the chat, told in words."""
    me = newcomer(page)
    make(me, ("Call Ana", 1))
    change(me, "Call Ana", {"priority": "high"})
    row(me, "Call Ana").get_by_test_id("task-title").click()
    expect(me.get_by_test_id("edit-priority")).to_have_value("high")
    me.get_by_test_id("edit-tags").fill("family")
    me.get_by_test_id("edit-save").click()
    expect(me.get_by_test_id("editor")).to_be_hidden()
    me.evaluate("""async () => (await fetch("/api/v1/chat", {
        method: "POST", body: JSON.stringify({ message: "set Call Ana to urgent" }),
        headers: { "Content-Type": "application/json", "Idempotency-Key": crypto.randomUUID() },
    })).json()""")
    expect(row(me, "Call Ana")).to_have_attribute("data-priority", "urgent")
    asked = []
    me.on("request", lambda request: asked.append(request.url) if "/audit" in request.url else None)
    row(me, "Call Ana").get_by_test_id("task-title").click()
    expect(me.get_by_test_id("edit-title")).to_be_focused()
    assert not asked, "the log was asked for before anybody wanted to see it"
    me.get_by_test_id("history-open").focus()
    me.keyboard.press("Enter")
    entries = me.get_by_test_id("history-entry")
    expect(entries.locator(".history-text")).to_have_text([
        "The chat set the priority to urgent", "You added the tag family", "You set the priority to high",
        "You added the task",
    ])
    expect(entries.first.locator("del")).to_contain_text("high")
    expect(entries.first.locator("ins")).to_contain_text("urgent")
    expect(entries.first.locator("time")).to_have_text(re.compile(r"^\d+:\d\d"))
    sizes(me, "history")
    me.set_viewport_size({"width": 1200, "height": 800})
    # A change made while one looks on joins the list.
    change(me, "Call Ana", {"priority": "low"})
    expect(entries).to_have_count(5)
    me.context.close()


def conflict(page):
    """The same task is changed in two windows: both values are shown, and nothing typed is lost."""
    me = newcomer(page)
    make(me, ("Pay rent", 1, "medium", ["home"]))
    other = me.context.new_page()
    other.set_default_timeout(10_000)
    page.errand_watch(other)
    other.goto(BASE)
    row(me, "Pay rent").get_by_test_id("task-title").click()
    me.get_by_test_id("edit-title").fill("Pay rent to Ann")
    me.get_by_test_id("edit-priority").select_option("high")
    row(other, "Pay rent").get_by_test_id("task-title").click()
    other.get_by_test_id("edit-title").fill("Pay rent to Bob")
    other.get_by_test_id("edit-priority").select_option("low")
    other.get_by_test_id("edit-description").fill("By transfer")
    other.get_by_test_id("edit-save").click()
    expect(other.get_by_test_id("editor")).to_be_hidden()
    # It comes by itself; what nobody touched here follows.
    expect(me.get_by_test_id("conflict-value-mine")).to_have_text(["Pay rent to Ann", "High"])
    expect(me.get_by_test_id("conflict-value-theirs")).to_have_text(["Pay rent to Bob", "Low"])
    expect(me.get_by_test_id("edit-description")).to_have_value("By transfer")
    expect(me.get_by_test_id("edit-title")).to_have_value("Pay rent to Ann")
    sizes(me, "conflict")
    me.set_viewport_size({"width": 1200, "height": 800})
    # Saved only once it was said what counts.
    me.get_by_test_id("edit-save").click()
    expect(me.get_by_test_id("edit-message")).to_have_text("First say which value counts.")
    expect(me.get_by_test_id("conflict-mine").first).to_be_focused()
    me.get_by_test_id("conflict-theirs").first.check()
    expect(me.get_by_test_id("edit-title")).to_have_value("Pay rent to Bob")
    me.get_by_test_id("conflict-mine").first.check()
    expect(me.get_by_test_id("edit-title")).to_have_value("Pay rent to Ann")
    me.get_by_test_id("conflict-theirs").nth(1).check()
    me.get_by_test_id("edit-save").click()
    expect(me.get_by_test_id("editor")).to_be_hidden()
    expect(row(other, "Pay rent to Ann")).to_have_attribute("data-priority", "low")
    refused(me, page)
    me.context.close()


def refused(me, page):
    """The same where the news did not come by itself: the server refuses to overwrite."""
    me.route("**/api/v1/live*", lambda route: route.abort())
    page.errand_expected = "412"
    row(me, "Pay rent to Ann").get_by_test_id("task-title").click()
    me.get_by_test_id("edit-title").fill("Pay rent to Cem")
    held = []
    me.route("**/api/v1/tasks/*", lambda route: (
        held.append(route) if route.request.method == "PATCH" else route.continue_()))
    me.get_by_test_id("edit-save").click()
    me.wait_for_timeout(100)
    change(me.context.pages[-1], "Pay rent to Ann", {"title": "Pay rent to Dora"})
    me.unroute("**/api/v1/tasks/*")
    held[0].continue_()
    expect(me.get_by_test_id("conflict-value-theirs")).to_have_text(["Pay rent to Dora"])
    expect(me.get_by_test_id("conflict-value-mine")).to_have_text(["Pay rent to Cem"])
    me.keyboard.press("Escape")
    expect(me.get_by_test_id("edit-question")).to_be_visible()
    me.get_by_test_id("edit-discard").click()
    expect(me.get_by_test_id("editor")).to_be_hidden()
    expect(row(me, "Pay rent to Dora").get_by_test_id("task-title")).to_be_focused()


def tags(page):
    """Tags are completed by keys in every field that takes them, and keep their colour."""
    me = newcomer(page)
    make(me, ("One", 0, "low", ["home", "garden"]), ("Two", 1, "medium", ["home"]), ("Three", 2, "urgent"))
    expect(me.locator('[data-tag="home"]')).to_be_visible()
    keys, line, options = me.keyboard, me.get_by_test_id("edit-tags"), me.get_by_test_id("tag-option")
    row(me, "Three").get_by_test_id("task-title").focus()
    keys.press("l")
    expect(line).to_be_focused()
    keys.type("ho")
    expect(line).to_have_attribute("aria-expanded", "true")
    expect(options).to_have_text(["home2"])
    expect(me.get_by_test_id("tag-option-new")).to_have_text("Create “ho”")
    keys.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    assert line.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    me.screenshot(path=f"{SHOTS}/tags-completed.png")
    keys.press("Enter")
    chips = me.get_by_test_id("tag-chip")
    expect(chips).to_have_text(["home"])
    # Escape closes the suggestions first; Enter makes a new tag of what was typed.
    keys.type("gar")
    keys.press("Escape")
    expect(options).to_have_count(1)
    expect(options.first).to_be_hidden()
    expect(me.get_by_test_id("editor")).to_be_visible()
    for _ in "gar":
        keys.press("Backspace")
    keys.type("Brand new")
    keys.press("Enter")
    expect(chips).to_have_text(["home", "Brand new"])
    keys.type("x,")
    expect(chips).to_have_text(["home", "Brand new", "x"])
    keys.press("Backspace")
    expect(chips).to_have_text(["home", "Brand new"])
    tone = chips.first.get_attribute("data-tone")
    keys.press("Enter")
    expect(me.get_by_test_id("editor")).to_be_hidden()
    shown = row(me, "Three").get_by_test_id("task-tag")
    expect(shown).to_have_text(["home", "Brand new"])
    expect(shown.first).to_have_attribute("data-tone", tone)
    expect(me.locator('[data-tag="home"] .hash')).to_have_attribute("data-tone", tone)
    # Priorities: a shape, a word and a colour each.
    expect(row(me, "One").locator(".priority")).to_have_text("Low")
    shapes = {me.locator(f".task .priority.{name} path").first.get_attribute("d") for name in ("low", "urgent")}
    assert len(shapes) == 2, shapes
    many(me)
    me.context.close()


def many(me):
    """In the line for a new task, and for many tasks at once."""
    keys = me.keyboard
    me.get_by_test_id("new-task-title").fill("Four")
    me.get_by_test_id("new-task-tags").fill("gar")
    keys.press("ArrowDown")
    keys.press("Enter")
    me.get_by_test_id("new-task-add").click()
    expect(row(me, "Four").get_by_test_id("task-tag")).to_have_text("garden")
    expect(row(me, "Four")).to_have_attribute("data-status", "saved")
    # Tags are asked for again a moment after the last write; until then the new one is not known.
    expect(me.locator('[data-tag="Brand new"]')).to_be_visible()
    # By the keyboard: the new row makes the others move, and a click may come too late.
    row(me, "Two").get_by_test_id("task-select").press("Space")
    me.get_by_test_id("bulk-tag").fill("brand")
    keys.press("ArrowDown")
    keys.press("Enter")
    expect(row(me, "Two").get_by_test_id("task-tag")).to_have_text(["home", "Brand new"])


def unhurried(page):
    """A hand takes its time: what it presses stays below it, though the form above folds when it loses the focus."""
    me = newcomer(page)
    make(me, ("First", 0), ("Second", 1))
    form, details = me.get_by_test_id("new-task-title"), me.get_by_test_id("new-task-priority")
    form.click()
    expect(details).to_be_visible()
    place = row(me, "Second").get_by_test_id("task-title").bounding_box()
    me.mouse.move(place["x"] + 5, place["y"] + place["height"] / 2)
    me.mouse.down()
    me.wait_for_timeout(200)
    expect(details).to_be_visible()
    me.mouse.up()
    expect(me.get_by_test_id("edit-title")).to_have_value("Second")
    expect(details).to_be_hidden()
    me.context.close()


STEPS = [unhurried, beside, history, conflict, tags]
