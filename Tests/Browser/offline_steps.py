"""Without a network: the page opens, is worked with, and everything is there when the network is back."""

import re
import secrets

from playwright.sync_api import expect

from person import BASE, PASSWORD, SHOTS, row
from scenes import until

# Chromium reports every request that does not get through.
GONE = "ERR_INTERNET_DISCONNECTED"
# Says what the page puts on its icon.
ICON = """() => {
    window.errandBadge = [];
    navigator.setAppBadge = async (count) => { window.errandBadge.push(count); };
    navigator.clearAppBadge = async () => { window.errandBadge.push(null); };
}"""


def quiet(page):
    """What a page without a network complains of is no fault of the page."""
    def complain(message):
        if message.type in ("error", "warning") and not re.search(f"{GONE}|WebSocket|401|412", message.text):
            page.errand_flaws.append(message.text)
    page.on("console", complain)
    page.on("pageerror", lambda error: page.errand_flaws.append(str(error)))


def visitor(page, flaws):
    """A window of a person of their own, in a browser of their own."""
    one = page.context.browser.new_context(viewport={"width": 1200, "height": 800}).new_page()
    one.add_init_script(f"({ICON})()")
    open_as(one, flaws)
    one.goto(BASE)
    one.get_by_test_id("switch-auth").click()
    one.get_by_test_id("email").fill(f"{secrets.token_hex(6)}@example.org")
    one.get_by_test_id("password").fill(PASSWORD)
    one.get_by_test_id("submit-auth").click()
    expect(one.get_by_test_id("tasks-view")).to_be_visible()
    return one


def open_as(one, flaws):
    one.set_default_timeout(10_000)
    one.errand_flaws = flaws
    quiet(one)


def add(page, title):
    page.get_by_test_id("new-task-title").fill(title)
    page.get_by_test_id("new-task-title").press("Enter")


def settled(page, title):
    expect(row(page, title)).to_have_attribute("data-status", "saved")


def waits(page, title):
    expect(row(page, title)).to_have_attribute("data-status", "waiting")


def kept(page):
    """The page has been kept by its worker, and the tasks by the page."""
    page.evaluate("navigator.serviceWorker.ready.then(() => null)")
    until(page, "async () => Boolean(await (await caches.open('errand.page')).match('/'))")
    page.wait_for_timeout(700)


def rename(page, title, name):
    row(page, title).get_by_test_id("task-title").click()
    page.get_by_test_id("edit-title").fill(name)
    page.get_by_test_id("edit-save").click()
    expect(page.get_by_test_id("edit-form")).to_be_hidden()


def change_there(page, title, patch):
    """Another window changes a task of this person."""
    status = page.evaluate("""async ([title, patch]) => {
        const { items } = await (await fetch("/api/v1/tasks?limit=200")).json();
        const { id } = items.find((one) => one.title === title);
        return (await fetch(`/api/v1/tasks/${id}`, {
            method: "PATCH", body: JSON.stringify(patch),
            headers: { "Content-Type": "application/json", "Idempotency-Key": crypto.randomUUID() },
        })).status;
    }""", [title, patch])
    assert status == 200, status


def titles_there(page):
    return page.evaluate("""async () => {
        const { items } = await (await fetch("/api/v1/tasks?limit=200")).json();
        return items.map(({ title, completed }) => `${title}${completed ? " (done)" : ""}`).sort();
    }""")


def offline(page):
    flaws = []
    one = visitor(page, flaws)
    for title in ["Buy milk", "Call Ann", "Pay rent"]:
        add(one, title)
        settled(one, title)
    one.reload()
    expect(one.get_by_test_id("task-row")).to_have_count(3)
    kept(one)
    addresses = one.evaluate("""async () => (await (await caches.open("errand.page")).keys())
        .map(({ url }) => new URL(url).pathname)""")
    assert "/" in addresses and len(addresses) > 50, addresses
    assert all(address == "/" or address.startswith("/assets/") for address in addresses), addresses
    opens_without_network(one)
    works_without_network(one)
    restarts_without_network(one)
    comes_back(one)
    conflicts(one)
    leaves(one)
    assert not flaws, flaws
    one.context.close()


def opens_without_network(one):
    one.context.set_offline(True)
    one.reload()
    expect(one.get_by_test_id("task-row")).to_have_count(3)
    expect(one.get_by_test_id("connection")).to_contain_text("Offline: this is the list as it was")
    # A filter is answered from what is kept; of one that cannot be, the page says so.
    filtered(one, "search: milk & open")
    expect(one.get_by_test_id("task-title")).to_have_text(["Buy milk"])
    filtered(one, "due before: friday")
    expect(one.get_by_test_id("unanswered")).to_contain_text("Offline: only the server can tell")
    expect(one.get_by_test_id("task-row")).to_have_count(0)
    expect(one.get_by_test_id("empty")).to_be_hidden()
    filtered(one, "")
    expect(one.get_by_test_id("unanswered")).to_be_hidden()
    expect(one.get_by_test_id("task-row")).to_have_count(3)


def filtered(one, expression):
    one.evaluate("(filter) => { location.hash = `#/open?filter=${encodeURIComponent(filter)}`; }", expression)


def works_without_network(one):
    add(one, "Made offline")
    waits(one, "Made offline")
    rename(one, "Made offline", "Made and named offline")
    waits(one, "Made and named offline")
    row(one, "Buy milk").get_by_test_id("task-complete").click()
    waits(one, "Buy milk")
    rename(one, "Call Ann", "Call Ann and Bob")
    waits(one, "Call Ann and Bob")
    row(one, "Pay rent").get_by_test_id("task-delete").click()
    waits(one, "Pay rent")
    expect(one.get_by_test_id("connection")).to_contain_text("5 changes not yet saved.")
    one.screenshot(path=f"{SHOTS}/offline.png")


