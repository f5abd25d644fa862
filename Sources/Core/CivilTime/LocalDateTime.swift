/// What a calendar and a clock on the wall show, without a zone: to the second, years 1 to 9999.
public struct LocalDateTime: Hashable, Comparable, Sendable {
    public let date: LocalDate
    public let time: LocalTime

    public init(_ date: LocalDate, _ time: LocalTime) {
        self.date = date
        self.time = time
    }

    /// The wall clock `seconds` after 1970-01-01T00:00:00 on a day that never has 23 or 25 hours. The caller
    /// keeps within years 1 to 9999.
    public init(wallSeconds seconds: Int) {
        let days = Int(floorDivide(Int64(seconds), by: 86_400))
        date = LocalDate(daysSinceEpoch: days)
        time = LocalTime(secondOfDay: seconds - days * 86_400)
    }

    /// Seconds on the wall clock since 1970-01-01T00:00:00: orders local times, measures nothing.
    public var wallSeconds: Int { date.daysSinceEpoch * 86_400 + time.secondOfDay }

    public static func < (left: LocalDateTime, right: LocalDateTime) -> Bool {
        (left.date, left.time) < (right.date, right.time)
    }
}

extension LocalDateTime: LosslessStringConvertible {
    /// Reads `YYYY-MM-DDTHH:MM` or `YYYY-MM-DDTHH:MM:SS`.
    public init?(_ text: String) {
        let parts = text.split(separator: "T", omittingEmptySubsequences: false)
        guard parts.count == 2, let date = LocalDate(String(parts[0])), let time = LocalTime(String(parts[1]))
        else { return nil }
        self.init(date, time)
    }

    public var description: String { "\(date)T\(time)" }
}

extension Zone {
    /// The moment at which the clocks of this zone show `local`; see ``instant(of:at:)``.
    public func instant(of local: LocalDateTime) -> Instant { instant(of: local.date, at: local.time) }

    /// What the clocks of this zone show at `instant`, to the second.
    public func localDateTime(at instant: Instant) -> LocalDateTime {
        let (date, time) = local(at: instant)
        return LocalDateTime(date, time)
    }
}
