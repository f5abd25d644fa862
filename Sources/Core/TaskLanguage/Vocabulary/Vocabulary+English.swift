import CivilTime

extension Vocabulary {
    static let english = Vocabulary(
        weekdays: [
            "monday": .monday, "mon": .monday, "tuesday": .tuesday, "tue": .tuesday, "tues": .tuesday,
            "wednesday": .wednesday, "wed": .wednesday, "weds": .wednesday, "thursday": .thursday, "thu": .thursday,
            "thur": .thursday,
            "thurs": .thursday, "friday": .friday, "fri": .friday, "saturday": .saturday, "sat": .saturday,
            "sunday": .sunday, "sun": .sunday,
        ],
        months: [
            "january": 1, "jan": 1, "february": 2, "feb": 2, "march": 3, "mar": 3, "april": 4, "apr": 4, "may": 5,
            "june": 6, "jun": 6, "july": 7, "jul": 7, "august": 8, "aug": 8, "september": 9, "sep": 9, "sept": 9,
            "october": 10, "oct": 10, "november": 11, "nov": 11, "december": 12, "dec": 12,
        ],
        doubtful: ["mon", "tue", "tues", "wed", "weds", "thu", "thur", "thurs", "fri", "sat", "sun", "tod"],
        homographs: ["wed", "sat", "sun", "tod"],
        everyday: ["tom"],
        pluralWeekdays: [
            "mondays": .monday, "tuesdays": .tuesday, "wednesdays": .wednesday, "thursdays": .thursday,
            "fridays": .friday, "saturdays": .saturday, "sundays": .sunday,
        ],
        units: [
            "minute": .minute, "minutes": .minute, "min": .minute, "mins": .minute, "hour": .hour, "hours": .hour,
            "hr": .hour, "hrs": .hour, "day": .day, "days": .day, "week": .week, "weeks": .week, "wk": .week,
            "wks": .week,
            "fortnight": .fortnight, "fortnights": .fortnight, "month": .month, "months": .month, "quarter": .quarter,
            "quarters": .quarter, "year": .year, "years": .year, "yr": .year, "yrs": .year,
        ],
        shortUnits: ["m": .minute, "h": .hour, "d": .day, "w": .week],
        numbers: [
            "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
            "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15,
            "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
        ],
        tens: ["twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90],
        pairs: [["a", "couple", "of"], ["a", "couple"], ["couple", "of"], ["couple"]],
        ordinals: [
            "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
            "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14,
            "fifteenth": 15, "sixteenth": 16, "seventeenth": 17, "eighteenth": 18, "nineteenth": 19,
            "twentieth": 20, "thirtieth": 30, "last": -1,
        ],
        ordinalSuffixes: ["st", "nd", "rd", "th"],
        parts: [
            "morning": .morning, "morn": .morning, "mrng": .morning, "noon": .noon, "lunchtime": .noon,
            "afternoon": .afternoon, "evening": .evening,
            "eve": .evening, "night": .night, "nite": .night,
        ],
        pluralParts: [
            "mornings": .morning, "afternoons": .afternoon, "evenings": .evening, "nights": .night,
        ],
        relativeDays: [
            "today": 0, "tod": 0, "tomorrow": 1, "tom": 1, "tmr": 1, "tmrw": 1, "tmw": 1, "yesterday": -1,
        ],
        relativePhrases: [(["day", "after", "tomorrow"], 2), (["the", "day", "after", "tomorrow"], 2)],
        todayParts: ["tonight": .night, "tonite": .night],
        adverbs: [
            "hourly": .hourly, "daily": .daily, "weekly": .weekly, "biweekly": .biweekly, "fortnightly": .biweekly,
            "monthly": .monthly, "quarterly": .quarterly, "yearly": .yearly, "annually": .yearly,
        ],
        halves: [["half", "an"], ["half", "a"]],
        andHalf: [["and", "a", "half"], ["&", "a", "half"]], withHalf: [:],
        on: [
            ["due", "on"], ["due", "by"], ["due", "at"], ["due", ":"], ["due"], ["on", "or", "before"], ["on"], ["by"],
            ["before"], ["for"], ["until"], ["till"], ["no", "later", "than"], ["b", "4"],
        ],
        at: ["at", "@", "around"], inside: ["in", "within"], next: ["next", "nxt"], this: ["this"],
        coming: ["coming", "upcoming"],
        the: ["the"], of: ["of"],
        and: ["and", "&", "+", "n"], or: ["or"], every: ["every", "ev", "each"],
        other: ["other", "second", "alternate"],
        workdays: ["weekday", "weekdays", "workday", "workdays"],
        workdayPhrases: [
            ["working", "day"], ["working", "days"], ["business", "day"], ["business", "days"], ["week", "day"],
        ], weekends: ["weekend", "weekends", "wknd"],
        weekendBefore: [["at", "the"], ["on", "the"], ["over", "the"]],
        fromNow: [["from", "now"], ["from", "today"]],
        endWords: ["eod": .day, "eow": .week, "eom": .month, "eoy": .year],
        until: [
            ["until"], ["till"], ["til"], ["up", "to"], ["through"], ["thru"], ["ending", "on"], ["ending"],
            ["ends", "on"], ["ends"],
        ],
        starting: [["starting", "on"], ["starting", "from"], ["starting"], ["starts", "on"], ["starts"], ["from"]],
        times: ["times", "time"],
        afterCompletion: [["after", "completion"], ["after", "completing"], ["after", "done"]],
        to: ["to"], dotsDates: false,
        capitalsMarkNames: true,
        misspelt: [
            "tommorow": "tomorrow", "tommorrow": "tomorrow", "tomorow": "tomorrow", "tomoro": "tomorrow",
            "tomorro": "tomorrow", "tomarrow": "tomorrow", "tmorrow": "tomorrow", "wensday": "wednesday",
            "wendsday": "wednesday", "wednsday": "wednesday", "weddnesday": "wednesday", "thersday": "thursday",
            "tusday": "tuesday", "teusday": "tuesday", "saterday": "saturday", "satuday": "saturday",
            "febuary": "february", "feburary": "february", "tonigth": "tonight", "evry": "every", "evrey": "every",
        ],
        lookalikes: ["frida", "sundry", "toady", "novembers", "sunways", "fridge"],
        dayNames: ["black", "good", "easter", "cyber", "ash", "palm", "giving", "bloody", "shrove", "whit", "super"],
        honorifics: ["mr", "mrs", "ms", "miss", "dr"],
        smallWords: ["of", "the", "in", "to"],
        worksVerbs: [
            "review", "lend", "submit", "cite",
            "read", "watch", "rewatch", "record", "stream", "listen", "hear", "see", "play", "borrow", "return",
        ],
        articles: ["the", "a", "an"],
        streets: ["street", "st", "road", "rd", "avenue", "ave", "lane", "drive", "square", "close", "way", "court"],
        feasts: [
            (["christmas", "eve"], 12, 24), (["christmas", "day"], 12, 25), (["christmas"], 12, 25), (["xmas"], 12, 25),
            (["boxing", "day"], 12, 26), (["new", "year", "'", "s", "eve"], 12, 31), (["new", "years", "eve"], 12, 31),
            (["nye"], 12, 31), (["new", "year", "'", "s", "day"], 1, 1), (["new", "year", "'", "s"], 1, 1),
            (["new", "year"], 1, 1), (["halloween"], 10, 31), (["valentine", "'", "s", "day"], 2, 14),
        ],
        clock: ClockWords(
            am: [["am"], ["a", ".", "m", "."], ["a", ".", "m"], ["a", "m"]],
            pm: [["pm"], ["p", ".", "m", "."], ["p", ".", "m"], ["p", "m"]],
            sureAt: [], oclock: [["o", "'", "clock"], ["o", "’", "clock"], ["oclock"], ["o", "clock"]],
            noon: ["noon", "midday"], midnight: ["midnight"], past: ["past"], to: ["to", "till"],
            halfPast: [["half", "past"], ["half"]], halfTo: [],
            quarter: [["a", "quarter"], ["quarter"]], from: ["from", "between"],
            through: ["-", "–", "—", "to", "till", "until"], after: ["after"], zoneWord: ["time"], later: ["later"],
            about: ["about", "approx", "circa", "roughly"],
            suffixes: [["sharp"], ["ish"], ["on", "the", "dot"], ["or", "so"]]
        ),
        periods: PeriodWords(
            end: [["the", "end", "of"], ["end", "of"]],
            start: [["the", "beginning", "of"], ["beginning", "of"], ["the", "start", "of"], ["start", "of"]],
            middle: [["the", "middle", "of"], ["middle", "of"], ["mid", "-"], ["mid"]],
            afterNext: [["after", "next"]], overNext: []
        ),
        offsets: OffsetWords(
            after: [["from"], ["after"]], on: [["on"]], before: ["before"], week: ["week": 7, "fortnight": 14],
            ago: [["ago"]],
            last: ["last", "past", "previous"],
            notOn: [["not", "on"], ["not", "before"], ["not"], ["never", "on"], ["since"], ["after"], ["except"]],
            time: [["time"], ["'", "time"], ["’", "time"]]
        ),
        repeats: RepeatWords(
            except: [
                ["except", "for"], ["except", "on"], ["except"], ["excluding"], ["but", "not", "on"], ["but", "not"],
                ["apart", "from"], ["other", "than"], ["not", "on"],
            ],
            but: [["but"], ["not"]],
            through: ["-", "–", "—", "to", "through", "thru", "till", "until"],
            alternate: ["alternate"], letters: [["m", "/", "w", "/", "f"], ["t", "/", "th"], ["mwf"]],
            once: [["once", "every"], ["once", "a"], ["once", "per"]],
            twice: ["twice"], per: ["a", "per", "each", "every"], lasting: [["for", "the", "next"], ["for"]],
            weekdays: ["weekdays", "workdays"]
        ),
        reminders: ReminderWords(
            remind: [
                ["with", "a", "reminder"], ["with", "reminder"], ["remind", "me", "to"], ["remind", "me"],
                ["set", "a", "reminder", "for"], ["set", "reminder", "for"], ["reminder", "at"], ["reminder"],
            ],
            remindBriefly: [
                ["remind"], ["alert", "me"], ["alert"], ["notify", "me"], ["ping", "me"], ["nudge", "me"],
                ["reminders"],
            ],
            remindAfter: [], before: ["before", "earlier", "prior", "beforehand"], dayBefore: [],
            partBefore: ["morning": .morning, "evening": .evening, "night": .night, "afternoon": .afternoon],
            sameDay: [
                ["on", "the", "day", "itself"], ["on", "the", "due", "date"], ["on", "the", "same", "day"],
                ["on", "the", "day"], ["on", "that", "day"], ["that", "day"], ["the", "same", "day"],
            ]
        ),
        priority: PriorityWords(
            levels: ["low": .low, "medium": .medium, "normal": .medium, "high": .high, "urgent": .urgent],
            adjectives: [
                "low": .low, "medium": .medium, "normal": .medium, "high": .high, "top": .urgent, "urgent": .urgent,
                "highest": .urgent,
            ],
            noun: ["priority", "prio"], heads: ["urgent": .urgent, "important": .high],
            tails: ["asap": .urgent, "urgent": .urgent]
        ),
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