def restarts_without_network(one):
    one.reload()
    expect(one.get_by_test_id("task-row")).to_have_count(4)
    for title in ["Made and named offline", "Buy milk", "Call Ann and Bob", "Pay rent"]:
        waits(one, title)
    expect(one.get_by_test_id("connection")).to_contain_text("5 changes not yet saved.")


def comes_back(one):
    other = one.context.new_page()
    open_as(other, one.errand_flaws)
    other.goto(BASE)
    expect(other.get_by_test_id("connection")).to_contain_text("5 changes not yet saved.")
    one.context.set_offline(False)
    for window in (one, other):
        expect(window.get_by_test_id("connection")).to_be_hidden()
        settled(window, "Made and named offline")
        settled(window, "Call Ann and Bob")
        expect(row(window, "Pay rent")).to_have_count(0)
    expect(row(one, "Buy milk")).to_have_count(0)
    assert titles_there(one) == ["Buy milk (done)", "Call Ann and Bob", "Made and named offline"], titles_there(one)
    other.close()


def at_odds(one, title, mine, theirs, patch):
    """A task is renamed here without a network, and elsewhere meanwhile."""
    one.context.set_offline(True)
    rename(one, title, mine)
    waits(one, mine)
    there = one.context.browser.new_context(storage_state=one.context.storage_state()).new_page()
    there.goto(f"{BASE}/docs")
    change_there(there, title, {"title": theirs, **patch})
    there.context.close()
    one.context.set_offline(False)
    expect(row(one, mine)).to_have_attribute("data-status", "conflict")
    expect(one.get_by_test_id("connection")).to_contain_text("1 needs your choice.")
    row(one, mine).get_by_test_id("task-resolve").click()
    expect(one.get_by_test_id("conflict-field")).to_have_count(1)
    expect(one.get_by_test_id("conflict-value-mine")).to_have_text(mine)
    expect(one.get_by_test_id("conflict-value-theirs")).to_have_text(theirs)


def conflicts(one):
    at_odds(one, "Call Ann and Bob", "Call Ann today", "Call Bob", {"priority": "high"})
    one.screenshot(path=f"{SHOTS}/conflict.png")
    one.get_by_test_id("conflict-save").click()
    expect(one.get_by_test_id("conflict-message")).to_be_visible()
    one.get_by_test_id("conflict-mine").check()
    one.get_by_test_id("conflict-save").click()
    settled(one, "Call Ann today")
    expect(row(one, "Call Ann today")).to_have_attribute("data-priority", "high")
    at_odds(one, "Call Ann today", "Call Ann at once", "Call nobody", {})
    one.keyboard.press("Escape")
    expect(row(one, "Call Ann at once").get_by_test_id("task-title")).to_be_focused()
    row(one, "Call Ann at once").get_by_test_id("task-resolve").click()
    one.get_by_test_id("conflict-theirs").check()
    one.get_by_test_id("conflict-save").click()
    settled(one, "Call nobody")
    expect(one.get_by_test_id("connection")).to_be_hidden()
    assert "Call nobody" in titles_there(one) and "Call Ann at once" not in titles_there(one)


def leaves(one):
    one.get_by_test_id("sign-out").click()
    expect(one.get_by_test_id("auth-view")).to_be_visible()
    left = one.evaluate("""() => new Promise((done) => {
        const opening = indexedDB.open("errand");
        opening.onsuccess = () => {
            const asking = opening.result.transaction("kept").objectStore("kept").getAllKeys();
            asking.onsuccess = () => done(asking.result);
        };
    })""")
    assert left == [], left
    assert one.evaluate("window.errandBadge.at(-1)") is None


def installed(page):
    """What the page does as an app: something shared with it, its shortcuts, the number on its icon."""
    flaws = []
    one = visitor(page, flaws)
    one.goto(f"{BASE}/?title=A+good+recipe&text=Soup&url=https%3A%2F%2Fexample.com%2Fsoup")
    expect(one.get_by_test_id("new-task-title")).to_have_value("A good recipe Soup https://example.com/soup")
    expect(one.get_by_test_id("new-task-title")).to_be_focused()
    expect(one).to_have_url(re.compile(r"/(#.*)?$"))
    one.get_by_test_id("new-task-title").press("Enter")
    settled(one, "A good recipe")
    one.goto(f"{BASE}/?do=add")
    expect(one.get_by_test_id("new-task-title")).to_be_focused()
    add(one, "Water plants today")
    settled(one, "Water plants")
    until(one, "() => window.errandBadge.at(-1) === 1")
    row(one, "Water plants").get_by_test_id("task-complete").click()
    until(one, "() => window.errandBadge.at(-1) === 0")
    manifest = one.evaluate("""async () => {
        const { href } = document.querySelector("link[rel=manifest]");
        const found = await (await fetch(href)).json();
        const icons = await Promise.all(found.icons.map(async ({ src }) => (await fetch(new URL(src, href))).status));
        return { icons, id: found.id, shortcuts: found.shortcuts.length, share: found.share_target.action };
    }""")
    assert manifest == {"icons": [200] * 4, "id": "/", "shortcuts": 3, "share": "/"}, manifest
    one.goto(f"{BASE}/?do=chat")
    expect(one.get_by_test_id("chat")).to_be_visible()
    assert not flaws, flaws
    one.context.close()


STEPS = [offline, installed]
