import CivilTime
import ErrandCore

/// How a task lies in its row; the columns themselves are in ``TaskColumns``.
enum TaskRow {
    /// Half of a row id is the number.
    static let numberMax: Int64 = 0xFFFF_FFFF

    /// The columns that say which task it is.
    static let keys = ["row_id", "space", "id", "created_at"]

    /// Every column of the table.
    static let allNames = keys + TaskColumns.names(of: TaskColumns.all)

    /// What ``decode(_:space:)`` reads, of a table named `t`.
    static let columns = (["row_id", "id", "created_at"] + TaskColumns.all.flatMap(\.names))
        .map { "t.\($0)" }.joined(separator: ", ")

    /// A new row; what is in it are ``values(of:space:)``.
    static let shape = RowShape(
        "tasks", .untilSeen, isReferredTo: true,
        allNames.map { .init(name: $0, type: integers.contains($0) ? .integer : .text) })

    private static let integers: Set = [
        "row_id", "space", "created_at", "version", "updated_at", "priority", "completed_at", "deleted_at", "due_at",
        "overdue_at", "recurs", "reminder_at",
    ]

    /// Writes some columns of a row; its parameters are the row, the id of its task, and the values.
    static func change(of columns: [TaskColumns]) -> String {
        let settings = TaskColumns.names(of: columns).enumerated().map { "\($1) = $\($0 + 3)" }
        return "UPDATE tasks SET \(settings.joined(separator: ", ")) WHERE row_id = $1 AND id = $2"
    }

    /// The row of the user's task with this number; nil when there can be none.
    static func rowID(space: Int64, number: Int64) -> Int64? {
        (1...numberMax).contains(number) ? space << 32 | number : nil
    }

    /// The values of ``allNames``.
    static func values(of task: TodoTask, space: Int64) -> [SQLValue] {
        [.integer(space << 32 | task.number), .integer(space), .id(task.id), .instant(task.createdAt)]
            + TaskColumns.all.flatMap { $0.values(task) + $0.following(task) }
    }

    static func decode(_ row: inout SQLRow, space: SpaceID) throws(SQLError) -> TodoTask {
        let number = try row.integer() & numberMax
        let id: TaskID = try row.id()
        let createdAt = try row.instant()
        var task = TodoTask(
            id: id, spaceID: space, number: number, title: "", description: "", priority: .standard, tags: [],
            due: nil, dueSpan: nil, completedAt: nil, deletedAt: nil, version: 1, createdAt: createdAt,
            updatedAt: createdAt
        )
        for columns in TaskColumns.all { try columns.read(&row, &task) }
        return task
    }

    // MARK: - Single fields

    /// The columns `title_key`, by which lists are sorted, and `title_words`.
    static func followsFromTitle(_ title: String) -> [SQLValue] {
        [.text(CollationKey.key(of: title)), words(of: title)]
    }

    /// What is searched instead of a text; null where that is the text itself.
    static func words(of text: String) -> SQLValue { .optional(SearchWords.line(of: text)) }

    /// Tags as the row has them.
    static func tags(_ task: TodoTask) -> String { JSONValue(strings: task.tags.map(\.name)).text }

    static func due(_ due: Due?) -> [SQLValue] {
        switch due {
        case nil: [.null, .null, .null, .null]
        case .date(let date): ["date", .text(date.description), .null, .null]
        case .floating(let date, let time):
            ["floating", .text(date.description), .text(time.description), .null]
        case .zoned(let date, let time, let zone):
            ["zoned", .text(date.description), .text(time.description), .text(zone.identifier)]
        }
    }

    static func due(_ row: inout SQLRow, span: DueSpan?) throws(SQLError) -> Due? {
        let kind = try row.optionalText()
        let date = try row.optionalText().flatMap { LocalDate($0) }
        let time = try row.optionalText().flatMap { LocalTime($0) }
        let zone = try row.optionalText()
        switch (kind, date, time, span) {
        case (nil, _, _, _): return nil
        case ("date", let date?, _, _): return .date(date)
        case ("floating", let date?, let time?, _): return .floating(date, time)
        case ("zoned", let date?, let time?, let span?):
            guard let zone = zone.flatMap(Zone.init(identifier:)) else {
                // A zone that this system's rules lack, or no longer have. One such task must not hide all
                // others of a list, and its moment is known.
                let moment = Zone.utc.local(at: span.start)
                return .zoned(moment.date, moment.time, .utc)
            }
            return .zoned(date, time, zone)
        default: throw row.damaged("a due date")
        }
    }
}
