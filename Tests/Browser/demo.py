"""A person whose list looks like a life: what every view of the page is looked at with."""

import copy
import datetime
import json
import secrets
import time
import urllib.parse
import uuid

from person import BASE, PASSWORD

CALLBACK = "http://localhost:8765/callback"
# The example of RFC 7636, appendix B.
VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"

CANDLES = """Ask for **seven candles**.

- lemon, not chocolate
- the box with a handle

[The bakery](https://example.org)"""
KERZEN = """Nach **sieben Kerzen** fragen.

- Zitrone, nicht Schokolade
- die Schachtel mit Griff

[Die Bäckerei](https://example.org)"""

# Title, days from today, time, priority, tags, rule, description.
TASKS = {
    "en": [
        ("Send the invoice to Harper & Sons", -2, None, "urgent", ["work"], None, ""),
        ("Water the tomatoes", -1, None, "low", ["garden"], "every 3 days", ""),
        ("Stand-up with the team", 0, "09:30", "medium", ["work"], "every workday", ""),
        ("Pick up the birthday cake", 0, "17:00", "high", ["family"], None, CANDLES),
        ("Call the dentist", 0, None, "medium", [], None, ""),
        ("Finish the quarterly report", 1, "12:00", "urgent", ["work", "writing"], None, "Figures first, words later."),
        ("Book the train to Vienna", 1, None, "high", ["travel"], None, ""),
        ("Return the library books", 2, None, "medium", ["errands"], None, ""),
        ("Dinner with Ana and Tom", 3, "19:30", "medium", ["family"], None, ""),
        ("Pay the rent", 5, None, "urgent", ["home"], "every month on the 1st", ""),
        ("Renew the passport", 12, None, "high", ["travel", "errands"], None, ""),
        ("Sharpen the kitchen knives", None, None, "low", ["home"], None, ""),
        ("Read the essay on slow rivers", None, None, "medium", ["reading"], None, ""),
        ("Buy bread and oranges", 0, None, "medium", ["errands"], None, ""),
        ("Reply to the landlord", -1, None, "high", ["home"], None, ""),
        ("Back up the photographs", -3, None, "low", ["home"], None, ""),
    ],
    "de": [
        ("Rechnung an Harders & Söhne schicken", -2, None, "urgent", ["arbeit"], None, ""),
        ("Tomaten gießen", -1, None, "low", ["garten"], "every 3 days", ""),
        ("Besprechung mit dem Team", 0, "09:30", "medium", ["arbeit"], "every workday", ""),
        ("Geburtstagstorte abholen", 0, "17:00", "high", ["familie"], None, KERZEN),
        ("Zahnärztin anrufen", 0, None, "medium", [], None, ""),
        ("Quartalsbericht fertigschreiben", 1, "12:00", "urgent", ["arbeit", "schreiben"], None, "Erst die Zahlen."),
        ("Zug nach Wien buchen", 1, None, "high", ["reise"], None, ""),
        ("Bücher zurückbringen", 2, None, "medium", ["besorgungen"], None, ""),
        ("Abendessen mit Ana und Tom", 3, "19:30", "medium", ["familie"], None, ""),
        ("Miete überweisen", 5, None, "urgent", ["zuhause"], "every month on the 1st", ""),
        ("Reisepass verlängern", 12, None, "high", ["reise", "besorgungen"], None, ""),
        ("Küchenmesser schärfen", None, None, "low", ["zuhause"], None, ""),
        ("Den Aufsatz über langsame Flüsse lesen", None, None, "medium", ["lesen"], None, ""),
        ("Brot und Orangen kaufen", 0, None, "medium", ["besorgungen"], None, ""),
        ("Dem Vermieter antworten", -1, None, "high", ["zuhause"], None, ""),
        ("Fotos sichern", -3, None, "low", ["zuhause"], None, ""),
    ],
}
# How many at the end of them are done, and the last of those deleted besides one more.
DONE = 3
WORDS = {
    "en": {"name": "Robin", "tag": "work", "search": "the b", "reminded": ["Take the bread out", "Water the roses"],
           "program": "Desk Companion", "detail": "cake"},
    "de": {"name": "Robin", "tag": "arbeit", "search": "buch", "reminded": ["Brot aus dem Ofen", "Rosen gießen"],
           "program": "Desk Companion", "detail": "torte"},
}


