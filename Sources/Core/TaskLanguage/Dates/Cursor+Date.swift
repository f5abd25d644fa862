import CivilTime

/// A day that was read, and a time where the words for the day say one.
struct DateMatch {
    var date: LocalDate
    var time: LocalTime?
    var warning: ParsedWarning?

    init(_ date: LocalDate, time: LocalTime? = nil) {
        self.date = date
        self.time = time
    }
}

extension Cursor {
    /// "tomorrow evening", "next friday", "in 2 hours", "jan 5", "31/12", "2026-12-31", "the 15th".
    ///
    /// - Parameter allowsDoubtful: whether a word such as "on" stood before, so that `sun` means Sunday.
    mutating func takeDate(allowsDoubtful: Bool = false) -> DateMatch? {
        let found =
            attempt { $0.takeRelativeDay(allowsDoubtful) } ?? attempt { $0.takeNumericDate(allowsDoubtful) }
            ?? attempt { $0.takeMonthDay() } ?? attempt { $0.takeNextOrThis() } ?? attempt { $0.takeDistance() }
            ?? attempt { $0.takeEndOfPeriod() } ?? attempt { $0.takeWeekday(allowsDoubtful) }
            ?? attempt { $0.takeDayOfMonth(allowsDoubtful) }
        guard let found, isAtBoundary, (1900...2999).contains(found.date.year) else { return nil }
        return found
    }

    /// Whether a doubtful word can stand for a day here: at the end of the line, or before a time.
    private var hasEvidence: Bool {
        if isAtClauseEnd { return true }
        var trial = self
        return trial.takeTime() != nil || trial.take(words.parts) != nil
    }

    private mutating func takeRelativeDay(_ allowsDoubtful: Bool) -> DateMatch? {
        guard let word = current else { return nil }
        if let part = take(words.todayParts) { return DateMatch(today, time: time(of: part)) }
        for (phrase, days) in words.relativePhrases where take([phrase]) { return DateMatch(today.adding(days: days)) }
        guard let days = take(words.relativeDays) else { return nil }
        guard allowsDoubtful || isMeant(word) else { return nil }
        let part = attempt { cursor in cursor.take(cursor.words.parts).flatMap { cursor.isAtBoundary ? $0 : nil } }
        var match = DateMatch(today.adding(days: days), time: part.map(time))
        if days < 0 { match.warning = .pastDate(word.range) }
        return match
    }

    /// Whether a word for a day that could be something else is one here. `Tom` is a person.
    private func isMeant(_ word: Token) -> Bool {
        if words.everyday.contains(word.text) { return !word.isCapitalised && isBeforeTime }
        return !words.doubtful.contains(word.text) || !word.isCapitalised || place == 1 || hasEvidence
    }

    /// The next such day; a week from now when that is today.
    private mutating func takeWeekday(_ allowsDoubtful: Bool) -> DateMatch? {
        guard let word = current, let weekday = take(words.weekdays), isAtBoundary else { return nil }
        if !allowsDoubtful, words.everyday.contains(word.text) { return nil }
        if !allowsDoubtful, words.doubtful.contains(word.text), !hasEvidence { return nil }
        if takeDateAfterWeekday(), let exact = attempt({ $0.takeMonthDay() ?? $0.takeNumericDate(true) }) {
            return exact
        }
        let part = attempt { cursor in cursor.take(cursor.words.parts).flatMap { cursor.isAtBoundary ? $0 : nil } }
        return DateMatch(next(weekday), time: part.map(time))
    }

    /// Whether a full date stands after the name of its day, as in "friday, jan 5".
    private mutating func takeDateAfterWeekday() -> Bool {
        var trial = self
        _ = trial.take(",")
        _ = trial.take(words.the)
        guard (trial.attempt { $0.takeMonthDay() ?? $0.takeNumericDate(true) }) != nil else { return false }
        _ = take(",")
        _ = take(words.the)
        return true
    }

    func next(_ weekday: Weekday) -> LocalDate {
        let distance = (weekday.rawValue - today.weekday.rawValue + 7) % 7
        return today.adding(days: distance == 0 ? 7 : distance)
    }

