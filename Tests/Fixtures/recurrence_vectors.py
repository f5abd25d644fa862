#!/usr/bin/env python3
"""Writes Tests/Fixtures/recurrence-vectors.json: what recurrence rules mean according to python-dateutil.

    Tests/Fixtures/recurrence_vectors.py [--random N] [--seed N] [--output FILE]

python-dateutil computes the dates on the wall clock, Python's zoneinfo puts them on the time line; neither
shares code with Errand. Needs python-dateutil (pip install python-dateutil). The first group are the examples
of RFC 5545 section 3.8.5.3 with the dates that the RFC itself prints: the script stops when python-dateutil
does not give them. Rules on which python-dateutil departs from the RFC are left out of the random ones;
docs/recurrence.md lists them with the reason.
"""
import argparse
import datetime as dt
import json
import pathlib
import random
import zoneinfo

from dateutil import rrule

LIMIT = 24
HORIZON = dt.datetime(2999, 12, 31, 23, 59, 59)
NEW_YORK = "America/New_York"


def compact(text):
    return dt.datetime.strptime(text, "%Y%m%dT%H%M%S")


def occurrences(vector, patience):
    """The first occurrences in wall-clock order, dates left out, without those that fall on one instant."""
    start = dt.datetime.fromisoformat(vector["start"])
    dates = rrule.rruleset()
    if vector.get("rrule"):
        text = vector["rrule"]
        dates.rrule(rrule.rrulestr(text, dtstart=start))
    for text in vector.get("rdates", []):
        dates.rdate(dt.datetime.fromisoformat(text))
    for text in vector.get("exdates", []):
        dates.exdate(dt.datetime.fromisoformat(text))
    zone = zoneinfo.ZoneInfo(vector["zone"])
    found = {}
    horizon = min(HORIZON, start + dt.timedelta(days=366 * patience))
    # More than asked for: dates that a gap moves may be overtaken at the edge.
    for index, local in enumerate(dates):
        if index == LIMIT + 60:
            break
        if local > horizon:
            if index < LIMIT:
                raise TimeoutError
            break
        instant = local.replace(tzinfo=zone).astimezone(dt.timezone.utc)
        is_own = instant.astimezone(zone).replace(tzinfo=None) == local
        if instant not in found or is_own:
            found[instant] = local
    ordered = sorted(found.items())[:LIMIT]
    return [[local.isoformat(), instant.strftime("%Y-%m-%dT%H:%M:%SZ")] for instant, local in ordered]


def vector(group, start, rule, zone="UTC", patience=1200, **more):
    made = {"group": group, "start": start, "zone": zone, "rrule": rule, **more}
    made["occurrences"] = occurrences(made, patience)
    return made


def days(text, time="09:00:00"):
    """'1997-09: 2 9 16; 1997-10: 7' as local date-times."""
    found = []
    for month in text.split(";"):
        name, numbers = month.split(":")
        found += [f"{name.strip()}-{int(day):02}T{time}" for day in numbers.split()]
    return found


