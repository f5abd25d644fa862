public import CivilTime

/// How far to move a date: "two days", "a month", "half an hour".
public struct DateShift: Hashable, Sendable {
    /// Months of the calendar; a day that a shorter month does not have is its last.
    public var months: Int
    public var span: CalendarSpan

    /// Whether the time of day moves, not only the day.
    public var movesTime: Bool { span.seconds > 0 }

    /// - Returns: `date` so much later, or earlier; seconds do not count.
    public func apply(to date: LocalDate, earlier: Bool) -> LocalDate {
        let sign = earlier ? -1 : 1
        let total = date.year * 12 + date.month - 1 + months * sign
        let (year, month) = (max(total / 12, 1), total % 12 + 1)
        let day = min(date.day, LocalDate.days(inMonth: month, of: year))
        return (LocalDate(year: year, month: month, day: day) ?? date).adding(days: span.days * sign)
    }
}

/// Distances in words.
public enum ShiftWords {
    /// Reads a text that is a length of time and nothing else, months and years too.
    public static func parse(_ text: String, in context: LanguageContext) -> DateShift? {
        let start = Cursor(reading: Reading(text, context), place: 0)
        var cursor = start
        if let span = cursor.takeDuration(), cursor.isAtEnd, span.days < 100_000 {
            return DateShift(months: 0, span: span)
        }
        cursor = start
        guard let amount = cursor.takeAmount(), cursor.isAtEnd, amount.count <= 1200 else { return nil }
        switch amount.unit {
        case .month: return DateShift(months: amount.count, span: .zero)
        case .quarter: return DateShift(months: amount.count * 3, span: .zero)
        case .year: return DateShift(months: amount.count * 12, span: .zero)
        default: return nil
        }
    }
}
