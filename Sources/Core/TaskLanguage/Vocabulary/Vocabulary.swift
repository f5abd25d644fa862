import CivilTime

/// The words of one language. The grammar is the same for all; a language is one such table.
struct Vocabulary: Sendable {
    enum Unit: Hashable, Sendable {
        case minute, hour, day, week, fortnight, month, quarter, year
    }

    enum Part: Hashable, Sendable {
        case morning, noon, afternoon, evening, night
    }

    enum Adverb: Hashable, Sendable {
        case hourly, daily, weekly, biweekly, monthly, quarterly, yearly
    }

    /// Names and unmistakable short forms.
    var weekdays: [String: Weekday]
    var months: [String: Int]
    /// Words for days that mean something else as often: they need a word such as "on" before them, a time after
    /// them, or the end of the line.
    var doubtful: Set<String>
    /// Of those, the ones that are other words in lower case too: "sun cream".
    var homographs: Set<String>
    /// Of those, the ones that are everyday words: never without a word before them.
    var everyday: Set<String>
    /// Words that mean every such day.
    var pluralWeekdays: [String: Weekday]
    var units: [String: Unit]
    /// Units that may stand right behind a number, such as `m` in `30m`.
    var shortUnits: [String: Unit]
    var numbers: [String: Int]
    /// Numbers that a digit in words can follow: "twenty five".
    var tens: [String: Int]
    /// "a couple of".
    var pairs: [[String]]
    /// -1 for the last.
    var ordinals: [String: Int]
    /// What makes a number an ordinal: `st`, `th` … or a full stop.
    var ordinalSuffixes: Set<String>
    var parts: [String: Part]
    /// Words that mean every such part of the day: "mornings".
    var pluralParts: [String: Part]
    var relativeDays: [String: Int]
    /// Several words for one of the relative days.
    var relativePhrases: [(words: [String], days: Int)]
    /// Today, at that part of the day.
    var todayParts: [String: Part]
    var adverbs: [String: Adverb]
    var halves: [[String]]
    /// "two and a half".
    var andHalf: [[String]]
    /// Numbers with a half in them, without it: "anderthalb" is 1.
    var withHalf: [String: Int]

    /// Words before a date that go with it.
    var on: [[String]]
    var at: Set<String>
    var inside: Set<String>
    var next: Set<String>
    var this: Set<String>
    /// Before a weekday that is the next one, whatever week it is in.
    var coming: Set<String>
    var the: Set<String>
    var of: Set<String>
    var and: Set<String>
    var or: Set<String>
    var every: Set<String>
    var other: Set<String>
    var workdays: Set<String>
    /// "working day"
    var workdayPhrases: [[String]]
    var weekends: Set<String>
    /// Before a weekend that is meant as a date.
    var weekendBefore: [[String]]
    var fromNow: [[String]]
    var endWords: [String: Unit]
    var until: [[String]]
    var starting: [[String]]
    var times: Set<String>
    var afterCompletion: [[String]]
    /// Joins what to be reminded of to the reminder.
    var to: Set<String>
    /// Whether `2.5.` is a date wherever it stands.
    var dotsDates: Bool
    /// Whether people and works are known by their capitals, and days too: in German every noun has one.
    var capitalsMarkNames: Bool
    /// Frequent slips that are more than one letter off.
    var misspelt: [String: String]
    /// Words that are right although they are one letter off a word for a day.
    var lookalikes: Set<String>
    /// What makes a name of its own out of a weekday: "Black Friday".
    var dayNames: Set<String>
    /// Before the names of people: "Frau Sonntag".
    var honorifics: Set<String>
    /// Words inside of titles that have no capital.
    var smallWords: Set<String>
    /// Before the names of books, films and songs: "Read Tuesdays with Morrie".
    var worksVerbs: Set<String>
    /// Before a weekday that is meant as a thing, not as a time: "the friday meeting".
    var articles: Set<String>
    /// Behind a month or day that is the name of a street.
    var streets: Set<String>
    /// Days that have names, by month and day.
    var feasts: [(words: [String], month: Int, day: Int)]
    var clock: ClockWords
    var periods: PeriodWords
    var offsets: OffsetWords
    var repeats: RepeatWords
    var reminders: ReminderWords
    var priority: PriorityWords
    var phrases: Phrases

    /// How a rule is said.
    struct Phrases: Sendable {
        /// "every day" and "every 3 days".
        var everyOne: [Unit: String]
        var everyMany: [Unit: (every: String, plural: String)]
        var everyWeekday: String
        var workday: String
        var weekdayNames: [Weekday: String]
        var monthNames: [String]
        var on: String
        var and: String
        var lastDay: String
        var last: String
        var ofMonth: String
        var until: String
        var times: String
        /// The first has a special form in some languages.
        var ordinal: @Sendable (Int) -> String
        var monthDay: @Sendable (_ month: String, _ day: Int) -> String
        var count: @Sendable (Int, Unit) -> String
    }

