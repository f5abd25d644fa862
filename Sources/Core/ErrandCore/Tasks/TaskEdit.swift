/// A change to fields of a task, checked but not yet applied (JSON Merge Patch, RFC 7396).
public struct TaskEdit: Hashable, Sendable {
    public var title: String?
    public var description: String?
    public var priority: Priority?
    public var tags: TagChange?
    public var due: Patch<DueInput>
    public var completes: Bool?
    public var recurrence: Patch<RecurrenceInput>
    public var reminders: [ReminderInput]?
    /// Nil for what people mean: a date moves this occurrence alone, everything else also those that follow.
    public var scope: EditScope?

    /// What happens to the tags.
    public enum TagChange: Hashable, Sendable {
        case replace([Tag])
        case change(add: [Tag], remove: [Tag])
    }

    public init(
        title: String? = nil, description: String? = nil, priority: Priority? = nil, tags: TagChange? = nil,
        due: Patch<DueInput> = .keep, completes: Bool? = nil, recurrence: Patch<RecurrenceInput> = .keep,
        reminders: [ReminderInput]? = nil, scope: EditScope? = nil
    ) {
        self.title = title
        self.description = description
        self.priority = priority
        self.tags = tags
        self.due = due
        self.completes = completes
        self.recurrence = recurrence
        self.reminders = reminders
        self.scope = scope
    }

    /// Reads a merge patch.
    ///
    /// - Throws: ``ErrandError/invalid(_:)`` naming every broken field.
    public init(_ json: JSONValue, at pointer: String = "") throws(ErrandError) {
        var reader = FieldReader(json, at: pointer)
        title = reader.title()
        description = reader.value("description") == .null ? "" : reader.text("description", .description)
        priority = reader.priority()
        tags = reader.tags().map { .replace($0) }
        due = reader.due()
        completes = reader.completion()
        recurrence = reader.recurrence()
        reminders = reader.reminders()
        try reader.finish()
    }

    /// Reads `{priority}`.
    public static func priority(_ json: JSONValue, at pointer: String = "") throws(ErrandError) -> TaskEdit {
        var reader = FieldReader(json, at: pointer)
        reader.require("priority")
        let edit = TaskEdit(priority: reader.priority())
        try reader.finish()
        return edit
    }

    /// Reads `{tags}`, or `{add, remove}` of which one may be absent.
    public static func tags(_ json: JSONValue, at pointer: String = "") throws(ErrandError) -> TaskEdit {
        var reader = FieldReader(json, at: pointer)
        let replacement = reader.tags("tags")
        let added = reader.tags("add")
        let removed = reader.tags("remove")
        if reader.contains("tags") {
            for name in ["add", "remove"] where reader.contains(name) {
                reader.report(name, .excluded, "Cannot be given together with tags.")
            }
        } else if !reader.contains("add"), !reader.contains("remove") {
            reader.report("tags", .required, "Give tags, or add or remove.")
        }
        try reader.finish()
        return TaskEdit(tags: replacement.map { .replace($0) } ?? .change(add: added ?? [], remove: removed ?? []))
    }

    /// Reads `{due}` or `{due_date}`; `null` clears.
    public static func due(_ json: JSONValue, at pointer: String = "") throws(ErrandError) -> TaskEdit {
        var reader = FieldReader(json, at: pointer)
        if !reader.contains("due"), !reader.contains("due_date") {
            reader.report("due", .required, "Give due or due_date.")
        }
        let edit = TaskEdit(due: reader.due())
        try reader.finish()
        return edit
    }
}

extension FieldReader {
    /// `completed`, or `status` in its place.
    fileprivate mutating func completion() -> Bool? {
        let completed = bool("completed")
        let status = parsed("status", expected: "pending or completed") {
            $0 == "completed" ? true : $0 == "pending" ? false : nil
        }
        if let completed, let status, completed != status {
            report("status", .excluded, "Contradicts completed.")
        }
        return completed ?? status
    }
}
