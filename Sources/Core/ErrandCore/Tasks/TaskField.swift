import CivilTime

/// A field of a task that users change: a row here is all that changes, events, undo and the template of a series
/// need to know of it.
struct TaskField: Sendable {
    /// As events, the audit log and undo entries call it.
    let name: String
    /// What a change from one state of a task to another did to it; nil when it is the same.
    let change: @Sendable (_ before: TodoTask, _ after: TodoTask) -> TaskChanges.Field?
    /// Sets what ``change`` once gave. False when it cannot be read: a zone that this process no longer knows, say.
    let set: @Sendable (inout TodoTask, JSONValue) -> Bool
    /// The field of what every occurrence of a series begins with; nil for what each has for itself.
    let template: Template?

    /// In the order in which changes name them.
    static let all: [TaskField] = [
        TaskField("title", \.title, template: \.title, .text),
        TaskField("description", \.description, template: \.description, .text),
        TaskField("priority", \.priority, template: \.priority, .priority),
        TaskField("tags", \.tags, template: \.tags, .tags),
        TaskField("due", \.due, .optional({ $0.json }, Due.init)),
        TaskField("recurrence", \.series, .optional({ $0.storedJSON }, TaskSeries.init, hasSpelling: true)),
        TaskField("reminders", \.reminders, template: \.reminders, .reminders),
        TaskField("position", \.position, .optional({ .string($0.description) }, { PositionKey($0.string ?? "") })),
        TaskField("completed_at", \.completedAt, .instant),
        TaskField("deleted_at", \.deletedAt, .instant),
    ]

    static func named(_ name: String) -> TaskField? { all.first { $0.name == name } }

    /// The same field of a ``TaskTemplate``.
    struct Template: Sendable {
        let value: @Sendable (TaskTemplate) -> JSONValue
        let set: @Sendable (inout TaskTemplate, JSONValue) -> Bool
        /// Takes over what has changed from one state of a task to the next.
        let follow: @Sendable (_ template: inout TaskTemplate, _ task: TodoTask, _ before: TodoTask) -> Void
    }

    /// A field that each task has for itself.
    private init<Value: Equatable & Sendable>(
        _ name: String, _ field: any WritableKeyPath<TodoTask, Value> & Sendable, _ form: FieldForm<Value>
    ) {
        self.init(name, field, form, nil)
    }

    /// A field that occurrences of a series begin with.
    private init<Value: Equatable & Sendable>(
        _ name: String, _ field: any WritableKeyPath<TodoTask, Value> & Sendable,
        template: any WritableKeyPath<TaskTemplate, Value> & Sendable, _ form: FieldForm<Value>
    ) {
        let part = Template(
            value: { form.json($0[keyPath: template]) },
            set: { whole, json in form.read(json, into: &whole[keyPath: template]) },
            follow: { whole, task, before in
                if task[keyPath: field] != before[keyPath: field] {
                    whole[keyPath: template] = task[keyPath: field]
                }
            }
        )
        self.init(name, field, form, part)
    }

    private init<Value: Equatable & Sendable>(
        _ name: String, _ field: any WritableKeyPath<TodoTask, Value> & Sendable, _ form: FieldForm<Value>,
        _ template: Template?
    ) {
        self.name = name
        change = { before, after in
            let (old, new) = (before[keyPath: field], after[keyPath: field])
            // Most fields stay as they are in most changes, and need not be written to see that.
            if !form.hasSpelling, old == new { return nil }
            let (from, to) = (form.json(old), form.json(new))
            return from == to ? nil : TaskChanges.Field(name: name, from: from, to: to)
        }
        set = { task, json in form.read(json, into: &task[keyPath: field]) }
        self.template = template
    }
}

extension TodoTask {
    /// The task as every door shows it.
    public var json: JSONValue {
        var json = JSONObject()
        write(to: &json)
        return .object(json)
    }

    func write(to json: inout some JSONMembers) {
        json.append("id", text: id.description)
        json.append("number", number: number)
        json.append("title", text: title)
        json.append("description", text: description)
        json.append("status", text: isCompleted ? "completed" : "pending")
        json.append("completed", flag: isCompleted)
        json.append("completed_at", text: completedAt?.description)
        json.append("priority", text: priority.name)
        json.append("tags", texts: tags.map(\.name))
        json.append("due", due?.json ?? .null)
        json.append("due_date", text: dueSpan?.start.description)
        json.append("recurrence", series?.recurrence?.json(series?.clock ?? .date) ?? .null)
        json.append("recurring", text: series?.recurrence?.word)
        json.append("series_id", text: series?.id.description)
        json.append("recurring_parent_id", text: series?.predecessorID?.description)
        json.append("occurrence", series?.occurrenceJSON ?? .null)
        json.append("reminders", .array(reminders.map(\.json)))
        json.append("reminder_at", text: reminderAt?.description)
        json.append("version", number: version)
        json.append("created_at", text: createdAt.description)
        json.append("updated_at", text: updatedAt.description)
        json.append("deleted_at", text: deletedAt?.description)
        if let position { json.append("position", text: position.description) }
    }
}

extension TaskSeries {
    /// The date, and the time where the series has times, that the rule gave this task; and its index.
    fileprivate var occurrenceJSON: JSONValue {
        [
            "date": .string(original.date.description),
            "time": JSONValue(text: clock == .date ? nil : original.time.description),
            "index": JSONValue(index),
        ]
    }
}

/// How values of one type are written as JSON, and read again.
private struct FieldForm<Value: Sendable>: Sendable {
    let json: @Sendable (Value) -> JSONValue
    /// Nil for what ``json`` never wrote.
    let value: @Sendable (JSONValue) -> Value?
    /// Whether equal values can be written differently: tags are compared without regard to case.
    var hasSpelling = false

    func read(_ json: JSONValue, into place: inout Value) -> Bool {
        guard let value = value(json) else { return false }
        place = value
        return true
    }

    /// `null` where there is no value.
    static func optional<Wrapped: Sendable>(
        _ json: @escaping @Sendable (Wrapped) -> JSONValue, _ value: @escaping @Sendable (JSONValue) -> Wrapped?,
        hasSpelling: Bool = false
    ) -> FieldForm where Value == Wrapped? {
        FieldForm(
            json: { $0.map(json) ?? .null },
            value: { (text: JSONValue) -> Wrapped?? in text == .null ? .some(nil) : value(text).map { .some($0) } },
            hasSpelling: hasSpelling
        )
    }
}

extension FieldForm<String> {
    fileprivate static var text: Self { FieldForm(json: { .string($0) }, value: { $0.string }) }
}

extension FieldForm<Priority> {
    fileprivate static var priority: Self {
        FieldForm(json: { .string($0.name) }, value: { $0.string.flatMap(Priority.init(name:)) })
    }
}

extension FieldForm<[Tag]> {
    fileprivate static var tags: Self {
        FieldForm(
            json: { JSONValue(strings: $0.map(\.name)) },
            value: { $0.array?.compactMap(\.string).map(Tag.init(name:)) },
            hasSpelling: true
        )
    }
}

extension FieldForm<[Reminder]> {
    fileprivate static var reminders: Self {
        FieldForm(json: { .array($0.map(\.json)) }, value: { $0.array?.compactMap(Reminder.init) })
    }
}

extension FieldForm<Instant?> {
    fileprivate static var instant: Self {
        FieldForm(
            json: { JSONValue(text: $0?.description) },
            value: { (json: JSONValue) -> Instant?? in .some(json.string.flatMap { Instant($0) }) }
        )
    }
}