    /// Every word that something about time can begin with; other words are passed over.
    var starters: Set<String> = []
    /// Every word and sign of all tables.
    var known: Set<String> = []
    /// Shorter words are too close to others to be mended.
    static let mendableLengthMin = 6
    /// The words that may be one letter off.
    var mendable: [String] = []
    /// Days and their parts in one word, such as "sonntagnachmittag".
    var compoundDays: [String: (day: Weekday, part: Part)] = [:]
    /// Those of ``on`` that are one word.
    var shortOn: Set<String> = []

    static func of(_ language: Language) -> Vocabulary {
        switch language {
        case .english: readyEnglish
        case .german: readyGerman
        }
    }

    private static let readyEnglish = english.indexed()
    private static let readyGerman = german.indexed()

    private func indexed() -> Vocabulary {
        var words = self
        words.starters = Vocabulary.starters(of: self)
        words.known = Vocabulary.strings(in: self)
        if !capitalsMarkNames {
            for (name, day) in weekdays where name.utf8.count > 4 {
                for (part, value) in parts { words.compoundDays[name + part] = (day, value) }
            }
        }
        words.starters.formUnion(words.compoundDays.keys)
        words.known.formUnion(words.compoundDays.keys)
        words.shortOn = Set(on.filter { $0.count == 1 }.joined())
        words.mendable = (Array(weekdays.keys) + Array(relativeDays.keys) + Array(todayParts.keys) + Array(months.keys))
            .filter { $0.utf8.count >= Vocabulary.mendableLengthMin }.sorted()
        return words
    }
}

extension Vocabulary {
    /// How a time of day is said.
    struct ClockWords: Sendable {
        var am: [[String]]
        var pm: [[String]]
        /// Before a bare hour that can be nothing else: "um 9".
        var sureAt: Set<String>
        /// Stands behind a full hour: "o'clock".
        var oclock: [[String]]
        var noon: Set<String>
        var midnight: Set<String>
        /// "ten past nine", "ten to nine".
        var past: Set<String>
        var to: Set<String>
        /// "half past four" is after the hour, "halb vier" before it.
        var halfPast: [[String]]
        var halfTo: [[String]]
        var quarter: [[String]]
        /// Before a span of time: "from 3 to 5", "between 3 and 5".
        var from: Set<String>
        /// Between its ends.
        var through: Set<String>
        /// Before a time that is the earliest one: "after 5pm".
        var after: Set<String>
        /// Behind a place whose clocks are meant: "London time".
        var zoneWord: Set<String>
        /// "later today".
        var later: Set<String>
        /// Before a time, without changing it: "about 5pm".
        var about: Set<String>
        /// Behind a time, without changing it: "at 5 sharp".
        var suffixes: [[String]]
    }

    /// Ends, beginnings and middles of weeks, months and years.
    struct PeriodWords: Sendable {
        var end: [[String]]
        var start: [[String]]
        var middle: [[String]]
        /// "the week after next".
        var afterNext: [[String]]
        /// The same in one word: "übernächste Woche".
        var overNext: Set<String>
    }

    /// What makes a day out of another day.
    struct OffsetWords: Sendable {
        /// "a week from sunday", "two days after the 5th".
        var after: [[String]]
        /// "a week on monday".
        var on: [[String]]
        var before: Set<String>
        /// "monday week", "thursday fortnight": days.
        var week: [String: Int]
        var ago: [[String]]
        /// "last friday".
        var last: Set<String>
        /// Before a day that is not the one that is meant: "not friday", "since friday".
        var notOn: [[String]]
        /// "in two days' time".
        var time: [[String]]
    }

    /// What a recurrence is said with.
    struct RepeatWords: Sendable {
        /// "every day except sunday".
        var except: [[String]]
        /// The same, only where a day follows: "every day but friday".
        var but: [[String]]
        /// "monday through friday".
        var through: Set<String>
        /// "alternate wednesdays".
        var alternate: Set<String>
        /// Days by their letters: "m/w/f".
        var letters: [[String]]
        /// "once a week".
        var once: [[String]]
        /// "twice a day", which is no rule.
        var twice: Set<String>
        /// "3 times a day", "per day".
        var per: Set<String>
        var lasting: [[String]]
        var weekdays: Set<String>
    }

    /// What asks for a reminder.
    struct ReminderWords: Sendable {
        var remind: [[String]]
        /// Only with a length or a time behind it.
        var remindBriefly: [[String]]
        /// Stands behind what it is about: "2 Tage vorher erinnern".
        var remindAfter: [[String]]
        var before: Set<String>
        /// "am Vortag": the day before, in one phrase.
        var dayBefore: [[String]]
        var partBefore: [String: Part]
        /// Behind a time: the day it is due. The longer first.
        var sameDay: [[String]]
    }

    /// Priorities in words.
    struct PriorityWords: Sendable {
        /// Behind a `!`.
        var levels: [String: ParsedPriority]
        /// Before "priority".
        var adjectives: [String: ParsedPriority]
        var noun: Set<String>
        /// At the head of a line, before a colon or in capitals.
        var heads: [String: ParsedPriority]
        /// At the end of a line.
        var tails: [String: ParsedPriority]
    }

    /// Whether the word alone names a day or a part of one.
    func isDayWord(_ word: String) -> Bool {
        weekdays[word] != nil || parts[word] != nil || relativeDays[word] != nil || todayParts[word] != nil
            || months[word] != nil
    }
}
