import CivilTime
import Recurrence

/// Several days of the week.
extension Cursor {
    /// "monday", "mon, wed and fri", "tue thu sat", "mon-thu", "workday", "weekend".
    mutating func takeWeekdays() -> [Weekday]? {
        guard var days = takeDayOrRange() else { return nil }
        while let more = attempt({ $0.takeAnotherDay() }) { days += more }
        return days
    }

    private mutating func takeAnotherDay() -> [Weekday]? {
        let hasMark = take(",") || take(words.and) || take("/")
        if hasMark {
            _ = take(words.and)
            _ = take(words.on)
            _ = take(words.every)
        } else if let text = current?.text, words.everyday.contains(text), current?.isCapitalised == false {
            // German "so" and "do" are words of every day.
            return nil
        }
        return takeDayOrRange()
    }

    private mutating func takeDayOrRange() -> [Weekday]? {
        if takeWorkdays() { return RecurrenceRule.workdays }
        if take(words.weekends) { return [.saturday, .sunday] }
        guard let first = takeWeekday() else { return nil }
        let last = attempt { cursor -> Weekday? in
            guard cursor.take(cursor.words.repeats.through) else { return nil }
            return cursor.takeWeekday()
        }
        guard let last else { return [first] }
        let count = (last.rawValue - first.rawValue + 7) % 7
        return (0...count).map { Weekday.allCases[(first.rawValue + $0) % 7] }
    }

    /// "workday", "working day".
    mutating func takeWorkdays() -> Bool { take(words.workdays) || take(words.workdayPhrases) }

    mutating func takeWeekday() -> Weekday? {
        guard let day = take(words.weekdays) ?? take(words.pluralWeekdays) else { return nil }
        if let next = token(place), next.text == ".", !next.isApart, token(place + 1)?.isApart == false { place += 1 }
        return day
    }

    /// "mondays", "on mondays and fridays", "weekdays", "werktags".
    mutating func takePlural() -> RecurrenceMatch? {
        _ = take(words.on)
        let interval = take(words.repeats.alternate) ? 2 : 1
        guard let word = current, words.pluralWeekdays[word.text] != nil || words.repeats.weekdays.contains(word.text),
            let days = takeWeekdays(), isAtBoundary
        else { return nil }
        var match = RecurrenceMatch(.weekly(on: days, interval: interval))
        takePart(into: &match)
        return match
    }

    /// "mondays except the holidays" is not understood; "every day except sunday" is.
    mutating func takeException(from rule: RecurrenceRule) -> RecurrenceRule? {
        _ = take(",")
        guard take(words.repeats.except) || take(words.repeats.but) else { return nil }
        _ = take(words.on) || take(words.the) || take(words.inside)
        if let days = attempt({ $0.takeWeekdays() }) { return rule.without(days) }
        guard let months = takeMonths() else { return nil }
        return rule.without(months: months)
    }

    /// "mar, jun and dec", "june", "jan-mar".
    mutating func takeMonths() -> [Int]? {
        guard let first = take(words.months) else { return nil }
        _ = takeTouching(".")
        var months = [first]
        while let next = attempt({ cursor -> Int? in
            let isRange = cursor.take(cursor.words.repeats.through)
            if !isRange {
                guard cursor.take(",") || cursor.take(cursor.words.and) || cursor.take("/") else { return nil }
                _ = cursor.take(cursor.words.and)
            }
            guard let month = cursor.take(cursor.words.months) else { return nil }
            return isRange ? -month : month
        }) {
            if next > 0 {
                months.append(next)
            } else {
                var month = months[months.count - 1]
                while month != -next {
                    month = month % 12 + 1
                    months.append(month)
                }
            }
        }
        return months
    }
}
