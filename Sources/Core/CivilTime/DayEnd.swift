/// When a person's day is over: a time of day from 00:00 to 24:00, to the minute.
///
/// Before 11:00 it is a time of the next morning: a day that ends at 03:00 lasts until 3 of the night that follows it,
/// and 00:00 is the same as 24:00. From 11:00 on it is a time of the day itself. A task that is due on a date without a
/// time becomes overdue at this moment.
public struct DayEnd: Hashable, Sendable, LosslessStringConvertible {
    /// Minutes after midnight, 0 to 1440.
    public let minuteOfDay: Int

    /// The first minute that is not of the next morning.
    private static let morningEnd = 660

    /// 24:00, the default.
    public static let midnight = DayEnd(minuteOfDay: 1440)

    private init(minuteOfDay: Int) {
        self.minuteOfDay = minuteOfDay
    }

    /// Reads `HH:MM`, 00:00 to 24:00.
    public init?(_ text: String) {
        if text == "24:00" {
            self = .midnight
            return
        }
        guard text.utf8.count == 5, let time = LocalTime(text) else { return nil }
        minuteOfDay = time.secondOfDay / 60
    }

    public var description: String {
        if minuteOfDay == 1440 { return "24:00" }
        return LocalTime(secondOfDay: minuteOfDay * 60).description
    }

    /// The moment at which the day of `date` is over, in `zone`.
    public func instant(on date: LocalDate, in zone: Zone) -> Instant {
        let isNextDay = minuteOfDay < Self.morningEnd || minuteOfDay == 1440
        return zone.instant(
            of: isNextDay ? date.adding(days: 1) : date, at: LocalTime(secondOfDay: minuteOfDay % 1440 * 60)
        )
    }

    /// The day that a person in `zone` calls today at `instant`: the calendar's, or the one before it for as long as
    /// that one has not ended.
    public func today(at instant: Instant, in zone: Zone) -> LocalDate {
        let date = zone.local(at: instant).date
        guard minuteOfDay > 0, minuteOfDay < Self.morningEnd else { return date }
        let yesterday = date.adding(days: -1)
        return instant < self.instant(on: yesterday, in: zone) ? yesterday : date
    }
}
