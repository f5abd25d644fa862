#!/usr/bin/env python3
"""Lets a CalDAV client of others use Errand; the server is at ERRAND_BASE_URL.

It finds its way, writes and reads in both directions, is told of conflicts, synchronises, and completes what comes again.
"""

import datetime
import time

import caldav
import icalendar
from caldav.lib import error

from calendar_test import BASE, Person

UTC = datetime.timezone.utc


def connect(person):
    token = person.call("POST", "/me/tokens", {"name": "calendar", "scopes": ["tasks:read", "tasks:write"]})["token"]
    client = caldav.DAVClient(url=f"{BASE}/.well-known/caldav", username="anybody", password=token)
    return client.principal().calendars()


def tasks(person, query=""):
    return person.call("GET", f"/tasks?limit=200{query}")["items"]


def titles(todos):
    return sorted(str(one.icalendar_component["SUMMARY"]) for one in todos)


def both_directions(person, calendar):
    made = calendar.save_todo(
        summary="Wäsche 🧺 waschen", due=datetime.datetime(2026, 12, 1, 9, tzinfo=UTC), priority=1, categories=["home", "week"],
    )
    task = tasks(person)[0]
    assert (task["title"], task["priority"], task["tags"]) == ("Wäsche 🧺 waschen", "urgent", ["home", "week"]), task
    assert task["due_date"] == "2026-12-01T09:00:00Z", task
    person.call("PATCH", f"/tasks/{task['id']}", {"title": "Bügeln", "priority": "low"})
    person.call("POST", "/tasks", {"title": "From Errand", "due_date": "2026-12-03", "reminders": [{"before": "PT1H"}]})
    assert titles(calendar.todos()) == ["Bügeln", "From Errand"]
    made.load()
    assert made.icalendar_component["PRIORITY"] == 9, made.data
    with made.edit_icalendar_component() as todo:
        todo["SUMMARY"] = "Bügeln, leise"
        todo.add("X-OWN", "kept")
        todo.add("LOCATION", "Attic")
    made.save()
    person.call("PATCH", f"/tasks/{task['id']}", {"description": "Not the shirts."})
    made.load()
    todo = made.icalendar_component
    assert (todo["SUMMARY"], todo["X-OWN"], todo["LOCATION"]) == ("Bügeln, leise", "kept", "Attic"), made.data
    assert todo["DESCRIPTION"] == "Not the shirts.", made.data
    assert tasks(person, "&search=leise")[0]["description"] == "Not the shirts.", "what is kept elsewhere is not in it"
    return made


def conflicts(person, calendar, made):
    task = tasks(person, "&search=leise")[0]
    person.call("PATCH", f"/tasks/{task['id']}", {"title": "Somebody else was faster"})
    stale = made.data.replace("Bügeln", "Too late")
    answer = made.client.put(str(made.url), stale, {"Content-Type": "text/calendar", "If-Match": made.props["{DAV:}getetag"]}
                             if "{DAV:}getetag" in made.props else {"Content-Type": "text/calendar", "If-Match": '"0.0"'})
    assert answer.status == 412, answer.status
    assert tasks(person, "&search=faster"), "the change of somebody else stays"
    made.load()
    assert made.icalendar_component["SUMMARY"] == "Somebody else was faster"


def synchronises(person, calendar):
    known = calendar.get_objects_by_sync_token(load_objects=True)
    before = len(list(known))
    new = person.call("POST", "/tasks", {"title": "New"})
    gone = person.call("POST", "/tasks", {"title": "Gone"})
    known.sync()
    assert len(list(known)) == before + 2
    person.call("DELETE", f"/tasks/{gone['id']}")
    person.call("PATCH", f"/tasks/{new['id']}", {"title": "Newer"})
    updated, deleted = known.sync()
    assert (titles(updated), len(deleted)) == (["Newer"], 1), (updated, deleted)
    assert known.sync() == ([], [])
    # One that was deleted by the client lies in the trash here.
    next(one for one in calendar.todos() if one.icalendar_component["SUMMARY"] == "Newer").delete()
    assert person.call("GET", "/tasks?trash=true")["items"][0]["title"] in ("Newer", "Gone")


