import CivilTime

/// The words of one language. The grammar is the same for all; a language is one such table.
struct Vocabulary: Sendable {
    enum Unit: Hashable, Sendable {
        case minute, hour, day, week, month, quarter, year
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
    /// Of those, the ones that are everyday words: never without a word before them.
    var everyday: Set<String>
    /// Words that mean every such day.
    var pluralWeekdays: [String: Weekday]
    var units: [String: Unit]
    /// Units that may stand right behind a number, such as `m` in `30m`.
    var shortUnits: [String: Unit]
    var numbers: [String: Int]
    /// -1 for the last.
    var ordinals: [String: Int]
    /// What makes a number an ordinal: `st`, `th` … or a full stop.
    var ordinalSuffixes: Set<String>
    var parts: [String: Part]
    var relativeDays: [String: Int]
    /// Several words for one of the relative days.
    var relativePhrases: [(words: [String], days: Int)]
    /// Today, at that part of the day.
    var todayParts: [String: Part]
    var adverbs: [String: Adverb]
    var halves: [[String]]

    /// Words before a date that go with it.
    var on: [[String]]
    var at: Set<String>
    var inside: Set<String>
    var next: Set<String>
    var this: Set<String>
    var the: Set<String>
    var of: Set<String>
    var and: Set<String>
    var every: Set<String>
    var other: Set<String>
    var workdays: Set<String>
    var weekends: Set<String>
    var fromNow: [[String]]
    var endOf: [[String]]
    var endWords: [String: Unit]
    var until: [[String]]
    var starting: [[String]]
    var lasting: Set<String>
    var times: Set<String>
    var afterCompletion: [[String]]
    /// Joins what to be reminded of to the reminder.
    var to: Set<String>
    /// Whether `2.5.` is a date wherever it stands.
    var dotsDates: Bool
    var remind: [[String]]
    var before: Set<String>
    var am: [[String]]
    var pm: [[String]]
    var clock: Set<String>
    var noon: Set<String>
    var midnight: Set<String>
    var priorities: [String: ParsedPriority]
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

    static func of(_ language: Language) -> Vocabulary {
        switch language {
        case .english: english
        case .german: german
        }
    }
}
