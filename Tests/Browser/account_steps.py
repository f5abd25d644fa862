"""The steps of the page's test that are about the account: settings, saved filters, the order made by hand."""

import json
import re
import urllib.error
import urllib.request

from playwright.sync_api import expect

from person import BASE, PASSWORD, SHOTS, row
from scenes import until
from settings_steps import comes_to, mine
from views_steps import make, newcomer, titles

DESK = {"width": 1200, "height": 800}


def settings_place(page):
    """By keyboard: one place for all of it; each choice is saved at once, and what cannot be is told at its field."""
    visit = page.errand_person = newcomer(page, "UTC", locale="en-GB", timezone_id="Asia/Tokyo")
    visit.keyboard.press("g")
    visit.keyboard.press(",")
    expect(visit.get_by_test_id("close-settings")).to_be_focused()
    expect(visit.get_by_test_id("settings-profile")).to_have_attribute("aria-current", "true")
    visit.get_by_test_id("settings-region").press("Enter")
    expect(visit.get_by_role("heading", name="Language and region")).to_be_focused()
    expect(visit.get_by_test_id("settings-region")).to_have_attribute("aria-current", "true")
    # The browser is elsewhere: its zone is offered.
    visit.get_by_test_id("zone-take").press("Enter")
    comes_to(visit, "time_zone", "Asia/Tokyo")
    expect(visit.get_by_test_id("zone-offer")).to_be_hidden()
    zone = visit.get_by_test_id("set-time_zone")
    expect(zone).to_be_focused()
    zone.fill("par")
    expect(visit.get_by_test_id("suggestion")).to_contain_text(["America/Paramaribo", "Europe/Paris"])
    visit.keyboard.press("Escape")
    expect(visit.get_by_test_id("settings")).to_be_visible()
    visit.keyboard.press("ArrowDown")
    visit.keyboard.press("ArrowDown")
    expect(visit.get_by_role("option", name="Europe/Paris")).to_have_attribute("aria-selected", "true")
    visit.keyboard.press("Enter")
    comes_to(visit, "time_zone", "Europe/Paris")
    zone.fill("Atlantis")
    visit.keyboard.press("Tab")
    expect(zone).to_have_attribute("aria-invalid", "true")
    expect(zone).to_have_accessible_description(re.compile("There is no such zone"))
    assert mine(visit)["time_zone"] == "Europe/Paris"
    visit.get_by_test_id("set-week_starts_on").select_option("sunday")
    comes_to(visit, "week_starts_on", "sunday")
    expect(visit.get_by_test_id("set-week_starts_on-note")).to_have_text("Saved.")
    visit.get_by_test_id("set-day_ends_at").select_option("03:00")
    comes_to(visit, "day_ends_at", "03:00")
    visit.get_by_test_id("set-all_day_reminder_time").fill("08:15")
    visit.get_by_test_id("set-evening").fill("18:30")
    comes_to(visit, "all_day_reminder_time", "08:15")
    comes_to(visit, "day_parts", {
        "morning": "09:00", "noon": "12:00", "afternoon": "15:00", "evening": "18:30", "night": "20:00",
    })
    # Closed while something is being typed, it is saved all the same.
    visit.get_by_test_id("set-name").fill("Ana")
    visit.keyboard.press("Escape")
    comes_to(visit, "name", "Ana")
    expect(visit.locator(".person")).to_have_text("Ana")
    # What the server cannot take is told at its field.
    visit.route("**/api/v1/me", lambda route: route.fulfill(status=503, body="{}"))
    page.errand_expected = "503"
    visit.get_by_test_id("open-settings").click()
    visit.get_by_test_id("set-name").fill("Anna")
    expect(visit.get_by_test_id("part-profile").locator(".field-error").first).to_contain_text("Not saved.")
    visit.unroute("**/api/v1/me")
    visit.get_by_test_id("close-settings").click()
    leads_to(visit, "region")


def sizes(visit, name):
    """On a phone and at a desk nothing runs over the side; how it looks is kept."""
    for size, view, scheme in [("phone", {"width": 390, "height": 844}, "light"), ("desktop", DESK, "dark")]:
        visit.set_viewport_size(view)
        visit.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        assert visit.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{name} scrolls sideways ({size})"
        visit.screenshot(path=f"{SHOTS}/{name}-{size}.png")
    visit.emulate_media(color_scheme="light", reduced_motion="no-preference")


