import CivilTime
import Recurrence

/// Days of the year.
extension Cursor {
    /// "jan 31", "31 january", "jan 1 and jul 1", "2nd tuesday of march", "mar, jun and dec on the 10th".
    mutating func takeYearly() -> RecurrenceMatch? {
        if let rule = attempt({ $0.takeMonthDays() }) { return RecurrenceMatch(rule) }
        if let rule = attempt({ $0.takeWeekdayOfMonth() }) { return RecurrenceMatch(rule) }
        return takeMonthsOnDay()
    }

    /// One day of one month, or the same day of several.
    private mutating func takeMonthDays() -> RecurrenceRule? {
        guard let first = takeMonthDayPair() else { return nil }
        var rule = RecurrenceRule(.yearly)
        (rule.months, rule.monthDays) = ([first.month], [first.day])
        while let next = attempt({ cursor -> (month: Int, day: Int)? in
            guard cursor.take(cursor.words.and) || cursor.take(",") else { return nil }
            _ = cursor.take(cursor.words.and)
            return cursor.takeMonthDayPair()
        }) {
            guard next.day == first.day else { return nil }
            rule.months.append(next.month)
        }
        return rule
    }

    mutating func takeWeekdayOfMonth() -> RecurrenceRule? {
        _ = take(words.the)
        guard let ordinal = takeOrdinal(), abs(ordinal) <= 5, let weekday = take(words.weekdays),
            take(words.of) || take(words.inside), let month = take(words.months)
        else { return nil }
        var rule = RecurrenceRule(.yearly)
        (rule.months, rule.days) = ([month], [RecurrenceRule.Day(weekday, ordinal: ordinal)])
        return rule
    }

    /// "mar, jun and dec on the 10th"; months alone are their first days.
    private mutating func takeMonthsOnDay() -> RecurrenceMatch? {
        guard let months = takeMonths() else { return nil }
        let place = attempt { cursor -> RecurrenceRule? in
            guard cursor.take(cursor.words.on) || cursor.take(cursor.words.the) else { return nil }
            return cursor.takeMonthlyPlaces(1)
        }
        var rule = RecurrenceRule(.yearly)
        rule.months = months
        guard let place else {
            guard isAtClauseEnd || isBeforeTime else { return nil }
            rule.monthDays = [1]
            var match = RecurrenceMatch(rule)
            match.assumesFirst = true
            return match
        }
        (rule.monthDays, rule.days, rule.positions) = (place.monthDays, place.days, place.positions)
        return RecurrenceMatch(rule)
    }

    private mutating func takeMonthDayPair() -> (month: Int, day: Int)? {
        if let month = take(words.months) {
            _ = takeTouching(".")
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