# RFC 5545 section 3.8.5.3: start, rule, the dates as printed there, whether they are all of them.
RFC = [
    ("1997-09-02", "FREQ=DAILY;COUNT=10", "1997-09: 2 3 4 5 6 7 8 9 10 11", True),
    ("1997-09-02", "FREQ=DAILY;INTERVAL=2", "1997-09: 2 4 6 8 10 12 14 16 18 20 22 24 26 28 30; 1997-10: 2 4", False),
    ("1997-09-02", "FREQ=DAILY;INTERVAL=10;COUNT=5", "1997-09: 2 12 22; 1997-10: 2 12", True),
    ("1997-09-02", "FREQ=WEEKLY;COUNT=10", "1997-09: 2 9 16 23 30; 1997-10: 7 14 21 28; 1997-11: 4", True),
    ("1997-09-02", "FREQ=WEEKLY;INTERVAL=2;WKST=SU",
     "1997-09: 2 16 30; 1997-10: 14 28; 1997-11: 11 25; 1997-12: 9 23; 1998-01: 6 20; 1998-02: 3 17", False),
    ("1997-09-02", "FREQ=WEEKLY;COUNT=10;WKST=SU;BYDAY=TU,TH", "1997-09: 2 4 9 11 16 18 23 25 30; 1997-10: 2", True),
    ("1997-09-02", "FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH",
     "1997-09: 2 4 16 18 30; 1997-10: 2 14 16", True),
    ("1997-09-05", "FREQ=MONTHLY;COUNT=10;BYDAY=1FR",
     "1997-09: 5; 1997-10: 3; 1997-11: 7; 1997-12: 5; 1998-01: 2; 1998-02: 6; 1998-03: 6; 1998-04: 3; 1998-05: 1;"
     "1998-06: 5", True),
    ("1997-09-07", "FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=1SU,-1SU",
     "1997-09: 7 28; 1997-11: 2 30; 1998-01: 4 25; 1998-03: 1 29; 1998-05: 3 31", True),
    ("1997-09-22", "FREQ=MONTHLY;COUNT=6;BYDAY=-2MO",
     "1997-09: 22; 1997-10: 20; 1997-11: 17; 1997-12: 22; 1998-01: 19; 1998-02: 16", True),
    ("1997-09-28", "FREQ=MONTHLY;BYMONTHDAY=-3",
     "1997-09: 28; 1997-10: 29; 1997-11: 28; 1997-12: 29; 1998-01: 29; 1998-02: 26", False),
    ("1997-09-02", "FREQ=MONTHLY;COUNT=10;BYMONTHDAY=2,15",
     "1997-09: 2 15; 1997-10: 2 15; 1997-11: 2 15; 1997-12: 2 15; 1998-01: 2 15", True),
    ("1997-09-30", "FREQ=MONTHLY;COUNT=10;BYMONTHDAY=1,-1",
     "1997-09: 30; 1997-10: 1 31; 1997-11: 1 30; 1997-12: 1 31; 1998-01: 1 31; 1998-02: 1", True),
    ("1997-09-10", "FREQ=MONTHLY;INTERVAL=18;COUNT=10;BYMONTHDAY=10,11,12,13,14,15",
     "1997-09: 10 11 12 13 14 15; 1999-03: 10 11 12 13", True),
    ("1997-09-02", "FREQ=MONTHLY;INTERVAL=2;BYDAY=TU",
     "1997-09: 2 9 16 23 30; 1997-11: 4 11 18 25; 1998-01: 6 13 20 27; 1998-03: 3 10 17 24 31", False),
    ("1997-06-10", "FREQ=YEARLY;COUNT=10;BYMONTH=6,7",
     "1997-06: 10; 1997-07: 10; 1998-06: 10; 1998-07: 10; 1999-06: 10; 1999-07: 10; 2000-06: 10; 2000-07: 10;"
     "2001-06: 10; 2001-07: 10", True),
    ("1997-03-10", "FREQ=YEARLY;INTERVAL=2;COUNT=10;BYMONTH=1,2,3",
     "1997-03: 10; 1999-01: 10; 1999-02: 10; 1999-03: 10; 2001-01: 10; 2001-02: 10; 2001-03: 10; 2003-01: 10;"
     "2003-02: 10; 2003-03: 10", True),
    ("1997-01-01", "FREQ=YEARLY;INTERVAL=3;COUNT=10;BYYEARDAY=1,100,200",
     "1997-01: 1; 1997-04: 10; 1997-07: 19; 2000-01: 1; 2000-04: 9; 2000-07: 18; 2003-01: 1; 2003-04: 10;"
     "2003-07: 19; 2006-01: 1", True),
    ("1997-05-19", "FREQ=YEARLY;BYDAY=20MO", "1997-05: 19; 1998-05: 18; 1999-05: 17", False),
    ("1997-05-12", "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO", "1997-05: 12; 1998-05: 11; 1999-05: 17", False),
    ("1997-03-13", "FREQ=YEARLY;BYMONTH=3;BYDAY=TH",
     "1997-03: 13 20 27; 1998-03: 5 12 19 26; 1999-03: 4 11 18 25", False),
    ("1997-06-05", "FREQ=YEARLY;BYDAY=TH;BYMONTH=6,7,8",
     "1997-06: 5 12 19 26; 1997-07: 3 10 17 24 31; 1997-08: 7 14 21 28; 1998-06: 4 11 18 25", False),
    ("1997-09-02", "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13",
     "1998-02: 13; 1998-03: 13; 1998-11: 13; 1999-08: 13; 2000-10: 13", False),
    ("1997-09-13", "FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13",
     "1997-09: 13; 1997-10: 11; 1997-11: 8; 1997-12: 13; 1998-01: 10; 1998-02: 7; 1998-03: 7; 1998-04: 11;"
     "1998-05: 9; 1998-06: 13", False),
    ("1996-11-05", "FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8",
     "1996-11: 5; 2000-11: 7; 2004-11: 2", False),
    ("1997-09-04", "FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3", "1997-09: 4; 1997-10: 7; 1997-11: 6", True),
    ("1997-09-29", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2",
     "1997-09: 29; 1997-10: 30; 1997-11: 27; 1997-12: 30; 1998-01: 29; 1998-02: 26; 1998-03: 30", False),
    ("1997-08-05", "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO", "1997-08: 5 10 19 24", True),
    ("1997-08-05", "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU", "1997-08: 5 17 19 31", True),
    ("2007-01-15", "FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5", "2007-01: 15 30; 2007-02: 15; 2007-03: 15 30", True),
]


