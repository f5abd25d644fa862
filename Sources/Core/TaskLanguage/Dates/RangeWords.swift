public import CivilTime

/// Several days in words: what is asked about.
public enum RangeWords {
    /// Reads "today", "this week", "last month", "the weekend", "next 3 days", "december", or any day that
    /// ``DateWords`` reads.
    ///
    /// - Returns: the first day, up to and without the second; nil when the text is anything else.
    public static func parse(_ text: String, in context: LanguageContext) -> Range<LocalDate>? {
        var cursor = Cursor(reading: Reading(text, context), place: 0)
        if let range = cursor.attempt({ $0.takeRange() }), range.lowerBound < range.upperBound { return range }
        if let days = past(text, in: context) { return days }
        guard let said = DateWords.said(text, in: context), let date = said.date else { return nil }
        return date..<date.adding(days: 1)
    }

    /// "last friday", "2 days ago": dates that no task gets, but that one asks about.
    private static func past(_ text: String, in context: LanguageContext) -> Range<LocalDate>? {
        var cursor = Cursor(reading: Reading(text, context), place: 0)
        _ = cursor.take(cursor.words.shortOn)
        guard cursor.take(cursor.words.offsets.last), let day = cursor.take(cursor.words.weekdays), cursor.isAtEnd
        else { return nil }
        let distance = (context.today.weekday.rawValue - day.rawValue + 6) % 7 + 1
        let date = context.today.adding(days: -distance)
        return date..<date.adding(days: 1)
    }
}

extension Cursor {
    /// To the end of the text.
    fileprivate mutating func takeRange() -> Range<LocalDate>? {
        _ = take(words.shortOn) || take(words.inside) || take(words.at)
        _ = take(words.of)
        _ = take(words.the)
        if take(words.weekends), isAtEnd { return weekend(of: today) }
        if let month = attempt({ $0.take($0.words.months) }), isAtEnd {
            let year = month < today.month ? today.year + 1 : today.year
            guard let first = LocalDate(year: year, month: month, day: 1) else { return nil }
            return first..<first.adding(months: 1)
        }
        let later: Int
        if take(words.this) {
            later = 0
        } else if take(words.next) {
            later = 1
        } else if take(words.offsets.last) {
            later = -1
        } else {
            return nil
        }
        if take(words.weekends), isAtEnd { return weekend(of: today.adding(days: later * 7)) }
        if let count = attempt({ $0.takeCount() }) {
            guard later != 0, count < 1000, let unit = take(words.units), isAtEnd,
                let end = Amount(count: count, unit: unit).after(today)
            else { return nil }
            if later > 0 { return today..<end }
            return today.adding(days: today.daysSinceEpoch - end.daysSinceEpoch)..<today.adding(days: 1)
        }
        if later == 0, take(words.parts) != nil, isAtEnd { return today..<today.adding(days: 1) }
        guard let unit = take(words.units), isAtEnd else { return nil }
        return range(of: unit, later)
    }

    private func weekend(of day: LocalDate) -> Range<LocalDate> {
        let monday = day.adding(days: -day.weekday.rawValue)
        return monday.adding(days: 5)..<monday.adding(days: 7)
    }

    private func range(of unit: Vocabulary.Unit, _ later: Int) -> Range<LocalDate>? {
        switch unit {
        case .week:
            let first = today.startOfWeek(beginningOn: reading.context.weekStart).adding(days: later * 7)
            return first..<first.adding(days: 7)
        case .month:
            let first =
                later < 0 ? today.firstOfMonth.adding(days: -1).firstOfMonth : today.firstOfMonth.adding(months: later)
            return first..<first.adding(months: 1)
        case .year:
            guard let first = LocalDate(year: today.year + later, month: 1, day: 1) else { return nil }
            return first..<first.adding(months: 12)
        default: return nil
        }
    }
}