def leads_to(visit, part):
    """The address leads to a part of the settings, in a page that is open, and in one that opens by it."""
    visit.goto(f"{BASE}/#/settings/{part}")
    for _ in range(2):
        expect(visit.get_by_test_id("settings")).to_be_visible()
        expect(visit.get_by_test_id(f"settings-{part}")).to_have_attribute("aria-current", "true")
        visit.reload()
    expect(visit.get_by_test_id("settings")).to_be_visible()
    sizes(visit, "settings-place")
    visit.get_by_test_id("close-settings").click()
    expect(visit).to_have_url(f"{BASE}/#/open")


def language(page):
    """Chosen here, the page speaks it at once; on another device, as soon as its person is there."""
    visit = page.errand_person
    visit.get_by_test_id("open-settings").click()
    visit.get_by_test_id("set-locale").select_option("de-AT")
    expect(visit.locator("html")).to_have_attribute("lang", "de-AT")
    expect(visit.get_by_role("heading", name="Sprache und Region")).to_be_visible()
    assert mine(visit)["locale"] == "de-AT"
    sizes(visit, "settings-german")
    visit.evaluate("localStorage.removeItem('errand.locale')")
    visit.reload()
    expect(visit.locator("html")).to_have_attribute("lang", "de-AT")
    expect(visit.get_by_test_id("set-locale")).to_have_value("de-AT")
    # What it is chosen for comes first: how dates are read is part of a region.
    expect(visit.get_by_test_id("set-date_order")).to_be_hidden()
    visit.get_by_test_id("set-locale").select_option("")
    expect(visit.locator("html")).to_have_attribute("lang", "en-GB")
    expect(visit.get_by_test_id("set-date_order")).to_be_visible()
    visit.get_by_test_id("close-settings").click()


def answered(token):
    request = urllib.request.Request(f"{BASE}/api/v1/tasks", headers={"Authorization": f"Bearer {token}"})
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code


def tokens(page):
    """Made with a right and an end, shown once, revoked."""
    visit = page.errand_person
    visit.get_by_test_id("open-settings").click()
    visit.get_by_test_id("make-token").click()
    name = visit.get_by_test_id("token-name")
    expect(name).to_be_focused()
    visit.get_by_test_id("scope-tasks:read").uncheck()
    visit.get_by_test_id("token-submit").click()
    expect(name).to_have_accessible_description(re.compile("Write what it is for."))
    expect(visit.get_by_test_id("token-form")).to_contain_text("Choose at least one right.")
    name.fill("Backup")
    visit.get_by_test_id("scope-tasks:read").check()
    visit.get_by_test_id("token-lasts").select_option("30")
    visit.screenshot(path=f"{SHOTS}/token-form.png")
    visit.get_by_test_id("token-submit").click()
    expect(visit.get_by_test_id("token-secret")).not_to_be_empty()
    secret = visit.get_by_test_id("token-secret").text_content()
    assert answered(secret) == 200, "the token is no good"
    expect(visit.get_by_test_id("program")).to_contain_text("Backup")
    expect(visit.get_by_test_id("program-rights")).to_have_text("May see your tasks.")
    visit.get_by_test_id("close-settings").click()
    # The dialog tells that it is closed a moment after it is.
    until(visit, f"!document.documentElement.outerHTML.includes({json.dumps(secret)})")
    visit.get_by_test_id("open-settings").click()
    visit.once("dialog", lambda dialog: dialog.accept())
    visit.get_by_test_id("revoke-program").click()
    expect(visit.get_by_test_id("program")).to_have_count(0)
    assert answered(secret) == 401, "it was revoked"


def data(page):
    """The log is verified in words; both downloads hold what they say; a file is taken in, and taken back."""
    visit = page.errand_person
    visit.get_by_test_id("audit-verify").click()
    expect(visit.get_by_test_id("audit-result")).to_contain_text("Nothing was tampered with: all")
    visit.route("**/audit/verify", lambda route: route.fulfill(json={
        "ok": False, "checked": 3, "head": "ab" * 32, "first_bad_seq": 2,
    }))
    visit.get_by_test_id("audit-verify").click()
    expect(visit.get_by_test_id("audit-result")).to_contain_text("entry 2 is not as it was written")
    visit.unroute("**/audit/verify")
    for link in ("export", "audit-export"):
        with visit.expect_download() as download:
            visit.get_by_test_id(link).click()
        with open(download.value.path(), encoding="utf-8") as file:
            first = json.loads(file.read() if link == "export" else file.readline())
        assert ("tasks" in first) if link == "export" else (first["seq"] == 1), first
    # A file that breaks off is refused, which browsers report.
    page.errand_expected = "422"
    brought(visit)
    visit.get_by_test_id("close-settings").click()


