import CivilTime

/// A due date as it is put together from what a text says.
struct DuePiece {
    var date: DateMatch?
    var time: TimeMatch?

    /// The clock time, with the part of the day that was said with the day.
    func clock(_ context: LanguageContext) -> TimeMatch.Resolved? {
        if let time = date?.time { return TimeMatch.Resolved(time: time) }
        guard var time else { return date?.part.map { TimeMatch(part: $0).resolved(context.dayParts) } }
        time.part = time.part ?? date?.part
        return time.resolved(context.dayParts)
    }

    var zone: Zone? { time?.zone ?? date?.zone }

    /// - Returns: nil when nothing was said.
    func due(_ context: LanguageContext) -> ParsedDue? {
        guard date != nil || time != nil else { return nil }
        let clock = clock(context)
        var day = date?.date ?? context.today
        if date == nil, let clock, !clock.addsDay, LocalDateTime(day, clock.time) < here(context) {
            day = day.adding(days: 1)
        }
        if clock?.addsDay == true { day = day.adding(days: 1) }
        return ParsedDue(date: day, time: clock?.time, zone: zone)
    }

    /// What the clocks show where the time is meant.
    private func here(_ context: LanguageContext) -> LocalDateTime {
        guard let zone, let home = context.zone else { return context.now }
        return zone.localDateTime(at: home.instant(of: context.now))
    }
}

extension Cursor {
    /// A date with or without a time, a time with or without a date, with the words that go before either.
    mutating func takeDue(into piece: inout DuePiece) -> Bool {
        let found =
            attempt { $0.takeStamp() } ?? attempt { $0.takeDateThenTime() } ?? attempt { $0.takeTimeThenDate() }
        guard let found else { return false }
        piece = found
        return true
    }

    private mutating func takeDateThenTime() -> DuePiece? {
        guard let date = attempt({ $0.takeMarkedDate() }) else { return nil }
        var found = DuePiece(date: date)
        guard date.time == nil else { return found }
        found.time = attempt { cursor in
            _ = cursor.take(",")
            return cursor.takeTime(besideDate: true, besidePart: date.part != nil)
        }
        return found
    }

    private mutating func takeTimeThenDate() -> DuePiece? {
        guard let time = attempt({ $0.takeTime() }) ?? takeMarkedTime() else { return nil }
        var found = DuePiece(time: time)
        found.date = attempt { cursor in
            _ = cursor.take(",")
            let hasWord = cursor.take(cursor.words.on)
            // Right behind a time, "sat" is a day.
            guard let date = cursor.takeDate(allowsDoubtful: hasWord || time.hour != nil), date.time == nil
            else { return nil }
            return date
        }
        // "9am friday Europe/Paris"
        if found.date != nil, time.zone == nil {
            var zoned = time
            takeZone(into: &zoned)
            found.time = zoned
        }
        return found
    }

    /// A date, with a word such as "on" or "by" before it or without.
    mutating func takeMarkedDate() -> DateMatch? {
        _ = take(words.clock.later)
        let hasWord = take(words.on) || take(words.starting)
        return takeDate(allowsDoubtful: hasWord)
    }

    private mutating func takeMarkedTime() -> TimeMatch? { take(words.on) ? takeTime() : nil }

    /// `2027-01-05T14:00`, with `Z`, an offset or neither (RFC 3339).
    private mutating func takeStamp() -> DuePiece? {
        guard current?.range.count == 4, let year = takeNumber(), takeTouching("-"),
            let month = takeNumber(touching: true), takeTouching("-"), let day = takeNumber(touching: true),
            takeTouching("t"), let hour = takeNumber(touching: true), takeTouching(":"),
            let minute = takeNumber(touching: true), let date = LocalDate(year: year, month: month, day: day),
            let time = LocalTime(hour: hour, minute: minute)
        else { return nil }
        if takeTouching(":") { _ = takeNumber(touching: true) }
        let local = LocalDateTime(date, time)
        guard let offset = takeOffset() else { return isAtBoundary ? DuePiece(stamp: local, zone: nil) : nil }
        guard isAtBoundary else { return nil }
        return DuePiece(stamp: LocalDateTime(wallSeconds: local.wallSeconds - offset * 60), zone: .utc)
    }

    /// Minutes east of UTC.
    private mutating func takeOffset() -> Int? {
        if takeTouching("z") { return 0 }
        let isWest = takeTouching("-")
        guard isWest || takeTouching("+"), let hours = takeNumber(touching: true), hours <= 14, takeTouching(":"),
            let minutes = takeNumber(touching: true), minutes < 60
        else { return nil }
        return (hours * 60 + minutes) * (isWest ? -1 : 1)
    }
}

extension DuePiece {
    fileprivate init(stamp: LocalDateTime, zone: Zone?) {
        var match = DateMatch(stamp.date, time: stamp.time)
        match.zone = zone
        date = match
    }
}
