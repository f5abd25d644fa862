public import CivilTime

/// Something that happened to a task, as it goes into the outbox in the transaction of the change.
public struct TaskEvent: Hashable, Sendable {
    /// What can happen to a task.
    public enum Kind: CaseIterable, Sendable {
        case created, updated, completed, reopened, skipped, deleted, restored

        public var type: EventType {
            switch self {
            case .created: .taskCreated
            case .updated: .taskUpdated
            case .completed: .taskCompleted
            case .reopened: .taskReopened
            case .skipped: .taskSkipped
            case .deleted: .taskDeleted
            case .restored: .taskRestored
            }
        }

        /// Whether a next occurrence that came of the task's completion is taken back.
        var takesBackSuccessor: Bool {
            switch self {
            case .reopened: true
            default: false
            }
        }
    }

    public let id: EventID
    public let kind: Kind
    public let space: SpaceID
    public let userID: UserID
    public let changeNumber: ChangeNumber
    public let occurredAt: Instant
    /// The task after the change.
    public let task: TodoTask
    public let changes: TaskChanges
    /// Who made the change, as events say it: ``Principal/actorJSON``.
    public let actor: JSONValue
    public let correlation: Correlation

    public init(
        id: EventID, kind: Kind, space: SpaceID, userID: UserID, changeNumber: ChangeNumber, occurredAt: Instant,
        task: TodoTask, changes: TaskChanges, actor: JSONValue, correlation: Correlation
    ) {
        self.id = id
        self.kind = kind
        self.space = space
        self.userID = userID
        self.changeNumber = changeNumber
        self.occurredAt = occurredAt
        self.task = task
        self.changes = changes
        self.actor = actor
        self.correlation = correlation
    }

    /// As the outbox takes it.
    public var event: Event {
        Event(
            id: id, type: kind.type, space: space, subject: .task(task.id), userID: userID, occurredAt: occurredAt,
            actor: actor, correlation: correlation, content: ["task_data": task.json, "changes": changes.json]
        )
    }
}
