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
        guard let places = takePlaces() else { return nil }
        return Cursor.rule(of: places, interval)
    }

    /// "2nd saturday of every month", "the 1st and 15th of each month", "last friday monthly",
    /// "second sunday of may every year".
    mutating func takePlaceThenEvery() -> RecurrenceMatch? {
        _ = take(words.on)
        if var rule = attempt({ $0.takeWeekdayOfMonth() }) {
            guard let interval = takeEveryUnit(.year, .yearly) else { return nil }
            rule.interval = interval
            return RecurrenceMatch(rule)
        }
        var start = self
        // What follows the places must say "every"; so "of every month" is left for that.
        guard let places = start.takePlaces(leavingEvery: true) else { return nil }
        _ = start.take(words.of) || start.take(words.inside)
        guard let interval = start.takeEveryUnit(.month, .monthly), let rule = Cursor.rule(of: places, interval)
        else { return nil }
        self = start
        return RecurrenceMatch(rule)
    }

    /// "every month", "every other month", "each 3 months", "monthly": how many of them.
    private mutating func takeEveryUnit(_ unit: Vocabulary.Unit, _ adverb: Vocabulary.Adverb) -> Int? {
        if take(words.adverbs) == adverb { return 1 }
        guard take(words.every) else { return nil }
        let interval = take(words.other) ? 2 : attempt { $0.takeCount() } ?? 1
        guard take(words.units) == unit, isAtBoundary, interval > 0 else { return nil }
        return interval
    }

    private mutating func takePlaces(leavingEvery: Bool = false) -> [Place]? {
        guard let first = takePlace(leavingEvery) else { return nil }
        var places = [first]
        while let next = attempt({ cursor -> Place? in
            guard cursor.take(",") || cursor.take(cursor.words.and) else { return nil }
            _ = cursor.take(cursor.words.and)
            return cursor.takePlace(leavingEvery)
        }) {
            places.append(next)
        }
        return places
    }

    private mutating func takePlace(_ leavingEvery: Bool) -> Place? {
        _ = take(words.the)
        guard let ordinal = takeOrdinal() else { return nil }
        let place: Place
        if takeWorkdays() {
            place = .workday(ordinal)
        } else if let weekday = take(words.weekdays) {
            guard abs(ordinal) <= 5 else { return nil }
            place = .weekday(ordinal, weekday)
        } else if !isBeforeSpokenTime, let unit = attempt({ $0.take($0.words.units) }) {
            // "every 3rd day" is an interval; only "of the month" or "last" makes it a place.
            guard unit == .day, ordinal == -1 || leavingEvery || isBeforeMonth else { return nil }
            place = .day(ordinal)
        } else {
            guard (1...31).contains(ordinal) else { return nil }
            place = .day(ordinal)
        }
        if !leavingEvery { _ = attempt { $0.takeOfMonth() ? true : nil } }
        return place
    }

    /// "on the 4th quarter to eight"
    private var isBeforeSpokenTime: Bool {
        var trial = self
        return trial.takeRaw()?.certainty == .sure
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
