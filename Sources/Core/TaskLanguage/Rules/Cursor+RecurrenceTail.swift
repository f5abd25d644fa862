import CivilTime
import Recurrence

/// What can be said after a recurrence, in any order, each once.
extension Cursor {
    mutating func takeTail(_ match: inout RecurrenceMatch) {
        for _ in 0..<6 {
            let before = place
            takeTimes(&match)
            takeStart(&match)
            takeEnd(&match)
            if take(words.afterCompletion) { match.anchor = .completion }
            if place == before { return }
        }
    }

    /// "at 8am and 8pm".
    private mutating func takeTimes(_ match: inout RecurrenceMatch) {
        guard match.time == nil, let first = attempt({ $0.takeTime() }) else { return }
        match.time = first
        var times = [first.time]
        while let next = attempt({ cursor -> TimeMatch? in
            guard cursor.take(",") || cursor.take(cursor.words.and) else { return nil }
            return cursor.takeTime()
        }) {
            times.append(next.time)
        }
        // Several times of a day are a rule only where every hour goes with every minute.
        guard times.count > 1, Set(times.map(\.minute)).count == 1, match.rule.frequency != .hourly else { return }
        match.rule.hours = Set(times.map(\.hour)).sorted()
        match.rule.minutes = [times[0].minute]
    }

    private mutating func takeStart(_ match: inout RecurrenceMatch) {
        guard match.start == nil else { return }
        match.start = attempt { cursor in
            cursor.take(cursor.words.starting) ? cursor.takeDate(allowsDoubtful: true) : nil
        }
    }

    private mutating func takeEnd(_ match: inout RecurrenceMatch) {
        guard case .never = match.rule.end, match.length == nil else { return }
        if let last = attempt({ $0.takeLastDate() }) {
            match.rule.end = .until(.date(last))
        } else if let count = attempt({ $0.takeTimesCount() }) {
            match.rule.end = .count(count)
        } else if let amount = attempt({ cursor -> Amount? in
            cursor.take(cursor.words.lasting) ? cursor.takeAmount() : nil
        }), amount.unit != .minute, amount.unit != .hour {
            match.length = amount
        }
    }

    /// "until june 1", "until friday"; a month alone means its last day.
    private mutating func takeLastDate() -> LocalDate? {
        guard take(words.until) else { return nil }
        _ = take(words.the)
        if let date = takeDate(allowsDoubtful: true)?.date { return date }
        guard let month = take(words.months), isAtBoundary else { return nil }
        let year = month < today.month ? today.year + 1 : today.year
        return LocalDate(year: year, month: month, day: LocalDate.days(inMonth: month, of: year))
    }

    /// "10 times", "for 10 times".
    private mutating func takeTimesCount() -> Int? {
        _ = take(words.lasting)
        guard let count = takeCount(), (1...RecurrenceRule.countMax).contains(count) else { return nil }
        _ = takeTouching("x")
        return take(words.times) ? count : nil
    }
}
