public import CivilTime

/// When to be reminded, as words give it.
public enum ParsedReminder: Hashable, Sendable {
    /// That long before the task is due; 0 for when it is due.
    case before(CalendarSpan)
    /// At that time so many days before the day the task is due, 0 for that day itself; with every occurrence of a
    /// task that comes again.
    case onDay(daysBefore: Int, LocalTime)
    /// At that time on the user's clock.
    case at(LocalDateTime)
}
