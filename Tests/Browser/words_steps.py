"""The steps of the page's test that are about words: German, the habits of locales, and right-to-left."""

import re
import secrets

from playwright.sync_api import expect

from person import BASE, PASSWORD, SHOTS, row

# Every text that is seen or heard now, and which of them are English ones of the tables that German has otherwise.
ENGLISH = """async () => {
    const assets = document.querySelector("script[type=module]").src.replace(/main\\.js$/, "words/");
    const [english, german] = await Promise.all(["en", "de"].map(
        async (one) => (await import(`${assets}${one}/index.js`)).WORDS));
    const forms = (word) => (typeof word === "string" ? [word] : Object.values(word));
    const known = new Set(Object.values(german).flatMap(forms).map((one) => one.trim()));
    const escaped = (part) => part.replace(/[.*+?^${}()|[\\]\\\\]/g, "\\\\$&");
    const patterns = Object.values(english).flatMap(forms).map((one) => one.trim())
        .filter((one) => !known.has(one) && one !== "Errand" && /\\p{L}{2}/u.test(one.replace(/\\{\\w+\\}/g, "")))
        .map((one) => new RegExp(`^${one.split(/\\{\\w+\\}/).map(escaped).join(".+")}$`, "u"));
    const texts = [document.title];
    for (const element of document.body.querySelectorAll("*")) {
        if (!element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true })) continue;
        for (const node of element.childNodes) if (node.nodeType === Node.TEXT_NODE) texts.push(node.data);
        for (const name of ["aria-label", "title", "placeholder", "aria-description"]) {
            texts.push(element.getAttribute(name) ?? "");
        }
    }
    const said = texts.map((one) => one.trim()).filter(Boolean);
    return { said, english: said.filter((one) => patterns.some((pattern) => pattern.test(one))) };
}"""


def person(page, locale, zone):
    """A page of somebody else, elsewhere, who has just signed up."""
    one = page.context.browser.new_context(
        viewport={"width": 1200, "height": 800}, locale=locale, timezone_id=zone,
    ).new_page()
    one.set_default_timeout(10_000)
    page.errand_watch(one)
    one.goto(BASE)
    one.get_by_test_id("switch-auth").click()
    return one


def enter(page):
    page.get_by_test_id("email").fill(f"{secrets.token_hex(6)}@example.org")
    page.get_by_test_id("password").fill(PASSWORD)
    page.get_by_test_id("submit-auth").click()
    expect(page.get_by_test_id("tasks-view")).to_be_visible()


def speaks_german(page, where):
    seen = page.evaluate(ENGLISH)
    assert len(seen["said"]) > 5, f"{where}: {seen['said']}"
    assert not seen["english"], f"{where} says in English: {seen['english']}"


def add(page, text, title):
    line = page.get_by_test_id("new-task-title")
    line.fill(text)
    expect(page.get_by_test_id("quick-due")).to_be_visible()
    line.press("Enter")
    expect(row(page, title)).to_have_attribute("data-status", "saved")


# What opens which dialog.
DIALOGS = {"open-settings": "settings", "open-chat": "chat", "bell": "inbox", "open-help": "help"}


def look_into(page, opener, dialog, look):
    page.get_by_test_id(opener).click()
    expect(page.get_by_test_id(dialog)).to_be_visible()
    look()
    page.keyboard.press("Escape")
    expect(page.get_by_test_id(dialog)).to_be_hidden()


def fits(page, name, width):
    wide = page.evaluate("""() => [...document.querySelectorAll("html, dialog[open]")]
        .filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.outerHTML.slice(0, 60))""")
    assert not wide, f"{name} at {width}: {wide}"
    page.screenshot(path=f"{SHOTS}/right-to-left-{name}-{width}.png")


def first_weekday(page, title):
    """What the first column of the month is called in which a task is given its day."""
    row(page, title).get_by_test_id("task-due").click()
    expect(page.get_by_test_id("month-grid")).to_be_visible()
    return page.get_by_test_id("month-grid").locator("th").first.inner_text()


