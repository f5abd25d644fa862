public import CivilTime

/// A task of a file as it will be created: held against Errand's own rules and limits, and not yet saved.
public struct ImportedTask: Hashable, Sendable {
    /// The same again whenever the same file is read, so that taken in twice it is one task.
    public var id: TaskID
    public var title: String
    public var description = ""
    public var priority = Priority.standard
    public var tags: [Tag] = []
    public var due: Due?
    public var series: TaskSeries?
    public var reminders: [Reminder] = []
    public var position: PositionKey?
    /// How often it has changed elsewhere, 1 for never.
    public var version: Int64 = 1
    public var createdAt: Instant
    public var updatedAt: Instant
    /// Nil while it is pending.
    public var completedAt: Instant?
    /// Nil for a task that is not in the trash.
    public var deletedAt: Instant?
    /// Where the file tells of it, from 1.
    public var line: Int

    init(id: TaskID, title: String, line: Int, now: Instant) {
        self.id = id
        self.title = title
        self.line = line
        createdAt = now
        updatedAt = now
    }

    func task(_ number: Int64, in space: SpaceID) -> TodoTask {
        var task = TodoTask(
            id: id, spaceID: space, number: number, title: title, description: description, priority: priority,
            tags: tags, due: due, dueSpan: nil, completedAt: completedAt, deletedAt: deletedAt, version: version,
            createdAt: createdAt, updatedAt: updatedAt
        )
        task.series = series
        task.reminders = reminders
        task.position = position
        return task
    }

    /// What people see of it before it is there: no number and nothing that follows from one.
    func preview(in space: SpaceID) -> JSONValue {
        let hidden: Set = [
            "id", "number", "version", "series_id", "recurring_parent_id", "occurrence", "reminder_at", "due_date",
            "position",
        ]
        var json = JSONObject()
        let task = task(0, in: space)
        for member in task.json.object?.members ?? [] where !hidden.contains(member.name) {
            json.append(member.name, member.value)
        }
        return .object(json)
    }
}

/// What became of a task of a file, or would become of it.
public enum ImportOutcome: Hashable, Sendable {
    case created
    /// It was there before, changed since or not; it stays as it is.
    case existing
    /// It was there before and lies in the trash, where it stays.
    case inTrash
}