def rfc_vectors():
    for start, rule, printed, is_all in RFC:
        made = vector("RFC 5545 3.8.5.3", start + "T09:00:00", rule, NEW_YORK)
        locals_ = [local for local, _ in made["occurrences"]]
        expected = days(printed)
        assert (locals_ if is_all else locals_[: len(expected)]) == expected, (rule, locals_, expected)
        yield made
    until = vector("RFC 5545 3.8.5.3", "1997-09-02T09:00:00", "FREQ=HOURLY;INTERVAL=3;UNTIL=19970902T150000", NEW_YORK)
    assert [local[11:13] for local, _ in until["occurrences"]] == ["09", "12", "15"]
    yield until
    yield vector("RFC 5545 3.8.5.3", "1997-09-02T09:00:00", "FREQ=WEEKLY;UNTIL=19971007T000000;WKST=SU;BYDAY=TU,TH", NEW_YORK)
    yield vector(
        "RFC 5545 3.8.5.3", "1997-09-02T09:00:00", "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", NEW_YORK,
        exdates=["1997-09-02T09:00:00"])
    yield vector(
        "RFC 5545 3.8.5.3", "1997-09-02T09:00:00",
        "FREQ=DAILY;BYHOUR=9,10,11,12,13,14,15,16;BYMINUTE=0,20,40", NEW_YORK)


GAPS = [  # zone, a day whose clocks go forward, a time that is skipped; a day they go back, a time shown twice
    ("Europe/Paris", "2026-03-29", "02:30", "2026-10-25", "02:30"),
    ("Europe/London", "2026-03-29", "01:30", "2026-10-25", "01:15"),
    ("America/New_York", "2026-03-08", "02:30", "2026-11-01", "01:30"),
    ("America/St_Johns", "2026-03-08", "02:15", "2026-11-01", "01:45"),
    ("America/Santiago", "2026-09-06", "00:30", "2026-04-04", "23:30"),
    ("America/Havana", "2026-03-08", "00:15", "2026-11-01", "00:45"),
    ("Australia/Lord_Howe", "2026-10-04", "02:15", "2026-04-05", "01:45"),
    ("Australia/Sydney", "2026-10-04", "02:30", "2026-04-05", "02:30"),
    ("Pacific/Auckland", "2026-09-27", "02:30", "2026-04-05", "02:30"),
    ("Africa/Cairo", "2026-04-24", "00:30", "2026-10-29", "23:30"),
]