def german(page):
    """Everything is said in German, from the first screen on; lines are read in it, dates written as there."""
    one = person(page, "de-DE", "Europe/Berlin")
    expect(one.locator("html")).to_have_attribute("lang", "de-DE")
    expect(one.get_by_role("heading", name="Konto anlegen")).to_be_visible()
    speaks_german(one, "signing up")
    enter(one)
    speaks_german(one, "an empty list")
    add(one, "morgen 9 Uhr Zahnarzt", "Zahnarzt")
    expect(row(one, "Zahnarzt").get_by_test_id("task-due")).to_have_text("morgen 09:00")
    speaks_german(one, "a task")
    assert first_weekday(one, "Zahnarzt").startswith("Mo")
    speaks_german(one, "the picker of dates")
    one.keyboard.press("Escape")
    one.get_by_test_id("filter-upcoming").click()
    heading = re.compile(r"^Morgen\s*(?:\w+tag|Mittwoch), \d{1,2}\. [JFMASOND]\w+")
    expect(one.locator(".group-title").first).to_have_text(heading)
    speaks_german(one, "Upcoming")
    one.screenshot(path=f"{SHOTS}/german.png")
    row(one, "Zahnarzt").get_by_test_id("task-complete").click()
    expect(row(one, "Zahnarzt")).to_have_count(0)
    expect(one.get_by_test_id("toast")).to_contain_text("Erledigt: „Zahnarzt“.")
    one.get_by_test_id("filter-done").click()
    expect(row(one, "Zahnarzt")).to_be_visible()
    speaks_german(one, "Completed")
    row(one, "Zahnarzt").get_by_test_id("task-title").click()
    speaks_german(one, "a task in full")
    one.keyboard.press("Escape")
    for opener, dialog in DIALOGS.items():
        look_into(one, opener, dialog, lambda dialog=dialog: speaks_german(one, dialog))
    one.get_by_test_id("open-chat").click()
    one.get_by_test_id("chat-input").fill("füge Milch und Eier hinzu")
    one.get_by_test_id("chat-input").press("Enter")
    expect(one.get_by_test_id("chat-message").last).to_contain_text("Hinzugefügt")
    speaks_german(one, "an answer of the chat")
    one.keyboard.press("Escape")
    one.keyboard.press("Control+k")
    speaks_german(one, "the palette")
    one.keyboard.press("Escape")
    settings = one.evaluate("async () => (await fetch('/api/v1/me')).json()")
    assert settings["language"] == "de", settings["language"]
    one.context.close()


def american(page):
    """The same line of somebody else: twelve hours, and weeks that begin on Sunday."""
    one = person(page, "en-US", "America/New_York")
    enter(one)
    add(one, "dentist tomorrow at 9", "dentist")
    expect(row(one, "dentist").get_by_test_id("task-due")).to_have_text(re.compile(r"^tomorrow 9:00\sAM$"))
    settings = one.evaluate("async () => (await fetch('/api/v1/me')).json()")
    assert settings["week_starts_on"] == "sunday", settings["week_starts_on"]
    assert first_weekday(one, "dentist").startswith("Su")
    one.context.close()


def chosen(page):
    """A language that was chosen elsewhere is spoken from the sign-in on and kept; none is that of the browser."""
    wanted = {"locale": "de"}

    def answer(route):
        answered = route.fetch()
        route.fulfill(response=answered, json={**answered.json(), **wanted})

    page.route("**/api/v1/me", answer)
    kept = "localStorage.getItem('errand.locale')"
    page.goto(f"{BASE}/#/open")
    page.reload()
    expect(page.get_by_role("heading", name="Offen", exact=True)).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "de")
    assert page.evaluate(kept) == "de"
    wanted["locale"] = None
    page.reload()
    expect(page.get_by_role("heading", name="Open", exact=True)).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "en-US")
    assert page.evaluate(kept) is None
    page.unroute("**/api/v1/me")


def right_to_left(page):
    """Nothing runs over the side where the page is laid out from right to left."""
    page.goto(f"{BASE}/#/upcoming")
    expect(page.get_by_test_id("day-strip")).to_be_visible()
    page.evaluate("document.documentElement.dir = 'rtl'")
    for width, height in ((390, 844), (1200, 800)):
        page.set_viewport_size({"width": width, "height": height})
        fits(page, "list", width)
        for opener, dialog in DIALOGS.items():
            if page.get_by_test_id(opener).is_visible():
                look_into(page, opener, dialog, lambda dialog=dialog: fits(page, dialog, width))
    page.evaluate("document.documentElement.dir = 'ltr'")


STEPS = [german, american, chosen, right_to_left]