class Demo:
    """A person with tasks, notifications, a channel and a program, signed in in a browser context."""

    def __init__(self, context, language, zone="UTC"):
        self.context, self.language, self.zone = context, language, zone
        self.words = WORDS[language]
        self.has_program = False
        self.email = f"robin.{secrets.token_hex(3)}@example.org"
        self.call("POST", "/api/v1/auth/sign-up", {
            "email": self.email, "password": PASSWORD, "name": self.words["name"], "time_zone": zone,
        })

    def call(self, method, path, body=None):
        answer = self.context.request.fetch(
            BASE + path, method=method, data=None if body is None else json.dumps(body),
            headers={"Content-Type": "application/json", "Origin": BASE, "Idempotency-Key": str(uuid.uuid4())},
        )
        assert answer.ok, f"{method} {path} was answered {answer.status}: {answer.text()}"
        return answer.json() if answer.text() else None

    def _batch(self, commands):
        results = self.call("POST", "/api/v1/tasks/batch", {"commands": [
            {"id": str(at), "op": op, "args": args} for at, (op, args) in enumerate(commands)
        ]})["results"]
        assert all(one["status"] < 300 for one in results), results
        return results

    def fill(self):
        """Makes all of it; the notifications come some seconds later by themselves."""
        made = self._batch([("create", self._task(*one)) for one in TASKS[self.language]])
        ids = [one["task"]["id"] for one in made]
        self._batch([("complete", {"task_id": one}) for one in ids[-DONE:]])
        self._batch([("delete", {"task_id": ids[-1]}), ("delete", {"task_id": ids[-DONE - 1]})])
        for title in self.words["reminded"]:
            at = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=3)
            reminders = [{"at": at.strftime("%Y-%m-%dT%H:%M:%SZ")}]
            self.call("POST", "/api/v1/tasks", {"title": title, "reminders": reminders})
        return self

    def _task(self, title, distance, time, priority, tags, rule, description):
        task = {"title": title, "priority": priority, "tags": tags, "description": description}
        if distance is not None:
            day = datetime.datetime.now(datetime.timezone.utc).date() + datetime.timedelta(days=distance)
            task["due"] = {"kind": "date", "date": day.isoformat()}
            if time:
                task["due"] |= {"kind": "floating", "time": time}
        if rule:
            task["recurrence"] = {"text": rule}
        return task

    def elsewhere(self, context):
        """The same person in another context, one that has their cookies."""
        other = copy.copy(self)
        other.context = context
        return other

    def ask_for_consent(self):
        """What a program asks this person, as an address to open."""
        self.client = self.call("POST", "/register", {
            "client_name": self.words["program"], "redirect_uris": [CALLBACK],
        })["client_id"]
        return f"{BASE}/authorize?" + urllib.parse.urlencode({
            "response_type": "code", "client_id": self.client, "redirect_uri": CALLBACK, "state": "xyz",
            "code_challenge": CHALLENGE, "code_challenge_method": "S256",
            "scope": "tasks:read tasks:write", "resource": BASE + "/mcp",
        })

    def let_in(self, address):
        """The program fetches what was granted, with the code in the address that it was sent."""
        values = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(address).query))
        answer = self.context.request.post(BASE + "/token", form={
            "grant_type": "authorization_code", "code": values["code"], "client_id": self.client,
            "redirect_uri": CALLBACK, "code_verifier": VERIFIER,
        })
        assert answer.ok, answer.text()
        self.has_program = True

    def page(self):
        """A page of this person, once the notifications have come."""
        end = time.monotonic() + 20
        while len(self.call("GET", "/api/v1/notifications")["items"]) < len(self.words["reminded"]):
            assert time.monotonic() < end, "the reminders did not come"
            time.sleep(0.1)
        # Only now: nobody is there to be told of the reminders.
        self.call("POST", "/api/v1/notifications/channels", {
            "kind": "webhook", "name": "Kitchen display", "url": "https://hooks.example.org/errand",
        })
        page = self.context.new_page()
        page.set_default_timeout(10_000)
        return page
