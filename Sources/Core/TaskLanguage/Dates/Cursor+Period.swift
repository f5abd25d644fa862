import CivilTime

/// Days by their place in a week, a month or a year.
extension Cursor {
    /// "end of june", "start of next month", "mid december", "end of the week", "eoy".
    mutating func takePeriod() -> DateMatch? {
        if let unit = take(words.endWords) { return edge(of: unit, later: 0, .end).map { DateMatch($0) } }
        let edge: Edge
        if take(words.periods.end) {
            edge = .end
        } else if take(words.periods.start) {
            edge = .start
        } else if take(words.periods.middle) {
            edge = .middle
        } else {
            return nil
        }
        if let month = attempt({ $0.takeMonthWithYear() }) { return DateMatch(month.day(at: edge)) }
        _ = take(words.the) || take(words.this)
        let isNext = take(words.next)
        guard let unit = take(words.units) else { return nil }
        return self.edge(of: unit, later: isNext ? 1 : 0, edge).map { DateMatch($0) }
    }

    private enum Edge {
        case start, middle, end
    }

    /// "june", "june 2027": the first day of the coming one.
    private mutating func takeMonthWithYear() -> Month? {
        guard let month = take(words.months) else { return nil }
        _ = takeTouching(".")
        let year = attempt { cursor -> Int? in
            guard let token = cursor.current, token.range.count == 4 else { return nil }
            return cursor.takeNumber().flatMap { (1900...2999).contains($0) ? $0 : nil }
        }
        return Month(year: year ?? (month < today.month ? today.year + 1 : today.year), month: month)
    }

    private struct Month {
        let year: Int
        let month: Int

        func day(at edge: Edge) -> LocalDate {
            let first = LocalDate(year: year, month: month, day: 1) ?? LocalDate(daysSinceEpoch: 0)
            switch edge {
            case .start: return first
            case .middle: return first.adding(days: 14)
            case .end: return first.lastOfMonth
            }
        }
    }

    private func edge(of unit: Vocabulary.Unit, later: Int, _ edge: Edge) -> LocalDate? {
        let first: LocalDate
        let next: LocalDate
        switch unit {
        case .day: return today
        case .week:
            first = today.startOfWeek(beginningOn: reading.context.weekStart).adding(days: later * 7)
            next = first.adding(days: 7)
        case .month:
            first = today.firstOfMonth.adding(months: later)
            next = first.adding(months: 1)
        case .quarter:
            first = today.firstOfMonth.adding(months: later * 3 - (today.month - 1) % 3)
            next = first.adding(months: 3)
        case .year:
            guard let day = LocalDate(year: today.year + later, month: 1, day: 1) else { return nil }
            first = day
            next = day.adding(months: 12)
        case .minute, .hour, .fortnight: return nil
        }
        switch edge {
        case .start: return first
        case .middle:
            return first.adding(days: (next.daysSinceEpoch - first.daysSinceEpoch) / 2 - (unit == .month ? 1 : 0))
        case .end: return next.adding(days: -1)
        }
    }

    /// "last day of april", "first monday in june", "2nd friday of next month", "last workday of the month".
    mutating func takePlaceInMonth() -> DateMatch? {
        _ = take(words.the)
        guard let ordinal = takeOrdinal(), abs(ordinal) <= 31 else { return nil }
        let isWorkday = takeWorkdays()
        let weekday = isWorkday ? nil : take(words.weekdays)
        if !isWorkday, weekday == nil, take(words.units) != .day { return nil }
        guard take(words.of) || take(words.inside) else { return nil }
        let months: [LocalDate]
        if let month = take(words.months) {
            months = (0...1).compactMap { LocalDate(year: today.year + $0, month: month, day: 1) }
        } else {
            _ = take(words.the) || take(words.this)
            let isNext = take(words.next)
            guard take(words.units) == .month else { return nil }
            let first = today.firstOfMonth
            months = isNext ? [first.adding(months: 1)] : [first, first.adding(months: 1)]
        }
        let days = months.compactMap { $0.day(ordinal, weekday: weekday, isWorkday: isWorkday) }
        return days.first { $0 >= today }.map { DateMatch($0) }
    }
}

extension LocalDate {
    /// The so-manyth such day of this month, from its end where negative; nil where there is none.
    fileprivate func day(_ ordinal: Int, weekday: Weekday?, isWorkday: Bool) -> LocalDate? {
        let first = firstOfMonth
        let days = (0..<LocalDate.days(inMonth: month, of: year)).map { first.adding(days: $0) }.filter { day in
            if isWorkday { return day.weekday != .saturday && day.weekday != .sunday }
            return weekday.map { day.weekday == $0 } ?? true
        }
        let index = ordinal > 0 ? ordinal - 1 : days.count + ordinal
        return days.indices.contains(index) ? days[index] : nil
    }
}
