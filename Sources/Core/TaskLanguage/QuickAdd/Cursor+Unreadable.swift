import CivilTime

/// Words about time that are understood well enough to know that nothing right can be made of them.
extension Cursor {
    typealias Unreadable = (end: Int, code: String, detail: String)

    /// "30 feb", "last friday", "not on monday", "twice a day", "mon and wed" without "every".
    func endOfUnreadable() -> Unreadable? {
        if let end = endOfImpossibleDate() { return (end, "impossible_date", "There is no such day.") }
        if let end = endOfPast() { return (end, "past_date", "This day has passed.") }
        let unclear = "This is not understood, so it stays in the title."
        if let end = endOfNegation() ?? endOfSeveralDays() ?? endOfDaySpan() ?? endOfDateSpan() {
            return (end, "not_understood", unclear)
        }
        if let end = endOfFrequency() {
            return (end, "not_understood", "Several times in a day, week or month cannot be kept as a rule.")
        }
        return nil
    }

    /// Where a day that does not exist is named, such as "30 feb" or "feb 29 2027".
    private func endOfImpossibleDate() -> Int? {
        var cursor = self
        _ = cursor.take(words.on)
        var trial = cursor
        if trial.take(words.months) != nil {
            guard let number = trial.takeDayLike(), trial.isAtBoundary else { return nil }
            if let end = trial.endOfWrongYear(number) { return end }
            return (30...99).contains(number) ? trial.place : nil
        }
        trial = cursor
        let isYear = trial.current?.range.count == 4
        _ = trial.take(words.the)
        guard let first = trial.takeDayLike() else { return nil }
        _ = trial.take(words.of)
        if isYear {
            guard let separator = ["-", "/"].first(where: { trial.takeTouching($0) }),
                trial.takeNumber(touching: true) != nil, trial.takeTouching(separator),
                trial.takeNumber(touching: true) != nil, trial.isAtBoundary
            else { return nil }
            return trial.place
        }
        if trial.take(words.months) == nil {
            guard first < 100, trial.takeTouching("/"), let second = trial.takeNumber(touching: true) else {
                return nil
            }
            let year = trial.takeTouching("/") ? trial.takeNumber(touching: true) : nil
            guard trial.isAtBoundary, !trial.isDay(first, second, year) else { return nil }
            return trial.place
        }
        guard trial.isAtBoundary else { return nil }
        return trial.endOfWrongYear(first) ?? ((30...99).contains(first) ? trial.place : nil)
    }

    /// Whether there is such a day in either order of day and month; in some year, where none is named.
    private func isDay(_ first: Int, _ second: Int, _ year: Int?) -> Bool {
        let year = year.map { $0 < 100 ? 2000 + $0 : $0 } ?? 2024
        return LocalDate(year: year, month: first, day: second) != nil
            || LocalDate(year: year, month: second, day: first) != nil
    }

    /// "30", "30th", "30."
    private mutating func takeDayLike() -> Int? {
        attempt { $0.current?.kind == .number ? $0.takeOrdinal() : nil } ?? takeNumber()
    }

    /// Behind 29 February: a year that has none.
    private func endOfWrongYear(_ day: Int) -> Int? {
        var trial = self
        _ = trial.take(",")
        guard day >= 29, trial.current?.range.count == 4, let year = trial.takeNumber(), (1900...2999).contains(year),
            trial.isAtBoundary
        else { return nil }
        return trial.place
    }

    private func endOfPast() -> Int? {
        var trial = self
        if trial.take(words.offsets.last) {
            guard trial.take(words.weekdays) != nil || trial.take(words.parts) != nil, trial.isAtBoundary,
                !trial.isBeforeMonth
            else { return nil }
            return trial.place
        }
        guard trial.takeAmount() != nil, trial.take(words.offsets.ago), trial.isAtBoundary else { return nil }
        return trial.place
    }

    /// "not on friday", "since monday", "except sundays", "after the 5th".
    private func endOfNegation() -> Int? {
        var trial = self
        guard trial.take(words.offsets.notOn) else { return nil }
        if trial.takeWeekdays() != nil { return trial.isAtBoundary ? trial.place : nil }
        var piece = DuePiece()
        guard trial.takeDue(into: &piece), piece.date != nil else { return nil }
        return trial.place
    }

    /// "3-5 dec", "dec 3 - 5": several days.
    private func endOfDaySpan() -> Int? {
        var trial = self
        let hasMonth = trial.take(words.months) != nil
        guard let first = trial.takeDayLike(), (1...31).contains(first),
            trial.take(words.repeats.through) || trial.take(words.and), let last = trial.takeDayLike(),
            (1...31).contains(last)
        else { return nil }
        guard hasMonth ? trial.isAtBoundary : trial.take(words.months) != nil else { return nil }
        return trial.place
    }

    /// "24 dec-2 jan"
    private func endOfDateSpan() -> Int? {
        var trial = self
        _ = trial.take(words.clock.from)
        guard trial.attempt({ $0.takeMonthDay() }) != nil || trial.endsInMonthDay(), trial.take(words.repeats.through),
            trial.takeMonthDay() != nil
        else { return nil }
        return trial.place
    }

    /// "24 dec" with a sign touching it.
    private mutating func endsInMonthDay() -> Bool {
        guard takeDayLike() != nil else { return false }
        return take(words.months) != nil
    }

    /// "mon and wed", "mon-fri": whether they come again or take several days is not said.
    private func endOfSeveralDays() -> Int? {
        var trial = self
        if trial.take(words.repeats.letters) { return trial.isAtBoundary ? trial.place : nil }
        guard trial.current.map({ words.weekdays[$0.text] != nil }) ?? false, let days = trial.takeWeekdays(),
            days.count > 1, trial.isAtBoundary
        else { return nil }
        _ = trial.takeTime(besideDate: true)
        return trial.place
    }

    /// "twice a week", "3 times a day".
    private func endOfFrequency() -> Int? {
        var trial = self
        if !trial.take(words.repeats.twice) {
            guard let count = trial.takeCount(), count > 1, trial.take(words.times) else { return nil }
        }
        let hasUnit =
            trial.take(words.adverbs) != nil || trial.take(words.repeats.per) && trial.take(words.units) != nil
        guard hasUnit, trial.isAtBoundary else { return nil }
        return trial.place
    }
}
