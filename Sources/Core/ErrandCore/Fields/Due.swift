public import CivilTime

/// When a task is due, as it was entered: local date, local time, zone. The instant is derived late.
public enum Due: Hashable, Sendable {
    /// Some time on that day, wherever the user is.
    case date(LocalDate)
    /// At that time of day, wherever the user is.
    case floating(LocalDate, LocalTime)
    /// At that time of day in that zone.
    case zoned(LocalDate, LocalTime, Zone)

    public var date: LocalDate {
        switch self {
        case .date(let date), .floating(let date, _), .zoned(let date, _, _): date
        }
    }

    /// Nil for the whole day.
    var time: LocalTime? {
        switch self {
        case .date: nil
        case .floating(_, let time), .zoned(_, let time, _): time
        }
    }

    /// The zone whose clock it is on, for a user who lives in `home`.
    func clock(home: Zone) -> Zone { DueClock(self).zone(home: home) }

    /// On the clock of the due date; midnight where it has no time.
    public var local: LocalDateTime {
        switch self {
        case .date(let date): LocalDateTime(date, .midnight)
        case .floating(let date, let time), .zoned(let date, let time, _): LocalDateTime(date, time)
        }
    }

    /// Whether the instant moves when the user travels or changes when the day ends.
    public var followsUser: Bool {
        if case .zoned = self { false } else { true }
    }

    /// What the due date means on the time line for a user with these settings.
    public func span(for settings: UserSettings) -> DueSpan {
        switch self {
        case .date(let date):
            return DueSpan(
                start: settings.zone.instant(of: date, at: .midnight),
                overdue: settings.dayEnd.instant(on: date, in: settings.zone)
            )
        case .floating(let date, let time):
            let instant = settings.zone.instant(of: date, at: time)
            return DueSpan(start: instant, overdue: instant)
        case .zoned(let date, let time, let zone):
            let instant = zone.instant(of: date, at: time)
            return DueSpan(start: instant, overdue: instant)
        }
    }
}

/// A due date on the time line.
public struct DueSpan: Hashable, Sendable {
    /// The moment to sort and filter by: the time given, or the start of the day.
    public let start: Instant
    /// From here on an open task is overdue: the time given, or the end of the user's day.
    public let overdue: Instant

    public init(start: Instant, overdue: Instant) {
        self.start = start
        self.overdue = overdue
    }
}
