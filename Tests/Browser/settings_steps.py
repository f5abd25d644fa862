"""The steps of the page's test that are about settings: notifications, channels, the account."""

import http.server
import json
import threading
import time

from playwright.sync_api import expect

from person import BASE, PASSWORD, SHOTS, remind_in, row


class Receiver:
    """Takes the calls of webhooks on this machine, and keeps them."""

    def __init__(self):
        calls = self.calls = []

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                calls.append((self.headers["webhook-signature"], json.loads(body)))
                self.send_response(204)
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/hook"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def types(self):
        return [body["type"] for _, body in self.calls]


def mine(page):
    """The account as the server has it."""
    return page.evaluate("async () => (await fetch('/api/v1/me')).json()")


def comes_to(page, name, wanted):
    """A setting is saved a moment after it was chosen."""
    end = time.monotonic() + 5
    while mine(page)[name] != wanted:
        assert time.monotonic() < end, f"{name} is {mine(page)[name]}, not {wanted}"
        page.wait_for_timeout(50)


def three_sizes(page, name):
    for size, (width, height) in {"phone": (390, 844), "tablet": (768, 1024), "desktop": (1200, 800)}.items():
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{name} scrolls sideways ({size})"
        for scheme in ("light", "dark"):
            # Colours would still be on their way from one scheme to the other.
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            page.screenshot(path=f"{SHOTS}/{name}-{size}-{scheme}.png")
    page.emulate_media(color_scheme="light", reduced_motion="no-preference")


def matrix(page):
    """By keyboard: a box is saved at once. What was chosen elsewhere shows without a reload."""
    page.get_by_test_id("open-settings").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("settings")).to_be_visible()
    expect(page.get_by_test_id("matrix-missing")).to_contain_text("Push, E-mail, Webhook, and ntfy")
    box = page.get_by_role("checkbox", name="Reminders over ntfy")
    expect(box).to_be_checked()
    box.focus()
    page.keyboard.press("Space")
    expect(box).not_to_be_checked()
    expect(page.get_by_test_id("matrix-note")).to_have_text("Saved.")
    comes_to(page, "notifications", {
        "reminder": ["in_app", "web_push", "email", "webhook"], "digest": ["in_app", "email"],
        "security": ["in_app", "email"], "task_event": ["webhook"],
    })
    # What cannot be changed says why.
    fixed = page.get_by_role("checkbox", name="Security over Inbox")
    expect(fixed).to_be_disabled()
    expect(fixed).to_be_checked()
    expect(fixed).to_have_attribute("title", "Notices about the account are always in the inbox.")
    expect(fixed).to_have_accessible_description("Something happened to your account. Always in the inbox.")
    expect(page.get_by_test_id("task_event-email")).to_be_disabled()
    # The address leads there too.
    page.goto(f"{BASE}/#/settings")
    page.reload()
    expect(page.get_by_test_id("settings")).to_be_visible()
    expect(page.get_by_test_id("reminder-ntfy")).not_to_be_checked()
    page.evaluate("""() => fetch("/api/v1/me", {
        method: "PATCH", body: JSON.stringify({ notifications: { digest: ["in_app", "email", "ntfy"] } }),
        headers: { "Content-Type": "application/json", "Idempotency-Key": crypto.randomUUID() },
    })""")
    expect(page.get_by_test_id("digest-ntfy")).to_be_checked()
    expect(page.get_by_test_id("reminder-email")).to_be_checked()
    # A server that cannot be reached: the box goes back and says so.
    page.route("**/api/v1/me", lambda route: route.fulfill(status=503, body="{}"))
    page.errand_expected = "503"
    page.get_by_test_id("reminder-email").click()
    expect(page.get_by_test_id("matrix-note")).to_contain_text("Not saved.")
    expect(page.get_by_test_id("reminder-email")).to_be_checked()
    page.unroute("**/api/v1/me")


