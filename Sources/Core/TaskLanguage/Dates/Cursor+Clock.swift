import CivilTime

/// Hours and minutes as they stand, and how sure it is that they are a time.
struct RawTime {
    enum Certainty {
        /// A bare number.
        case none
        /// With minutes.
        case minutes
        case sure
    }

    var time: TimeMatch
    var certainty: Certainty
    var hasMeridiem = false
}

extension Cursor {
    /// "9", "9am", "21:15", "14h30", "18h", "noon", "nine", "half past four", "zehn nach neun".
    ///
    /// - Parameter allowsSpoken: not behind "from", where "9 to 12" is a span.
    mutating func takeRaw(allowsSpoken: Bool = true) -> RawTime? {
        guard let found = takeBareTime(allowsSpoken) else { return nil }
        _ = take(words.clock.suffixes)
        return found
    }

    private mutating func takeBareTime(_ allowsSpoken: Bool) -> RawTime? {
        if take(words.clock.noon) {
            return RawTime(time: noon, certainty: .sure, hasMeridiem: true)
        }
        if take(words.clock.midnight) {
            var time = TimeMatch(hour: 0)
            time.isMidnight = true
            return RawTime(time: time, certainty: .sure)
        }
        if allowsSpoken, let spoken = attempt({ $0.takeSpoken() }) { return spoken }
        return attempt { $0.takeDigits() } ?? attempt { $0.takeHourInWords() }
    }

    private var noon: TimeMatch {
        let noon = reading.context.dayParts.noon
        return TimeMatch(hour: noon.secondOfDay / 3600, minute: noon.secondOfDay / 60 % 60)
    }

    /// "half past four", "halb fünf", "quarter to seven", "ten past nine", "fünf vor acht".
    private mutating func takeSpoken() -> RawTime? {
        let clock = words.clock
        let offset: Int
        if take(clock.halfPast) {
            offset = 30
        } else if take(clock.halfTo) {
            offset = -30
        } else {
            let minutes: Int
            if take(clock.quarter) {
                minutes = 15
            } else {
                guard let count = takeCount(), (1...29).contains(count) else { return nil }
                // "9 to 5" is a span; minutes that are no round number are called so.
                guard take(words.units) != nil || count % 5 == 0 else { return nil }
                minutes = count
            }
            if take(clock.past) { offset = minutes } else if take(clock.to) { offset = -minutes } else { return nil }
        }
        // "fünf vor halb acht"
        let half = take(clock.halfTo) ? -30 : 0
        if take(clock.noon) { return spoken(12, offset, half: .known) }
        if take(clock.midnight) { return spoken(24, offset, half: .known) }
        guard let word = current, word.kind == .number || word.text.utf8.count > 2, let hour = takeCount(),
            (1...24).contains(hour)
        else { return nil }
        if let isAfternoon = takeMeridiem() {
            return spoken(hour % 12 + (isAfternoon ? 12 : 0), offset + half, half: .known)
        }
        _ = take(clock.oclock)
        return spoken(hour, offset + half, half: hour > 12 ? .known : .unknown)
    }

    private func spoken(_ hour: Int, _ offset: Int, half: TimeMatch.Half) -> RawTime? {
        guard isAtBoundary else { return nil }
        let minutes = hour * 60 + offset
        let isTwelve = half == .unknown && minutes < 60
        return RawTime(
            time: TimeMatch(hour: isTwelve ? 12 : minutes / 60 % 24, minute: minutes % 60, half: half), certainty: .sure
        )
    }

    private mutating func takeDigits() -> RawTime? {
        if let joined = attempt({ $0.takeJoinedDigits() }) { return joined }
        guard let first = current, let hour = takeNumber(), hour <= 24, first.range.count <= 2 else { return nil }
        let isShort = first.range.count == 1
        let minute = attempt { $0.takeMinutes() }
        if let minute { _ = attempt { $0.takeSeconds() }; return timed(hour, minute.value, isShort, minute.isDotted) }
        // "18h"
        if takeTouching("h"), isAtBoundary {
            return RawTime(time: TimeMatch(hour: hour, half: .likely), certainty: hour > 12 ? .sure : .minutes)
        }
        if let letter = attempt({ $0.takeMeridiemLetter() }) {
            return (1...12).contains(hour)
                ? RawTime(time: TimeMatch(hour: hour % 12 + (letter ? 12 : 0)), certainty: .minutes) : nil
        }
        if let spaced = attempt({ $0.takeSpacedMinutes(hour) }) { return spaced }
        if let isAfternoon = takeMeridiem() { return meridiem(hour, 0, isAfternoon) }
        if take(words.clock.oclock) {
            let half = words.capitalsMarkNames ? TimeMatch.Half.unknown : .likely
            // "19 Uhr 30"
            let minute = attempt { cursor -> Int? in
                guard cursor.current?.range.count == 2, let minute = cursor.takeNumber(), minute < 60,
                    cursor.isAtBoundary
                else { return nil }
                return minute
            }
            return RawTime(time: TimeMatch(hour: hour, minute: minute ?? 0, half: half), certainty: .sure)
        }
        return RawTime(time: TimeMatch(hour: hour, half: hour > 12 ? .known : .unknown), certainty: .none)
    }

