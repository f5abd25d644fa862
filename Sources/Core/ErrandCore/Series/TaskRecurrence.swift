public import CivilTime
public import Recurrence

/// How a task comes again.
public struct TaskRecurrence: Hashable, Sendable {
    public enum Anchor: String, CaseIterable, Sendable {
        /// Dates follow from the rule and its start.
        case schedule
        /// The next date is counted from the day of completion.
        case completion
    }

    /// What happens to occurrences whose time passed before the one before them was done.
    public enum CatchUp: String, CaseIterable, Sendable {
        /// They are passed over: the next one lies in the future.
        case skip
        /// Each of them comes in turn.
        case all
    }

    /// A day, or a time of day, on which the rule's occurrence is left out (EXDATE).
    public enum Exception: Hashable, Sendable, LosslessStringConvertible {
        case day(LocalDate)
        case time(LocalDateTime)

        public init?(_ text: String) {
            if let day = LocalDate(text) {
                self = .day(day)
            } else if let time = LocalDateTime(text) {
                self = .time(time)
            } else {
                return nil
            }
        }

        public var description: String {
            switch self {
            case .day(let day): day.description
            case .time(let time): time.description
            }
        }
    }

    public var rule: RecurrenceRule
    public var anchor: Anchor
    public var catchUp: CatchUp
    public var exceptions: [Exception]
    /// What occurrences are computed from: the rule's DTSTART. Counted from completions, the day of the last one,
    /// whose day of the month comes back after shorter months.
    public var start: LocalDateTime

    public init(
        rule: RecurrenceRule, anchor: Anchor = .schedule, catchUp: CatchUp = .skip, exceptions: [Exception] = [],
        start: LocalDateTime
    ) {
        self.rule = rule
        self.anchor = anchor
        self.catchUp = catchUp
        self.exceptions = exceptions
        self.start = start
    }

    /// Every occurrence of the rule on the clocks of `zone`.
    func occurrences(in zone: Zone) -> RecurrenceSet { occurrences(of: rule, from: start, in: zone) }

    /// What follows a completion on the clocks of `zone`.
    ///
    /// So many months from the 31st are the last day of a shorter month. `start` keeps the 31st for as long as each
    /// is completed on its day, `other`.
    func occurrences(afterCompletion other: LocalDateTime, in zone: Zone) -> RecurrenceSet {
        // There is no set whose first ones could be counted: the index ends it.
        var rule = rule.clamped(to: keepsDay(on: other.date) ? start.date : other.date)
        if case .count = rule.end { rule.end = .never }
        return occurrences(of: rule, from: other, in: zone)
    }

    /// What follows the occurrence at `original`: counted from completions, as if each were completed on its day.
    func occurrences(following original: LocalDateTime, in zone: Zone) -> RecurrenceSet {
        anchor == .completion ? occurrences(afterCompletion: original, in: zone) : occurrences(in: zone)
    }

    /// This rule after a completion at `moment` of the occurrence due on `day`. Completed on another day, months are
    /// counted from that one, and no earlier day comes back.
    func counted(from moment: LocalDateTime, due day: LocalDate) -> TaskRecurrence {
        guard rule.frequency == .monthly || rule.frequency == .yearly, rule.isPlain,
            moment.date != day || !keepsDay(on: day)
        else { return self }
        var counted = self
        counted.start = LocalDateTime(moment.date, start.time)
        return counted
    }

    /// Whether `date` is the day of ``start`` in another month, or the last one of a month that is too short for it.
    private func keepsDay(on date: LocalDate) -> Bool {
        date.day == min(start.date.day, LocalDate.days(inMonth: date.month, of: date.year))
    }

    private func occurrences(of rule: RecurrenceRule, from start: LocalDateTime, in zone: Zone) -> RecurrenceSet {
        var days: Set<LocalDate> = []
        var times: Set<LocalDateTime> = []
        for exception in exceptions {
            switch exception {
            case .day(let day): days.insert(day)
            case .time(let time): times.insert(time)
            }
        }
        return RecurrenceSet(
            start: start, rule: rule, excluded: times, excludedDays: days, zone: zone
        )
    }

    /// Goes on from another start. What was "every month" is so from there too: from the 31st the last day of shorter
    /// months, from the 15th the 15th.
    mutating func move(to other: LocalDateTime) {
        var plain = rule
        (plain.months, plain.monthDays, plain.positions) = ([], [], [])
        if anchor == .schedule, rule == plain.clamped(to: start.date) { rule = plain.clamped(to: other.date) }
        start = other
    }

    /// Whether words such as "every month" mean this rule too. From the 29th on they do not mean what RFC 5545 says of
    /// `FREQ=MONTHLY`.
    var isAsSaid: Bool { anchor == .completion || rule.clamped(to: start.date) == rule }

    /// `daily`, `weekly`, `monthly`, `yearly` where the rule says no more than that; otherwise `custom`.
    public var word: String {
        guard isAsSaid else { return "custom" }
        let plain = RecurrenceRule(rule.frequency, interval: rule.interval, end: rule.end)
        var own = rule
        own.weekStart = plain.weekStart
        switch rule.frequency {
        case .weekly: if own.days == [RecurrenceRule.Day(start.date.weekday)] { own.days = [] }
        case .monthly:
            if own.monthDays == [start.date.day] && start.date.day <= 28 || own == plain.clamped(to: start.date) {
                (own.monthDays, own.positions) = ([], [])
            }
        case .yearly:
            let isLeapDay = (start.date.month, start.date.day) == (2, 29)
            let isDay = own.months == [start.date.month] && own.monthDays == [start.date.day]
            if isDay && !isLeapDay || own == plain.clamped(to: start.date) {
                (own.months, own.monthDays, own.positions) = ([], [], [])
            }
        case .daily, .hourly: break
        }
        guard own == plain, rule.interval == 1, rule.frequency != .hourly else { return "custom" }
        return rule.frequency.rawValue.lowercased()
    }
}

extension RecurrenceRule {
    /// The rule for `daily`, `weekly`, `monthly` or `yearly`, as people mean it.
    init?(word: String, from date: LocalDate) {
        guard let frequency = Frequency(rawValue: word.uppercased()), frequency != .hourly else { return nil }
        self = RecurrenceRule(frequency).clamped(to: date)
    }
}
