/// Where events go: one stream of messages in which those of one key stay in order.
public enum Topic: String, CaseIterable, Sendable {
    /// What happened to tasks, key: the task; and to accounts and what is theirs, key: the user.
    case taskEvents = "task-events"
    /// It is time to remind somebody; key: the user.
    case reminders = "reminders"
    /// What open windows have to show; key: the space (a personal one bears its user's id), so that change numbers
    /// arrive in order.
    case taskUpdates = "task-updates"

    /// The topic that takes what a role could not handle.
    public static func deadLetters(of role: ProcessRole) -> String { "dlq-\(role.rawValue)" }
}