    /// "815am", "0930", "1640": hours and minutes without a sign between them. Without am or pm it needs a day.
    private mutating func takeJoinedDigits() -> RawTime? {
        guard let length = current?.range.count, length == 3 || length == 4, let number = takeNumber() else {
            return nil
        }
        let (hour, minute) = (number / 100, number % 100)
        guard minute < 60 else { return nil }
        if let isAfternoon = takeMeridiem() { return meridiem(hour, minute, isAfternoon) }
        // Years are written alike.
        guard length == 4, hour < 24, !(1900...2099).contains(number), minute % 5 == 0 else { return nil }
        _ = take(words.clock.oclock)
        var time = TimeMatch(hour: hour, minute: minute)
        time.needsDay = true
        return RawTime(time: time, certainty: .minutes)
    }

    private mutating func timed(_ hour: Int, _ minute: Int, _ isShort: Bool, _ isDotted: Bool) -> RawTime? {
        if let isAfternoon = takeMeridiem() ?? attempt({ $0.takeMeridiemLetter() }) {
            return meridiem(hour, minute, isAfternoon)
        }
        guard hour < 24 || minute == 0 else { return nil }
        if take(words.clock.oclock) {
            return RawTime(time: TimeMatch(hour: hour, minute: minute, half: .likely), certainty: .sure)
        }
        let isUnclear = isShort && (1...7).contains(hour)
        // "9.30" could be an amount: it needs more to be a time.
        let half: TimeMatch.Half =
            isUnclear || isDotted ? .unknown : isShort || (10...12).contains(hour) ? .likely : .known
        let isWhole = !isUnclear && !isDotted
        return RawTime(
            time: TimeMatch(hour: hour, minute: minute, half: half), certainty: isWhole ? .sure : .minutes
        )
    }

    private func meridiem(_ hour: Int, _ minute: Int, _ isAfternoon: Bool) -> RawTime? {
        guard (1...12).contains(hour) else { return nil }
        return RawTime(
            time: TimeMatch(hour: hour % 12 + (isAfternoon ? 12 : 0), minute: minute), certainty: .sure,
            hasMeridiem: true
        )
    }

    /// `:15`, `.15` or `h15`: two digits, touching.
    private mutating func takeMinutes() -> (value: Int, isDotted: Bool)? {
        let isDotted = current?.text == "."
        guard takeTouching(":") || takeTouching(".") || takeTouching("h"), let minute = takeTwoDigits() else {
            return nil
        }
        return (minute, isDotted)
    }

    private mutating func takeSeconds() -> Int? { takeTouching(":") ? takeTwoDigits() : nil }

    private mutating func takeTwoDigits() -> Int? {
        guard let current, current.range.count == 2, let number = takeNumber(touching: true), number < 60
        else { return nil }
        return number
    }

    /// "7 30 pm", as dictation writes it.
    private mutating func takeSpacedMinutes(_ hour: Int) -> RawTime? {
        guard let current, current.range.count == 2, let minute = takeNumber(), minute < 60,
            let isAfternoon = takeMeridiem()
        else { return nil }
        return meridiem(hour, minute, isAfternoon)
    }

    /// "nine", "nine am", "seven thirty".
    private mutating func takeHourInWords() -> RawTime? {
        guard current?.kind == .word, let word = current?.text, word.utf8.count > 2, let hour = take(words.numbers),
            (1...24).contains(hour), isAtBoundary
        else { return nil }
        let minute = attempt { cursor -> Int? in
            guard cursor.current?.kind == .word, let minute = cursor.takeCount(), (10...59).contains(minute)
            else { return nil }
            return minute
        }
        if let isAfternoon = takeMeridiem() { return meridiem(hour, minute ?? 0, isAfternoon) }
        if take(words.clock.oclock) {
            let half = words.capitalsMarkNames ? TimeMatch.Half.unknown : .likely
            let later =
                minute
                ?? attempt { cursor -> Int? in
                    guard cursor.current?.kind == .word, let minute = cursor.takeCount(), (5...59).contains(minute)
                    else { return nil }
                    return minute
                }
            return RawTime(time: TimeMatch(hour: hour, minute: later ?? 0, half: half), certainty: .sure)
        }
        let time = TimeMatch(hour: hour, minute: minute ?? 0, half: .unknown)
        return RawTime(time: time, certainty: minute == nil ? .none : .minutes)
    }

    /// The `p` of "2:30p", touching.
    private mutating func takeMeridiemLetter() -> Bool? {
        guard words.capitalsMarkNames, let letter = current, !letter.isApart, ["a", "p"].contains(letter.text) else {
            return nil
        }
        place += 1
        return isAtBoundary ? letter.text == "p" : nil
    }

    /// True for the afternoon.
    private mutating func takeMeridiem() -> Bool? {
        if take(words.clock.pm) { return true }
        return take(words.clock.am) ? false : nil
    }
}
