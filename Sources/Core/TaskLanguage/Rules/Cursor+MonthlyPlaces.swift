import CivilTime
import Recurrence

/// Where in the month: days, weekdays, workdays.
extension Cursor {
    private enum Place {
        case day(Int)
        case weekday(Int, Weekday)
        case workday(Int)
    }

    /// "1st and 15th", "3rd friday", "last workday", each with "of the month" behind it.
    mutating func takeMonthlyPlaces(_ interval: Int) -> RecurrenceRule? {
        guard let first = takePlace() else { return nil }
        var places = [first]
        while let next = attempt({ cursor -> Place? in
            guard cursor.take(",") || cursor.take(cursor.words.and) else { return nil }
            _ = cursor.take(cursor.words.and)
            return cursor.takePlace()
        }) {
            places.append(next)
        }
        return Cursor.rule(of: places, interval)
    }

    private mutating func takePlace() -> Place? {
        _ = take(words.the)
        guard let ordinal = takeOrdinal() else { return nil }
        let place: Place
        if take(words.workdays) {
            place = .workday(ordinal)
        } else if let weekday = take(words.weekdays) {
            guard abs(ordinal) <= 5 else { return nil }
            place = .weekday(ordinal, weekday)
        } else if let unit = attempt({ $0.take($0.words.units) }) {
            // "every 3rd day" is an interval; only "of the month" or "last" makes it a place.
            guard unit == .day, ordinal == -1 || isBeforeMonth else { return nil }
            place = .day(ordinal)
        } else {
            guard (1...31).contains(ordinal) else { return nil }
            place = .day(ordinal)
        }
        _ = attempt { $0.takeOfMonth() ? true : nil }
        return place
    }

    var isBeforeMonth: Bool {
        var trial = self
        return trial.takeOfMonth()
    }

    private mutating func takeOfMonth() -> Bool {
        guard take(words.of) || take(words.inside) else { return take(words.every) && take(words.units) == .month }
        _ = take(words.the) || take(words.every)
        return take(words.units) == .month
    }

    /// "2nd and last friday": the weekday is said once for all.
    private static func sharingWeekday(_ places: [Place]) -> [Place] {
        guard case .weekday(_, let weekday)? = places.last else { return places }
        return places.map { place in
            if case .day(let day) = place, (1...5).contains(day) { .weekday(day, weekday) } else { place }
        }
    }

    /// Days go together, weekdays go together; a workday stands alone.
    private static func rule(of places: [Place], _ interval: Int) -> RecurrenceRule? {
        var rule = RecurrenceRule(.monthly, interval: interval)
        var days: [Int] = []
        for place in sharingWeekday(places) {
            switch place {
            case .day(let day): days.append(day)
            case .weekday(let ordinal, let weekday):
                rule.days.append(RecurrenceRule.Day(weekday, ordinal: ordinal))
            case .workday(let ordinal):
                guard places.count == 1 else { return nil }
                rule.days = RecurrenceRule.workdays.map { RecurrenceRule.Day($0) }
                rule.positions = [ordinal]
            }
        }
        if days.isEmpty { return rule }
        return rule.days.isEmpty ? .monthly(on: days, interval: interval) : nil
    }
}
