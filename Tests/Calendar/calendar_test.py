#!/usr/bin/env python3
"""Has the code of others read the calendars that Errand writes, and Errand read theirs; the server is at ERRAND_BASE_URL.

What a series means is the question: each is expanded by recurring-ical-events, and has the dates that Errand foresees.
"""

import datetime
import json
import os
import secrets
import urllib.error
import urllib.parse
import urllib.request
import zoneinfo

import icalendar
import recurring_ical_events
import vobject

BASE = os.environ["ERRAND_BASE_URL"]
FROM, TO = datetime.date(2026, 1, 1), datetime.date(2031, 1, 1)
RULES = [
    "FREQ=DAILY", "FREQ=DAILY;INTERVAL=3;COUNT=40", "FREQ=WEEKLY;BYDAY=MO,WE,FR", "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU;WKST=SU",
    "FREQ=MONTHLY;BYMONTHDAY=31", "FREQ=MONTHLY;BYMONTHDAY=-1", "FREQ=MONTHLY;BYDAY=-1FR", "FREQ=MONTHLY;BYDAY=2TU;COUNT=9",
    "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
    "FREQ=YEARLY;BYMONTH=3,9;BYDAY=1SU", "FREQ=YEARLY;BYWEEKNO=1;BYDAY=TH", "FREQ=YEARLY;BYYEARDAY=-1",
    "FREQ=WEEKLY;UNTIL=20260901", "FREQ=MONTHLY;INTERVAL=6;BYMONTHDAY=15",
]
ZONES = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Africa/Casablanca", "UTC"]
TITLES = ["Pay rent, quickly; now", "Wäsche 🧺 waschen", "שלום עולם", "A backslash \\ and \\n", "x" * 300]


class Person:
    """An account of its own."""

    def __init__(self):
        self.token = None
        made = self.call("POST", "/auth/sign-up", {
            "email": f"{secrets.token_hex(6)}@example.org", "password": "a quiet walk in the woods",
            "time_zone": "Europe/Berlin",
        })
        self.token = made["access_token"]

    def send(self, method, path, body=None, kind="application/json"):
        headers = {"Content-Type": kind, "Idempotency-Key": secrets.token_hex(8)}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        request = urllib.request.Request(f"{BASE}/api/v1{path}", data=body, method=method, headers=headers)
        with urllib.request.urlopen(request) as answer:
            return answer.read()

    def call(self, method, path, body=None):
        answer = self.send(method, path, None if body is None else json.dumps(body).encode())
        return json.loads(answer) if answer else None


def dues():
    """A due date of each kind, around the clock changes of each zone."""
    yield {"kind": "date", "date": "2026-01-30"}
    yield {"kind": "floating", "date": "2026-01-30", "time": "08:15"}
    for zone in ZONES:
        yield {"kind": "zoned", "date": "2026-01-30", "time": "02:30", "time_zone": zone}


def fill(person):
    """Series of every kind of rule and due date, beside tasks with everything."""
    made = []
    for number, rule in enumerate(RULES):
        for due in dues():
            if "UNTIL" in rule and due["kind"] != "date":
                rule = f"{rule}T235959" if due["kind"] == "floating" else f"{rule.split('T235959')[0]}T235959Z"
            task = {"title": f"{rule} {due.get('time_zone', due['kind'])}", "due": due, "recurrence": {"rrule": rule}}
            if number % 3 == 0 and due["kind"] == "date":
                task["recurrence"]["exdates"] = ["2026-03-31", "2026-06-30"]
            made.append(person.call("POST", "/tasks", task))
            rule = RULES[number]
    for title in TITLES:
        made.append(person.call("POST", "/tasks", {
            "title": title, "description": f"{title}\nand a line below", "priority": "urgent",
            "tags": ["home", "büro & co"], "due": {"kind": "zoned", "date": "2026-05-01", "time": "09:00",
                                                  "time_zone": "Europe/Berlin"},
            "reminders": [{"kind": "relative", "before": "PT30M"}],
        }))
    return made


