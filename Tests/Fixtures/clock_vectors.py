#!/usr/bin/env python3
"""Writes Tests/Fixtures/clock-vectors.tsv: what series and reminders mean around changes of the clocks.

    Tests/Fixtures/clock_vectors.py [--count N] [--seed N] [--output FILE]

python-dateutil computes the dates on the wall clock, Python's zoneinfo puts them on the time line; neither shares
code with Errand. Needs python-dateutil (pip install python-dateutil). A line is, separated by tabs:

    zone, kind of due (date, floating, zoned), start on the wall, rule, reminder, occurrences, reminders

The rule is an RRULE with what it means in words in front of it: `rule` as RFC 5545 says, `words` where months and
years end at their last day and come back, `after N` counted from completions that come N days after each due date.
The reminder is an ISO 8601 duration, or a time of day with the days before. Occurrences and reminders are seconds
since 1970. Lines that begin with `today` are: zone, end of the day, an instant in seconds, the date called today.
"""
import argparse
import calendar
import datetime as dt
import pathlib
import random
import re
import zoneinfo

from dateutil import relativedelta, rrule

UTC = dt.timezone.utc
EPOCH = dt.datetime(1970, 1, 1)
SHOWN = 3
ALL_DAY = dt.time(9)
ZONES = [
    "Europe/Berlin", "Europe/Berlin", "Europe/London", "America/New_York", "America/Los_Angeles", "America/St_Johns",
    "America/Sao_Paulo", "America/Santiago", "Australia/Lord_Howe", "Australia/Sydney", "Pacific/Auckland",
    "Pacific/Chatham", "Pacific/Apia", "Asia/Beirut", "Asia/Tehran", "Asia/Amman", "Asia/Kathmandu", "Asia/Tokyo",
    "Atlantic/Azores", "Africa/Cairo", "America/Havana", "UTC",
]


def instant(local, zone):
    """A time that the clocks skip moves forward by the gap, one that they show twice is the first: fold 0."""
    return int((local.replace(tzinfo=zone).astimezone(UTC).replace(tzinfo=None) - EPOCH).total_seconds())


def wall(seconds, zone):
    return (EPOCH + dt.timedelta(seconds=seconds)).replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None)


def changes(zone, low=2000, high=2037):
    """The days on which the clocks change."""
    found = []
    day = dt.datetime(low, 1, 1)
    while day.year < high:
        if day.replace(tzinfo=zone).utcoffset() != (day + dt.timedelta(days=1)).replace(tzinfo=zone).utcoffset():
            found.append(day)
        day += dt.timedelta(days=1)
    return found


def random_rule(random_):
    interval = random_.choice((1, 1, 1, 2, 3, 5, 6))
    days = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
    shape = random_.randrange(9)
    if shape < 2:
        return "rule", f"FREQ=DAILY;INTERVAL={interval}"
    if shape == 2:
        return "rule", f"FREQ=WEEKLY;INTERVAL={interval};BYDAY={','.join(random_.sample(days, random_.randint(1, 4)))}"
    if shape == 3:
        return "rule", random_.choice((
            f"FREQ=MONTHLY;INTERVAL={interval}", f"FREQ=MONTHLY;INTERVAL={interval};BYMONTHDAY=-1",
            f"FREQ=MONTHLY;INTERVAL={interval};BYDAY={random_.choice((1, 2, -1))}{random_.choice(days)}", "FREQ=YEARLY",
        ))
    frequency = random_.choice(("MONTHLY", "MONTHLY", "MONTHLY", "YEARLY"))
    if shape < 7:
        return "words", f"FREQ={frequency};INTERVAL={interval}"
    late = random_.choice((0, 0, 0, 1, 3, 17))
    return f"after {late}", f"FREQ={random_.choice(('DAILY', frequency, frequency))};INTERVAL={interval}"


def step(text, count):
    """So many intervals of a rule without BY parts, as dateutil's calendar arithmetic has them."""
    parts = dict(part.split("=") for part in text.split(";"))
    unit = {"DAILY": "days", "MONTHLY": "months", "YEARLY": "years"}[parts["FREQ"]]
    return relativedelta.relativedelta(**{unit: int(parts["INTERVAL"]) * count})


def occurrences(meaning, text, start, zone):
    if meaning == "rule":
        found = {}
        horizon = start + dt.timedelta(days=366 * 40)
        for local in rrule.rrulestr(f"{text};COUNT=12", dtstart=start):
            if local > horizon:
                break
            moment = instant(local, zone)
            if moment not in found or wall(moment, zone) == local:
                found[moment] = local
        return [local for _, local in sorted(found.items())[:SHOWN]]
    if meaning == "words":
        return [start + step(text, count) for count in range(SHOWN)]
    late = int(meaning.split()[1])
    if late == 0:
        return [start + step(text, count) for count in range(SHOWN)]
    found = [start]
    while len(found) < SHOWN:
        found.append(found[-1] + dt.timedelta(days=late) + step(text, 1))
    return found


