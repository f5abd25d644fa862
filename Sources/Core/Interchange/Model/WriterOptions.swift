public import CivilTime

/// What writers need besides the tasks.
public struct WriterOptions: Hashable, Sendable {
    /// When the file is written: DTSTAMP of iCalendar.
    public var now: Instant
    /// The zone of the person whose tasks they are, which dates of completion are told in where a format has no times.
    public var zone: Zone
    /// iCalendar as events rather than to-dos, for calendars that show no to-dos. Tasks without a due date, which no
    /// event can be without, are left out then.
    public var asEvents: Bool

    /// Of a calendar that is read again and again by itself; nil for a file.
    public var subscription: CalendarSubscription?

    /// What reminders of tasks that are due on a day are counted from.
    public var allDayReminderTime: LocalTime

    /// - Parameter allDayReminderTime: nine o'clock where it is left out.
    public init(
        now: Instant, zone: Zone = .utc, asEvents: Bool = false, allDayReminderTime: LocalTime? = nil
    ) {
        self.now = now
        self.zone = zone
        self.asEvents = asEvents
        self.allDayReminderTime = allDayReminderTime ?? LocalTime(hour: 9, minute: 0) ?? .midnight
    }
}

/// What an iCalendar object that programs come back for says of itself. Its components carry as DTSTAMP when they were
/// last changed (RFC 5545 §3.8.7.2), so that the same tasks are the same bytes whenever they are written.
public struct CalendarSubscription: Hashable, Sendable {
    public var name: String
    /// How often it is worth reading (RFC 7986 §5.7).
    public var refresh: CalendarSpan

    public init(name: String, refresh: CalendarSpan) {
        self.name = name
        self.refresh = refresh
    }
}
