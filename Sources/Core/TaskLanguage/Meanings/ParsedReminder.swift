public import CivilTime

/// When to be reminded, as words give it.
public enum ParsedReminder: Hashable, Sendable {
    /// That long before the task is due; 0 for when it is due.
    case before(Duration)
    /// At that time on the user's clock.
    case at(LocalDateTime)
}
