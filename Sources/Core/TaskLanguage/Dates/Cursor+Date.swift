import CivilTime

extension Cursor {
    /// "tomorrow evening", "next friday", "in 2 hours", "jan 5", "31/12", "end of june", "a week from sunday".
    ///
    /// - Parameter allowsDoubtful: whether a word such as "on" stood before, so that `sun` means Sunday.
    mutating func takeDate(allowsDoubtful: Bool = false) -> DateMatch? {
        guard isAtKnown else { return nil }
        let seen = attempt { $0.takeDayFromDay() } ?? attempt { $0.takeFeast(allowsDoubtful) }
        let numbered =
            seen ?? attempt { $0.takeRelativeDay(allowsDoubtful) } ?? attempt { $0.takeNumericDate(allowsDoubtful) }
            ?? attempt { $0.takeMonthDay() } ?? attempt { $0.takePlaceInMonth() }
        let placed =
            numbered ?? attempt { $0.takeNextOrThis() } ?? attempt { $0.takeDistance() }
            ?? attempt { $0.takePeriod() }
        let found =
            placed ?? attempt { $0.takeWeekday(allowsDoubtful) } ?? attempt { $0.takeDayOfMonth(allowsDoubtful) }
        guard let found, isAtBoundary || isBeforeTouchingNumber, (1900...2999).contains(found.date.year)
        else { return nil }
        takeItsWeekday(found.date)
        return found
    }

    /// "5 dec (saturday)": the name of the day says the same once more.
    private mutating func takeItsWeekday(_ date: LocalDate) {
        var trial = self
        let isBracketed = trial.take("(")
        if !isBracketed { _ = trial.take(",") }
        guard trial.take(words.weekdays) == date.weekday, !isBracketed || trial.take(")"), trial.isAtBoundary
        else { return }
        self = trial
    }

    private var takesPart: Bool {
        var trial = self
        return trial.takePart() != nil
    }

    /// Whether a doubtful word can stand for a day here: at the end of the line, or before a time.
    private var hasEvidence: Bool {
        if isAtClauseEnd || isBeforeTime { return true }
        var trial = self
        return trial.takePart() != nil
    }

    private mutating func takeRelativeDay(_ allowsDoubtful: Bool) -> DateMatch? {
        guard let word = current else { return nil }
        if let part = take(words.todayParts) { return DateMatch(today, part: part) }
        for (phrase, days) in words.relativePhrases where take([phrase]) {
            return DateMatch(today.adding(days: days), part: takePart())
        }
        guard let days = take(words.relativeDays) else { return nil }
        guard allowsDoubtful ? !isPerson(word) : isMeant(word) else { return nil }
        var match = DateMatch(today.adding(days: days), part: takePart())
        if match.part == nil, let later = attempt({ $0.takeLater(than: match.date) }) { match.date = later }
        if days < 0 { match.warning = .pastDate(word.range) }
        return match
    }

    /// "tomorrow week", "heute in 3 Wochen".
    private mutating func takeLater(than date: LocalDate) -> LocalDate? {
        if let days = take(words.offsets.week) { return isAtClauseEnd || isBeforeTime ? date.adding(days: days) : nil }
        guard take(words.inside), let amount = takeAmount(), let days = amount.days else { return nil }
        return date.adding(days: days)
    }

    /// "friday evening", but not "friday night shift"… the word after decides nothing.
    private mutating func takePart() -> Vocabulary.Part? {
        attempt { cursor in
            if let part = cursor.take(cursor.words.parts) { return cursor.isAtBoundary ? part : nil }
            // "sun am", "mon pm"
            if cursor.take(cursor.words.clock.am) { return cursor.isAtBoundary ? .morning : nil }
            return cursor.take(cursor.words.clock.pm) && cursor.isAtBoundary ? .afternoon : nil
        }
    }

    /// "by christmas", "three days before new year's eve": with a word before it, since presents are for it too.
    private mutating func takeFeast(_ hasWord: Bool) -> DateMatch? {
        guard hasWord, let feast = words.feasts.first(where: { take([$0.words]) }), isAtBoundary else { return nil }
        for year in today.year...today.year + 1 {
            if let date = LocalDate(year: year, month: feast.month, day: feast.day), date >= today {
                return DateMatch(date, part: takePart())
            }
        }
        return nil
    }

