"""Every view of the page and how one gets there: what is checked for access, and what is pictured, is this list.

A new view is one line in STRANGER, NEWCOMER or PERSON, and for what is more than an address or a button a function.
A scene is a name and a function of the page and the person; each begins at a page that was loaded afresh.
"""

import time

from playwright.sync_api import expect

from demo import CALLBACK
from person import BASE

SIZES = {"desktop": (1440, 900), "phone": (390, 844)}
TABLET = (820, 1180)
SCHEMES = ("light", "dark")
# The list is there: tasks, or the words that stand where there are none.
IS_LISTED = """() => document.querySelector("[data-testid=task-row], [data-testid=empty]:not([hidden])")
    && !document.querySelector("[data-testid=task-list][aria-busy]")"""


def until(page, expression, seconds=10):
    """Waits until something holds on the page; Playwright's own way would evaluate text there, which it forbids."""
    end = time.monotonic() + seconds
    while not page.evaluate(expression):
        assert time.monotonic() < end, f"never came to be: {expression}"
        page.wait_for_timeout(30)


def load(page, address):
    page.context.set_offline(False)
    page.goto("about:blank")
    page.goto(BASE + address)


def at(address):
    """A list, by the part of the address after "#"."""
    def come(page, demo):
        load(page, f"/#/{address}")
        expect(page.get_by_test_id("tasks-view")).to_be_visible()
        until(page, IS_LISTED)
    return come


def at_rest(address):
    """A list about which all is loaded, so that keys go to where the eye sees them go."""
    def come(page, demo):
        at(address)(page, demo)
        page.wait_for_load_state("networkidle")
    return come


def pressed(button, shown, address="today"):
    """What a button opens."""
    def come(page, demo):
        at(address)(page, demo)
        page.get_by_test_id(button).first.click()
        expect(page.get_by_test_id(shown).first).to_be_visible()
    return come


def settings(part):
    """A part of the settings, by its place in the list at the side."""
    def come(page, demo):
        pressed("open-settings", "settings")(page, demo)
        page.get_by_test_id(f"settings-{part}").click()
        expect(page.get_by_test_id(f"settings-{part}")).to_have_attribute("aria-current", "true")
    return come


def keyed(keys, shown, address="today"):
    """What keys open."""
    def come(page, demo):
        at_rest(address)(page, demo)
        for key in keys:
            page.keyboard.press(key)
        expect(page.get_by_test_id(shown).first).to_be_visible()
    return come


def sign_in(page, demo):
    load(page, "/")
    expect(page.get_by_test_id("sign-in-form")).to_be_visible()


def sign_up(page, demo):
    sign_in(page, demo)
    page.get_by_test_id("switch-auth").click()
    expect(page.get_by_test_id("sign-up-form")).to_be_visible()


def refused(page, demo):
    sign_up(page, demo)
    page.get_by_test_id("email").fill("robin")
    page.get_by_test_id("submit-auth").click()
    expect(page.locator("[aria-invalid=true]").first).to_be_visible()


def forgotten(page, demo):
    load(page, "/account/forgot-password")
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def some_of_it(route):
    """A few operations of the document: axe-core would take minutes for all of them."""
    answer = route.fetch()
    document = answer.json()
    document["paths"] = {path: document["paths"][path] for path in document["paths"] if path.startswith("/api/v1/tags")}
    route.fulfill(response=answer, json=document)


def documents(page, demo):
    page.route("**/openapi.json", some_of_it)
    load(page, "/docs")
    expect(page.get_by_text("/api/v1/tags/{name}").first).to_be_visible(timeout=15_000)


def first_run(page, demo):
    load(page, "/")
    expect(page.get_by_test_id("make-examples")).to_be_visible()


def examples(page, demo):
    load(page, "/")
    until(page, IS_LISTED)
    offer = page.get_by_test_id("make-examples")
    until(page, """[...document.querySelectorAll("[data-testid=make-examples], [data-testid=examples]")]
        .some((one) => one.checkVisibility())""")
    if offer.is_visible():
        offer.click()
    expect(page.get_by_test_id("task-row")).to_have_count(3)
    expect(page.get_by_test_id("examples")).to_be_visible()


def search(page, demo):
    at("all")(page, demo)
    page.get_by_test_id("search").fill(demo.words["search"])
    expect(page.locator("mark").first).to_be_visible()


def tag(page, demo):
    at(f"open?tag={demo.words['tag']}")(page, demo)
    expect(page.get_by_test_id("task-row").first).to_be_visible()


def adding(page, demo):
    at("today")(page, demo)
    page.get_by_test_id("new-task-title").fill("Water plants every 3 days at 9am #garden p2")
    expect(page.get_by_test_id("quick-chips").get_by_role("button").first).to_be_visible()


def detail(page, demo):
    at("today")(page, demo)
    row = page.get_by_test_id("task-row").filter(has_text=demo.words["detail"])
    row.get_by_test_id("task-title").click()
    expect(page.get_by_test_id("edit-title")).to_be_visible()


