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
        TaskChanges(fields: TaskField.all.compactMap { $0.change(before, after) })
    }
}

extension TodoTask {
    /// The task with one field set to a value that a change once named.
    ///
    /// - Returns: nil when there is no such field, or its value cannot be read.
    func setting(_ field: String, to value: JSONValue) -> TodoTask? {
        var task = self
        guard let field = TaskField.named(field), field.set(&task, value) else { return nil }
        return task
    }
}
