/// A task to be created, checked but not yet saved.
public struct TaskDraft: Hashable, Sendable {
    /// Chosen by the client, so that a create which is sent twice makes one task.
    public var id: TaskID?
    public var title: String
    public var description: String
    public var priority: Priority
    public var tags: [Tag]
    public var due: DueInput?
    public var isCompleted: Bool
    public var recurrence: RecurrenceInput?
    public var reminders: [ReminderInput]

    public init(
        id: TaskID? = nil, title: String, description: String = "", priority: Priority = .standard,
        tags: [Tag] = [], due: DueInput? = nil, isCompleted: Bool = false,
        recurrence: RecurrenceInput? = nil, reminders: [ReminderInput] = []
    ) {
        self.id = id
        self.title = title
        self.description = description
        self.priority = priority
        self.tags = tags
        self.due = due
        self.isCompleted = isCompleted
        self.recurrence = recurrence
        self.reminders = reminders
    }

    /// Reads the body of a create that must say how the task comes again.
    public static func recurring(_ json: JSONValue, at pointer: String = "") throws(ErrandError) -> TaskDraft {
        let draft = try TaskDraft(json, at: pointer)
        if draft.recurrence == nil {
            throw .invalid("\(pointer)/recurrence", .required, "Give recurrence, or recurring.")
        }
        return draft
    }

    /// Reads the body of a create.
    ///
    /// - Throws: ``ErrandError/invalid(_:)`` naming every broken field.
    public init(_ json: JSONValue, at pointer: String = "") throws(ErrandError) {
        var reader = FieldReader(json, at: pointer)
        reader.require("title")
        id = reader.parsed("id", expected: "a UUID") { TaskID($0) }
        title = reader.title() ?? ""
        description = reader.value("description") == .null ? "" : reader.text("description", .description) ?? ""
        priority = reader.priority() ?? .standard
        tags = reader.tags() ?? []
        due = if case .set(let input) = reader.due() { input } else { nil }
        isCompleted = reader.bool("completed") ?? false
        recurrence = if case .set(let input) = reader.recurrence() { input } else { nil }
        reminders = reader.reminders() ?? []
        try reader.finish()
    }
}
