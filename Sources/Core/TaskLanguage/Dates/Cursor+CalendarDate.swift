import CivilTime

/// Dates with a number in them.
extension Cursor {
    /// "jan 5", "january 5th 2027", "5 jan", "the first of january", "5. Januar 2027".
    mutating func takeMonthDay() -> DateMatch? {
        let start = place
        let (month, day): (Int, Int)
        if let named = take(words.months) {
            _ = takeTouching(".")
            guard let number = takeDayNumber() else { return nil }
            (month, day) = (named, number)
        } else {
            _ = take(words.the)
            let isWord = current?.kind == .word
            guard let number = takeDayNumber() else { return nil }
            let hasOf = take(words.of)
            // "second march" is no date.
            guard !isWord || hasOf || !words.capitalsMarkNames, let named = take(words.months) else { return nil }
            _ = takeTouching(".")
            (month, day) = (named, number)
        }
        guard isAtBoundary else { return nil }
        let year = attempt { cursor -> Int? in
            _ = cursor.take(",")
            return cursor.takeYearOfDate()
        }
        return match(year, month, day, from: start)
    }

    private mutating func takeDayNumber() -> Int? {
        if let ordinal = attempt({ $0.takePositiveOrdinal() }) { return ordinal }
        guard let number = takeNumber(), (1...31).contains(number) else { return nil }
        // "3dec"
        let isBeforeMonth = current.map { words.months[$0.text] != nil } ?? false
        return isAtBoundary || isBeforeMonth ? number : nil
    }

    /// "2027", "27", "twenty twenty seven".
    private mutating func takeYearOfDate() -> Int? {
        if let year = attempt({ cursor -> Int? in
            guard cursor.take(cursor.words.tens) == 20, let rest = cursor.takeCount(), (10...99).contains(rest) else {
                return nil
            }
            return 2000 + rest
        }) {
            return year
        }
        guard let token = current, let year = takeNumber(), isAtBoundary else { return nil }
        if token.range.count == 4 { return (1900...2999).contains(year) ? year : nil }
        let isNear = token.range.count == 2 && (today.year % 100 - 1...today.year % 100 + 15).contains(year)
        return isNear && year > 24 && isAtClauseEnd ? 2000 + year : nil
    }

    private mutating func takePositiveOrdinal() -> Int? {
        guard let ordinal = takeOrdinal(), (1...31).contains(ordinal) else { return nil }
        return ordinal
    }

    /// "2026-12-31", "2026/12/31", "31/12", "31/12/2026", "31-12-2026", "31.12.", "31.12.2026".
    mutating func takeNumericDate(_ hasEvidence: Bool) -> DateMatch? {
        let start = place
        guard let first = current, let a = takeNumber() else { return nil }
        if first.range.count == 4 {
            guard let separator = ["-", "/", "."].first(where: { takeTouching($0) }),
                let month = takeNumber(touching: true), takeTouching(separator),
                let day = takeNumber(touching: true), isAtBoundary
            else { return nil }
            return match(a, month, day, from: start)
        }
        guard let separator = ["/", ".", "-"].first(where: { takeTouching($0) }), let b = takeNumber(touching: true),
            first.range.count <= 2
        else { return nil }
        let isClosed = takeTouching(separator)
        let year = isClosed ? attempt { $0.takeYear() } : nil
        if separator == ".", !isClosed { return nil }
        if separator == "/", isClosed, year == nil { return nil }
        if separator == "-", year.map({ $0 < 1900 }) ?? true { return nil }
        guard isAtBoundary,
            hasEvidence || year != nil || separator == "." && words.dotsDates || isAtClauseEnd || isBeforeTime
                || isBeforeStop
                || start == 0 && !isFraction(a, b)
        else { return nil }
        return ordered(a, b, year, isDotted: separator == ".", from: start)
    }

    /// "1/2 cup", and "24/7".
    private func isFraction(_ a: Int, _ b: Int) -> Bool { a < b && b <= 4 || a == 1 && b <= 10 || a == 24 && b == 7 }

    var isBeforeTime: Bool {
        var trial = self
        return trial.takeTime(besideDate: true) != nil
    }

    private mutating func takeYear() -> Int? {
        guard let token = current, let number = takeNumber(touching: true) else { return nil }
        return token.range.count == 4 ? number : token.range.count == 2 ? 2000 + number : nil
    }

    private func ordered(_ a: Int, _ b: Int, _ year: Int?, isDotted: Bool, from start: Int) -> DateMatch? {
        let dayFirst = isDotted || reading.context.dayComesFirst
        let (day, month) = dayFirst ? (a, b) : (b, a)
        if (1...12).contains(month) { return match(year, month, day, from: start) }
        // Only one reading is possible.
        guard !isDotted, (1...12).contains(day), var swapped = match(year, day, month, from: start) else {
            return match(year, month, day, from: start)
        }
        swapped.warning = ParsedWarning(
            code: "date_order", detail: "Day and month were swapped, since there is no month \(month).",
            range: range(from: start)
        )
        return swapped
    }

    /// The date; without a year the next time that there is such a day.
    private func match(_ year: Int?, _ month: Int, _ day: Int, from start: Int) -> DateMatch? {
        guard let year else { return coming(month, day) }
        guard let date = LocalDate(year: year, month: month, day: day) else { return nil }
        var match = DateMatch(date)
        if date < today { match.warning = .pastDate(range(from: start)) }
        return match
    }

    private func coming(_ month: Int, _ day: Int) -> DateMatch? {
        // 29 February comes within eight years.
        for year in today.year...today.year + 8 {
            if let date = LocalDate(year: year, month: month, day: day), date >= today { return DateMatch(date) }
        }
        return nil
    }

    /// "the 15th", "the first of next month": the next one.
    mutating func takeDayOfMonth(_ hasEvidence: Bool) -> DateMatch? {
        let isAtStart = place <= 1
        let hasThe = take(words.the)
        let isNumber = current?.kind == .number
        guard let day = attempt({ $0.takePositiveOrdinal() }), isAtBoundary else { return nil }
        let month = attempt { $0.takeOfSomeMonth() }
        if month == nil {
            guard isNumber, hasThe || hasEvidence || isAtClauseEnd || isBeforeTime else { return nil }
            // "the 3rd chapter" is no date.
            if !isAtClauseEnd, !isBeforeTime, !isBeforeStop, !(isAtStart && hasEvidence) { return nil }
        }
        var first = month ?? today.firstOfMonth
        for _ in 0..<12 {
            if let date = LocalDate(year: first.year, month: first.month, day: day), date >= today {
                var match = DateMatch(date)
                match.dayOfMonth = month == nil ? day : nil
                return match
            }
            first = first.adding(months: 1)
        }
        return nil
    }

    /// "of next month", "of this month", "of the month": its first day.
    private mutating func takeOfSomeMonth() -> LocalDate? {
        guard take(words.of) else { return nil }
        _ = take(words.the) || take(words.this)
        let isNext = take(words.next)
        guard take(words.units) == .month, isAtBoundary else { return nil }
        return today.firstOfMonth.adding(months: isNext ? 1 : 0)
    }

    private var isBeforeStop: Bool {
        if let text = current?.text, ["#", "@", "*", "!"].contains(text) || current?.isPicture == true { return true }
        var trial = self
        return trial.take(words.every) || trial.take(words.reminders.remind) || trial.take(words.until)
            || trial.take(words.repeats.lasting) || trial.take(words.and)
    }

    func range(from start: Int) -> Range<Int> {
        let tokens = reading.tokens
        return tokens[start].range.lowerBound..<tokens[max(start, place - 1)].range.upperBound
    }
}
