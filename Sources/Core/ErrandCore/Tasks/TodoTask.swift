public import CivilTime

/// Something to be done.
///
/// A value: operations make a changed copy and save it through ``CommandContext/save(_:replacing:as:)``,
/// which alone writes rows, events and undo.
public struct TodoTask: Hashable, Sendable {
    public let id: TaskID
    public let spaceID: SpaceID
    /// 1, 2, 3 … per space: what people say.
    public let number: Int64
    public var title: String
    /// Markdown; empty where there is none.
    public var description: String
    public var priority: Priority
    public var tags: [Tag]
    public var due: Due?
    /// Derived from ``due`` and the owner's settings whenever either changes.
    public package(set) var dueSpan: DueSpan?
    /// What comes again, and where in its series this task stands; nil for a task of its own.
    public var series: TaskSeries?
    public var reminders: [Reminder] = []
    /// When the next reminder is due; derived like ``dueSpan``, and moved on by every firing.
    public package(set) var reminderAt: Instant?
    /// Where it stands in the order that people make by hand; nil for one that nobody has placed.
    public var position: PositionKey?
    /// When it was completed; nil while it is pending.
    public var completedAt: Instant?
    /// When it went to the trash; nil while it is not there.
    public var deletedAt: Instant?
    /// Grows by one per change; the strong ETag.
    public package(set) var version: Int64
    public let createdAt: Instant
    public package(set) var updatedAt: Instant

    /// Whether another occurrence follows this one.
    public var recurs: Bool { series?.recurrence != nil }
    public var isCompleted: Bool { completedAt != nil }
    public var isInTrash: Bool { deletedAt != nil }

    package init(
        id: TaskID, spaceID: SpaceID, number: Int64, title: String, description: String, priority: Priority,
        tags: [Tag], due: Due?, dueSpan: DueSpan?, completedAt: Instant?, deletedAt: Instant?, version: Int64,
        createdAt: Instant, updatedAt: Instant
    ) {
        self.id = id
        self.spaceID = spaceID
        self.number = number
        self.title = title
        self.description = description
        self.priority = priority
        self.tags = tags
        self.due = due
        self.dueSpan = dueSpan
        self.completedAt = completedAt
        self.deletedAt = deletedAt
        self.version = version
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }
}

extension TodoTask {
    /// The task with what only a store sets beside its row.
    package func with(series: TaskSeries?, reminders: [Reminder], reminderAt: Instant?) -> TodoTask {
        var task = self
        task.series = series
        task.reminders = reminders
        task.reminderAt = reminderAt
        return task
    }
}

extension TaskTemplate {
    /// What occurrences begin with that follow this task.
    init(_ task: TodoTask) {
        self.init(
            title: task.title, description: task.description, priority: task.priority, tags: task.tags,
            reminders: task.reminders
        )
    }
}

/// How people and programs name a task.
public enum TaskReference: Hashable, Sendable, LosslessStringConvertible {
    case id(TaskID)
    case number(Int64)

    /// Reads a UUID or a positive number without sign or leading zeros.
    public init?(_ text: String) {
        if let id = TaskID(text) {
            self = .id(id)
        } else if text.utf8.count <= 18, text.utf8.first != UInt8(ascii: "0"),
            text.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let number = Int64(text)
        {
            self = .number(number)
        } else {
            return nil
        }
    }

    public var description: String {
        switch self {
        case .id(let id): id.description
        case .number(let number): String(number)
        }
    }
}