def clock_vectors():
    for zone, spring, skipped, autumn, twice in GAPS:
        for day, time in ((spring, skipped), (autumn, twice)):
            start = dt.date.fromisoformat(day) - dt.timedelta(days=3)
            for rule in ("FREQ=DAILY", "FREQ=HOURLY", "FREQ=HOURLY;INTERVAL=5", "FREQ=WEEKLY;BYDAY=SA,SU",
                         "FREQ=DAILY;BYHOUR=0,1,2,3;BYMINUTE=0,15,30,45", "FREQ=YEARLY", "FREQ=MONTHLY;BYMONTHDAY=-3,-1"):
                yield vector("DST", f"{start}T{time}:00", rule, zone)
            yield vector("DST", f"{day}T{time}:00", "FREQ=YEARLY;COUNT=12", zone)
    for zone, day in (("Pacific/Apia", "2011-12-26"), ("Pacific/Fakaofo", "2011-12-26"),
                      ("Pacific/Kiritimati", "1994-12-28"), ("Pacific/Enderbury", "1994-12-28")):
        for time in ("00:00", "09:00", "23:30"):
            for rule in ("FREQ=DAILY", "FREQ=DAILY;INTERVAL=2", "FREQ=WEEKLY;BYDAY=FR", "FREQ=WEEKLY;BYDAY=SA",
                         "FREQ=HOURLY;INTERVAL=7", "FREQ=MONTHLY;BYMONTHDAY=30,31", "FREQ=DAILY;COUNT=8"):
                yield vector("skipped day", f"{day}T{time}:00", rule, zone)


def calendar_vectors():
    for start in ("2024-02-29", "2023-12-31", "2026-01-29", "2026-01-30", "2026-01-31", "1896-02-29"):
        for rule in ("FREQ=YEARLY", "FREQ=MONTHLY", "FREQ=MONTHLY;BYMONTHDAY=31", "FREQ=MONTHLY;BYMONTHDAY=-1",
                     "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1",
                     "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1", "FREQ=YEARLY;BYYEARDAY=366",
                     "FREQ=YEARLY;BYYEARDAY=-1,-366,60", "FREQ=MONTHLY;INTERVAL=5;BYMONTHDAY=30",
                     "FREQ=YEARLY;INTERVAL=4", "FREQ=MONTHLY;BYMONTHDAY=-31"):
            yield vector("month ends", f"{start}T18:00:00", rule)
    for wkst in ("MO", "SU", "SA", "WE"):
        for rule in ("FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,MO", "FREQ=WEEKLY;INTERVAL=3;BYDAY=MO,WE,SA",
                     "FREQ=YEARLY;BYWEEKNO=1,51;BYDAY=MO,SU", "FREQ=YEARLY;BYWEEKNO=-1;BYDAY=TU,SA",
                     "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO,TU", "FREQ=YEARLY;INTERVAL=2;BYWEEKNO=-50;BYDAY=FR"):
            for start in ("2026-01-01", "2023-01-01", "2024-12-30"):
                yield vector("WKST", f"{start}T08:00:00", f"{rule};WKST={wkst}")
    for rule in ("FREQ=MONTHLY;BYDAY=5MO", "FREQ=MONTHLY;BYDAY=-5FR", "FREQ=MONTHLY;BYDAY=1MO,-1MO",
                 "FREQ=YEARLY;BYDAY=1MO", "FREQ=YEARLY;BYDAY=-1SU", "FREQ=YEARLY;BYDAY=53TH", "FREQ=YEARLY;BYDAY=-53FR",
                 "FREQ=YEARLY;BYMONTH=3,10;BYDAY=-1SU", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
                 "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1", "FREQ=MONTHLY;BYDAY=2TU;BYMONTH=11",
                 "FREQ=YEARLY;BYMONTH=11;BYDAY=4TH", "FREQ=MONTHLY;BYDAY=MO;BYMONTHDAY=1,2,3,4,5,6,7",
                 "FREQ=YEARLY;BYMONTHDAY=13;BYDAY=FR", "FREQ=DAILY;BYMONTHDAY=13;BYDAY=FR", "FREQ=DAILY;BYMONTH=2",
                 "FREQ=DAILY;INTERVAL=7;BYMONTH=1,6", "FREQ=WEEKLY;BYMONTH=4;BYDAY=MO,FR", "FREQ=HOURLY;BYHOUR=22,23,0;BYDAY=SU",
                 "FREQ=HOURLY;INTERVAL=36;BYMONTH=5", "FREQ=DAILY;BYHOUR=6,18;BYMINUTE=0,30;BYSETPOS=2,-1",
                 "FREQ=HOURLY;BYMINUTE=5,50;BYSECOND=0,30;BYSETPOS=-1", "FREQ=YEARLY;BYYEARDAY=1,100,-1;BYDAY=MO,TU,WE",
                 "FREQ=YEARLY;BYMONTH=1;BYDAY=MO;BYHOUR=7,19;BYSETPOS=3,-2"):
        for start in ("2026-01-01T10:00:00", "2027-07-31T23:59:59"):
            yield vector("ordinals and positions", start, rule, "Europe/Berlin")
    for count in (1, 5, 12):
        yield vector("COUNT with skips", "2026-01-31T09:00:00", f"FREQ=MONTHLY;COUNT={count}", "Asia/Tokyo")
        yield vector(
            "COUNT with skips", "2026-01-05T09:00:00", f"FREQ=DAILY;COUNT={count}", "Asia/Kolkata",
            exdates=["2026-01-05T09:00:00", "2026-01-08T09:00:00"])
        yield vector(
            "COUNT with skips", "2026-01-05T09:00:00", f"FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;COUNT={count}",
            "America/Los_Angeles", rdates=["2026-01-10T11:00:00", "2026-01-06T09:00:00"],
            exdates=["2026-01-07T09:00:00"])
    yield vector("added dates", "2026-03-01T02:30:00", None, "Europe/Paris",
                 rdates=["2026-03-29T02:30:00", "2026-03-29T03:15:00", "2026-03-29T03:30:00", "2026-03-28T02:30:00"])