def searches(person, calendar):
    person.call("POST", "/tasks", {"title": "Soon", "due_date": "2027-02-01"})
    person.call("POST", "/tasks", {"title": "Later", "due_date": "2027-05-01"})
    found = calendar.search(
        todo=True, start=datetime.datetime(2027, 1, 15, tzinfo=UTC), end=datetime.datetime(2027, 2, 15, tzinfo=UTC),
    )
    assert titles(found) == ["Soon"], titles(found)
    found = calendar.search(todo=True, summary="Late")
    assert titles(found) == ["Later"], titles(found)


def recurs(person, calendar):
    def current(title):
        return [one for one in calendar.todos() if one.icalendar_component["SUMMARY"] == title]

    calendar.save_todo(summary="Water plants", dtstart=datetime.date(2027, 1, 4), due=datetime.date(2027, 1, 4),
                       rrule={"FREQ": "WEEKLY"})
    person.call("POST", "/tasks", {"title": "Stretch", "due_date": "2027-01-05", "recurring": "daily"})
    for title, following in (("Water plants", "2027-01-11"), ("Stretch", "2027-01-06")):
        (one,) = current(title)
        one.complete()
        for _ in range(100):
            dues = [now.icalendar_component["DUE"].dt.isoformat() for now in current(title)]
            if dues:
                break
            time.sleep(0.05)
        assert dues == [following], (title, dues)
    # What most programs do by themselves: they keep a copy that is done, and go on with the one that comes again.
    (one,) = current("Stretch")
    done = len([task for task in tasks(person) if task["title"] == "Stretch" and task["completed"]])
    one.complete(handle_rrule=True, rrule_mode="safe")
    (after,) = current("Stretch")
    assert after.icalendar_component["RRULE"]["FREQ"] == ["DAILY"], after.data
    both = [task for task in tasks(person) if task["title"] == "Stretch"]
    assert len([task for task in both if task["completed"]]) == done + 1, both
    (task,) = [task for task in both if not task["completed"]]
    # This one counts from now.
    due = after.icalendar_component["DUE"].dt
    assert task["due_date"] == due.strftime("%Y-%m-%dT%H:%M:%SZ"), (task, due)
    assert task["recurrence"]["rrule"] == "FREQ=DAILY" and task["occurrence"]["date"] == task["due"]["date"], task


def expands(person, calendar):
    person.call("POST", "/tasks", {"title": "Breathe", "due_date": "2028-02-20T09:00:00Z", "recurring": "daily"})
    found = calendar.search(
        # The client asks for a day more at both ends.
        todo=True, start=datetime.datetime(2028, 2, 29, tzinfo=UTC), end=datetime.datetime(2028, 3, 1, tzinfo=UTC),
        server_expand=True, summary="Breathe",
    )
    todos = [one.icalendar_component for one in found]
    dues = sorted(todo["DUE"].dt.astimezone(UTC).strftime("%m-%d %H:%M") for todo in todos)
    assert dues == ["02-28 09:00", "02-29 09:00", "03-01 09:00"], [one.data for one in found]
    assert all("RRULE" not in todo and "RECURRENCE-ID" in todo for todo in todos), [one.data for one in found]


def refuses(calendar):
    for bad in ("BEGIN:VCALENDAR\nEND:VCALENDAR", "nonsense"):
        try:
            calendar.client.put(f"{calendar.url}bad.ics", bad, {"Content-Type": "text/calendar"})
            raise AssertionError("what is no calendar was taken")
        except error.AuthorizationError as refusal:
            assert refusal.reason == "Forbidden", refusal
    wrong = caldav.DAVClient(url=f"{BASE}/dav/", username="a", password="wrong")
    try:
        wrong.principal()
        raise AssertionError("a wrong password came in")
    except error.AuthorizationError:
        pass


def main():
    person = Person()
    (calendar,) = connect(person)
    assert calendar.get_supported_components() == ["VTODO"]
    made = both_directions(person, calendar)
    conflicts(person, calendar, made)
    synchronises(person, calendar)
    searches(person, calendar)
    recurs(person, calendar)
    expands(person, calendar)
    refuses(calendar)
    for one in calendar.todos(include_completed=True):
        icalendar.Calendar.from_ical(one.data)
    print(f"caldav {caldav.__version__}: found its way, wrote, read, synchronised, completed what comes again.")


if __name__ == "__main__":
    main()
