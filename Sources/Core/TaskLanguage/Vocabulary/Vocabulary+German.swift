import CivilTime

extension Vocabulary {
    static let german = Vocabulary(
        weekdays: [
            "montag": .monday, "mo": .monday, "dienstag": .tuesday, "di": .tuesday, "mittwoch": .wednesday,
            "mi": .wednesday, "donnerstag": .thursday, "do": .thursday, "freitag": .friday, "fr": .friday,
            "samstag": .saturday, "sonnabend": .saturday, "sa": .saturday, "sonntag": .sunday, "so": .sunday,
        ],
        months: [
            "januar": 1, "jan": 1, "jänner": 1, "februar": 2, "feb": 2, "märz": 3, "mär": 3, "april": 4, "apr": 4,
            "mai": 5, "juni": 6, "jun": 6, "juli": 7, "jul": 7, "august": 8, "aug": 8, "september": 9, "sep": 9,
            "oktober": 10, "okt": 10, "november": 11, "nov": 11, "dezember": 12, "dez": 12,
        ],
        doubtful: ["mo", "di", "mi", "do", "fr", "sa", "so", "morgen"],
        everyday: ["mo", "di", "mi", "do", "fr", "sa", "so"],
        pluralWeekdays: [
            "montags": .monday, "dienstags": .tuesday, "mittwochs": .wednesday, "donnerstags": .thursday,
            "freitags": .friday, "samstags": .saturday, "sonntags": .sunday,
        ],
        units: [
            "minute": .minute, "minuten": .minute, "min": .minute, "stunde": .hour, "stunden": .hour, "std": .hour,
            "tag": .day, "tage": .day, "tagen": .day, "tages": .day, "woche": .week, "wochen": .week,
            "monat": .month, "monate": .month, "monaten": .month, "monats": .month, "quartal": .quarter,
            "quartale": .quarter, "quartals": .quarter, "jahr": .year, "jahre": .year, "jahren": .year,
            "jahres": .year,
        ],
        shortUnits: ["m": .minute, "h": .hour, "d": .day, "w": .week],
        numbers: [
            "ein": 1, "eine": 1, "einem": 1, "einer": 1, "einen": 1, "zwei": 2, "drei": 3, "vier": 4, "fünf": 5,
            "sechs": 6, "sieben": 7, "acht": 8, "neun": 9, "zehn": 10, "elf": 11, "zwölf": 12,
        ],
        ordinals: [
            "ersten": 1, "erster": 1, "erste": 1, "zweiten": 2, "zweite": 2, "dritten": 3, "dritte": 3,
            "vierten": 4, "vierte": 4, "fünften": 5, "letzten": -1, "letzter": -1, "letzte": -1,
        ],
        ordinalSuffixes: ["."],
        parts: [
            "morgen": .morning, "früh": .morning, "vormittag": .morning, "mittag": .noon, "nachmittag": .afternoon,
            "abend": .evening, "nacht": .night,
        ],
        relativeDays: ["heute": 0, "morgen": 1, "übermorgen": 2, "gestern": -1],
        relativePhrases: [],
        todayParts: [:],
        adverbs: [
            "stündlich": .hourly, "täglich": .daily, "wöchentlich": .weekly, "monatlich": .monthly,
            "vierteljährlich": .quarterly, "jährlich": .yearly,
        ],
        halves: [["halbe"], ["halben"], ["einer", "halben"], ["eine", "halbe"]],
        on: [["fällig", "am"], ["fällig"], ["am"], ["bis", "zum"], ["bis"], ["vor"]],
        at: ["um", "gegen"], inside: ["in", "innerhalb"], next: ["nächste", "nächsten", "nächster", "nächstes"],
        this: ["diesen", "diese", "dieses", "dieser", "kommenden"], the: ["der", "den", "dem", "das", "am"],
        of: ["im", "des", "vom", "von"], and: ["und", "&"],
        every: ["jeden", "jede", "jedes", "jeder", "alle"], other: ["zweiten", "zweite", "zweites"],
        workdays: ["werktag", "werktage", "werktags", "arbeitstag"], weekends: ["wochenende"],
        fromNow: [["ab", "jetzt"], ["ab", "heute"]],
        endOf: [["ende", "des"], ["ende", "der"], ["ende"]],
        endWords: ["monatsende": .month, "jahresende": .year],
        until: [["bis", "zum"], ["bis"]], starting: [["beginnend", "am"], ["ab", "dem"], ["ab"]],
        lasting: ["für"], times: ["mal"],
        afterCompletion: [["nach", "erledigung"]],
        to: ["daran"], dotsDates: true,
        remind: [["erinnere", "mich"], ["mit", "erinnerung"], ["erinnerung"]],
        before: ["vorher", "davor", "zuvor"],
        am: [], pm: [], clock: ["uhr"], noon: ["mittag", "mittags"], midnight: ["mitternacht"],
        priorities: [
            "niedrig": .low, "low": .low, "mittel": .medium, "medium": .medium, "hoch": .high, "high": .high,
            "dringend": .urgent, "urgent": .urgent,
        ],
        phrases: Phrases(
            everyOne: [
                .hour: "jede Stunde", .day: "jeden Tag", .week: "jede Woche", .month: "jeden Monat",
                .year: "jedes Jahr",
            ],
            everyMany: [
                .hour: ("alle", "Stunden"), .day: ("alle", "Tage"), .week: ("alle", "Wochen"),
                .month: ("alle", "Monate"), .year: ("alle", "Jahre"),
            ],
            everyWeekday: "jeden", workday: "Werktag",
            weekdayNames: [
                .monday: "Montag", .tuesday: "Dienstag", .wednesday: "Mittwoch", .thursday: "Donnerstag",
                .friday: "Freitag", .saturday: "Samstag", .sunday: "Sonntag",
            ],
            monthNames: [
                "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober",
                "November", "Dezember",
            ],
            on: "am", and: "und", lastDay: "letzten Tag", last: "letzten", ofMonth: "im", until: "bis",
            times: "mal", ordinal: { "\($0)." }, monthDay: { "am \($1). \($0)" },
            count: { count, unit in
                let names: [Unit: (one: String, many: String)] = [
                    .minute: ("Minute", "Minuten"), .hour: ("Stunde", "Stunden"), .day: ("Tag", "Tage"),
                    .week: ("Woche", "Wochen"),
                ]
                let name = names[unit] ?? ("Minute", "Minuten")
                return "\(count) \(count == 1 ? name.one : name.many)"
            }
        )
    )
}
