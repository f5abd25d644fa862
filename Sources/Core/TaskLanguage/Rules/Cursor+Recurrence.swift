import CivilTime
import Recurrence

extension Cursor {
    /// "every other friday at 9am until june", "2nd saturday of every month", "daily", "mondays", "every! 3 days".
    mutating func takeRecurrence() -> RecurrenceMatch? {
        guard let longest = recurrences().first else { return nil }
        self = longest.end
        return longest.match
    }

    /// What comes again here, with everything behind it that belongs to it, and without: what follows may be a
    /// reminder's.
    func recurrences() -> [(match: RecurrenceMatch, end: Cursor)] {
        guard isAtKnown else { return [] }
        var cursor = self
        let found =
            cursor.attempt { $0.takeEvery() } ?? cursor.attempt { $0.takeDaysThenEvery() }
            ?? cursor.attempt { $0.takePlaceThenEvery() } ?? cursor.attempt { $0.takeOnce() }
        guard let head = found ?? cursor.attempt({ $0.takeAdverb() }) ?? cursor.attempt({ $0.takePlural() }) else {
            return []
        }
        let short = cursor
        var whole = head
        cursor.takeTail(&whole)
        let isShort = cursor.place == short.place
        return [(whole, cursor), isShort ? nil : (head, short)].compactMap { $0 }.compactMap { match, end in
            guard end.isAtBoundary, let rule = try? match.rule.validated() else { return nil }
            var match = match
            match.rule = rule
            return (match, end)
        }
    }

    mutating func takeEvery() -> RecurrenceMatch? {
        _ = take(words.shortOn)
        guard take(words.every) else { return nil }
        let counts = takeTouching("!")
        guard var match = attempt({ $0.takeEveryWhat() }), isAtBoundary || isBeforeTouchingNumber else { return nil }
        if counts { match.anchor = .completion }
        return match
    }

    /// "mon wed fri 4 to 5 pm every week".
    private mutating func takeDaysThenEvery() -> RecurrenceMatch? {
        _ = take(words.on)
        guard let days = takeWeekdays() else { return nil }
        let time = attempt { $0.takeTime(besideDate: true) }
        guard take(words.every) else { return nil }
        let interval = take(words.other) ? 2 : attempt { $0.takeCount() } ?? 1
        guard take(words.units) == .week, isAtBoundary, interval > 0 else { return nil }
        var match = RecurrenceMatch(.weekly(on: days, interval: interval))
        match.time = time
        return match
    }

    private mutating func takeEveryWhat() -> RecurrenceMatch? {
        if let match = attempt({ $0.takeYearly() }) { return match }
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
            takePart(into: &match)
            return match
        }
        if let part = attempt({ $0.take($0.words.parts) }) {
            var match = RecurrenceMatch(RecurrenceRule(.daily, interval: interval))
            match.time = TimeMatch(part: part)
            return match
        }
        guard let unit = takeUnit() else { return nil }
        return rule(every: interval, unit)
    }

    mutating func takePart(into match: inout RecurrenceMatch) {
        if let part = attempt({ $0.take($0.words.parts) ?? $0.take($0.words.pluralParts) }) {
            match.time = TimeMatch(part: part)
        }
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
        case .day:
            // "alle 14 Tage montags"
            if interval > 1, interval % 7 == 0, let days = attempt({ $0.takeWeekdays() }) {
                return RecurrenceMatch(.weekly(on: days, interval: interval / 7))
            }
            return RecurrenceMatch(RecurrenceRule(.daily, interval: interval))
        case .week: return weekly(every: interval)
        case .fortnight: return weekly(every: interval * 2)
        case .month:
            return RecurrenceMatch(attempt { $0.takeOnPlaces(interval) } ?? .init(.monthly, interval: interval))
        case .quarter:
            return RecurrenceMatch(attempt { $0.takeOnPlaces(interval * 3) } ?? .init(.monthly, interval: interval * 3))
        case .year:
            let dated = attempt { cursor -> RecurrenceRule? in
                guard cursor.take(cursor.words.on) || cursor.take(cursor.words.inside) else { return nil }
                _ = cursor.take(cursor.words.the)
                return cursor.takeYearly()?.rule ?? cursor.takeMonthlyPlaces(1)
            }
            guard var rule = dated, rule.frequency == .yearly else {
                return dated == nil ? RecurrenceMatch(RecurrenceRule(.yearly, interval: interval)) : nil
            }
            rule.interval = interval
            return RecurrenceMatch(rule)
        }
    }

    private mutating func weekly(every interval: Int) -> RecurrenceMatch {
        let days = attempt { cursor -> [Weekday]? in
            let hasWord = cursor.take(cursor.words.on)
            guard let days = cursor.takeWeekdays() else { return nil }
            return hasWord || cursor.isAtClauseEnd || cursor.isBeforeTime || interval > 1 ? days : nil
        }
        var match = RecurrenceMatch(.weekly(on: days ?? [], interval: interval))
        if days != nil { takePart(into: &match) }
        return match
    }

    private mutating func takeOnPlaces(_ interval: Int) -> RecurrenceRule? {
        guard take(words.on) || take(words.the) else { return nil }
        return takeMonthlyPlaces(interval)
    }

    /// "once a week", "once every 2 weeks on monday".
    private mutating func takeOnce() -> RecurrenceMatch? {
        guard take(words.repeats.once) else { return nil }
        return takeWhat(every: attempt { $0.takeInterval() } ?? 1)
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
        guard isAtBoundary, var match = rule(every: unit.0, unit.1) else { return nil }
        if counts { match.anchor = .completion }
        var rest = self
        var ignored = match
        rest.takeTail(&ignored)
        match.isWeak = !(isAtClauseEnd || rest.place > place || hasDetail(match.rule) || isBeforeTag)
        return match
    }

    private var isBeforeTag: Bool {
        guard let current else { return true }
        if current.text == "p", token(place + 1)?.number != nil { return true }
        return ["#", "@", "*", "!"].contains(current.text) || current.isPicture
    }

    private func hasDetail(_ rule: RecurrenceRule) -> Bool { !(rule.days.isEmpty && rule.monthDays.isEmpty) }
}
