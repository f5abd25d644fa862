import CivilTime

/// A time of day that was read: an hour, a part of the day, or both. What half of the day is meant can depend on a
/// word elsewhere in the line, so it is decided late.
struct TimeMatch {
    /// What is known of the half of the day.
    enum Half {
        /// The hour counts from 0 to 24.
        case known
        /// By a clock of 24 hours, unless a part of the day says otherwise: "3 Uhr".
        case likely
        /// "at 3".
        case unknown
        /// A bare number beside a day: "sat 8".
        case guessed
    }

    /// 0 to 24; nil where only a part of the day was said.
    var hour: Int?
    var minute = 0
    var half = Half.known
    var part: Vocabulary.Part?
    /// Midnight ends the day that is named.
    var isMidnight = false
    var zone: Zone?
    var hasDoubtfulZone = false
    /// Only beside a day is it a time: "0930".
    var needsDay = false
    /// Whether an end was said too: "from 3 to 5".
    var isStartOfSpan = false

    init(part: Vocabulary.Part) {
        self.part = part
    }

    init(hour: Int, minute: Int = 0, half: Half = .known) {
        (self.hour, self.minute, self.half) = (hour, minute, half)
    }

    /// A time of the clock.
    struct Resolved {
        var time: LocalTime
        /// It is on the day after the one that is named.
        var addsDay = false
        /// The half of the day was assumed.
        var isAssumed = false
    }

    func resolved(_ parts: DayParts) -> Resolved {
        if isMidnight { return Resolved(time: .midnight, addsDay: true) }
        guard let hour else { return Resolved(time: parts.time(of: part ?? .morning)) }
        if hour == 24 { return Resolved(time: clock(0), addsDay: true) }
        if half == .known || hour == 0 || hour > 12 { return Resolved(time: clock(hour)) }
        if let part { return resolved(hour, part) }
        switch half {
        case .known, .likely: return Resolved(time: clock(hour))
        case .unknown: return (1...7).contains(hour) ? afternoon(hour) : Resolved(time: clock(hour))
        case .guessed:
            if (1...8).contains(hour) { return afternoon(hour) }
            return Resolved(time: clock(hour), isAssumed: hour < 12)
        }
    }

    /// Whether the hour can be in that part of the day: "7pm in the evening" says it twice, "6pm at noon" says two
    /// times.
    func isWithin(_ part: Vocabulary.Part) -> Bool {
        guard half == .known, let hour else { return true }
        switch part {
        case .morning: return (3...12).contains(hour)
        case .noon: return (11...14).contains(hour)
        case .afternoon: return (12...19).contains(hour)
        case .evening: return (16...24).contains(hour)
        case .night: return hour >= 18 || hour < 6
        }
    }

    private func resolved(_ hour: Int, _ part: Vocabulary.Part) -> Resolved {
        switch part {
        case .morning: return Resolved(time: clock(hour), isAssumed: hour == 12)
        case .noon: return Resolved(time: clock(hour < 10 ? hour + 12 : hour))
        case .afternoon: return Resolved(time: clock(hour == 12 ? 12 : hour + 12))
        case .evening: return hour == 12 ? Resolved(time: clock(0), addsDay: true) : Resolved(time: clock(hour + 12))
        case .night:
            if hour == 12 { return Resolved(time: clock(0), addsDay: true) }
            // The small hours of a night are on the next date.
            return hour < 6 ? Resolved(time: clock(hour), addsDay: true) : Resolved(time: clock(hour + 12))
        }
    }

    private func afternoon(_ hour: Int) -> Resolved { Resolved(time: clock(hour + 12), isAssumed: true) }

    private func clock(_ hour: Int) -> LocalTime { LocalTime(hour: hour, minute: minute) ?? .midnight }
}

extension DayParts {
    func time(of part: Vocabulary.Part) -> LocalTime {
        switch part {
        case .morning: morning
        case .noon: noon
        case .afternoon: afternoon
        case .evening: evening
        case .night: night
        }
    }
}
