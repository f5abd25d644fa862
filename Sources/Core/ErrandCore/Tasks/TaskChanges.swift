import CivilTime

/// Which fields of a task a change touched, with both values: what undo goes back to and audit shows.
public struct TaskChanges: Hashable, Sendable {
    public struct Field: Hashable, Sendable {
        public let name: String
        public let from: JSONValue
        public let to: JSONValue
    }

    public let fields: [Field]

    public var isEmpty: Bool { fields.isEmpty }

    /// `{"title": {"from": "a", "to": "b"}}`
    public var json: JSONValue {
        var object = JSONObject()
        for field in fields { object.append(field.name, ["from": field.from, "to": field.to]) }
        return .object(object)
    }

    /// What differs between two states of one task; version and time of change do not count.
    public static func between(_ before: TodoTask, and after: TodoTask) -> TaskChanges {
        TaskChanges(
            fields: zip(before.changeable, after.changeable).compactMap { old, new in
                old.value == new.value ? nil : Field(name: old.name, from: old.value, to: new.value)
            }
        )
    }
}

extension TodoTask {
    /// The fields that users change, as JSON.
    fileprivate var changeable: [(name: String, value: JSONValue)] {
        [
            ("title", .string(title)),
            ("description", .string(description)),
            ("priority", .string(priority.name)),
            ("tags", JSONValue(strings: tags.map(\.name))),
            ("due", due?.json ?? .null),
            ("recurrence", series?.storedJSON ?? .null),
            ("reminders", .array(reminders.map(\.json))),
            ("completed_at", JSONValue(text: completedAt?.description)),
            ("deleted_at", JSONValue(text: deletedAt?.description)),
        ]
    }

    /// The task with one field set to a value that ``changeable`` once gave.
    ///
    /// - Returns: nil when the value cannot be read: a zone that this process no longer knows, say.
    func setting(_ field: String, to value: JSONValue) -> TodoTask? {
        var task = self
        switch (field, value) {
        case ("title", .string(let text)): task.title = text
        case ("description", .string(let text)): task.description = text
        case ("priority", .string(let name)):
            guard let priority = Priority(name: name) else { return nil }
            task.priority = priority
        case ("tags", .array(let names)): task.tags = names.compactMap(\.string).map(Tag.init(name:))
        case ("due", .null): task.due = nil
        case ("due", let json):
            guard let due = Due(json) else { return nil }
            task.due = due
        case ("recurrence", .null): task.series = nil
        case ("recurrence", let json):
            guard let series = TaskSeries(json) else { return nil }
            task.series = series
        case ("reminders", .array(let items)): task.reminders = items.compactMap(Reminder.init)
        case ("completed_at", let json): task.completedAt = json.string.flatMap { Instant($0) }
        case ("deleted_at", let json): task.deletedAt = json.string.flatMap { Instant($0) }
        default: return nil
        }
        return task
    }
}
