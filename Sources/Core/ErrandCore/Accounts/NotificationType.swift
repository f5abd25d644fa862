/// What a notification is about: a row of the matrix in which a user says what comes over which channels.
public enum NotificationType: String, CaseIterable, Hashable, Sendable {
    /// The time of a reminder has come.
    case reminder
    /// What is overdue and due today, once a day.
    case digest
    /// Something happened to the account that its owner has to know: cannot be kept from the inbox.
    case security
    /// Something happened to a task. Goes to programs, over webhooks, and never into the inbox.
    case taskEvent = "task_event"
    /// The user asked for it, to see that a destination works. Goes only there.
    case test

    /// Those that a user decides about.
    public static let chosen: [NotificationType] = allCases.filter { $0 != .test }
}
