/// A length of time as people say it: whole days of the calendar, and seconds of real time after them.
///
/// A day is a day and 24 hours are 24 hours: where the clocks change between, a day has 23 or 25 of them. So the two
/// are kept apart, as they were given.
public struct CalendarSpan: Hashable, Sendable {
    /// 0 or more.
    public let days: Int
    /// 0 or more; 86,400 of them are not a day.
    public let seconds: Int

    public static let zero = CalendarSpan(days: 0, seconds: 0)

    public init(days: Int = 0, seconds: Int = 0) {
        self.days = days
        self.seconds = seconds
    }

    public var isZero: Bool { days == 0 && seconds == 0 }

    /// How long it is where the clocks do not change, for limits and orders of size.
    public var usualLength: Duration { .seconds(Int64(days) * 86_400 + Int64(seconds)) }
}

/// A duration as ISO 8601 writes it and RFC 3339 appendix A spells it out: `PT1H`, `P1D`, `P2W`, `P1DT2H`.
extension CalendarSpan: LosslessStringConvertible {
    /// Reads weeks (7 days each), days, hours, minutes and seconds; years and months are refused, since they have no
    /// length.
    public init?(_ text: String) {
        var rest = text.uppercased()[...].utf8
        guard rest.popFirst() == UInt8(ascii: "P"), !rest.isEmpty else { return nil }
        var (days, seconds) = (0, 0)
        var isTime = false
        var units = Self.dayUnits
        while !rest.isEmpty {
            if !isTime, rest.first == UInt8(ascii: "T") {
                rest.removeFirst()
                (isTime, units) = (true, Self.timeUnits)
                if rest.isEmpty { return nil }
                continue
            }
            let digits = rest.prefix { (0x30...0x39).contains($0) }
            rest = rest[digits.endIndex...]
            guard (1...8).contains(digits.count), let number = Int(Substring(digits)), let letter = rest.popFirst(),
                let place = units.firstIndex(where: { $0.letter == letter })
            else { return nil }
            if isTime { seconds += number * units[place].length } else { days += number * units[place].length }
            units.removeSubrange(...place)
        }
        self.init(days: days, seconds: seconds)
    }

    /// Each unit once, the largest first.
    private static let dayUnits = [(letter: UInt8(ascii: "W"), length: 7), (letter: UInt8(ascii: "D"), length: 1)]
    private static let timeUnits = [
        (letter: UInt8(ascii: "H"), length: 3600), (letter: UInt8(ascii: "M"), length: 60),
        (letter: UInt8(ascii: "S"), length: 1),
    ]

    /// Whole weeks as weeks; otherwise days, and hours that may be more than a day has.
    public var description: String {
        if isZero { return "PT0S" }
        if seconds == 0, days % 7 == 0 { return "P\(days / 7)W" }
        var text = days == 0 ? "P" : "P\(days)D"
        if seconds > 0 { text += "T" }
        var rest = seconds
        for (letter, length) in Self.timeUnits where rest >= length {
            text += "\(rest / length)\(Character(Unicode.Scalar(letter)))"
            rest %= length
        }
        return text
    }
}

extension Zone {
    /// The moment that lies `span` before the clocks of this zone show `local`: so many days earlier at the same
    /// time of day, then so many real seconds before that.
    public func instant(_ span: CalendarSpan, before local: LocalDateTime) -> Instant {
        instant(of: local.date.adding(days: -span.days), at: local.time) - .seconds(span.seconds)
    }

    /// The moment that lies `span` after `instant`: so many days later at the time that the clocks of this zone show
    /// then, and so many real seconds after that.
    public func instant(_ span: CalendarSpan, after instant: Instant) -> Instant {
        if span.days == 0 { return instant + .seconds(span.seconds) }
        let (date, time) = local(at: instant)
        let fraction = instant.milliseconds - instant.seconds * 1000
        return self.instant(of: date.adding(days: span.days), at: time) + .seconds(span.seconds)
            + .milliseconds(fraction)
    }
}