def week_vectors():
    """Weeks 52 and 53 by Python's own ISO calendar: python-dateutil misses some at the beginning of a year."""
    for start in ("2020-01-01", "2026-06-01", "1999-12-31"):
        for numbers in ((52,), (53,), (1, 53)):
            for weekday, name in ((1, "MO"), (5, "FR"), (7, "SU")):
                first = dt.date.fromisoformat(start)
                every = (first + dt.timedelta(days=day) for day in range(366 * 200))
                found = [day for day in every if day.isocalendar()[1] in numbers and day.isoweekday() == weekday]
                rule = f"FREQ=YEARLY;BYWEEKNO={','.join(map(str, numbers))};BYDAY={name}"
                yield {"group": "ISO weeks", "start": f"{start}T09:00:00", "zone": "UTC", "rrule": rule,
                       "occurrences": [[f"{day}T09:00:00", f"{day}T09:00:00Z"] for day in found[:LIMIT]]}


def sample(random_, low, high, count, signed=False):
    values = {random_.randint(low, high) * (random_.choice((1, -1)) if signed else 1) for _ in range(count)}
    return ",".join(map(str, sorted(values)))


def random_rule(random_):
    frequency = random_.choice(("HOURLY", "DAILY", "WEEKLY", "MONTHLY", "MONTHLY", "YEARLY", "YEARLY"))
    parts = [f"FREQ={frequency}", f"INTERVAL={random_.choice((1, 1, 1, 2, 3, 4, 5, 7, 12, 13))}"]
    names = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
    weekdays = random_.sample(names, random_.randint(1, 5))
    uses_weeks = frequency == "YEARLY" and random_.random() < 0.2
    if random_.random() < 0.25:
        parts.append("BYMONTH=" + sample(random_, 1, 12, random_.randint(1, 4)))
    if uses_weeks:
        parts.append("BYWEEKNO=" + sample(random_, 1, 51, 3, signed=True))
        parts.append("BYDAY=" + ",".join(weekdays))
    elif random_.random() < 0.5:
        if frequency in ("MONTHLY", "YEARLY") and random_.random() < 0.5:
            top = 53 if frequency == "YEARLY" else 5
            weekdays = [f"{random_.choice((1, -1)) * random_.randint(1, random_.choice((5, top)))}{day}" for day in weekdays]
        parts.append("BYDAY=" + ",".join(weekdays))
    if frequency in ("MONTHLY", "YEARLY", "DAILY", "HOURLY") and random_.random() < 0.3:
        parts.append("BYMONTHDAY=" + sample(random_, 1, 31, random_.randint(1, 12), signed=True))
    if frequency in ("YEARLY", "HOURLY") and random_.random() < 0.15:
        parts.append("BYYEARDAY=" + sample(random_, 1, 366, random_.randint(1, 40), signed=True))
    if random_.random() < 0.2:
        parts.append("BYHOUR=" + sample(random_, 0, 23, 3))
    if random_.random() < 0.2:
        parts.append("BYMINUTE=" + sample(random_, 0, 59, 3))
    if random_.random() < 0.1:
        parts.append("BYSECOND=" + sample(random_, 0, 59, 2))
    # python-dateutil takes the first week from the start on instead of whole.
    if len(parts) > 2 and frequency != "WEEKLY" and random_.random() < 0.25:
        parts.append("BYSETPOS=" + sample(random_, 1, 6, 2, signed=True))
    if random_.random() < 0.3:
        parts.append("WKST=" + random_.choice(names))
    if random_.random() < 0.3:
        parts.append(f"COUNT={random_.randint(1, 30)}")
    elif random_.random() < 0.2:
        parts.append(f"UNTIL={random_.randint(2027, 2040)}{random_.randint(1, 12):02}{random_.randint(1, 28):02}T120000")
    return ";".join(parts)


