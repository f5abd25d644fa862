import CivilTime

/// A due date as it is put together from what a text says.
struct DuePiece {
    var date: DateMatch?
    var time: TimeMatch?

    /// - Returns: nil when nothing was said.
    func due(_ context: LanguageContext) -> ParsedDue? {
        guard date != nil || time != nil else { return nil }
        let clock = time?.time ?? date?.time
        var day = date?.date ?? context.now.date
        if date == nil, let clock, time?.addsDay != true, LocalDateTime(day, clock) < context.now {
            day = day.adding(days: 1)
        }
        if time?.addsDay == true { day = day.adding(days: 1) }
        return ParsedDue(date: day, time: clock, zone: time?.zone)
    }
}

extension Cursor {
    /// A date with or without a time, a time with or without a date, with the words that go before either.
    mutating func takeDue(into piece: inout DuePiece) -> Bool {
        let found = attempt { cursor -> DuePiece? in
            if let date = cursor.attempt({ $0.takeMarkedDate() }) {
                var found = DuePiece(date: date)
                found.time = cursor.attempt { cursor in
                    _ = cursor.take(",")
                    return cursor.takeTime()
                }
                return found
            }
            guard let time = cursor.attempt({ $0.takeTime() }) ?? cursor.takeMarkedTime() else { return nil }
            var found = DuePiece(time: time)
            found.date = cursor.attempt { cursor in
                _ = cursor.take(",")
                return cursor.takeMarkedDate()
            }
            return found
        }
        guard let found else { return false }
        piece = found
        return true
    }

    /// A date, with a word such as "on" or "by" before it or without.
    private mutating func takeMarkedDate() -> DateMatch? {
        let hasWord = take(words.on)
        return takeDate(allowsDoubtful: hasWord)
    }

    private mutating func takeMarkedTime() -> TimeMatch? { take(words.on) ? takeTime() : nil }
}
