#!/usr/bin/env python3
"""Has caldav-server-tester look at Errand, at ERRAND_BASE_URL, and holds what it finds to what the guide says.

The tester is made for calendars of events: it prepares the one that it looks at with some, and gives up where that is
refused. So the to-dos that it would have written after them are here before it comes, and its checks are run one by
one. What asks about to-dos is found out that way; what it can only ask with an event is named in ABOUT_EVENTS.
"""

import datetime
import inspect
import logging

from caldav import Todo
from caldav.davclient import get_davclient
from caldav_server_tester import checks
from caldav_server_tester.checker import ServerQuirkChecker
from caldav_server_tester.checks_base import Check

from calendar_test import BASE, Person

UTC = datetime.timezone.utc

# What the guide says is there.
THERE = [
    "auth.www-authenticate", "auth.www-authenticate.usable-scheme", "get-current-user-principal",
    "non-existing-raises-not-found.collection", "non-existing-raises-not-found.object",
    "propfind.allprop.resourcetype", "propfind.displayname", "propfind.principal-depth-1", "save-load.todo",
    "save-load.todo.uncomplete", "search.comp-type", "search.comp-type.optional", "search.time-range.open.end",
    "search.time-range.open.start", "search.time-range.open.start.duration", "search.time-range.todo",
    "search.time-range.todo.no-dtstart", "search.time-range.todo.no-dtstart.no-due", "search.time-range.todo.old-dates",
    "search.time-range.todo.strict",
]

# What the guide says is not there, with the word of the tester for how that is said.
NOT_THERE = {
    "create-calendar": "unsupported",  # One list: MKCALENDAR is refused.
    "create-calendar.auto": "unsupported",
    "save-load.journal": "unsupported",  # To-dos only.
    "scheduling": "unsupported",
    "freebusy-query": "ungraceful",  # Refused with supported-report (RFC 3253 §3.6), which the tester calls so.
    "principal-search": "ungraceful",  # Alike: nobody finds others.
}

# Checks whose question is put with an event, which Errand refuses: what they find out is that, and nothing else. What
# they ask (tags and conflicts, synchronisation, text, rules) is asked of to-dos in caldav_test.py.
ABOUT_EVENTS = {
    "CheckAlarmSearch", "CheckAttendeePartstat", "CheckCancelledRecurrenceException", "CheckCaseSensitiveSearch",
    "CheckDuplicateEvent", "CheckDuplicateUID", "CheckEventWithoutDtend", "CheckEventWithoutSummary",
    "CheckIfMatchOptional", "CheckIsNotDefined", "CheckMutable", "CheckNoUidConflict", "CheckPutEtag",
    "CheckRecurrenceSearch", "CheckRelatedTo",
    "CheckRescheduleRecurrenceSeries", "CheckSubstringSearch", "CheckSyncToken", "CheckSyncTokenLimit",
    "CheckSynchronousWrite", "CheckTimezone", "CheckScheduleTag", "CheckScheduleTagStablePartstat",
    "CheckSchedulingInboxDelivery",
}

# It waits half a minute for a name to change, which stays (PROPPATCH is refused at once); and other checks ask for it.
SLOW = {"CheckProppatchDelay", "CheckCalendarProperties"}


def prepare(calendar, year):
    """The to-dos that the tester looks for, by the names that it gives them."""
    def at(month, day, hour):
        return datetime.datetime(year, month, day, hour, tzinfo=UTC)

    calendar.save_object(Todo, summary="task with a due date", uid="csc_simple_task2", due=datetime.date(year, 1, 8))
    calendar.save_object(Todo, summary="task with a dtstart time and due time", uid="csc_simple_task3",
                         dtstart=at(1, 9, 12), due=at(1, 9, 13))
    calendar.save_object(Todo, summary="task with dtstart and duration (no due)", uid="csc_task_with_duration",
                         dtstart=at(1, 18, 12), duration=datetime.timedelta(hours=2))
    calendar.save_object(Todo, summary="monthly recurring task", uid="csc_monthly_recurring_task",
                         rrule={"FREQ": "MONTHLY"}, dtstart=at(1, 12, 12), due=at(1, 12, 13))
    calendar.save_object(Todo, summary="old-date probe task (year 2000)", uid=checks.OLDDATE_TASK_UID,
                         dtstart=datetime.datetime(2000, 1, 9, 12, tzinfo=UTC),
                         due=datetime.datetime(2000, 1, 9, 13, tzinfo=UTC))


def run(checker):
    """Runs what asks about to-dos; an assertion of the tester within one of these is a failure of the test."""
    ran = []
    for name, check in inspect.getmembers(checks, inspect.isclass):
        if check.__module__ == checks.__name__ and issubclass(check, Check) and check is not Check:
            if name not in ABOUT_EVENTS | SLOW:
                check(checker).run_check()
                ran.append(name)
    unknown = (ABOUT_EVENTS | SLOW) - set(dir(checks))
    assert not unknown, f"the tester has no such checks any more: {unknown}"
    return ran


def main():
    logging.disable(logging.ERROR)  # It tells at length of every event that is refused.
    person = Person()
    token = person.call("POST", "/me/tokens", {"name": "tester", "scopes": ["tasks:read", "tasks:write"]})["token"]
    with get_davclient(url=f"{BASE}/dav/", username="anybody", password=token) as client:
        checker = ServerQuirkChecker(client)
        checker.expected_features.set_feature("test-calendar.compatibility-tests", {"name": "Tasks"})
        prepare(client.principal().calendar(name="Tasks"), checks._base_year())
        ran = run(checker)
        found = checker.features_checked
        for feature in THERE:
            assert found.is_supported(feature, str) == "full", (feature, found.is_supported(feature, dict))
        for feature, word in NOT_THERE.items():
            assert found.is_supported(feature, str) == word, (feature, found.is_supported(feature, dict))
        named = set(THERE) | set(NOT_THERE)
        told = found.dotted_feature_set_list()
        odd = ("fragile", "broken", "quirk")
        unnamed = {name for name, value in told.items() if value.get("support") in odd} - named
        assert not unnamed, {name: told[name] for name in unnamed}
        checker.cleanup(force=True)
    print(f"caldav-server-tester: {len(ran)} checks; {len(THERE)} features are there, {len(NOT_THERE)} not, as said.")


if __name__ == "__main__":
    main()
