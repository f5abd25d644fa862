import CivilTime
import ErrandCore

/// Columns of the table `tasks` that are written and read together: a field of a task, as a rule. One list of them
/// makes INSERT, UPDATE, the columns of every SELECT, and what a copy takes over.
struct TaskColumns: Sendable {
    /// Those that are read back, by name.
    let names: [String]
    /// Those that follow from the same field, for lists and filters.
    let derived: [String]
    /// The values of ``names``.
    let values: @Sendable (TodoTask) -> [SQLValue]
    /// The values of ``derived``, which follow from ``values``.
    let following: @Sendable (TodoTask) -> [SQLValue]
    let read: @Sendable (inout SQLRow, inout TodoTask) throws(SQLError) -> Void

    /// All but the ones that say which task a row is, and never change: ``TaskRow/keys``.
    static let all: [TaskColumns] = [
        TaskColumns("version", { .integer($0.version) }) { row, task throws(SQLError) in
            task.version = try row.integer()
        },
        TaskColumns("updated_at", { .instant($0.updatedAt) }) { row, task throws(SQLError) in
            task.updatedAt = try row.instant()
        },
        TaskColumns("priority", { .count($0.priority.rawValue) }) { row, task throws(SQLError) in
            guard let value = Priority(rawValue: try row.count()) else { throw row.damaged("a priority") }
            task.priority = value
        },
        TaskColumns("completed_at", { .instant($0.completedAt) }) { row, task throws(SQLError) in
            task.completedAt = try row.optionalInstant()
        },
        TaskColumns("deleted_at", { .instant($0.deletedAt) }) { row, task throws(SQLError) in
            task.deletedAt = try row.optionalInstant()
        },
        TaskColumns("title", { .text($0.title) }, ["title_key", "title_words"], { TaskRow.followsFromTitle($0.title) })
        {
            row, task throws(SQLError) in task.title = try row.text()
        },
        TaskColumns("tags", { .text(TaskRow.tags($0)) }, ["tags_words"], { [TaskRow.words(of: TaskRow.tags($0))] }) {
            row, task throws(SQLError) in
            task.tags = try row.list("a list of tags") { $0.string.map(Tag.init(name:)) }
        },
        TaskColumns(
            "description", { .text($0.description) }, ["description_words"], { [TaskRow.words(of: $0.description)] }
        ) { row, task throws(SQLError) in task.description = try row.text() },
        TaskColumns(["due_at", "overdue_at"], { [.instant($0.dueSpan?.start), .instant($0.dueSpan?.overdue)] }) {
            row, task throws(SQLError) in
            let (start, overdue) = (try row.optionalInstant(), try row.optionalInstant())
            task.dueSpan = if let start, let overdue { DueSpan(start: start, overdue: overdue) } else { nil }
        },
        // After the span, which stands in for a zone that is not known.
        TaskColumns(["due_kind", "due_date", "due_time", "due_zone"], { TaskRow.due($0.due) }) {
            row, task throws(SQLError) in task.due = try TaskRow.due(&row, span: task.dueSpan)
        },
        TaskColumns(
            "series", { .optional($0.series?.storedJSON.text) }, ["series_id", "recurs"],
            { [.optional($0.series?.id.description), $0.recurs ? 1 : 0] }
        ) { row, task throws(SQLError) in
            guard let text = try row.optionalText() else { return }
            guard let json = try? JSONValue.parse(text), let series = TaskSeries(json) else {
                throw row.damaged("a series")
            }
            task.series = series
        },
        TaskColumns("reminders", { .text(JSONValue.array($0.reminders.map(\.json)).text) }) {
            row, task throws(SQLError) in task.reminders = try row.list("a list of reminders", Reminder.init)
        },
        TaskColumns("position_key", { .optional($0.position?.description) }) { row, task throws(SQLError) in
            guard let text = try row.optionalText() else { return }
            guard let key = PositionKey(text) else { throw row.damaged("a position") }
            task.position = key
        },
        TaskColumns("reminder_at", { .instant($0.reminderAt) }) { row, task throws(SQLError) in
            task.reminderAt = try row.optionalInstant()
        },
    ]

    /// Names of a list of columns in the order of their values.
    static func names(of columns: [TaskColumns]) -> [String] { columns.flatMap { $0.names + $0.derived } }

    private init(
        _ names: [String], _ values: @escaping @Sendable (TodoTask) -> [SQLValue], derived: [String] = [],
        following: @escaping @Sendable (TodoTask) -> [SQLValue] = { _ in [] },
        read: @escaping @Sendable (inout SQLRow, inout TodoTask) throws(SQLError) -> Void
    ) {
        self.names = names
        self.derived = derived
        self.values = values
        self.following = following
        self.read = read
    }

    private init(
        _ name: String, _ value: @escaping @Sendable (TodoTask) -> SQLValue, _ derived: [String] = [],
        _ following: @escaping @Sendable (TodoTask) -> [SQLValue] = { _ in [] },
        read: @escaping @Sendable (inout SQLRow, inout TodoTask) throws(SQLError) -> Void
    ) {
        self.init([name], { [value($0)] }, derived: derived, following: following, read: read)
    }
}

extension SQLRow {
    /// A JSON array; what is not an element is left out.
    fileprivate mutating func list<Element>(
        _ expected: String, _ element: (JSONValue) -> Element?
    ) throws(SQLError) -> [Element] {
        let text = try text()
        if text == "[]" { return [] }
        guard let items = try? JSONValue.parse(text).array else { throw damaged(expected) }
        return items.compactMap(element)
    }
}
