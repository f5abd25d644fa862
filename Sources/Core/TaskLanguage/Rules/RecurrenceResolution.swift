import CivilTime
import Recurrence

/// Puts a recurrence and what else was said about time together into a rule and a first date.
struct RecurrenceResolution {
    let context: LanguageContext

    /// - Parameters:
    ///   - date: a day named elsewhere in the text; the series starts there.
    ///   - time: a time named elsewhere.
    /// - Returns: nil when there is no such date within the calendar.
    func resolve(
        _ match: RecurrenceMatch, date: LocalDate?, time other: LocalTime?, zone: Zone?
    ) -> (recurrence: ParsedRecurrence, due: ParsedDue)? {
        let today = context.today
        let time = match.time?.time ?? match.start?.time ?? other
        let named = match.start?.date ?? date
        let start = named ?? today
        var rule = match.rule
        rule.choosePlacesByDay()
        // Counted from completions, the day of each decides.
        if match.anchor == .schedule { rule = rule.clamped(to: start) }
        if let length = match.length, let last = end(of: length, from: start) { rule.end = .until(.date(last)) }
        let isHourly = rule.frequency == .hourly
        let clock = time ?? (isHourly ? LocalTime(hour: context.now.time.hour, minute: 0) : nil)
        let begin = LocalDateTime(start, clock ?? .midnight)
        let set = RecurrenceSet(start: begin, rule: rule, zone: .utc)
        // A time that has passed today, or no day named: the first one still to come.
        let after = named == nil && clock != nil ? context.now : LocalDateTime(start.adding(days: -1), .lastSecond)
        guard let first = set.next(afterLocal: after), (1900...2999).contains(first.local.date.year) else { return nil }
        let due = ParsedDue(
            date: first.local.date, time: clock == nil ? nil : first.local.time,
            zone: clock == nil ? nil : match.time?.zone ?? zone
        )
        return (ParsedRecurrence(rule: rule, anchor: match.anchor), due)
    }

    private func end(of length: Amount, from start: LocalDate) -> LocalDate? {
        let count = min(length.count, 10_000)
        return switch length.unit {
        case .day: start.adding(days: count - 1)
        case .week: start.adding(days: count * 7 - 1)
        case .month: start.adding(months: count).adding(days: -1)
        case .quarter: start.adding(months: count * 3).adding(days: -1)
        case .year: start.adding(months: count * 12).adding(days: -1)
        case .minute, .hour: nil
        }
    }
}

extension RecurrenceRule {
    /// "The last workday at 8 and 20" is both times of that day, where BYSETPOS counts times.
    fileprivate mutating func choosePlacesByDay() {
        let times = max(hours.count, 1) * max(minutes.count, 1)
        guard times > 1, positions.count == 1, let place = positions.first else { return }
        let first = place > 0 ? (place - 1) * times + 1 : place * times
        positions = Array(first..<first + times)
    }
}

extension LocalTime {
    static let lastSecond = LocalTime(hour: 23, minute: 59, second: 59) ?? .midnight
}