    /// Whether a word for a day that could be something else is one here. `Tom` is a person.
    private func isMeant(_ word: Token) -> Bool {
        if words.everyday.contains(word.text) { return !word.isCapitalised && isBeforeTime }
        return !words.doubtful.contains(word.text) || !word.isCapitalised || place == 1 || hasEvidence
    }

    /// "a cake for Tom" is for a person, "slides for tom" and "SLIDES FOR TOM" are for tomorrow.
    private func isPerson(_ word: Token) -> Bool {
        words.everyday.contains(word.text) && word.isCapitalised && !word.isUppercase
    }

    /// The next such day; a week from now when that is today.
    private mutating func takeWeekday(_ allowsDoubtful: Bool) -> DateMatch? {
        if allowsDoubtful { _ = take(words.the) }
        if let compound = take(words.compoundDays) {
            return isAtBoundary ? DateMatch(next(compound.day), part: compound.part) : nil
        }
        guard let word = current, let weekday = take(words.weekdays), isAtBoundary || isBeforeTouchingNumber
        else { return nil }
        _ = takeTouching(".")
        if takeDateAfterWeekday(weekday), let exact = attempt({ $0.takeExactDate() }) { return exact }
        if let day = attempt({ $0.takeDayNumber(on: weekday) }) { return DateMatch(day) }
        // German "so" is a word of every day even before a time: "so gegen 9".
        if !allowsDoubtful, words.everyday.contains(word.text) {
            let isFiller = words.clock.about.contains(word.text) && current.map { words.at.contains($0.text) } ?? false
            guard word.isCapitalised || !isFiller, isBeforeTime || takesPart else { return nil }
        }
        let isDoubtful =
            words.doubtful.contains(word.text) && (word.isCapitalised || words.homographs.contains(word.text))
        var needsTime = false
        if !allowsDoubtful, isDoubtful, !hasEvidence, !isBeforeWeek {
            // "sat fix tap 10am": at the head of the line, where a time stands in it.
            guard !word.isCapitalised, isAtHead(place - 1) else { return nil }
            needsTime = true
        }
        if let week = attempt({ $0.takeWeekAfterDay() }) { return DateMatch(week.onOrAfter(weekday)) }
        var match = DateMatch(next(weekday), part: takePart())
        match.needsTime = needsTime && match.part == nil
        if match.part == nil, let later = attempt({ $0.takeLater(than: match.date) }) { match.date = later }
        return match
    }

    /// "friday the 13th": the next day that is both.
    private mutating func takeDayNumber(on weekday: Weekday) -> LocalDate? {
        _ = take(words.the)
        guard current?.kind == .number, let day = takeOrdinal(), (1...31).contains(day), isAtBoundary,
            isAtClauseEnd || isBeforeTime || reading.tokens[place - 1].text != "."
        else { return nil }
        let months = (0..<36).map { today.firstOfMonth.adding(months: $0) }
        return months.lazy.compactMap { LocalDate(year: $0.year, month: $0.month, day: day) }
            .first { $0 >= today && $0.weekday == weekday }
    }

    /// Whether only tags and priorities stand before.
    private func isAtHead(_ place: Int) -> Bool {
        reading.tokens[..<place].allSatisfy { $0.kind != .word || !$0.isApart || $0.text == "p" }
    }

    private var isBeforeWeek: Bool {
        var trial = self
        return trial.takeWeekAfterDay() != nil || trial.takeLater(than: today) != nil
    }

    /// "friday next week", "wednesday of this week": the first day of that week.
    private mutating func takeWeekAfterDay() -> LocalDate? {
        _ = take(words.of)
        let weekStart = today.startOfWeek(beginningOn: reading.context.weekStart)
        if take(words.next) { return take(words.units) == .week ? weekStart.adding(days: 7) : nil }
        guard take(words.this), take(words.units) == .week else { return nil }
        return weekStart
    }

