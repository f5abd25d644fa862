import CivilTime

extension Cursor {
    /// "at 9", "9am", "14:00", "noon", "half past four", "2-3pm", "in the evening", each with a zone.
    ///
    /// - Parameters:
    ///   - isBesideDate: whether a day was named right before, so that a bare number can be an hour.
    ///   - isBesidePart: whether it was a part of a day, so that it is one.
    mutating func takeTime(besideDate isBesideDate: Bool = false, besidePart isBesidePart: Bool = false) -> TimeMatch? {
        guard isAtKnown else { return nil }
        let found =
            attempt { $0.takeSpan(isBesideDate) } ?? attempt { $0.takeSingle(isBesideDate, isBesidePart) }
            ?? attempt { $0.takePartPhrase().map { TimeMatch(part: $0) } }
        guard var found else { return nil }
        takeZone(into: &found)
        if found.part == nil, found.hour != nil {
            found.part = attempt { cursor in cursor.takePartPhrase().flatMap { found.isWithin($0) ? $0 : nil } }
        }
        return found
    }

    /// "from 3 to 5pm", "2-3pm", "9 bis 10 Uhr": its start counts.
    private mutating func takeSpan(_ isBesideDate: Bool) -> TimeMatch? {
        let hasFrom = take(words.clock.from)
        let hasAt = take(words.at)
        guard var first = takeRaw(allowsSpoken: !hasFrom), take(words.clock.through) || hasFrom && take(words.and)
        else { return nil }
        _ = take(words.at)
        guard let last = takeRaw(), isAtBoundary else { return nil }
        let isPlain = isAtClauseEnd || isAtStopWord || isBeforeDay || takesPartPhrase
        let isSure =
            first.certainty == .sure || last.certainty == .sure
            || (hasFrom || hasAt || isBesideDate) && isPlain
            || first.certainty == .minutes && last.certainty == .minutes
        guard isSure else { return nil }
        if first.certainty != .sure, last.certainty == .sure {
            first.time.half = last.time.half == .likely ? .likely : first.time.half
            if last.hasMeridiem, let start = first.time.hour, let end = last.time.hour, start <= 12 {
                let isAfternoon = end >= 12 && (start % 12) <= (end % 12)
                (first.time.hour, first.time.half) = (start % 12 + (isAfternoon ? 12 : 0), .known)
            }
        }
        first.time.isStartOfSpan = true
        return first.time
    }

    private var takesPartPhrase: Bool {
        var trial = self
        return trial.takePartPhrase() != nil
    }

    private var isBeforeDay: Bool {
        var trial = self
        return trial.takeDate(allowsDoubtful: true) != nil || trial.takeEvery() != nil
    }

    private mutating func takeSingle(_ isBesideDate: Bool, _ isBesidePart: Bool) -> TimeMatch? {
        if let time = attempt({ $0.takePartThenHour() }) { return time }
        takeAbout()
        let isSure = current.map { words.clock.sureAt.contains($0.text) } ?? false
        let hasAt = take(words.at)
        let isEarliest = !hasAt && (take(words.clock.after) || take(words.clock.from))
        if hasAt, let part = take(words.parts), isAtBoundary { return TimeMatch(part: part) }
        let isWord = current?.kind == .word
        guard let raw = takeRaw(), isAtBoundary else { return nil }
        switch raw.certainty {
        case .sure: return raw.time
        case .minutes:
            // "3:30" has no half of the day; "9:30" and "03:30" have one.
            if isEarliest { return isPlainHour ? raw.time : nil }
            // "1230" may have its day elsewhere in the line.
            if raw.time.needsDay {
                return hasAt || isBesideDate || isAtClauseEnd || isBeforeDay || isBeforeSign ? raw.time : nil
            }
            if isBeforePartOfToday { return raw.time }
            return hasAt || isBesideDate || raw.time.half == .known || takesPartPhrase ? raw.time : nil
        case .none:
            if isEarliest { return nil }
            if isBesidePart, raw.time.hour ?? 0 <= 12 { return raw.time }
            if hasAt { return isSure || isPlainHour || takesPartPhrase ? raw.time : nil }
            var time = raw.time
            if takesPartPhrase || isBeforePartOfToday { return time }
            guard isBesideDate, !isWord, isAtClauseEnd || isAtStopWord || isBeforeSign else { return nil }
            time.half = time.hour ?? 0 > 12 ? .known : .guessed
            return time
        }
    }

    /// "about 5pm"; German "so" is one only before "gegen", and Sunday before a time.
    private mutating func takeAbout() {
        guard let word = current?.text, words.clock.about.contains(word) else { return }
        let next = token(place + 1)?.text ?? ""
        if !words.everyday.contains(word) || words.at.contains(next) { place += 1 }
    }

    /// "evening 6", "morning at 7:30".
    private mutating func takePartThenHour() -> TimeMatch? {
        guard let part = take(words.parts), isAtBoundary else { return nil }
        _ = take(words.at)
        guard var time = takeRaw()?.time, isAtBoundary, isAtClauseEnd || isAtStopWord || isBeforeSign,
            time.isWithin(part), !time.needsDay
        else { return nil }
        time.part = part
        return time
    }

    /// "8 tonight", "8 this evening", "6 tomorrow morning".
    private var isBeforePartOfToday: Bool {
        var trial = self
        return trial.takeDate()?.part != nil
    }

    /// "at 3": anything but the end of what is said about time makes it an amount.
    private var isPlainHour: Bool {
        if isAtClauseEnd || isAtStopWord || isBeforeDay { return true }
        var trial = self
        return trial.takeZoneName() != nil
    }

    private var isBeforeSign: Bool { current.map { ["#", "@", "*", "!"].contains($0.text) || $0.text == "p" } ?? true }

    /// A word that begins another thing said about time, or ends this one.
    var isAtStopWord: Bool {
        var trial = self
        if trial.take(words.on) || trial.take(words.until) || trial.take(words.starting) { return true }
        return trial.take(words.reminders.remind) || trial.take(words.reminders.remindBriefly) || trial.take(words.to)
            || trial.take(words.inside) || trial.take(words.repeats.lasting) || trial.take(words.and)
    }

    /// "in the morning", "at night", "abends", "am Abend".
    mutating func takePartPhrase() -> Vocabulary.Part? {
        attempt { cursor in
            if let part = cursor.take(cursor.words.pluralParts), !cursor.words.capitalsMarkNames { return part }
            let hasWord =
                cursor.take(cursor.words.inside) || cursor.take(cursor.words.shortOn)
                || cursor.take(cursor.words.at)
            guard hasWord else { return nil }
            _ = cursor.take(cursor.words.the)
            guard let part = cursor.take(cursor.words.parts), cursor.isAtBoundary else { return nil }
            return part
        }
    }

    func time(of part: Vocabulary.Part) -> LocalTime { reading.context.dayParts.time(of: part) }
}