def quiet_hours(page):
    page.get_by_test_id("quiet-toggle").check()
    comes_to(page, "quiet_hours", {"from": "22:00", "to": "07:00"})
    page.get_by_test_id("quiet-from").fill("23:15")
    comes_to(page, "quiet_hours", {"from": "23:15", "to": "07:00"})
    page.errand_expected = "422"
    page.get_by_test_id("quiet-to").fill("23:15")
    expect(page.get_by_test_id("quiet-note")).to_contain_text("Not saved. Must not be the same as from.")
    expect(page.get_by_test_id("quiet-to")).to_have_value("23:15")
    page.get_by_test_id("quiet-to").fill("06:30")
    comes_to(page, "quiet_hours", {"from": "23:15", "to": "06:30"})
    expect(page.get_by_test_id("quiet-note")).to_have_text("Saved.")
    page.get_by_test_id("digest-toggle").check()
    comes_to(page, "digest_at", "07:30")
    # Closed while something is being typed, it is saved all the same.
    page.get_by_test_id("digest-at").fill("08:45")
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("settings")).to_be_hidden()
    comes_to(page, "digest_at", "08:45")
    page.get_by_test_id("open-settings").click()
    expect(page.get_by_test_id("quiet-from")).to_have_value("23:15")
    expect(page.get_by_test_id("digest-at")).to_have_value("08:45")
    page.get_by_test_id("digest-toggle").uncheck()
    page.get_by_test_id("quiet-toggle").uncheck()
    comes_to(page, "digest_at", None)
    comes_to(page, "quiet_hours", None)
    expect(page.get_by_test_id("quiet-from")).to_be_hidden()


def webhook(page):
    """Added with its secret shown once, tried out, and named in why a reminder came."""
    page.errand_hooks = hooks = Receiver()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_test_id("add-webhook").click()
    url = page.get_by_test_id("add-webhook-url")
    expect(url).to_be_focused()
    page.errand_expected = "422"
    url.fill("ftp://example.org")
    url.press("Enter")
    expect(url).to_have_attribute("aria-invalid", "true")
    expect(url).to_have_accessible_description("An https address that takes signed calls. "
                                               "Must be an https address without user or fragment.")
    url.fill(hooks.url)
    page.get_by_test_id("add-webhook-name").fill("Home")
    page.get_by_test_id("add-webhook-submit").click()
    expect(page.get_by_test_id("secret")).to_contain_text("whsec_")
    secret = page.get_by_test_id("secret").text_content()
    page.get_by_test_id("secret-copy").click()
    expect(page.get_by_test_id("secret-note")).to_have_text("Copied.")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == secret, (copied, secret)
    page.get_by_test_id("secret-done").click()
    expect(page.get_by_test_id("secret")).to_be_hidden()
    assert secret not in page.content(), "it is gone from the page"
    channel = page.get_by_test_id("channel")
    expect(channel).to_have_count(1)
    expect(channel.get_by_test_id("channel-name")).to_have_text("Home")
    expect(channel.get_by_test_id("channel-place")).to_have_text(f"Webhook · {hooks.url}")
    channel.get_by_test_id("channel-test").click()
    expect(channel.get_by_test_id("channel-note")).to_have_text("Test: It was delivered.")
    expect(channel.get_by_test_id("channel-result")).to_contain_text("The last message arrived")
    assert "test" in hooks.types() and all(signature for signature, _ in hooks.calls), hooks.calls
    three_sizes(page, "settings")
    page.get_by_test_id("close-settings").click()


def why(page):
    remind_in(page, 2, "Water the cat")
    expect(page.get_by_test_id("unread")).to_have_text("1", timeout=5_000)
    end = time.monotonic() + 5
    while "reminder" not in page.errand_hooks.types():
        assert time.monotonic() < end, page.errand_hooks.types()
        page.wait_for_timeout(50)
    page.wait_for_timeout(300)
    page.get_by_test_id("bell").click()
    note = page.get_by_test_id("notification").filter(has_text="Water the cat")
    button = note.get_by_test_id("notification-why")
    expect(button).to_have_attribute("aria-expanded", "false")
    button.focus()
    page.keyboard.press("Enter")
    receipts = note.get_by_test_id("receipt")
    expect(receipts).to_have_count(2)
    expect(receipts.nth(0)).to_contain_text("Inbox It is in the inbox.")
    expect(receipts.nth(1)).to_contain_text("Webhook “Home” It was delivered.")
    expect(button).to_have_attribute("aria-expanded", "true")
    three_sizes(page, "why")
    button.click()
    expect(receipts).to_have_count(0)
    note.get_by_test_id("notification-read").click()
    page.get_by_test_id("inbox-settings").click()
    expect(page.get_by_test_id("inbox")).to_be_hidden()
    expect(page.get_by_test_id("close-settings")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("settings")).to_be_hidden()
    expect(page.get_by_test_id("bell")).to_be_focused()
    page.get_by_test_id("open-settings").click()


