import CivilTime

extension Vocabulary {
    static let english = Vocabulary(
        weekdays: [
            "monday": .monday, "mon": .monday, "tuesday": .tuesday, "tue": .tuesday, "tues": .tuesday,
            "wednesday": .wednesday, "wed": .wednesday, "thursday": .thursday, "thu": .thursday, "thur": .thursday,
            "thurs": .thursday, "friday": .friday, "fri": .friday, "saturday": .saturday, "sat": .saturday,
            "sunday": .sunday, "sun": .sunday,
        ],
        months: [
            "january": 1, "jan": 1, "february": 2, "feb": 2, "march": 3, "mar": 3, "april": 4, "apr": 4, "may": 5,
            "june": 6, "jun": 6, "july": 7, "jul": 7, "august": 8, "aug": 8, "september": 9, "sep": 9, "sept": 9,
            "october": 10, "oct": 10, "november": 11, "nov": 11, "december": 12, "dec": 12,
        ],
        doubtful: ["mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun", "tod"],
        everyday: ["tom"],
        pluralWeekdays: [
            "mondays": .monday, "tuesdays": .tuesday, "wednesdays": .wednesday, "thursdays": .thursday,
            "fridays": .friday, "saturdays": .saturday, "sundays": .sunday,
        ],
        units: [
            "minute": .minute, "minutes": .minute, "min": .minute, "mins": .minute, "hour": .hour, "hours": .hour,
            "hr": .hour, "hrs": .hour, "day": .day, "days": .day, "week": .week, "weeks": .week, "month": .month,
            "months": .month, "quarter": .quarter, "quarters": .quarter, "year": .year, "years": .year,
        ],
        shortUnits: ["m": .minute, "h": .hour, "d": .day, "w": .week],
        numbers: [
            "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
            "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "couple": 2,
        ],
        ordinals: [
            "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
            "ninth": 9, "tenth": 10, "last": -1,
        ],
        ordinalSuffixes: ["st", "nd", "rd", "th"],
        parts: [
            "morning": .morning, "noon": .noon, "afternoon": .afternoon, "evening": .evening, "night": .night,
        ],
        relativeDays: [
            "today": 0, "tod": 0, "tomorrow": 1, "tom": 1, "tmr": 1, "tmrw": 1, "yesterday": -1,
        ],
        relativePhrases: [(["day", "after", "tomorrow"], 2), (["the", "day", "after", "tomorrow"], 2)],
        todayParts: ["tonight": .night],
        adverbs: [
            "hourly": .hourly, "daily": .daily, "weekly": .weekly, "biweekly": .biweekly, "fortnightly": .biweekly,
            "monthly": .monthly, "quarterly": .quarterly, "yearly": .yearly, "annually": .yearly,
        ],
        halves: [["half", "an"], ["half", "a"]],
        on: [["due", "on"], ["due", "by"], ["due", "at"], ["due"], ["on"], ["by"], ["before"]],
        at: ["at"], inside: ["in", "within"], next: ["next", "coming"], this: ["this"], the: ["the"], of: ["of"],
        and: ["and", "&"], every: ["every", "ev", "each"], other: ["other", "second"],
        workdays: ["weekday", "weekdays", "workday", "workdays"], weekends: ["weekend", "weekends"],
        fromNow: [["from", "now"], ["from", "today"]],
        endOf: [["end", "of", "the"], ["end", "of"]],
        endWords: ["eod": .day, "eow": .week, "eom": .month, "eoy": .year],
        until: [["until"], ["till"], ["ending", "on"], ["ending"], ["ends", "on"], ["ends"]],
        starting: [["starting", "on"], ["starting", "from"], ["starting"], ["starts", "on"], ["starts"], ["from"]],
        lasting: ["for"], times: ["times", "time"],
        afterCompletion: [["after", "completion"], ["after", "completing"], ["after", "done"]],
        to: ["to"], dotsDates: false,
        remind: [
            ["with", "a", "reminder"], ["with", "reminder"], ["remind", "me", "to"], ["remind", "me"],
            ["reminder", "at"], ["reminder"],
        ],
        before: ["before", "earlier", "prior"],
        am: [["am"], ["a", ".", "m", "."], ["a", ".", "m"]], pm: [["pm"], ["p", ".", "m", "."], ["p", ".", "m"]],
        clock: ["oclock"], noon: ["noon", "midday"], midnight: ["midnight"],
        priorities: ["low": .low, "medium": .medium, "normal": .medium, "high": .high, "urgent": .urgent],
        phrases: Phrases(
            everyOne: [
                .hour: "every hour", .day: "every day", .week: "every week", .month: "every month",
                .year: "every year",
            ],
            everyMany: [
                .hour: ("every", "hours"), .day: ("every", "days"), .week: ("every", "weeks"),
                .month: ("every", "months"), .year: ("every", "years"),
            ],
            everyWeekday: "every", workday: "workday",
            weekdayNames: Dictionary(uniqueKeysWithValues: Weekday.allCases.map { ($0, $0.name) }),
            monthNames: [
                "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
                "november", "december",
            ],
            on: "on the", and: "and", lastDay: "last day", last: "last", ofMonth: "of", until: "until",
            times: "times", ordinal: { english($0) }, monthDay: { "on \($0) \($1)" },
            count: { count, unit in
                let names: [Unit: String] = [.minute: "minute", .hour: "hour", .day: "day", .week: "week"]
                return "\(count) \(names[unit] ?? "minute")\(count == 1 ? "" : "s")"
            }
        )
    )

    /// 1st, 2nd, 3rd, 4th, 11th, 21st.
    private static func english(_ number: Int) -> String {
        let suffix =
            (11...13).contains(number % 100) ? "th" : [1: "st", 2: "nd", 3: "rd"][number % 10] ?? "th"
        return "\(number)\(suffix)"
    }
}
