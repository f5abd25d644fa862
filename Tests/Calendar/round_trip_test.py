#!/usr/bin/env python3
"""Has tasks with everything go out of Errand and come back; the server is at ERRAND_BASE_URL.

ERRAND_ROUND_TRIP tasks (1,000 unless said) of all kinds of rules, exceptions, zones, reminders and scripts:
as JSON into another account and out again, and they are the same; as iCalendar through icalendar and vobject, with
every series expanded by recurring-ical-events to the very instants that Errand foresees.
"""

import datetime
import json
import os
import time

import icalendar
import recurring_ical_events
import vobject

from calendar_test import RULES, Person, dues, moment

COUNT = int(os.environ.get("ERRAND_ROUND_TRIP", "1000"))
FROM, TO = datetime.date(2026, 1, 1), datetime.date(2028, 1, 1)
LAST = "2027-12-30"
WORDS = [
    "Pay rent, quickly; now", "Wäsche 🧺 waschen", "שלום עולם, מה נשמע", "مرحبا \u200fبالعالم", "日本語のタスク",
    "👩‍👩‍👧‍👦 family 🇺🇳", "A backslash \\ and \\n and \"quotes\"", "e\u0301 is not é", "BEGIN:VTODO",
    "a:b;c=d", "x" * 300, "ß" * 75,
]
PRIORITIES = {"urgent": 1, "high": 3, "medium": 5, "low": 9}
REMINDERS = [
    [], [{"kind": "relative", "before": "PT30M"}],
    [{"kind": "relative", "before": "P1D"}, {"kind": "relative", "before": "PT0S"}],
    [{"kind": "absolute", "at": "2026-01-29T08:00:00Z"}],
]


def form(number):
    """The task of a number: what differs goes round at lengths without a common divisor, so that all meet all."""
    kinds = list(dues())
    word, due = WORDS[number % len(WORDS)], dict(kinds[number % len(kinds)])
    start = datetime.date(2026, 1, 3) + datetime.timedelta(days=number * 7 % 238)
    due["date"] = start.isoformat()
    task = {
        "title": f"{word} {number}", "description": f"{word}\n\n- [ ] {number}\n\ta tab" if number % 3 else "",
        "tags": [["home"], ["büro & co", "a;b"], ["עברית", "🧺"], []][number % 4],
        "priority": list(PRIORITIES)[number % 4], "due": due, "reminders": REMINDERS[number % 7 % 4],
    }
    if number % 5 < 3:
        rule = RULES[number // 2 % len(RULES)]
        if "UNTIL" in rule and due["kind"] != "date":
            rule += "T235959" if due["kind"] == "floating" else "T235959Z"
        task["recurrence"] = {"rrule": rule}
        if number % 2:
            days = [start + datetime.timedelta(days=more) for more in (1, 7, 14, 28)]
            task["recurrence"]["exdates"] = [day.isoformat() for day in days]
    return task


def fill(person):
    made = []
    for first in range(0, COUNT, 100):
        forms = [form(number) for number in range(first, min(first + 100, COUNT))]
        commands = [{"id": str(place), "op": "create", "args": one} for place, one in enumerate(forms)]
        for result, one in zip(person.call("POST", "/tasks/batch", {"commands": commands})["results"], forms):
            assert result["status"] in (200, 201), (result, one)
            made.append(result["task"])
    # Some are done, one after the other where they come again.
    for task in made[::25]:
        if not task["recurrence"]:
            person.call("POST", f"/tasks/{task['id']}/complete")
    return made


def through_json(person):
    """What another account makes of the file is what the first one had."""
    first = person.send("GET", "/export")
    other = Person()
    for start in range(10):
        report = json.loads(other.send("POST", "/import", first))
        if report["created"] == 0:
            break
        assert report["created"] + report["existing"] == COUNT and report["left_out"] == 0, report["notes"][:5]
    again = json.loads(other.send("GET", "/export"))
    own = {"version", "number", "space_id", "user_id"}

    def known(export):
        for one in export["tasks"]:
            # Of a reminder only what it says: it is another one in another account.
            for reminder in one["reminders"]:
                del reminder["id"]
        return {one["id"]: {key: value for key, value in one.items() if key not in own} for one in export["tasks"]}

    wanted, found = known(json.loads(first)), known(again)
    assert wanted.keys() == found.keys()
    for name, task in wanted.items():
        assert task == found[name], (task, found[name])


def words(calendar, made):
    by_id = {str(one["UID"]): one for one in calendar.walk("VTODO")}
    assert by_id.keys() == {task["id"] for task in made}
    for task in made:
        one = by_id[task["id"]]
        assert str(one["SUMMARY"]) == task["title"], (str(one["SUMMARY"]), task["title"])
        assert str(one.get("DESCRIPTION", "")) == task["description"], task["title"]
        categories = [str(name) for name in one["CATEGORIES"].cats] if "CATEGORIES" in one else []
        assert categories == task["tags"], (categories, task["tags"])
        assert one["PRIORITY"] == PRIORITIES[task["priority"]], task["title"]
        assert len(one.walk("VALARM")) == len(task["reminders"]), task["title"]
    return by_id


def words_of_vobject(text, made):
    by_id = {one.uid.value: one for one in vobject.readOne(text.decode()).vtodo_list}
    for task in made:
        one = by_id[task["id"]]
        assert one.summary.value == task["title"], (one.summary.value, task["title"])
        assert (one.description.value if "description" in one.contents else "") == task["description"], task["title"]


def foreseen(person, task):
    path = f"/tasks/{task['id']}/occurrences?from={FROM}&to={TO}&limit=500"
    due, found = task["due"]["kind"], person.call("GET", path)["items"]
    if due == "zoned":
        return [one["due_date"] for one in found]
    return [one["due"]["date"] + (f"T{one['due']['time']}" if due == "floating" else "") for one in found]


def instants(person, text, made):
    """Every series, in calendars of a hundred, since the library goes through all of one for each."""
    calendar = icalendar.Calendar.from_ical(text)
    by_id, zones = words(calendar, made), calendar.walk("VTIMEZONE")
    series, count = [task for task in made if task["recurrence"]], 0
    for first in range(0, len(series), 100):
        some, part = series[first:first + 100], icalendar.Calendar()
        for component in zones + [by_id[task["id"]] for task in some]:
            part.add_component(component)
        found = {}
        for one in recurring_ical_events.of(part, components=["VTODO"]).between(FROM, TO):
            found.setdefault(str(one["UID"]), []).append(moment(one["DUE"].dt))
        for task in some:
            wanted, expanded = foreseen(person, task), sorted(found.get(task["id"], []))
            # They end the last day at other hours, and Errand after 500 dates.
            last = wanted[-1] if len(wanted) == 500 else LAST
            wanted, expanded = ([one for one in all if one <= last] for all in (wanted, expanded))
            assert expanded == wanted, (task["title"], task["due"], task["recurrence"], expanded[:6], wanted[:6])
            count += len(wanted)
    return len(series), count


def main():
    clock, person = time.monotonic(), Person()
    made = fill(person)
    through_json(person)
    text = person.send("GET", "/export?format=ical")
    words_of_vobject(text, made)
    series, count = instants(person, text, made)
    assert series > COUNT // 2 and count > COUNT * 10, (series, count)
    seconds = time.monotonic() - clock
    print(f"{COUNT} tasks came through JSON and {len(text) // 1024} KiB of iCalendar; {series} series have the same "
          f"{count} dates in both ({seconds:.0f} s).")


if __name__ == "__main__":
    main()