    /// "next friday" is the Friday of next week, "next week" its first day, "next month" its first.
    private mutating func takeNextOrThis() -> DateMatch? {
        let weekStart = today.startOfWeek(beginningOn: reading.context.weekStart)
        if take(words.next) {
            if let weekday = take(words.weekdays) {
                return DateMatch(weekStart.adding(days: 7).onOrAfter(weekday))
            }
            if take(words.weekends) { return DateMatch(weekStart.adding(days: 7).onOrAfter(.saturday)) }
            switch take(words.units) {
            case .week: return DateMatch(weekStart.adding(days: 7))
            case .month: return DateMatch(today.firstOfMonth.adding(months: 1))
            case .quarter: return DateMatch(today.firstOfMonth.adding(months: 3 - (today.month - 1) % 3))
            case .year: return LocalDate(year: today.year + 1, month: 1, day: 1).map { DateMatch($0) }
            default: return nil
            }
        }
        guard take(words.this) else { return nil }
        if take(words.weekends) { return DateMatch(today.onOrAfter(.saturday)) }
        if let part = take(words.parts) { return DateMatch(today, time: time(of: part)) }
        return take(words.weekdays).map { DateMatch(today.onOrAfter($0)) }
    }

    /// "in 3 days", "in 2 hours", "2 weeks from now".
    private mutating func takeDistance() -> DateMatch? {
        let hasIn = take(words.inside)
        if hasIn, let seconds = takeShortDuration() { return after(seconds) }
        guard let amount = takeAmount(), hasIn || take(words.fromNow) else { return nil }
        switch amount.unit {
        case .minute, .hour: return after(Int64(amount.count * (amount.unit.seconds ?? 60)))
        case .day: return DateMatch(today.adding(days: min(amount.count, 400_000)))
        case .week: return DateMatch(today.adding(days: min(amount.count, 60_000) * 7))
        case .month: return DateMatch(today.adding(months: amount.count))
        case .quarter: return DateMatch(today.adding(months: amount.count * 3))
        case .year: return DateMatch(today.adding(months: amount.count * 12))
        }
    }

    /// Hours and minutes, alone or together.
    private mutating func takeShortDuration() -> Int64? {
        attempt { cursor in
            guard let duration = cursor.takeDuration(), cursor.isAtBoundary else { return nil }
            return duration.days == 0 && duration.seconds < 86_400 ? Int64(duration.seconds) : nil
        }
    }

    private func after(_ seconds: Int64) -> DateMatch? {
        let now = reading.context.now
        let minute = LocalDateTime(wallSeconds: now.wallSeconds / 60 * 60 + Int(seconds))
        return DateMatch(minute.date, time: minute.time)
    }

    private mutating func takeEndOfPeriod() -> DateMatch? {
        let unit: Vocabulary.Unit
        if let word = take(words.endWords) {
            unit = word
        } else {
            guard take(words.endOf), let named = take(words.units) else { return nil }
            unit = named
        }
        switch unit {
        case .day: return DateMatch(today)
        case .week: return DateMatch(today.startOfWeek(beginningOn: reading.context.weekStart).adding(days: 6))
        case .month: return DateMatch(today.firstOfMonth.adding(months: 1).adding(days: -1))
        case .quarter:
            return DateMatch(today.firstOfMonth.adding(months: 3 - (today.month - 1) % 3).adding(days: -1))
        case .year: return LocalDate(year: today.year, month: 12, day: 31).map { DateMatch($0) }
        case .minute, .hour: return nil
        }
    }
}

extension LocalDate {
    var firstOfMonth: LocalDate { adding(days: 1 - day) }

    func onOrAfter(_ weekday: Weekday) -> LocalDate {
        adding(days: (weekday.rawValue - self.weekday.rawValue + 7) % 7)
    }

    /// The same day of a later month, or its last day where that month is shorter.
    func adding(months: Int) -> LocalDate {
        let total = year * 12 + month - 1 + min(months, 100_000)
        let (year, month) = (min(total / 12, 9999), total % 12 + 1)
        return LocalDate(year: year, month: month, day: min(day, LocalDate.days(inMonth: month, of: year))) ?? self
    }
}
