import CivilTime
import Recurrence

extension Cursor {
    /// "every other friday at 9am until june", "daily", "every! 3 days".
    mutating func takeRecurrence() -> RecurrenceMatch? {
        guard var match = attempt({ $0.takeEvery() }) ?? attempt({ $0.takeAdverb() }) ?? attempt({ $0.takePlural() })
        else { return nil }
        takeTail(&match)
        guard isAtBoundary, let rule = try? match.rule.validated() else { return nil }
        match.rule = rule
        return match
    }

    mutating func takeEvery() -> RecurrenceMatch? {
        guard take(words.every) else { return nil }
        let counts = takeTouching("!")
        guard var match = attempt({ $0.takeEveryWhat() }), isAtBoundary else { return nil }
        if counts { match.anchor = .completion }
        return match
    }

    private mutating func takeEveryWhat() -> RecurrenceMatch? {
        if let rule = attempt({ $0.takeYearlyDate() }) { return RecurrenceMatch(rule) }
        if let match = attempt({ $0.takeEveryOther() }) { return match }
        if let rule = attempt({ $0.takeMonthlyPlaces(1) }) { return RecurrenceMatch(rule) }
        return takeWhat(every: attempt { $0.takeInterval() } ?? 1)
    }

    /// "other friday", "second day"; "second friday of the month" is a place in the month.
    private mutating func takeEveryOther() -> RecurrenceMatch? {
        guard take(words.other), let match = takeWhat(every: 2), !isBeforeMonth else { return nil }
        return match
    }

    private mutating func takeWhat(every interval: Int) -> RecurrenceMatch? {
        guard (1...RecurrenceRule.intervalMax).contains(interval) else { return nil }
        if let days = attempt({ $0.takeWeekdays() }) {
            var match = RecurrenceMatch(.weekly(on: days, interval: interval))
            if let part = attempt({ $0.take($0.words.parts) }) { match.time = TimeMatch(time: time(of: part)) }
            return match
        }
        if let part = attempt({ $0.take($0.words.parts) }) {
            var match = RecurrenceMatch(RecurrenceRule(.daily, interval: interval))
            match.time = TimeMatch(time: time(of: part))
            return match
        }
        guard let unit = takeUnit() else { return nil }
        return rule(every: interval, unit)
    }

    /// A number that a unit or a weekday follows.
    private mutating func takeInterval() -> Int? {
        // "every 3rd day" is every three days; "every 3rd friday" was a place in the month.
        if let ordinal = attempt({ $0.takeOrdinal() }), ordinal > 0 { return ordinal }
        return takeCount()
    }

    private mutating func rule(every interval: Int, _ unit: Vocabulary.Unit) -> RecurrenceMatch? {
        switch unit {
        case .minute: return nil
        case .hour: return RecurrenceMatch(RecurrenceRule(.hourly, interval: interval))
        case .day: return RecurrenceMatch(RecurrenceRule(.daily, interval: interval))
        case .week:
            let days = attempt { cursor -> [Weekday]? in
                guard cursor.take(cursor.words.on) else { return nil }
                return cursor.takeWeekdays()
            }
            return RecurrenceMatch(.weekly(on: days ?? [], interval: interval))
        case .month:
            return RecurrenceMatch(attempt { $0.takeOnPlaces(interval) } ?? .init(.monthly, interval: interval))
        case .quarter:
            return RecurrenceMatch(attempt { $0.takeOnPlaces(interval * 3) } ?? .init(.monthly, interval: interval * 3))
        case .year:
            let dated = attempt { cursor -> RecurrenceRule? in
                guard cursor.take(cursor.words.on) else { return nil }
                _ = cursor.take(cursor.words.the)
                return cursor.takeYearlyDate() ?? cursor.takeMonthlyPlaces(1)
            }
            guard var rule = dated, rule.frequency == .yearly else {
                return dated == nil ? RecurrenceMatch(RecurrenceRule(.yearly, interval: interval)) : nil
            }
            rule.interval = interval
            return RecurrenceMatch(rule)
        }
    }