def random_reminder(random_):
    if random_.random() < 0.35:
        return f"{random_.randint(0, 23):02}:{random_.choice((0, 15, 30)):02} {random_.choice((0, 0, 1, 1, 2, 7, 30))}"
    return random_.choice((
        f"P{random_.randint(1, 10)}D", f"P{random_.randint(1, 4)}W", f"PT{random_.randint(1, 72)}H", "P1D", "PT24H",
        "PT48H", f"P{random_.randint(1, 3)}DT{random_.randint(1, 30)}H", f"PT{random_.randint(1, 600)}M", "PT0S",
    ))


def reminder(text, kind, local, zone):
    if " " in text:
        time, days = text.split()
        date = local.date() - dt.timedelta(days=int(days))
        return instant(dt.datetime.combine(date, dt.time.fromisoformat(time)), zone)
    counted = dt.datetime.combine(local.date(), ALL_DAY) if kind == "date" else local
    numbers = {letter: int(number) for number, letter in re.findall(r"(\d+)([WDHMS])", text)}
    days = numbers.get("W", 0) * 7 + numbers.get("D", 0)
    seconds = numbers.get("H", 0) * 3600 + numbers.get("M", 0) * 60 + numbers.get("S", 0)
    return instant(counted - dt.timedelta(days=days), zone) - seconds


def line(random_, days):
    name = random_.choice(ZONES)
    zone = zoneinfo.ZoneInfo(name)
    kind = random_.choice(("zoned", "zoned", "floating", "date"))
    meaning, text = random_rule(random_)
    if days[name] and random_.random() < 0.8:
        # An occurrence or a reminder on either side of the change.
        start = random_.choice(days[name]) + dt.timedelta(days=random_.randint(-4, 4))
    else:
        start = dt.datetime(random_.randint(2000, 2036), random_.randint(1, 12), random_.randint(1, 28))
    if random_.random() < 0.4 and "FREQ=MONTHLY" in text:
        last = calendar.monthrange(start.year, start.month)[1]
        start = start.replace(day=random_.randint(max(28, last - 2), last))
    if random_.random() < 0.3 and "FREQ=YEARLY" in text:
        start = start.replace(year=random_.choice((2004, 2024, 2028)), month=2, day=29)
    if kind != "date":
        start = start.replace(hour=random_.choice((0, 1, 2, 3, random_.randint(4, 23))), minute=random_.choice((0, 30, 59)))
    locals_ = occurrences(meaning, text, start, zone)
    noons = [local.replace(hour=12, minute=0) for local in locals_]
    if meaning.startswith("after") and any(wall(instant(noon, zone), zone) != noon for noon in noons):
        # Nothing is completed at noon of a day that there is not (Samoa, 30 December 2011).
        return None
    if len(locals_) < SHOWN or locals_[-1].year > 2900:
        return None
    wanted = random_reminder(random_)
    found = [
        name, kind, start.strftime("%Y-%m-%dT%H:%M"), f"{meaning} {text}", wanted,
        ",".join(str(instant(local, zone)) for local in locals_),
        ",".join(str(reminder(wanted, kind, local, zone)) for local in locals_),
    ]
    return "\t".join(found)


def today(random_, days):
    name = random_.choice(ZONES)
    zone = zoneinfo.ZoneInfo(name)
    end = f"{random_.randint(0, 10):02}:{random_.choice((0, 30, 59)):02}"
    day = random_.choice(days[name]) if days[name] else dt.datetime(2026, 1, 15)
    now = instant(day + dt.timedelta(hours=random_.randint(-12, 36), minutes=random_.randint(0, 59)), zone)
    date = wall(now, zone).date()
    # The day before ends this morning.
    if now < instant(dt.datetime.combine(date, dt.time.fromisoformat(end)), zone):
        date -= dt.timedelta(days=1)
    return "\t".join(("today", name, end, str(now), date.isoformat()))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=29)
    folder = pathlib.Path(__file__).resolve().parent
    parser.add_argument("--output", type=pathlib.Path, default=folder / "clock-vectors.tsv")
    options = parser.parse_args()
    random_ = random.Random(options.seed)
    days = {name: changes(zoneinfo.ZoneInfo(name)) for name in sorted(set(ZONES))}
    lines = []
    while len(lines) < options.count:
        made = line(random_, days)
        if made:
            lines.append(made)
    lines += [today(random_, days) for _ in range(options.count // 20)]
    options.output.write_text("\n".join(lines) + "\n")
    print(f"{len(lines)} lines written to {options.output}")


main()
