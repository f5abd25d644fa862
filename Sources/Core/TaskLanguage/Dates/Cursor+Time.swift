import CivilTime

/// A time of day that was read.
struct TimeMatch {
    var time: LocalTime
    /// The day after the one that is named: midnight ends a day.
    var addsDay = false
    var zone: Zone?
    var assumesAfternoon = false
}

extension Cursor {
    /// "at 9", "9am", "14:00", "noon", "in the evening".
    mutating func takeTime() -> TimeMatch? {
        guard var match = attempt({ $0.takeClockTime() }) ?? attempt({ $0.takePartOfDay() }) else { return nil }
        match.zone = attempt { $0.takeZone() }
        return match
    }

    private mutating func takeClockTime() -> TimeMatch? {
        let hasAt = take(words.at)
        if take(words.noon) { return TimeMatch(time: reading.context.dayParts.noon) }
        if take(words.midnight) { return TimeMatch(time: .midnight, addsDay: true) }
        if hasAt, let part = take(words.parts) { return TimeMatch(time: time(of: part)) }
        let isShort = current?.range.count == 1
        guard let hour = takeNumber(), hour <= 24 else { return nil }
        var minute: Int?
        var trial = self
        if trial.takeTouching(":") || trial.takeTouching(".") || trial.takeTouching("h"),
            let number = trial.takeMinute()
        {
            let isDotted = reading.tokens[place].text == "."
            self = trial
            minute = number
            // "9.30" could be an amount: it needs more to be a time.
            if isDotted, !hasAt, !isFollowed(by: words.am + words.pm), !isFollowed(by: words.clock.map { [$0] }) {
                return nil
            }
        }
        let meridiem = takeMeridiem()
        let hasClock = take(words.clock)
        guard isAtBoundary else { return nil }
        if meridiem == nil, minute == nil, !hasClock { return hasAt ? bareHour(hour) : nil }
        // "3:30" has no half of the day; "03:30" is by the clock of 24 hours.
        if meridiem == nil, !hasClock, isShort, let minute, (1...7).contains(hour) {
            guard hasAt, let time = LocalTime(hour: hour + 12, minute: minute) else { return nil }
            return TimeMatch(time: time, assumesAfternoon: true)
        }
        guard let value = Cursor.hour(hour, meridiem) else { return nil }
        return LocalTime(hour: value, minute: minute ?? 0).map { TimeMatch(time: $0) }
    }

    /// Two digits, touching.
    private mutating func takeMinute() -> Int? {
        guard let current, current.range.count == 2, let minute = takeNumber(touching: true), minute < 60
        else { return nil }
        return minute
    }

    private func isFollowed(by phrases: [[String]]) -> Bool {
        var trial = self
        return trial.take(phrases)
    }

    /// True for the afternoon.
    private mutating func takeMeridiem() -> Bool? {
        if take(words.pm) { return true }
        return take(words.am) ? false : nil
    }

    private static func hour(_ hour: Int, _ isAfternoon: Bool?) -> Int? {
        switch isAfternoon {
        case nil: return hour < 24 ? hour : nil
        case true?: return (1...12).contains(hour) ? hour % 12 + 12 : nil
        case false?: return (1...12).contains(hour) ? hour % 12 : nil
        }
    }

    /// "at 3": the sensible half of the day. Anything but the end of what is said about time makes it an amount.
    private func bareHour(_ hour: Int) -> TimeMatch? {
        guard hour < 24, let time = LocalTime(hour: (1...7).contains(hour) ? hour + 12 : hour, minute: 0)
        else { return nil }
        var following = self
        let isPlain =
            isAtClauseEnd || following.takeDate(allowsDoubtful: true) != nil || following.takeEvery() != nil
            || following.takeZone() != nil || following.isAtStopWord
        return isPlain ? TimeMatch(time: time, assumesAfternoon: (1...7).contains(hour)) : nil
    }

    /// A word that begins another thing said about time, or ends this one.
    private var isAtStopWord: Bool {
        var trial = self
        if trial.take(words.on) || trial.take(words.until) || trial.take(words.starting) { return true }
        return trial.take(words.remind) || trial.take(words.inside) || trial.take(words.lasting)
            || trial.take(words.and)
    }

    private mutating func takePartOfDay() -> TimeMatch? {
        guard take(words.inside) || take(words.on.filter { $0.count == 1 }), take(words.the) || true,
            let part = take(words.parts), isAtBoundary
        else { return nil }
        return TimeMatch(time: time(of: part))
    }

    func time(of part: Vocabulary.Part) -> LocalTime {
        let parts = reading.context.dayParts
        return switch part {
        case .morning: parts.morning
        case .noon: parts.noon
        case .afternoon: parts.afternoon
        case .evening: parts.evening
        case .night: parts.night
        }
    }

    /// An IANA zone such as `Europe/Paris`, or UTC.
    mutating func takeZone() -> Zone? {
        if current?.text == "utc" {
            place += 1
            return .utc
        }
        guard let first = current, first.kind == .word, first.isCapitalised, let slash = token(place + 1),
            slash.text == "/", !slash.isApart
        else { return nil }
        var name = ""
        var index = place
        while let token = token(index), index == place || !token.isApart, name.utf8.count < 64 {
            guard token.kind != .sign || "/_-+".contains(token.text) else { break }
            // Names are written with capitals; the tokens are not.
            name += token.isCapitalised ? token.text.prefix(1).uppercased() + token.text.dropFirst() : token.text
            index += 1
        }
        guard let zone = Zone(identifier: name) else { return nil }
        place = index
        return zone
    }
}