ZONES = ["UTC", "Europe/Paris", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "Asia/Kathmandu",
         "America/Santiago", "Africa/Casablanca", "Asia/Tokyo", "America/St_Johns", "Pacific/Chatham", "Asia/Tehran"]


def random_vectors(count, seed):
    random_ = random.Random(seed)
    made = 0
    while made < count:
        start = dt.datetime(random_.randint(1990, 2040), random_.randint(1, 12), random_.randint(1, 28),
                            random_.randint(0, 23), random_.choice((0, 15, 30, 59)))
        rule = random_rule(random_)
        if "FREQ=HOURLY" in rule and any(part in rule for part in ("BYMONTHDAY", "BYYEARDAY")):
            if random_.random() < 0.8:
                continue
        try:
            if never_fires_soon(rule, start):
                continue
            found = vector("random", start.isoformat(), rule, random_.choice(ZONES), patience=60)
        except TimeoutError:
            # So rare that python-dateutil would look for minutes.
            continue
        except (IndexError, ValueError):
            # python-dateutil fails on ordinals past the end of a year and on hours that an interval never meets.
            continue
        yield found
        made += 1


def never_fires_soon(rule, start):
    """Whether nothing happens within some 40 years: python-dateutil would look for it until the year 9999."""
    limited = rule if "UNTIL" in rule else rule.replace(";COUNT=", ";X-COUNT=")
    parts = [part for part in limited.split(";") if not part.startswith("X-")]
    if "UNTIL" not in limited:
        parts.append(f"UNTIL={start.year + 40}1231T000000")
    return next(iter(rrule.rrulestr(";".join(parts), dtstart=start)), None) is None


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--random", type=int, default=300)
    parser.add_argument("--seed", type=int, default=5545)
    folder = pathlib.Path(__file__).resolve().parent
    parser.add_argument("--output", type=pathlib.Path, default=folder / "recurrence-vectors.json")
    options = parser.parse_args()
    vectors = [*rfc_vectors(), *clock_vectors(), *calendar_vectors(), *week_vectors(),
               *random_vectors(options.random, options.seed)]
    options.output.parent.mkdir(parents=True, exist_ok=True)
    lines = ",\n".join(json.dumps(made, separators=(",", ":")) for made in vectors)
    options.output.write_text(f"[\n{lines}\n]\n")
    print(f"{len(vectors)} vectors written to {options.output}")


main()