def history(page, demo):
    detail(page, demo)
    page.get_by_test_id("history-open").click()
    expect(page.get_by_test_id("history-entry").first).to_be_visible()


def picker(key, shown):
    """What a key opens beside the task at hand, one with a due date."""
    def come(page, demo):
        at_rest("open")(page, demo)
        page.keyboard.press("j")
        page.keyboard.press("j")
        page.keyboard.press(key)
        expect(page.get_by_test_id(shown)).to_be_visible()
    return come


def rule(page, demo):
    picker("d", "due-save")(page, demo)
    page.get_by_test_id("due-repeat").click()
    expect(page.get_by_test_id("rule-dates").get_by_role("listitem").first).to_be_visible()


def selected(page, demo):
    at_rest("open")(page, demo)
    for key in "jxjjx":
        page.keyboard.press(key)
    expect(page.get_by_test_id("bulk")).to_be_visible()


def offline(page, demo):
    """The list as it was last, with a change that waits; it is sent as soon as the next scene begins."""
    at_rest("open")(page, demo)
    page.context.set_offline(True)
    page.get_by_test_id("filter-today").click()
    expect(page.locator("[data-testid=connection][data-copy]")).to_be_visible()
    row = page.get_by_test_id("task-row").filter(has_text=demo.words["detail"])
    row.get_by_test_id("task-title").focus()
    page.keyboard.press("1" if row.get_attribute("data-priority") == "high" else "2")
    expect(row).to_have_attribute("data-status", "waiting")


def unanswered(page, demo):
    """Offline, a filter that only the server understands."""
    at_rest("open")(page, demo)
    page.context.set_offline(True)
    page.evaluate("location.hash = '#/open?filter=' + encodeURIComponent('due before: friday')")
    expect(page.get_by_test_id("unanswered")).to_be_visible()


def toast(page, demo):
    at_rest("open")(page, demo)
    page.keyboard.press("j")
    page.keyboard.press("1")
    page.keyboard.press("4")
    page.keyboard.press("c")
    expect(page.get_by_test_id("undo")).to_be_visible()


def palette(page, demo):
    at("today")(page, demo)
    page.keyboard.press("Control+k")
    page.get_by_test_id("palette-input").fill("a")
    expect(page.get_by_test_id("palette-option").nth(4)).to_be_visible()


def say(page, words):
    before = page.get_by_test_id("chat-message").count()
    page.get_by_test_id("chat-input").fill(words)
    page.get_by_test_id("chat-input").press("Enter")
    expect(page.get_by_test_id("chat-message")).to_have_count(before + 2)
    expect(page.get_by_test_id("chat-send")).to_be_enabled()


def chat(page, demo):
    pressed("open-chat", "chat-input")(page, demo)
    say(page, "add water ferns, sharpen pencils and mend socks")
    say(page, "what is due tomorrow?")
    say(page, "delete the pencils and the socks")
    expect(page.get_by_test_id("chat-reply").first).to_be_visible()


def consent(page, demo):
    page.goto(demo.ask_for_consent())
    expect(page.get_by_role("listitem").first).to_be_visible()


def programs(page, demo):
    if not demo.has_program:
        page.route(f"{CALLBACK}**", lambda route: route.fulfill(body="Back at the program."))
        consent(page, demo)
        page.locator("button.primary").click()
        page.wait_for_url(f"{CALLBACK}?*")
        demo.let_in(page.url)
    settings("access")(page, demo)
    expect(page.get_by_test_id("program").first).to_be_visible()


# Of nobody, of somebody new, of a person with a full life. What changes the list comes last.
STRANGER = [("sign-in", sign_in), ("sign-up", sign_up), ("sign-up-refused", refused), ("forgotten-password", forgotten),
            ("docs", documents)]
NEWCOMER = [("first-run", first_run), ("examples", examples)]
PERSON = [
    ("today", at("today")),
    ("upcoming", at("upcoming")),
    ("open", at("open")),
    ("overdue", at("overdue")),
    ("all", at("all")),
    ("completed", at("done")),
    ("trash", at("trash")),
    ("tag", tag),
    ("my-order", at("open?sort=manual")),
    ("search", search),
    ("nothing-found", at("all?search=zzzz")),
    ("adding", adding),
    ("detail", detail),
    ("history", history),
    ("due-date", picker("d", "due-save")),
    ("recurrence", rule),
    ("reminders", picker("r", "reminders-save")),
    ("selected", selected),
    ("help", keyed("?", "help")),
    ("palette", palette),
    ("notifications", pressed("bell", "notification")),
    ("settings", pressed("open-settings", "settings")),
    ("settings-region", settings("region")),
    ("account", settings("leaving")),
    ("consent", consent),
    ("programs", programs),
    ("offline", offline),
    ("offline-filter", unanswered),
    ("undo", toast),
    ("chat", chat),
]
