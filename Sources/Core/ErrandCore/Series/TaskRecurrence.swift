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
    /// What occurrences are computed from: the rule's DTSTART.
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

    /// Every occurrence on the clocks of `zone`, from `start` where another one is given.
    func occurrences(in zone: Zone, from other: LocalDateTime? = nil) -> RecurrenceSet {
        var rule = rule
        // Counted from completions there is no set whose first ones could be counted: the index ends it.
        if other != nil, case .count = rule.end { rule.end = .never }
        var days: Set<LocalDate> = []
        var times: Set<LocalDateTime> = []
        for exception in exceptions {
            switch exception {
            case .day(let day): days.insert(day)
            case .time(let time): times.insert(time)
            }
        }
        return RecurrenceSet(
            start: other ?? start, rule: rule, excluded: times, excludedDays: days, zone: zone
        )
    }

    /// `daily`, `weekly`, `monthly`, `yearly` where the rule says no more than that; otherwise `custom`.
    public var word: String {
        let plain = RecurrenceRule(rule.frequency, interval: rule.interval, end: rule.end)
        var own = rule
        own.weekStart = plain.weekStart
        switch rule.frequency {
        case .weekly: if own.days == [RecurrenceRule.Day(start.date.weekday)] { own.days = [] }
        case .monthly:
            if own.monthDays == [start.date.day] || own == own.clamped(to: start.date) {
                (own.monthDays, own.positions) = ([], [])
            }
        case .yearly:
            if own.months == [start.date.month], own.monthDays == [start.date.day] {
                (own.months, own.monthDays) = ([], [])
            }
        case .daily, .hourly: break
        }
        guard own == plain, rule.interval == 1, rule.frequency != .hourly else { return "custom" }
        return rule.frequency.rawValue.lowercased()
    }
}

extension RecurrenceRule {
    /// The rule for `daily`, `weekly`, `monthly` or `yearly`, as people mean it: monthly from the 31st is the last
    /// day of shorter months, yearly from 29 February the 28th of other years.
    init?(word: String, from date: LocalDate) {
        guard let frequency = Frequency(rawValue: word.uppercased()), frequency != .hourly else { return nil }
        self = RecurrenceRule(frequency).clamped(to: date)
    }

    /// The last possible day up to the date's own, for monthly rules from the 29th on and yearly ones from 29
    /// February.
    fileprivate func clamped(to date: LocalDate) -> RecurrenceRule {
        var rule = self
        if frequency == .monthly, date.day > 28 {
            (rule.monthDays, rule.positions) = (Array(28...date.day), [-1])
        } else if frequency == .yearly, date.month == 2, date.day == 29 {
            (rule.months, rule.monthDays, rule.positions) = ([2], [28, 29], [-1])
        }
        return rule
    }
}
