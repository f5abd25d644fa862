import Foundation

/// An IANA time zone that this process knows, such as `Europe/Paris` or `UTC`. Which rules it goes by, ``ZoneData``
/// says.
public struct Zone: Hashable, Sendable {
    /// The name as the user gave it; aliases stay as they were written.
    public let identifier: String
    private let rules: ZoneRules

    public static let utc = Zone(identifier: "UTC", rules: .toolchain(TimeZone(secondsFromGMT: 0) ?? .gmt))

    init(identifier: String, rules: ZoneRules) {
        self.identifier = identifier
        self.rules = rules
    }

    /// - Parameter identifier: `Area/Location`, or `UTC`. Abbreviations such as `CET` and offsets such
    ///   as `GMT+2` are refused, since they do not say when the clocks change.
    /// - Returns: nil when the zone is not known.
    public init?(identifier: String) {
        if identifier == "UTC" {
            self = .utc
            return
        }
        guard identifier.utf8.count <= 64, identifier.utf8.contains(UInt8(ascii: "/")),
            let rules = ZoneRules.of(identifier)
        else { return nil }
        self.init(identifier: identifier, rules: rules)
    }

    /// Seconds east of UTC in force at `instant`.
    public func offset(at instant: Instant) -> Int64 { rules.offset(at: instant) }

    /// What the clocks of this zone show at `instant`.
    public func local(at instant: Instant) -> (date: LocalDate, time: LocalTime) {
        let seconds = instant.seconds + offset(at: instant)
        let days = floorDivide(seconds, by: 86_400)
        return (LocalDate(daysSinceEpoch: Int(days)), LocalTime(secondOfDay: Int(seconds - days * 86_400)))
    }

    /// The moment at which the clocks of this zone show `time` on `date`.
    ///
    /// A time that the clocks skip moves forward by the length of the gap; a time that they show twice
    /// means the first (RFC 5545 §3.3.5).
    public func instant(of date: LocalDate, at time: LocalTime) -> Instant {
        let wall = Int64(date.daysSinceEpoch) * 86_400 + Int64(time.secondOfDay)
        // A day away from the wall time read as UTC lies outside any one change of offset on either side,
        // the 24 hours that Samoa skipped in 2011 included.
        let before = offset(at: Instant(seconds: wall - 86_400))
        let after = offset(at: Instant(seconds: wall + 86_400))
        let first = Instant(seconds: wall - before)
        if before == after || offset(at: first) == before { return first }
        let second = Instant(seconds: wall - after)
        return offset(at: second) == after ? second : first
    }

    public static func == (left: Zone, right: Zone) -> Bool { left.identifier == right.identifier }

    public func hash(into hasher: inout Hasher) { hasher.combine(identifier) }
}
