/// Words in the title that look as if they said when: each gets a warning, so that nobody has to find out later.
struct Leftovers {
    let reading: Reading

    /// - Parameters:
    ///   - isCovered: tokens that are read, or warned about already.
    ///   - read: tokens that a time was read from; a bare number beside them looks like an hour or a day.
    /// - Returns: the places of what looks like a time.
    func places(_ isCovered: [Bool], read: [Bool]) -> [Range<Int>] {
        var found: [Range<Int>] = []
        var place = 0
        while place < reading.tokens.count {
            guard !isCovered[place], !reading.isProtected[place], reading.tokens[place].isApart,
                let end = end(from: Cursor(reading: reading, place: place), hasRead: read.contains(true))
                    ?? endOfNumber(at: place, read)
            else {
                place += 1
                continue
            }
            found.append(place..<end)
            place = max(end, place + 1)
        }
        return found
    }

    private func end(from start: Cursor, hasRead: Bool) -> Int? {
        let words = reading.words
        var trial = start
        if trial.take(words.every) {
            let isDay = trial.takeWeekday() != nil || trial.take(words.parts) != nil || trial.takeWorkdays()
            if isDay || isUnit(&trial) { return trial.isAtBoundary ? trial.place : nil }
        }
        trial = start
        if isPlainDay(start) {
            trial.place += 1
            // "Friday's minutes"
            return trial.isAtBoundary ? trial.place : nil
        }
        if let raw = trial.takeRaw(), raw.hasMeridiem, trial.isAtBoundary, start.current?.kind == .number {
            return trial.place
        }
        trial = start
        if hasRead, let end = endOfDateOrLength(start) { return end }
        return trial.take(words.reminders.remind.filter { $0.count > 1 }) ? trial.place : nil
    }

    /// "at 3" anywhere, "13" right behind a day that was read.
    private func endOfNumber(at place: Int, _ read: [Bool]) -> Int? {
        var trial = Cursor(reading: reading, place: place)
        let hasAt = trial.take(reading.words.at)
        guard trial.current?.kind == .number, hasAt || place > 0 && read[place - 1] else { return nil }
        // "at 25:00" is no time, but was meant as one.
        let isColon = trial.token(trial.place + 1)?.text == ":" && trial.token(trial.place + 2)?.kind == .number
        if hasAt, !isColon, trial.takeRaw() == nil { return nil }
        if isColon { trial.place += 2 }
        if !hasAt { trial.place += 1 }
        return trial.isAtBoundary ? trial.place : nil
    }

    /// "12/23", "for 4 weeks", where something was read from the line.
    private func endOfDateOrLength(_ start: Cursor) -> Int? {
        var trial = start
        if start.token(start.place + 1)?.text == "/", trial.takeNumericDate(true) != nil {
            return trial.isAtBoundary ? trial.place : nil
        }
        trial = start
        guard trial.take(reading.words.repeats.lasting), let amount = trial.takeAmount(), amount.days ?? 30 > 0 else {
            return nil
        }
        return amount.unit == .hour || amount.unit == .minute ? nil : trial.place
    }

    private func isUnit(_ trial: inout Cursor) -> Bool {
        _ = trial.takeCount()
        return trial.take(reading.words.units) != nil
    }

    /// A name of a day that means nothing else.
    private func isPlainDay(_ start: Cursor) -> Bool {
        guard let word = start.current?.text, !reading.words.doubtful.contains(word) else { return false }
        return reading.words.weekdays[word] != nil || reading.words.pluralWeekdays[word] != nil
            || reading.words.relativeDays[word].map { $0 >= 0 } ?? false && !reading.words.everyday.contains(word)
            || reading.words.todayParts[word] != nil
    }
}
