public import CivilTime

/// A time of day in which nobody wants to be reminded; from 22:00 to 07:00 it spans midnight.
public struct QuietHours: Hashable, Sendable {
    public let from: LocalTime
    /// The first minute in which reminders come again; never equal to ``from``.
    public let to: LocalTime

    public init?(from: LocalTime, to: LocalTime) {
        if from == to { return nil }
        self.from = from
        self.to = to
    }

    /// The moment itself, or the end of the quiet hours that it falls into.
    package func end(for instant: Instant, in zone: Zone) -> Instant {
        let (date, time) = zone.local(at: instant)
        let isQuiet = from < to ? time >= from && time < to : time >= from || time < to
        if !isQuiet { return instant }
        return zone.instant(of: time < to ? date : date.adding(days: 1), at: to)
    }
}