def brought(visit):
    """A file is looked at, taken in, and taken back; one that breaks off says where."""
    def choose(content):
        visit.get_by_test_id("import-file").set_input_files(
            {"name": "brought.json", "mimeType": "application/json", "buffer": content})

    tasks = [{"id": f"0190f3a0-0000-7000-8000-00000000000{n}", "title": f"Brought {n}"} for n in (1, 2)]
    tasks.append({"id": "0190f3a0-0000-7000-8000-000000000003", "title": ""})
    file = json.dumps({"format": "errand", "version": 1, "tasks": tasks}).encode()
    choose(file[:-9])
    expect(visit.get_by_test_id("import-result")).to_contain_text("The file cannot be read from line 1")
    expect(visit.get_by_test_id("import-go")).to_be_hidden()
    choose(file)
    expect(visit.get_by_test_id("import-result")).to_have_text("2 tasks would be added. 1 is left out.")
    expect(visit.get_by_test_id("import-task")).to_have_text(["Brought 1", "Brought 2"])
    expect(visit.get_by_test_id("import-note")).to_contain_text("Line 1, /title")
    visit.get_by_test_id("import-go").press("Enter")
    expect(visit.get_by_test_id("import-result")).to_have_text("2 tasks were added. 1 is left out.")
    expect(row(visit, "Brought 2")).to_have_count(1)
    visit.get_by_test_id("import-undo").press("Enter")
    expect(visit.get_by_test_id("import-result")).to_contain_text("It is taken back")
    expect(row(visit, "Brought 2")).to_have_count(0)
    expect(visit.get_by_test_id("import-choose")).to_be_focused()


def found(page, count):
    expect(page.get_by_test_id("filter-count")).to_have_text(f"{count} task{'' if count == 1 else 's'} fit"
                                                             f"{'s' if count == 1 else ''} now.")


def filters(page):
    """Written with completion, counted as it is typed, refused at the place; kept, changed, deleted and undone."""
    visit = page.errand_person
    make(visit, ("Mow the lawn", 0, "urgent", ["garden"]), ("Prune roses", 2, "low", ["garden"]),
         ("Call the bank", 1, "urgent", ["two words"]), ("Read", None))
    expect(visit.get_by_test_id("tag-filter")).to_have_count(2)
    visit.get_by_test_id("new-filter").click()
    expect(visit.get_by_test_id("filter-name")).to_be_focused()
    visit.get_by_test_id("filter-name").fill("Green and pressing")
    visit.keyboard.press("Tab")
    text = visit.get_by_test_id("filter-expression")
    expect(visit.get_by_test_id("suggestions").get_by_test_id("suggestion").first).to_contain_text("today")
    text.press_sequentially("#ga")
    expect(visit.get_by_test_id("suggestion")).to_have_text(["#garden"])
    visit.keyboard.press("ArrowDown")
    visit.keyboard.press("Enter")
    expect(text).to_have_value("#garden ")
    found(visit, 2)
    text.press_sequentially("& p1")
    found(visit, 1)
    # A mistake is shown where it is; saving leads there.
    text.fill("#garden & someday & p1")
    page.errand_expected = "422"
    expect(visit.get_by_test_id("filter-mistake").locator("mark")).to_have_text("someday")
    visit.screenshot(path=f"{SHOTS}/filter-mistake.png")
    text.press("Enter")
    expect(text).to_have_accessible_description(re.compile("Expected a condition such as"))
    assert visit.evaluate("getSelection().toString()") in ("someday", ""), visit.evaluate("getSelection().toString()")
    selected = text.evaluate("one => one.value.slice(one.selectionStart, one.selectionEnd)")
    assert selected == "someday", selected
    text.fill("#garden & p1")
    found(visit, 1)
    sizes(visit, "filter")
    text.press("Enter")
    expect(visit.get_by_test_id("filter-dialog")).to_be_hidden()
    expect(visit.get_by_role("heading", level=1)).to_have_text("Green and pressing")
    titles(visit, None, ["Mow the lawn"])
    expect(visit.get_by_test_id("saved-filter")).to_have_attribute("aria-current", "true")
    # What comes to fit it shows up, and what no longer does leaves; the address keeps it.
    visit.reload()
    expect(visit.get_by_role("heading", level=1)).to_have_text("Green and pressing")
    titles(visit, None, ["Mow the lawn"])
    row(visit, "Mow the lawn").get_by_test_id("task-title").focus()
    visit.keyboard.press("4")
    expect(visit.get_by_test_id("task-row")).to_have_count(0)
    expect(visit.get_by_test_id("empty")).to_contain_text("Nothing fits this filter")
    visit.get_by_test_id("undo").click()
    titles(visit, None, ["Mow the lawn"])
    keep_search(page, visit)


