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
        homographs: ["mo", "di", "mi", "do", "fr", "sa", "so", "morgen"],
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
            "sechs": 6, "sieben": 7, "acht": 8, "neun": 9, "zehn": 10, "elf": 11, "zwölf": 12, "dreizehn": 13,
            "vierzehn": 14, "fünfzehn": 15, "sechzehn": 16, "siebzehn": 17, "achtzehn": 18, "neunzehn": 19,
            "zwanzig": 20, "einundzwanzig": 21, "zweiundzwanzig": 22, "dreiundzwanzig": 23, "fünfundzwanzig": 25,
            "dreißig": 30, "fünfundvierzig": 45, "vierzig": 40, "fünfzig": 50, "eins": 1,
        ],
        tens: [:], pairs: [],
        ordinals: [
            "ersten": 1, "erster": 1, "erste": 1, "zweiten": 2, "zweite": 2, "dritten": 3, "dritte": 3,
            "vierten": 4, "vierte": 4, "fünften": 5, "fünfte": 5, "sechsten": 6, "siebten": 7, "achten": 8,
            "neunten": 9, "zehnten": 10, "elften": 11, "zwölften": 12, "fünfzehnten": 15, "zwanzigsten": 20,
            "dreißigsten": 30, "letzten": -1, "letzter": -1, "letzte": -1, "letztem": -1,
        ],
        ordinalSuffixes: ["."],
        parts: [
            "morgen": .morning, "früh": .morning, "vormittag": .morning, "mittag": .noon, "nachmittag": .afternoon,
            "abend": .evening, "nacht": .night,
        ],
        pluralParts: [
            "morgens": .morning, "vormittags": .morning, "nachmittags": .afternoon, "abends": .evening,
            "nachts": .night,
        ],
        relativeDays: ["heute": 0, "heut": 0, "morgen": 1, "übermorgen": 2, "gestern": -1],
        relativePhrases: [],
        todayParts: [:],
        adverbs: [
            "stündlich": .hourly, "täglich": .daily, "wöchentlich": .weekly, "monatlich": .monthly,
            "vierteljährlich": .quarterly, "jährlich": .yearly,
        ],
        halves: [["halbe"], ["halben"], ["einer", "halben"], ["eine", "halbe"]], andHalf: [],
        withHalf: ["anderthalb": 1, "eineinhalb": 1, "zweieinhalb": 2, "dreieinhalb": 3],
        on: [
            ["fällig", "am"], ["fällig", ":"], ["fällig"], ["am"], ["bis", "zum"], ["bis"], ["vor", "dem"], ["vor"],
            ["spätestens", "am"], ["spätestens"], ["für"],
        ],
        at: ["um", "gegen", "@"], inside: ["in", "innerhalb"],
        next: ["nächste", "nächsten", "nächster", "nächstes", "nächstem"],
        this: ["diesen", "diese", "dieses", "dieser"], coming: ["kommenden", "kommende", "kommender"],
        the: ["der", "den", "dem", "das", "am"],
        of: ["im", "des", "vom", "von"], and: ["und", "&", "+"], or: ["oder"],
        every: ["jeden", "jede", "jedes", "jeder", "alle"], other: ["zweiten", "zweite", "zweites"],
        workdays: ["werktag", "werktage", "werktags", "arbeitstag", "wochentag", "wochentags"],
        workdayPhrases: [],
        weekends: ["wochenende", "wochenenden"], weekendBefore: [["am"], ["übers"]],
        fromNow: [["ab", "jetzt"], ["ab", "heute"]],
        endWords: ["monatsende": .month, "jahresende": .year],
        until: [["bis", "zum"], ["bis"]], starting: [["beginnend", "am"], ["ab", "dem"], ["ab"]],
        times: ["mal"],
        afterCompletion: [["nach", "erledigung"]],
        to: ["daran", "an"], dotsDates: true,
        capitalsMarkNames: false,
        misspelt: [
            "heuet": "heute", "morgn": "morgen", "mrgn": "morgen", "übermogen": "übermorgen", "miitwoch": "mittwoch",
        ],
        lookalikes: ["montage", "montagen", "freitod"], dayNames: ["black", "cyber"],
        honorifics: ["frau", "herr", "herrn", "familie", "dr"],
        smallWords: [], worksVerbs: [], articles: ["der", "die", "das", "des", "ein"],
        streets: ["straße", "str", "platz", "weg", "allee"],
        feasts: [
            (["heiligabend"], 12, 24), (["weihnachten"], 12, 25), (["silvester"], 12, 31), (["neujahr"], 1, 1),
            (["nikolaus"], 12, 6),
        ],
        clock: ClockWords(
            am: [], pm: [], sureAt: ["um", "gegen"], oclock: [["uhr"]], noon: ["mittag", "mittags"],
            midnight: ["mitternacht"],
            past: ["nach"], to: ["vor"], halfPast: [], halfTo: [["halb"]], quarter: [["viertel"]],
            from: ["von", "zwischen", "ab"], through: ["-", "–", "—", "bis"], after: ["nach", "ab"],
            zoneWord: ["zeit"], later: [], about: ["so", "ca", "circa", "etwa"], suffixes: [["pünktlich"]]
        ),
        periods: PeriodWords(
            end: [["ende", "des"], ["ende", "der"], ["ende"]],
            start: [["anfang", "des"], ["anfang", "der"], ["anfang"]],
            middle: [["mitte", "des"], ["mitte", "der"], ["mitte"]], afterNext: [],
            overNext: ["übernächste", "übernächsten", "übernächster", "übernächstes"]
        ),
        offsets: OffsetWords(
            after: [["nach", "dem"], ["nach"], ["ab"]], on: [], before: ["vor"], week: [:], ago: [],
            last: ["letzten", "letzte", "letzter", "letztes", "letztem", "vorigen", "vergangenen"],
            notOn: [["nicht", "am"], ["nicht", "vor"], ["nicht"], ["seit"], ["außer"], ["nach"]], time: []
        ),
        repeats: RepeatWords(
            except: [["außer", "am"], ["außer"], ["ausgenommen"], ["aber", "nicht", "am"], ["aber", "nicht"]],
            but: [["nicht"]],
            through: ["-", "–", "—", "bis"], alternate: [], letters: [],
            once: [["einmal", "pro"], ["einmal", "die"], ["einmal", "im"]],
            twice: ["zweimal", "dreimal"], per: ["pro", "am", "die", "im"],
            lasting: [["für", "die", "nächsten"], ["für"], ["lang"]], weekdays: ["werktags", "wochentags"]
        ),
        reminders: ReminderWords(
            remind: [["erinnere", "mich"], ["erinner", "mich"], ["mit", "erinnerung"], ["erinnerung"]],
            remindBriefly: [["erinnern"]],
            remindAfter: [["erinnern"], ["erinnert", "werden"], ["erinnerung"]],
            before: ["vorher", "davor", "zuvor"], dayBefore: [["am", "vortag"]],
            partBefore: ["morgen": .morning, "abend": .evening],
            sameDay: [["am", "tag", "selbst"], ["am", "selben", "tag"], ["am", "gleichen", "tag"], ["am", "tag"]]
        ),
        priority: PriorityWords(
            levels: [
                "niedrig": .low, "low": .low, "mittel": .medium, "medium": .medium, "hoch": .high, "high": .high,
                "dringend": .urgent, "urgent": .urgent,
            ],
            adjectives: [
                "niedrige": .low, "niedriger": .low, "geringe": .low, "mittlere": .medium, "normale": .medium,
                "hohe": .high, "hoher": .high, "höchste": .urgent, "high": .high, "low": .low,
            ],
            noun: ["priorität", "prio"], heads: ["dringend": .urgent, "wichtig": .high, "urgent": .urgent],
            tails: ["asap": .urgent, "dringend": .urgent]
        ),
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