def change_channel(page):
    """Renamed, turned off and on, removed; an address waits to be confirmed."""
    channel = page.get_by_test_id("channel")
    channel.get_by_test_id("channel-rename").click()
    name = channel.get_by_test_id("channel-new-name")
    expect(name).to_have_value("Home")
    name.fill("The attic")
    name.press("Enter")
    expect(channel.get_by_test_id("channel-name")).to_have_text("The attic")
    channel.get_by_test_id("channel-toggle").click()
    expect(channel.get_by_test_id("channel-status")).to_have_text("Turned off")
    expect(channel.get_by_test_id("channel-test")).to_be_hidden()
    channel.get_by_test_id("channel-toggle").click()
    expect(channel.get_by_test_id("channel-status")).to_have_text("On")
    page.get_by_test_id("add-email").click()
    page.get_by_test_id("add-email-address").fill("elsewhere@example.org")
    page.get_by_test_id("add-email-submit").click()
    expect(channel).to_have_count(2)
    expect(channel.nth(1).get_by_test_id("channel-status")).to_have_text("Waits until you confirm the address")
    expect(channel.nth(1).get_by_test_id("channel-verify")).to_be_visible()
    page.once("dialog", lambda dialog: dialog.dismiss())
    channel.nth(0).get_by_test_id("channel-remove").click()
    expect(channel).to_have_count(2)
    for _ in range(2):
        count = channel.count()
        page.once("dialog", lambda dialog: dialog.accept())
        channel.first.get_by_test_id("channel-remove").click()
        expect(channel).to_have_count(count - 1)
    expect(page.get_by_test_id("channels-empty")).to_be_visible()
    page.get_by_test_id("close-settings").click()
    page.errand_hooks.server.shutdown()
    row(page, "Water the cat").get_by_test_id("task-delete").click()
    expect(row(page, "Water the cat")).to_have_count(0)


def account(page):
    """A wrong password is told at its field; a right one changes it, and this window stays signed in."""
    page.get_by_test_id("account").click()
    expect(page.get_by_test_id("account-address")).to_have_text(page.errand_email)
    page.get_by_role("dialog", name="Account").get_by_text("Change the password").first.click()
    page.errand_expected = "422"
    for current, new in [("wrong", "another walk, by the sea"), (PASSWORD, "another walk, by the sea"),
                         ("another walk, by the sea", PASSWORD)]:
        page.get_by_test_id("change-password-current").fill(current)
        page.get_by_test_id("change-password-new").fill(new)
        page.get_by_test_id("change-password").click()
        if current == "wrong":
            expect(page.get_by_text("Is not the current password.")).to_be_visible()
            three_sizes(page, "account")
        else:
            expect(page.get_by_test_id("change-password-current")).to_have_value("")
            expect(page.get_by_test_id("change-password-message")).to_contain_text("The password is changed.")
    page.get_by_text("Change the address").click()
    page.get_by_test_id("change-address-email").fill("new@example.org")
    page.get_by_test_id("change-address-password").fill("wrong")
    page.get_by_test_id("change-address").click()
    expect(page.get_by_text("Is not the current password.")).to_be_visible()
    page.get_by_test_id("account-close").click()
    expect(page.get_by_test_id("account-dialog")).to_be_hidden()
    assert page.get_by_test_id("change-address-password").input_value() == "", "passwords do not stay"