def keep_search(page, visit):
    """What is looked for becomes a filter; the palette leads to it."""
    visit.get_by_test_id("filter-open").click()
    visit.get_by_test_id("search").fill("roses")
    titles(visit, None, ["Prune roses"])
    visit.get_by_test_id("keep-filter").click()
    expect(visit.get_by_test_id("filter-expression")).to_have_value('search: "roses"')
    visit.get_by_test_id("filter-name").fill("Roses")
    visit.get_by_test_id("filter-save").click()
    expect(visit.get_by_test_id("saved-filter")).to_have_text(["Green and pressing", "Roses"])
    titles(visit, None, ["Prune roses"])
    move_filters(visit)
    visit.keyboard.press("Control+k")
    visit.get_by_test_id("palette-input").fill("green")
    visit.keyboard.press("Enter")
    expect(visit.get_by_role("heading", level=1)).to_have_text("Green and pressing")
    # Changed where it is shown, the list follows; deleted, it can be had back.
    visit.get_by_role("button", name="Change Green and pressing").focus()
    visit.keyboard.press("Enter")
    visit.get_by_test_id("filter-expression").fill("#garden")
    visit.get_by_test_id("filter-save").click()
    titles(visit, None, ["Mow the lawn", "Prune roses"])
    visit.screenshot(path=f"{SHOTS}/filters.png")
    visit.get_by_role("heading", level=1).focus()
    visit.keyboard.press("f")
    visit.get_by_test_id("filter-delete").click()
    expect(visit.get_by_test_id("saved-filter")).to_have_text(["Roses"])
    expect(visit.get_by_role("heading", level=1)).to_have_text("Open")
    visit.get_by_test_id("undo").click()
    expect(visit.get_by_test_id("saved-filter")).to_have_count(2)


def move_filters(visit):
    """Filters change places by keys where they stand and by buttons where one is changed; the server keeps it."""
    names = visit.get_by_test_id("saved-filter")
    names.nth(1).focus()
    visit.keyboard.press("Alt+ArrowUp")
    expect(names).to_have_text(["Roses", "Green and pressing"])
    expect(names.first).to_be_focused()
    visit.get_by_test_id("edit-filter").first.click()
    expect(visit.get_by_test_id("filter-place")).to_have_text("Place 1 of 2.")
    expect(visit.get_by_test_id("filter-up")).to_have_attribute("aria-disabled", "true")
    visit.get_by_test_id("filter-down").click()
    expect(visit.get_by_test_id("filter-place")).to_have_text("Place 2 of 2.")
    visit.get_by_test_id("filter-up").click()
    visit.screenshot(path=f"{SHOTS}/filter-place.png")
    visit.keyboard.press("Escape")
    expect(visit.get_by_role("button", name="Change Roses")).to_be_focused()
    expect(names).to_have_text(["Roses", "Green and pressing"])
    until(visit, "async () => (await (await fetch('/api/v1/filters')).json()).items[0].name === 'Roses'")
    names.first.focus()
    visit.keyboard.press("Alt+ArrowDown")
    expect(names).to_have_text(["Green and pressing", "Roses"])


