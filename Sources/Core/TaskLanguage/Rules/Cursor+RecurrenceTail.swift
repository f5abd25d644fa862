import CivilTime
import Recurrence

/// What can be said after a recurrence, in any order, each once.
extension Cursor {
    mutating func takeTail(_ match: inout RecurrenceMatch) {
        for _ in 0..<7 {
            let before = place
            takeTimes(&match)
            takeStart(&match)
            takeEnd(&match)
            if let rule = attempt({ [rule = match.rule] in $0.takeException(from: rule) }) { match.rule = rule }
            if take(words.afterCompletion) { match.anchor = .completion }
            if place == before { return }
        }
    }

    /// "at 8am and 8pm"; an hour behind a part of the day is in that part.
    private mutating func takeTimes(_ match: inout RecurrenceMatch) {
        guard match.time?.hour == nil, match.time?.isMidnight != true else { return }
        let part = match.time?.part
        guard
            var first = attempt({ cursor -> TimeMatch? in
                _ = cursor.take(",")
                return cursor.takeTime(besideDate: true, besidePart: part != nil)
            })
        else { return }
        if part != nil, first.hour == nil { return }
        first.part = first.part ?? part
        match.time = first
        var times = [first]
        while let next = attempt({ cursor -> TimeMatch? in
            guard cursor.take(",") || cursor.take(cursor.words.and) else { return nil }
            _ = cursor.take(cursor.words.and)
            return cursor.takeTime(besideDate: true)
        }) {
            times.append(next)
        }
        let parts = reading.context.dayParts
        let clocks = times.map { $0.resolved(parts).time }
        // Several times of a day are a rule only where every hour goes with every minute.
        guard times.count > 1, Set(clocks.map(\.minute)).count == 1, match.rule.frequency != .hourly else {
            if times.count > 1 { match.hasUnreadTimes = true }
            return
        }
        match.rule.hours = Set(clocks.map(\.hour)).sorted()
        match.rule.minutes = [clocks[0].minute]
    }

    private mutating func takeStart(_ match: inout RecurrenceMatch) {
        guard match.start == nil else { return }
        match.start = attempt { cursor in
            guard cursor.take(cursor.words.starting) else { return nil }
            var piece = DuePiece()
            return cursor.takeDue(into: &piece) ? piece : nil
        }
    }

    private mutating func takeEnd(_ match: inout RecurrenceMatch) {
        guard case .never = match.rule.end, match.length == nil else { return }
        if let last = attempt({ $0.takeLastDate() }) {
            match.rule.end = .until(.date(last))
        } else if let count = attempt({ $0.takeTimesCount() }) {
            match.rule.end = .count(count)
        } else if let amount = attempt({ cursor -> Amount? in
            cursor.take(cursor.words.repeats.lasting) ? cursor.takeAmount() : nil
        }), amount.unit != .minute, amount.unit != .hour {
            match.length = amount
        }
    }

    /// "until june 1", "until friday"; a month alone means its last day.
    private mutating func takeLastDate() -> LocalDate? {
        guard take(words.until) else { return nil }
        _ = take(words.the)
        if let date = attempt({ $0.takeDate(allowsDoubtful: true) })?.date { return date }
        guard let month = take(words.months), isAtBoundary else { return nil }
        let year = attempt { cursor -> Int? in
            guard cursor.current?.range.count == 4 else { return nil }
            return cursor.takeNumber().flatMap { (1900...2999).contains($0) ? $0 : nil }
        }
        let named = year ?? (month < today.month ? today.year + 1 : today.year)
        return LocalDate(year: named, month: month, day: LocalDate.days(inMonth: month, of: named))
    }

    /// "10 times", "for 10 times", "x10", "10x".
    private mutating func takeTimesCount() -> Int? {
        _ = take(words.repeats.lasting)
        if take("x"), let count = takeNumber(touching: true) { return Self.count(count) }
        guard let count = takeCount() else { return nil }
        if takeTouching("x") { return Self.count(count) }
        return take(words.times) ? Self.count(count) : nil
    }

    private static func count(_ count: Int) -> Int? {
        (1...RecurrenceRule.countMax).contains(count) ? count : nil
    }
}
