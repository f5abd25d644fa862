import CivilTime

/// Days that are so far from today, or from another day.
extension Cursor {
    /// "in 3 days", "in 2 hours", "in an hour and a half", "2 weeks from now".
    mutating func takeDistance() -> DateMatch? {
        let hasIn = take(words.inside)
        if hasIn, let span = takeShortSpan() {
            _ = take(words.offsets.time)
            return after(span)
        }
        // "in half a year"
        if hasIn, take(words.halves) {
            return take(words.units) == .year ? DateMatch(today.adding(months: 6)) : nil
        }
        guard let amount = takeAmount() else { return nil }
        if hasIn { _ = take(words.offsets.time) } else if !take(words.fromNow) { return nil }
        switch amount.unit {
        case .minute, .hour: return after(amount.count * (amount.unit.seconds ?? 60))
        default: return amount.after(today).map { DateMatch($0) }
        }
    }

    /// "in two weeks' time"
    var isBeforeTimeWord: Bool {
        var trial = self
        return trial.take(words.offsets.time)
    }

    /// Hours and minutes, alone or together, in seconds.
    private mutating func takeShortSpan() -> Int? {
        attempt { cursor in
            guard let span = cursor.takeDuration(), cursor.isAtBoundary || cursor.isBeforeTimeWord, span.days == 0
            else { return nil }
            return span.seconds < 400 * 86_400 ? span.seconds : nil
        }
    }

    /// Real time: where the clocks change on the way, they show another hour (product: "a span of hours is absolute").
    private func after(_ seconds: Int) -> DateMatch? {
        let now = LocalDateTime(wallSeconds: reading.context.now.wallSeconds / 60 * 60)
        guard seconds < 100_000_000 else { return nil }
        let then: LocalDateTime
        if let zone = reading.context.zone {
            then = zone.localDateTime(at: zone.instant(of: now) + .seconds(seconds))
        } else {
            then = LocalDateTime(wallSeconds: now.wallSeconds + seconds)
        }
        return DateMatch(then.date, time: then.time)
    }

    /// "a week from sunday", "a week on monday", "two days before friday", "a week today", "the day after the 5th".
    mutating func takeDayFromDay() -> DateMatch? {
        guard let amount = takeStep(), amount.days != nil else { return nil }
        let isBefore = take(words.offsets.before)
        let hasWord = isBefore || take(words.offsets.after) || take(words.offsets.on)
        // "a week today", but not "3 days friday".
        if !hasWord, current.map({ words.relativeDays[$0.text] ?? -1 < 0 }) ?? true { return nil }
        guard let day = takePlainDay(hasWord), day.time == nil, let days = amount.days else { return nil }
        var match = DateMatch(day.date.adding(days: isBefore ? -days : days), part: day.part)
        if match.date < today { match.warning = .pastDate(range(from: place - 1)) }
        return match
    }

    /// "a week", "two days"; "the day" is one.
    private mutating func takeStep() -> Amount? {
        if let amount = attempt({ $0.takeAmount() }) { return amount }
        guard take(words.the), let unit = take(words.units), unit == .day || unit == .week else { return nil }
        return Amount(count: 1, unit: unit)
    }

    private mutating func takePlainDay(_ hasWord: Bool) -> DateMatch? {
        var trial = self
        // No chain of distances, and not "a day after tomorrow" of a distance.
        guard trial.takeAmount() == nil else { return nil }
        return takeDate(allowsDoubtful: hasWord)
    }
}

extension Amount {
    /// Nil for units that have no fixed number of days.
    var days: Int? {
        switch unit {
        case .day: min(count, 400_000)
        case .week: min(count, 60_000) * 7
        case .fortnight: min(count, 30_000) * 14
        case .minute, .hour, .month, .quarter, .year: nil
        }
    }

    /// The day so much later; nil for hours and minutes.
    func after(_ date: LocalDate) -> LocalDate? {
        if let days { return date.adding(days: days) }
        switch unit {
        case .month: return date.adding(months: count)
        case .quarter: return date.adding(months: count * 3)
        case .year: return date.adding(months: count * 12)
        default: return nil
        }
    }
}