def my_order(page):
    """By keys, by a pointer and by a menu; the server keeps it."""
    visit = page.errand_person
    visit.get_by_test_id("sort").select_option("manual")
    expect(visit.get_by_test_id("order")).to_contain_text("As you placed them")
    expect(visit.get_by_test_id("task-list")).not_to_have_attribute("aria-busy", "true")
    expect(visit.get_by_test_id("task-row")).to_have_count(4)
    order = visit.get_by_test_id("task-title").all_text_contents()
    first = row(visit, order[0])
    first.get_by_test_id("task-title").focus()
    visit.keyboard.press("Alt+ArrowDown")
    titles(visit, None, [order[1], order[0], order[2], order[3]])
    expect(first.get_by_test_id("task-title")).to_be_focused()
    visit.keyboard.press("Alt+ArrowDown")
    titles(visit, None, [order[1], order[2], order[0], order[3]])
    visit.keyboard.press("Alt+ArrowUp")
    titles(visit, None, [order[1], order[0], order[2], order[3]])
    # The last is dragged above the first.
    grip = row(visit, order[3]).get_by_test_id("task-grip").bounding_box()
    target = row(visit, order[1]).bounding_box()
    visit.mouse.move(grip["x"] + 8, grip["y"] + 8)
    visit.mouse.down()
    visit.mouse.move(grip["x"] + 8, grip["y"] - 30, steps=4)
    visit.mouse.move(grip["x"] + 8, target["y"] + 6, steps=8)
    visit.screenshot(path=f"{SHOTS}/my-order-drag.png")
    visit.mouse.up()
    placed = [order[3], order[1], order[0], order[2]]
    titles(visit, None, placed)
    # Without dragging: the handle is pressed.
    row(visit, order[3]).get_by_test_id("task-grip").click()
    expect(visit.get_by_test_id("order-top")).to_be_focused()
    visit.keyboard.press("End")
    visit.keyboard.press("Enter")
    placed = [order[1], order[0], order[2], order[3]]
    titles(visit, None, placed)
    expect(row(visit, order[3]).get_by_test_id("task-grip")).to_be_focused()
    visit.get_by_test_id("undo").click()
    titles(visit, None, [order[3], order[1], order[0], order[2]])
    visit.reload()
    titles(visit, None, [order[3], order[1], order[0], order[2]])
    sizes(visit, "my-order")
    # Where days decide, it is not offered.
    visit.get_by_test_id("filter-done").click()
    expect(visit.get_by_test_id("sort").locator('option[value="manual"]')).to_be_hidden()
    expect(visit.get_by_test_id("sort")).to_have_value("")


def leaving(page):
    """Everywhere means every window; deletion asks for the password, and there is no way back."""
    visit = page.errand_person
    visit.goto(f"{BASE}/#/open")
    other = visit.context.new_page()
    page.errand_watch(other)
    other.goto(BASE)
    expect(other.get_by_test_id("tasks-view")).to_be_visible()
    email = mine(visit)["email"]
    page.errand_expected = "40"
    visit.get_by_test_id("open-settings").click()
    visit.get_by_test_id("sign-out-everywhere").click()
    expect(visit.get_by_test_id("auth-view")).to_be_visible()
    other.reload()
    expect(other.get_by_test_id("auth-view")).to_be_visible()
    other.close()
    visit.get_by_test_id("email").fill(email)
    visit.get_by_test_id("password").fill(PASSWORD)
    visit.get_by_test_id("submit-auth").click()
    visit.get_by_test_id("open-settings").click()
    page.errand_expected = "422"
    visit.get_by_test_id("settings-leaving").click()
    visit.get_by_test_id("delete-account-part").locator("summary").click()
    expect(visit.get_by_test_id("delete-account-part")).to_contain_text("for good")
    visit.get_by_test_id("delete-password").fill("not mine")
    visit.get_by_test_id("delete-account").click()
    expect(visit.get_by_test_id("delete-password")).to_have_attribute("aria-invalid", "true")
    visit.get_by_test_id("delete-password").fill(PASSWORD)
    visit.get_by_test_id("delete-account").click()
    expect(visit.get_by_test_id("auth-view")).to_be_visible()
    page.errand_expected = "401"
    visit.get_by_test_id("email").fill(email)
    visit.get_by_test_id("password").fill(PASSWORD)
    visit.get_by_test_id("submit-auth").click()
    expect(visit.get_by_test_id("auth-view").get_by_role("alert").first).to_be_visible()
    visit.context.close()


STEPS = [settings_place, language, tokens, data, filters, my_order, leaving]
