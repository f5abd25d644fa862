/// What a process can be. One process has all roles unless it is told otherwise; the names are those of the Dapr
/// app ids and of the Kubernetes deployments.
public enum ProcessRole: String, CaseIterable, Sendable {
    /// REST, sign-in, the page; the relay of events; the reminder clock. Needs no ``frontend`` before it.
    case chatAPI = "chat-api"
    /// Makes the next occurrence when one is completed.
    case recurringTaskService = "recurring-task-service"
    /// Puts what reminders say into the inbox.
    case notificationService = "notification-service"
    /// Writes the audit log.
    case auditService = "audit-service"
    /// Tells open windows what has changed.
    case websocketService = "websocket-service"
    /// The page, before a ``chatAPI`` that only other processes can reach: passes requests on to it. Alone in its
    /// process it opens no database.
    case frontend

    /// Those that act on every event once, with a place in the log or a consumer group of their own.
    public static let consumers: [ProcessRole] = [.recurringTaskService, .notificationService, .auditService]
}
