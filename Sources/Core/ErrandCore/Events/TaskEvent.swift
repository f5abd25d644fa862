public import CivilTime

/// Something that happened to a task, as it goes into the outbox in the transaction of the change.
public struct TaskEvent: Hashable, Sendable {
    public enum Kind: String, CaseIterable, Sendable {
        case created = "task.created"
        case updated = "task.updated"
        case completed = "task.completed"
        case reopened = "task.reopened"
        case skipped = "task.skipped"
        case deleted = "task.deleted"
        case restored = "task.restored"

        /// The types of all events about tasks.
        public static let names = Set(allCases.map(\.rawValue))
    }

    public let id: EventID
    public let kind: Kind
    public let userID: UserID
    public let taskID: TaskID
    /// The user's change number: 1, 2, 3 … without gaps, in the order of commits.
    public let cursor: Int64
    public let occurredAt: Instant
    /// The task after the change.
    public let task: TodoTask
    public let changes: TaskChanges
    /// Who made the change.
    public let actor: Principal.Actor
    public let correlation: Correlation

    public init(
        id: EventID, kind: Kind, userID: UserID, taskID: TaskID, cursor: Int64, occurredAt: Instant, task: TodoTask,
        changes: TaskChanges, actor: Principal.Actor, correlation: Correlation
    ) {
        self.id = id
        self.kind = kind
        self.userID = userID
        self.taskID = taskID
        self.cursor = cursor
        self.occurredAt = occurredAt
        self.task = task
        self.changes = changes
        self.actor = actor
        self.correlation = correlation
    }

    /// The CloudEvents `data` of topic `task-events`.
    public var json: JSONValue {
        [
            "event_id": .string(id.description),
            "event_type": .string(kind.rawValue),
            "user_id": .string(userID.description),
            "timestamp": .string(occurredAt.description),
            "actor": actor.json,
            "payload": [
                "task_id": .string(taskID.description),
                "task_data": task.json,
                "changes": changes.json,
            ],
        ]
    }
}
