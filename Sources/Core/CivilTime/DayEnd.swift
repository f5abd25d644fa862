/// When a person's day is over: a time of day from 00:01 to 24:00, to the minute.
///
/// A task that is due on a date without a time becomes overdue at this moment of that date.
public struct DayEnd: Hashable, Sendable, LosslessStringConvertible {
    /// Minutes after the day's midnight, 1 to 1440.
    public let minuteOfDay: Int

    /// 24:00, the default.
    public static let midnight = DayEnd(minuteOfDay: 1440)

    private init(minuteOfDay: Int) {
        self.minuteOfDay = minuteOfDay
    }

    /// Reads `HH:MM`, 00:01 to 24:00.
    public init?(_ text: String) {
        if text == "24:00" {
            self = .midnight
            return
        }
        guard text.utf8.count == 5, let time = LocalTime(text), time.secondOfDay > 0 else { return nil }
        minuteOfDay = time.secondOfDay / 60
    }

    public var description: String {
        if minuteOfDay == 1440 { return "24:00" }
        return LocalTime(secondOfDay: minuteOfDay * 60).description
    }

    /// The moment of `date` at which the day is over, in `zone`.
    public func instant(on date: LocalDate, in zone: Zone) -> Instant {
        minuteOfDay == 1440
            ? zone.instant(of: date.adding(days: 1), at: .midnight)
            : zone.instant(of: date, at: LocalTime(secondOfDay: minuteOfDay * 60))
    }
}
