#!/usr/bin/env python3
"""Other people's code reads what the server at ERRAND_BASE_URL pushes: http-ece, py-vapid, standardwebhooks, Chromium.

Starts a push service of its own, see push_double.py. The server has to be started with ERRAND_NOTIFY_PRIVATE_HOSTS=127.0.0.1
and a contact for push services (`make test-push` does so).
"""

import base64
import json
import os
import secrets
import shutil
import sys
import time
import urllib.error
import urllib.request

import http_ece
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from py_vapid import Vapid02 as Vapid
from pywebpush import WebPushException, webpush
from standardwebhooks import Webhook

from push_double import PushDouble

BASE = os.environ.get("ERRAND_BASE_URL", "http://localhost:8080")
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
SHOTS = os.path.join(os.path.dirname(__file__), "..", "..", ".build-tools", "screenshots")
PASSWORD = "a quiet walk in the woods"


def encode(data):
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def decode(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


class Person:
    """An account, and what it asks of the server."""

    def __init__(self):
        self.email = f"push-{secrets.token_hex(6)}@example.com"
        self.token = None
        answer = self.call("POST", "/auth/sign-up", {"email": self.email, "password": PASSWORD, "time_zone": "UTC"})
        self.token = answer["access_token"]

    def call(self, method, path, body=None, expected=range(200, 300)):
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        data = json.dumps(body).encode() if body is not None else None
        request = urllib.request.Request(f"{BASE}/api/v1{path}", data, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                text = answer.read()
                status = answer.status
        except urllib.error.HTTPError as error:
            text, status = error.read(), error.code
        assert status in expected, f"{method} {path}: {status} {text.decode()}"
        return json.loads(text) if text else None

    def channel(self, id):
        return next(one for one in self.call("GET", "/notifications/channels")["items"] if one["id"] == id)

    def test(self, id):
        return self.call("POST", f"/notifications/channels/{id}/test", {})

    def wait_for_status(self, id, statuses, seconds=30):
        """The channel, once what came of a send is known."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            channel = self.channel(id)
            if channel["last_result"] and channel["status"] in statuses:
                return channel
            time.sleep(0.1)
        raise AssertionError(f"The channel is {self.channel(id)}")

    def remind(self, title):
        """A task that reminds in a moment."""
        at = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 1))
        return self.call("POST", "/tasks", {"title": title, "reminders": [{"kind": "absolute", "at": at}]})


class Browser:
    """Keys of a browser, and its subscription."""

    def __init__(self, endpoint):
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.auth = secrets.token_bytes(16)
        point = self.key.public_key().public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
        )
        self.subscription = {"endpoint": endpoint, "keys": {"p256dh": encode(point), "auth": encode(self.auth)}}

    def read(self, message):
        return http_ece.decrypt(message.body, private_key=self.key, auth_secret=self.auth, version="aes128gcm")


def double_is_sound(double, _):
    """What pywebpush sends to the double, http-ece reads: so that the double is to be trusted with ours."""
    browser = Browser(f"{double.url}/201/pywebpush")
    vapid = Vapid()
    vapid.generate_keys()
    webpush(browser.subscription, "Grüße", vapid_private_key=vapid, vapid_claims={"sub": "mailto:test@example.com"})
    assert browser.read(double.wait_for("pywebpush")[0]).decode() == "Grüße"
    for status in (400, 401, 403, 404, 410, 413, 500, 503):
        gone = Browser(f"{double.url}/{status}/pywebpush-{status}")
        try:
            webpush(gone.subscription, "x", vapid_private_key=vapid, vapid_claims={"sub": "mailto:test@example.com"})
            raise AssertionError(f"{status} passed")
        except WebPushException as error:
            assert error.response.status_code == status


def key(person):
    offer = person.call("GET", "/notifications/push-key")
    assert offer["public_key"], offer["reason"]
    return offer["public_key"]


def message_is_readable(double, person):
    """A test arrives: encrypted for this browser, signed by the key that the server shows."""
    browser = Browser(f"{double.url}/201/readable")
    channel = person.call("POST", "/notifications/push-subscriptions", {**browser.subscription, "name": "Laptop"})
    person.test(channel["id"])
    message = double.wait_for("readable")[0]
    headers = message.headers
    assert headers["content-encoding"] == "aes128gcm" and headers["content-type"] == "application/octet-stream"
    assert 0 <= int(headers["ttl"]) <= 2_419_200 and headers["urgency"] == "high"
    assert len(headers["topic"]) <= 32 and len(decode(headers["topic"])) > 0
    token, shown = headers["authorization"].removeprefix("vapid t=").split(", k=")
    assert shown == key(person)
    # It reads the field without the space that the RFC has after the comma.
    assert Vapid.verify(headers["authorization"].replace(", ", ","))
    claims = json.loads(decode(token.split(".")[1]))
    assert claims["aud"] == double.url and claims["sub"].startswith("mailto:")
    assert time.time() < claims["exp"] <= time.time() + 86_400
    payload = json.loads(browser.read(message))
    assert payload["web_push"] == 8030 and payload["notification"]["navigate"] == payload["url"], payload
    assert payload["title"] and payload["url"].startswith("http"), payload
    again = person.call("POST", "/notifications/push-subscriptions", browser.subscription)
    assert again["id"] == channel["id"], "the same browser is one"
    person.wait_for_status(channel["id"], {"active"})
    person.call("DELETE", f"/notifications/channels/{channel['id']}")


def reminder_arrives(double, person):
    browser = Browser(f"{double.url}/201/reminder")
    channel = person.call("POST", "/notifications/push-subscriptions", browser.subscription)
    task = person.remind("Zähne putzen 🦷")
    payload = json.loads(browser.read(double.wait_for("reminder")[0]))
    assert payload["title"] == "Zähne putzen 🦷" and payload["task_id"] == task["id"]
    assert [one["action"] for one in payload["actions"]] == ["done", "snooze", "open"]
    person.call("DELETE", f"/notifications/channels/{channel['id']}")


def long_titles_fit(double, person):
    browser = Browser(f"{double.url}/201/long")
    channel = person.call("POST", "/notifications/push-subscriptions", browser.subscription)
    person.remind("😀" * 500)
    message = double.wait_for("long")[0]
    assert len(message.body) <= 4096
    assert json.loads(browser.read(message))["title"].startswith("😀" * 10)
    person.call("DELETE", f"/notifications/channels/{channel['id']}")


def statuses(double, person):
    """Every answer of webpush-auth.md, and what becomes of the subscription."""
    expected = {
        "200": ({"active"}, True), "201": ({"active"}, True), "202": ({"active"}, True), "204": ({"active"}, True),
        "error": ({"active", "failing"}, False), "moved": ({"active", "failing"}, False),
        "400": ({"active", "failing"}, False), "401": ({"failing"}, False), "403": ({"failing"}, False),
        "404": ({"gone"}, False), "410": ({"gone"}, False),
        "500": ({"active", "failing"}, False), "503": ({"active", "failing"}, False),
        "reset": ({"active", "failing"}, False),
    }
    channels = {}
    for how in expected:
        browser = Browser(f"{double.url}/{how}/status-{how}")
        channels[how] = person.call("POST", "/notifications/push-subscriptions", browser.subscription)["id"]
        person.test(channels[how])
    for how, (wanted, succeeded) in expected.items():
        channel = person.wait_for_status(channels[how], wanted)
        assert channel["last_result"]["succeeded"] is succeeded, (how, channel)
        reason = channel["last_result"]["reason"]
        assert reason is None or "milk" not in reason, "free text of a server is not repeated"
        person.call("DELETE", f"/notifications/channels/{channels[how]}")
    assert not [one for one in double.received if one.name == "loopback"], "a redirect was followed"


def later_means_later(double, person):
    """429 with Retry-After: the same message comes again after that, and then it is delivered."""
    browser = Browser(f"{double.url}/later/later")
    channel = person.call("POST", "/notifications/push-subscriptions", browser.subscription)
    start = time.monotonic()
    person.test(channel["id"])
    first, second = double.wait_for("later", 2)[:2]
    assert time.monotonic() - start >= 0.9, "Retry-After was passed over"
    assert browser.read(first) and first.headers["topic"] == second.headers["topic"]
    end = time.monotonic() + 20
    while not person.channel(channel["id"])["last_result"]["succeeded"]:
        assert time.monotonic() < end, person.channel(channel["id"])
        time.sleep(0.1)
    person.call("DELETE", f"/notifications/channels/{channel['id']}")


def slow_one_is_begun(double, person):
    """Its answer comes after fifteen seconds; looked at by the last step."""
    person.slow = person.call(
        "POST", "/notifications/push-subscriptions", Browser(f"{double.url}/slow/slow").subscription
    )["id"]
    person.test(person.slow)


def slow_one_is_given_up(double, person):
    double.wait_for("slow")
    result = person.wait_for_status(person.slow, {"active", "failing"})["last_result"]
    assert not result["succeeded"], result
    person.call("DELETE", f"/notifications/channels/{person.slow}")


def too_large_is_shortened(double, person):
    browser = Browser(f"{double.url}/413/large")
    channel = person.call("POST", "/notifications/push-subscriptions", browser.subscription)
    person.test(channel["id"])
    whole, short = double.wait_for("large", 2)[:2]
    assert len(short.body) < len(whole.body) and json.loads(browser.read(short))["title"]
    person.call("DELETE", f"/notifications/channels/{channel['id']}")


def private_addresses(_, person):
    """Only what the operator has named is called on this machine, and nothing without https elsewhere."""
    browser = Browser("http://10.0.0.1/x")
    person.call("POST", "/notifications/push-subscriptions", browser.subscription, expected=[422])
    inside = Browser("https://localhost:1/x")
    channel = person.call("POST", "/notifications/push-subscriptions", inside.subscription)
    person.test(channel["id"])
    result = person.wait_for_status(channel["id"], {"failing"})["last_result"]
    assert result["reason"] == "The address is not a public one.", result
    person.call("DELETE", f"/notifications/channels/{channel['id']}")


def webhook_is_verified(double, person):
    channel = person.call("POST", "/notifications/channels", {"kind": "webhook", "url": f"{double.url}/204/hook"})
    person.test(channel["id"])
    message = double.wait_for("hook")[0]
    told = Webhook(channel["secret"]).verify(message.body, message.headers)
    assert told["type"] == "test", told
    try:
        Webhook("whsec_" + base64.b64encode(secrets.token_bytes(24)).decode()).verify(message.body, message.headers)
        raise AssertionError("another secret verified it")
    except Exception as error:
        assert "signature" in str(error).lower(), error
    person.call("DELETE", f"/notifications/channels/{channel['id']}")


def webhook_is_verified_by_either_secret(double, person):
    """While a secret is replaced, whoever has one of the two takes the call; one that was before them verifies nothing."""
    channel = person.call("POST", "/notifications/channels", {"kind": "webhook", "url": f"{double.url}/204/rotated"})
    path = f"/notifications/channels/{channel['id']}/rotate-secret"
    secrets_in_turn = [channel["secret"]] + [person.call("POST", path, {})["secret"] for _ in range(2)]
    person.test(channel["id"])
    message = double.wait_for("rotated")[0]
    assert len(message.headers["webhook-signature"].split(" ")) == 2, message.headers
    for secret in secrets_in_turn[1:]:
        assert Webhook(secret).verify(message.body, message.headers)["type"] == "test"
    try:
        Webhook(secrets_in_turn[0]).verify(message.body, message.headers)
        raise AssertionError("a secret that was replaced twice verified it")
    except Exception as error:
        assert "signature" in str(error).lower(), error
    person.call("DELETE", f"/notifications/channels/{channel['id']}")


def ntfy_is_published_to(double, person):
    channel = person.call(
        "POST", "/notifications/channels", {"kind": "ntfy", "server": f"{double.url}/200/ntfy", "topic": "errands"}
    )
    person.test(channel["id"])
    body = json.loads(double.wait_for("ntfy")[0].body)
    assert body["topic"] == "errands" and body["title"] and body["message"]
    person.call("DELETE", f"/notifications/channels/{channel['id']}")


def chromium_does_what_the_buttons_say(_, person):
    """A push through the service worker, by the DevTools protocol, and a press on its "done"."""
    from playwright.sync_api import expect, sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        context = browser.new_context(permissions=["notifications"])
        page = context.new_page()
        page.goto(BASE)
        page.get_by_test_id("email").fill(person.email)
        page.get_by_test_id("password").fill(PASSWORD)
        page.get_by_test_id("submit-auth").click()
        expect(page.get_by_test_id("tasks-view")).to_be_visible()
        page.get_by_test_id("bell").click()
        expect(page.get_by_test_id("device-toggle")).to_have_text("Switch on")
        page.screenshot(path=f"{SHOTS}/devices.png")
        page.keyboard.press("Escape")
        task = person.call("POST", "/tasks", {"title": "Pushed into Chromium"})
        row = page.get_by_test_id("task-row").filter(has_text="Pushed into Chromium")
        expect(row).to_be_visible()
        # The page registers it once its list can be seen.
        page.evaluate("""() => navigator.serviceWorker.ready.then((it) => new Promise((done) => {
            const isAtWork = () => it.active?.state === "activated" && !it.installing && !it.waiting;
            const look = () => (isAtWork() ? done() : setTimeout(look, 50));
            look();
        }))""")
        session = context.new_cdp_session(page)
        known = {}
        session.on("ServiceWorker.workerRegistrationUpdated", lambda event: known.update(
            {one["scopeURL"]: one["registrationId"] for one in event["registrations"]}
        ))
        session.send("ServiceWorker.enable")
        page.wait_for_timeout(500)
        registration = known[f"{BASE}/"]
        payload = {
            "web_push": 8030, "title": task["title"], "body": "Due now", "tag": "pushed", "lang": "en",
            "url": f"{BASE}/#/tasks/{task['id']}", "task_id": task["id"], "reminder_id": None,
            "notification_id": secrets.token_hex(8), "actions": [
                {"action": "done", "title": "Done"}, {"action": "open", "title": "Open"},
            ],
        }
        session.send("ServiceWorker.deliverPushMessage", {
            "origin": BASE, "registrationId": registration, "data": json.dumps(payload),
        })
        shown = """() => navigator.serviceWorker.ready.then((worker) => worker.getNotifications())
            .then((all) => all.map(({title, body, actions}) => ({title, body, actions: actions.map((a) => a.action)})))"""
        for _ in range(100):
            notifications = page.evaluate(shown)
            if notifications:
                break
            page.wait_for_timeout(50)
        assert notifications == [{"title": task["title"], "body": "Due now", "actions": ["done", "open"]}], notifications
        # DevTools cannot press the buttons of the system's own notifications, so the worker is given the event.
        worker = context.service_workers[0]
        worker.evaluate("""() => self.registration.getNotifications().then(([notification]) => {
            self.dispatchEvent(new NotificationEvent("notificationclick", { notification, action: "done" }));
        })""")
        expect(row).to_have_count(0)
        assert person.call("GET", f"/tasks/{task['id']}")["completed"] is True
        assert page.evaluate(shown) == [], "it closes"
        browser.close()


def main():
    passed = failed = 0
    os.makedirs(SHOTS, exist_ok=True)
    person = Person()
    with PushDouble() as double:
        for step in [
            double_is_sound, slow_one_is_begun, message_is_readable, reminder_arrives, long_titles_fit, statuses,
            too_large_is_shortened, later_means_later, private_addresses, webhook_is_verified,
            webhook_is_verified_by_either_secret, ntfy_is_published_to,
            chromium_does_what_the_buttons_say, slow_one_is_given_up,
        ]:
            start = time.monotonic()
            try:
                step(double, person)
                passed += 1
                print(f"{step.__name__}: {time.monotonic() - start:.1f} s")
            except Exception as error:
                failed += 1
                print(f"FAILED {step.__name__}: {type(error).__name__}: {error}")
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