def moment(value):
    """What both sides can be compared by: a day, a time of the wall, an instant."""
    if not isinstance(value, datetime.datetime):
        return value.isoformat()
    if value.tzinfo is None:
        return value.strftime("%Y-%m-%dT%H:%M")
    return value.astimezone(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def foreseen(person, task, zone=None):
    """The dates of a series as Errand has them; on the clock of a zone, if there is one, where they name none."""
    path = f"/tasks/{task['id']}/occurrences?from={FROM}&to={TO}&limit=500"
    due, found = task["due"]["kind"], person.call("GET", path)["items"]
    if due == "zoned":
        return [one["due_date"] for one in found]
    dates = [one["due"]["date"] + (f"T{one['due']['time']}" if due == "floating" else "") for one in found]
    if due == "floating" and zone:
        return [moment(datetime.datetime.fromisoformat(one).replace(tzinfo=zoneinfo.ZoneInfo(zone))) for one in dates]
    return dates


def expanded(calendar, kind):
    """The dates of each series as others read them, by the id of the task."""
    dates = {}
    for one in recurring_ical_events.of(calendar, components=[kind]).between(FROM, TO):
        dates.setdefault(str(one["UID"]), []).append(moment(one["DTSTART" if kind == "VEVENT" else "DUE"].dt))
    return {uid: sorted(found) for uid, found in dates.items()}


def check_words(calendar, made):
    """Titles, descriptions, tags and priorities come through whole."""
    by_id = {str(one["UID"]): one for one in calendar.walk("VTODO")}
    assert by_id.keys() == {task["id"] for task in made}
    for task in made:
        one = by_id[task["id"]]
        assert str(one["SUMMARY"]) == task["title"], (str(one["SUMMARY"]), task["title"])
        assert str(one.get("DESCRIPTION", "")) == task["description"]
        if task["tags"]:
            assert [str(name) for name in one["CATEGORIES"].cats] == task["tags"]
            assert one["PRIORITY"] == 1
            (alarm,) = one.walk("VALARM")
            assert alarm["TRIGGER"].dt == datetime.timedelta(minutes=-30) and alarm["TRIGGER"].params["RELATED"] == "END"


def check_dates(person, text, made, kind, zone=None):
    calendar = icalendar.Calendar.from_ical(text)
    dates, count = expanded(calendar, kind), 0
    for task in made:
        if not task["recurrence"]:
            continue
        wanted, found = foreseen(person, task, zone), dates.get(task["id"], [])
        # They end the last day at other hours, and Errand after 500 dates.
        last = wanted[-1] if len(wanted) == 500 else "2030-12-30"
        wanted, found = ([one for one in all if one <= last] for all in (wanted, found))
        assert found == wanted, f"{task['title']}: {found[:6]} … is not {wanted[:6]} … ({len(found)}, {len(wanted)})"
        count += len(wanted)
    return calendar, count


def theirs():
    """A calendar that is written by others."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Others//EN")
    calendar.add("version", "2.0")
    for number, zone in enumerate(ZONES):
        todo = icalendar.Todo()
        todo.add("uid", f"{number}@others.example")
        todo.add("summary", TITLES[number % len(TITLES)])
        todo.add("categories", ["Home", "a, b"])
        todo.add("priority", 3)
        start = datetime.datetime(2026, 1, 30, 2, 30, tzinfo=zoneinfo.ZoneInfo(zone))
        todo.add("dtstart", start)
        todo.add("due", start)
        todo.add("rrule", {"freq": "monthly", "bymonthday": 15})
        todo.add("exdate", datetime.datetime(2026, 3, 15, 2, 30, tzinfo=zoneinfo.ZoneInfo(zone)))
        alarm = icalendar.Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("trigger", datetime.timedelta(hours=-2), parameters={"RELATED": "END"})
        todo.add_component(alarm)
        calendar.add_component(todo)
    calendar.add_missing_timezones()
    return calendar.to_ical()


def check_theirs():
    person = Person()
    report = json.loads(person.send("POST", "/import", theirs(), "text/calendar"))
    assert report["format"] == "ical" and report["created"] == len(ZONES), report
    for task in person.call("GET", "/tasks")["items"]:
        assert task["due"]["date"] == "2026-01-30" and task["due"]["time"] == "02:30", task["due"]
        assert task["priority"] == "high" and "Home" in task["tags"], task
        assert task["reminders"][0]["before"] == "PT2H", task["reminders"]
        assert task["recurrence"]["rrule"] == "FREQ=MONTHLY;BYMONTHDAY=15", task["recurrence"]
        assert task["recurrence"]["exdates"] == ["2026-03-15T02:30"], task["recurrence"]
    assert {task["due"]["time_zone"] for task in person.call("GET", "/tasks")["items"]} == set(ZONES)
    again = json.loads(person.send("POST", "/import", theirs(), "text/calendar"))
    assert again["created"] == 0 and again["existing"] == len(ZONES), again


def subscribed(person, **form):
    """What a calendar reads by the address of a feed, without signing in; it is told so when nothing has changed."""
    made = person.call("POST", "/me/feeds", {"name": "Ärger, & co"} | form)
    address = BASE + urllib.parse.urlsplit(made["url"]).path
    with urllib.request.urlopen(address) as answer:
        text, tag = answer.read(), answer.headers["ETag"]
        assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8", answer.headers
    assert refusal(address, {"If-None-Match": tag}) == 304, "nothing has changed"
    person.send("DELETE", f"/me/feeds/{made['id']}")
    assert refusal(address) == 404, "it was revoked"
    return text


def refusal(address, headers={}):
    try:
        with urllib.request.urlopen(urllib.request.Request(address, headers=headers)) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code


def check_feeds(person, made):
    """The feed of everything has the dates of everything; a filter, and completed tasks, are as they were asked for."""
    for form, kind in (("events", "VEVENT"), ("todos", "VTODO")):
        calendar, _ = check_dates(person, subscribed(person, form=form), made, kind, "Europe/Berlin")
        assert {str(one["UID"]) for one in calendar.walk(kind)} == {task["id"] for task in made}
        # Names of properties that the library does not know are left as they are written.
        assert [str(calendar[name]) for name in ("NAME", "X-WR-CALNAME")] == ["Ärger\\, & co"] * 2
        assert calendar["REFRESH-INTERVAL"].dt == datetime.timedelta(hours=1)
    done = made[-1]
    person.call("POST", f"/tasks/{done['id']}/complete")
    for completed in (False, True):
        text = subscribed(person, filter='#"büro & co"', include_completed=completed)
        found = [str(one["SUMMARY"]) for one in icalendar.Calendar.from_ical(text).walk("VEVENT")]
        wanted = TITLES[:-1] + ([f"✓ {TITLES[-1]}"] if completed else [])
        assert sorted(found) == sorted(wanted), found


def main():
    person = Person()
    made = fill(person)
    text = person.send("GET", "/export?format=ical")
    calendar, todos = check_dates(person, text, made, "VTODO")
    check_words(calendar, made)
    assert len(list(vobject.readOne(text.decode()).components())) >= len(made)
    _, events = check_dates(person, person.send("GET", "/export?format=ical&as=event"), made, "VEVENT")
    check_feeds(person, made)
    check_theirs()
    print(f"Others find the same {todos} dates of {len(made)} to-dos, and {events} of them as events.")


if __name__ == "__main__":
    main()
