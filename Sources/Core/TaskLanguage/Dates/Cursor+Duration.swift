import CivilTime

/// So many units of time.
struct Amount: Hashable {
    var count: Int
    var unit: Vocabulary.Unit
}

extension Cursor {
    /// "3 days", "an hour", "2h".
    mutating func takeAmount() -> Amount? {
        attempt { cursor in
            guard let count = cursor.takeCount(), (0...99_999).contains(count),
                let unit = cursor.takeUnit(), cursor.isAtBoundary || cursor.isBeforeTimeWord
            else { return nil }
            return Amount(count: count, unit: unit)
        }
    }

    mutating func takeUnit() -> Vocabulary.Unit? {
        if let unit = take(words.units) { return unit }
        guard current?.isApart == false else { return nil }
        return take(words.shortUnits)
    }

    /// "1 hour 30 minutes", "2h30m", "1h30", "1.5 hours", "two and a half hours", "half an hour", "2 days": days of
    /// the calendar and whole seconds.
    mutating func takeDuration() -> CalendarSpan? {
        attempt { cursor in
            if cursor.take(cursor.words.halves) {
                guard let unit = cursor.take(cursor.words.units), let seconds = unit.seconds else { return nil }
                return CalendarSpan(seconds: seconds / 2)
            }
            var (days, seconds) = (0, 0)
            var pieces = 0
            while pieces < 4, let piece = cursor.attempt({ $0.takeDurationPiece() }) {
                days += piece.days
                seconds += piece.seconds
                pieces += 1
                var trial = cursor
                if trial.take(cursor.words.and) || trial.take(","), trial.takeDurationPiece() != nil {
                    _ = cursor.take(cursor.words.and) || cursor.take(",")
                }
            }
            return pieces > 0 ? CalendarSpan(days: days, seconds: seconds) : nil
        }
    }

    private mutating func takeDurationPiece() -> CalendarSpan? {
        var tenths = 0
        let whole: Int
        if let said = take(words.withHalf) {
            (whole, tenths) = (said, 5)
        } else {
            guard let count = takeCount() else { return nil }
            whole = count
        }
        var trial = self
        if trial.takeTouching(".") || trial.takeTouching(","), let digit = trial.takeNumber(touching: true), digit < 10
        {
            tenths = digit
            self = trial
        }
        if tenths == 0, take(words.andHalf) { tenths = 5 }
        guard let unit = takeUnit(), let seconds = unit.seconds else { return nil }
        if tenths == 0, take(words.andHalf) { tenths = 5 }
        let part = tenths * seconds / 10
        switch unit {
        case .day: return CalendarSpan(days: whole, seconds: part)
        case .week, .fortnight: return CalendarSpan(days: whole * seconds / 86_400, seconds: part)
        case .hour: return CalendarSpan(seconds: whole * seconds + part + takeBareMinutes() * 60)
        default: return CalendarSpan(seconds: whole * seconds + part)
        }
    }

    /// The `30` of "1h30".
    private mutating func takeBareMinutes() -> Int {
        attempt { cursor in
            guard cursor.current?.range.count == 2, let minutes = cursor.takeNumber(touching: true), minutes < 60,
                cursor.isAtBoundary
            else { return nil }
            return minutes
        } ?? 0
    }
}

extension Vocabulary.Unit {
    /// Where the clocks do not change; nil for units that have no fixed length.
    var seconds: Int? {
        switch self {
        case .minute: 60
        case .hour: 3600
        case .day: 86_400
        case .week: 604_800
        case .fortnight: 1_209_600
        case .month, .quarter, .year: nil
        }
    }
}