    private mutating func takeOnPlaces(_ interval: Int) -> RecurrenceRule? {
        guard take(words.on) || take(words.the) else { return nil }
        return takeMonthlyPlaces(interval)
    }

    /// "daily", "weekly on monday": alone it can be a plain word ("daily standup"), so something has to follow.
    private mutating func takeAdverb() -> RecurrenceMatch? {
        guard let adverb = take(words.adverbs) else { return nil }
        let counts = takeTouching("!")
        let unit: (Int, Vocabulary.Unit) =
            switch adverb {
            case .hourly: (1, .hour)
            case .daily: (1, .day)
            case .weekly: (1, .week)
            case .biweekly: (2, .week)
            case .monthly: (1, .month)
            case .quarterly: (3, .month)
            case .yearly: (1, .year)
            }
        guard var match = rule(every: unit.0, unit.1) else { return nil }
        if counts { match.anchor = .completion }
        var rest = self
        var ignored = match
        rest.takeTail(&ignored)
        return isAtClauseEnd || rest.place > place || hasDetail(match.rule) || isBeforeTag ? match : nil
    }

    private var isBeforeTag: Bool { current.map { ["#", "@", "*"].contains($0.text) } ?? true }

    private func hasDetail(_ rule: RecurrenceRule) -> Bool { !(rule.days.isEmpty && rule.monthDays.isEmpty) }

    /// "monday", "mon, wed and fri", "workday", "weekend".
    mutating func takeWeekdays() -> [Weekday]? {
        if take(words.workdays) { return RecurrenceRule.workdays }
        if take(words.weekends) { return [.saturday, .sunday] }
        guard let first = takeWeekday() else { return nil }
        var days = [first]
        while let next = attempt({ cursor -> Weekday? in
            guard cursor.take(",") || cursor.take(cursor.words.and) || cursor.take("/") else { return nil }
            _ = cursor.take(cursor.words.and)
            _ = cursor.take(cursor.words.on)
            _ = cursor.take(cursor.words.every)
            return cursor.takeWeekday()
        }) {
            days.append(next)
        }
        return days
    }

    private mutating func takeWeekday() -> Weekday? { take(words.weekdays) ?? take(words.pluralWeekdays) }

    /// "mondays", "on mondays and fridays".
    private mutating func takePlural() -> RecurrenceMatch? {
        _ = take(words.on)
        guard let word = current, words.pluralWeekdays[word.text] != nil, let days = takeWeekdays(), isAtBoundary
        else { return nil }
        return RecurrenceMatch(.weekly(on: days))
    }

    /// "jan 31", "31 january", "2nd tuesday of march": every year.
    private mutating func takeYearlyDate() -> RecurrenceRule? {
        if let date = attempt({ $0.takeMonthDayPair() }) {
            var rule = RecurrenceRule(.yearly)
            (rule.months, rule.monthDays) = ([date.month], [date.day])
            return rule
        }
        guard let ordinal = takeOrdinal(), let weekday = take(words.weekdays), take(words.of),
            let month = take(words.months)
        else { return nil }
        var rule = RecurrenceRule(.yearly)
        (rule.months, rule.days) = ([month], [RecurrenceRule.Day(weekday, ordinal: ordinal)])
        return rule
    }

    private mutating func takeMonthDayPair() -> (month: Int, day: Int)? {
        if let month = take(words.months) {
            guard let day = attempt({ $0.takeOrdinal() }) ?? takeNumber() else { return nil }
            return Cursor.pair(month, day)
        }
        guard let day = attempt({ $0.takeOrdinal() }) ?? takeNumber() else { return nil }
        _ = take(words.of)
        guard let month = take(words.months) else { return nil }
        return Cursor.pair(month, day)
    }

    /// Nil for days that no such month has.
    private static func pair(_ month: Int, _ day: Int) -> (month: Int, day: Int)? {
        LocalDate(year: 2024, month: month, day: day) == nil ? nil : (month, day)
    }
}
