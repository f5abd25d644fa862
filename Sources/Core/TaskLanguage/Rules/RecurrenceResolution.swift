import CivilTime
import Recurrence

/// Puts a recurrence and what else was said about time together into a rule and a first date.
struct RecurrenceResolution {
    let context: LanguageContext

    /// - Parameter other: a day and a time named elsewhere in the text; the series starts there.
    /// - Returns: nil when there is no such date within the calendar.
    func resolve(
        _ match: RecurrenceMatch, with other: DuePiece
    ) -> (recurrence: ParsedRecurrence, due: ParsedDue)? {
        let resolved = clock(of: match, other)
        let named = match.start?.date?.date ?? other.date?.date
        let start = named ?? context.today
        var rule = match.rule
        if resolved?.addsDay == true, rule.frequency == .weekly {
            rule.days = rule.days.map { RecurrenceRule.Day(Weekday.allCases[($0.weekday.rawValue + 1) % 7]) }
        }
        rule.choosePlacesByDay()
        // Counted from completions, the day of each decides.
        if match.anchor == .schedule { rule = rule.clamped(to: start) }
        if let length = match.length { end(&rule, after: length, from: start) }
        let isHourly = rule.frequency == .hourly
        let clock = resolved?.time ?? (isHourly ? LocalTime(hour: context.now.time.hour, minute: 0) : nil)
        let set = RecurrenceSet(
            start: LocalDateTime(anchor(of: rule, start), clock ?? .midnight), rule: rule, zone: .utc
        )
        // A time that has passed today, or no day named: the first one still to come.
        let after = named == nil && clock != nil ? context.now : LocalDateTime(start.adding(days: -1), .lastSecond)
        guard let first = set.next(afterLocal: after), (1900...2999).contains(first.local.date.year) else { return nil }
        let zone = match.time?.zone ?? match.start?.zone ?? other.zone
        let due = ParsedDue(
            date: first.local.date, time: clock == nil ? nil : first.local.time, zone: clock == nil ? nil : zone
        )
        return (ParsedRecurrence(rule: rule, anchor: match.anchor), due)
    }

    /// The hour can be said in one place and its part of the day in another.
    private func clock(of match: RecurrenceMatch, _ other: DuePiece) -> TimeMatch.Resolved? {
        if let time = match.start?.date?.time ?? (match.time == nil ? other.date?.time : nil) {
            return TimeMatch.Resolved(time: time)
        }
        let said = [match.time, match.start?.time, other.time].compactMap { $0 }
        let part = said.compactMap(\.part).first ?? match.start?.date?.part ?? other.date?.part
        guard var time = said.first(where: { $0.hour != nil || $0.isMidnight }) ?? part.map({ TimeMatch(part: $0) })
        else { return nil }
        time.part = time.part ?? part
        return time.resolved(context.dayParts)
    }

    /// Every other Monday begins with the next Monday, every three months on the 10th with the next 10th, whatever
    /// day it is said on.
    private func anchor(of rule: RecurrenceRule, _ start: LocalDate) -> LocalDate {
        guard rule.interval > 1, !(rule.days.isEmpty && rule.monthDays.isEmpty) else { return start }
        var each = rule
        (each.interval, each.end) = (1, .never)
        let set = RecurrenceSet(start: LocalDateTime(start, .midnight), rule: each, zone: .utc)
        let before = LocalDateTime(start.adding(days: -1), .lastSecond)
        return set.next(afterLocal: before)?.local.date ?? start
    }

    /// "every wednesday for 8 weeks" is eight times; where that cannot be counted, the last day is known.
    private func end(_ rule: inout RecurrenceRule, after length: Amount, from start: LocalDate) {
        if let count = count(rule, length) {
            rule.end = .count(count)
        } else if let after = Amount(count: min(length.count, 10_000), unit: length.unit).after(start) {
            rule.end = .until(.date(after.adding(days: -1)))
        }
    }

    private func count(_ rule: RecurrenceRule, _ length: Amount) -> Int? {
        let times = max(rule.hours.count, 1)
        let periods: Int
        let each: Int
        switch (rule.frequency, length.unit) {
        case (.weekly, .week), (.weekly, .fortnight):
            periods = length.unit == .week ? length.count : length.count * 2
            each = max(rule.days.count, 1)
        case (.daily, .day): (periods, each) = (length.count, 1)
        case (.daily, .week): (periods, each) = (length.count * 7, 1)
        case (.monthly, .month):
            (periods, each) = (
                length.count, max(rule.positions.isEmpty ? rule.monthDays.count + rule.days.count : 1, 1)
            )
        case (.yearly, .year): (periods, each) = (length.count, max(rule.months.count, 1))
        default: return nil
        }
        let count = (periods + rule.interval - 1) / rule.interval * each * times
        return (1...RecurrenceRule.countMax).contains(count) ? count : nil
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