    private mutating func takeExactDate() -> DateMatch? { attempt { $0.takeMonthDay() } ?? takeNumericDate(true) }

    /// Whether a full date stands after the name of its day, as in "friday, jan 5".
    private mutating func takeDateAfterWeekday(_ weekday: Weekday) -> Bool {
        var trial = self
        _ = trial.take(",")
        _ = trial.take(words.the)
        guard let exact = trial.attempt({ $0.takeExactDate() }), exact.date.weekday == weekday else { return false }
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
        if let later = attempt({ $0.takeAfterNext(weekStart) }) { return later }
        let isThis = take(words.this)
        if take(words.coming) {
            if let weekday = take(words.weekdays) { return DateMatch(next(weekday), part: takePart()) }
            if take(words.weekends) { return DateMatch(today.onOrAfter(.saturday)) }
            return take(words.units) == .week ? DateMatch(takeDayOf(week: weekStart.adding(days: 7))) : nil
        }
        if take(words.next) {
            if let weekday = take(words.weekdays) {
                return DateMatch(weekStart.adding(days: 7).onOrAfter(weekday), part: takePart())
            }
            if take(words.weekends) { return DateMatch(weekStart.adding(days: 7).onOrAfter(.saturday)) }
            switch take(words.units) {
            case .week: return DateMatch(takeDayOf(week: weekStart.adding(days: 7)))
            case .month: return DateMatch(today.firstOfMonth.adding(months: 1))
            case .quarter: return DateMatch(today.firstOfMonth.adding(months: 3 - (today.month - 1) % 3))
            case .year: return LocalDate(year: today.year + 1, month: 1, day: 1).map { DateMatch($0) }
            default: return nil
            }
        }
        if !isThis { return attempt { $0.takeWeekend() } }
        if take(words.weekends) { return DateMatch(today.onOrAfter(.saturday)) }
        if let part = take(words.parts) { return DateMatch(today, part: part) }
        return take(words.weekdays).map { DateMatch(today.onOrAfter($0), part: takePart()) }
    }

    /// "next week on friday", "next week friday": otherwise the first day of the week.
    private mutating func takeDayOf(week: LocalDate) -> LocalDate {
        attempt { cursor -> LocalDate? in
            _ = cursor.take(",") || cursor.take(cursor.words.on)
            return cursor.take(cursor.words.weekdays).map { week.onOrAfter($0) }
        } ?? week
    }

    /// "the week after next", "monday after next".
    private mutating func takeAfterNext(_ weekStart: LocalDate) -> DateMatch? {
        _ = take(words.the)
        if take(words.periods.overNext) {
            if let weekday = take(words.weekdays) { return DateMatch(weekStart.adding(days: 14).onOrAfter(weekday)) }
            return take(words.units).flatMap { takeSecondNext($0, weekStart) }
        }
        if let weekday = take(words.weekdays) {
            guard take(words.periods.afterNext) else { return nil }
            return DateMatch(next(weekday).adding(days: 7))
        }
        guard let unit = take(words.units), take(words.periods.afterNext) else { return nil }
        return takeSecondNext(unit, weekStart)
    }

    private mutating func takeSecondNext(_ unit: Vocabulary.Unit, _ weekStart: LocalDate) -> DateMatch? {
        switch unit {
        case .week: return DateMatch(takeDayOf(week: weekStart.adding(days: 14)))
        case .month: return DateMatch(today.firstOfMonth.adding(months: 2))
        default: return nil
        }
    }

    /// "at the weekend", "am Wochenende": with a word before it.
    private mutating func takeWeekend() -> DateMatch? {
        let before = token(place - 1)?.text ?? ""
        let hasWord = words.at.contains(before) || words.shortOn.contains(before) || take(words.weekendBefore)
        _ = take(words.the)
        guard hasWord, take(words.weekends) else { return nil }
        return DateMatch(today.onOrAfter(.saturday))
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

    var lastOfMonth: LocalDate { adding(days: LocalDate.days(inMonth: month, of: year) - day) }
}
