import CivilTime
import ErrandCore

/// How a task lies in its row.
enum TaskRow {
    /// Half of a row id is the number.
    static let numberMax: Int64 = 0xFFFF_FFFF

    /// What ``decode(_:space:)`` reads, of a table named `t`.
    static let columns = """
        t.row_id, t.id, t.priority, t.completed_at, t.deleted_at, t.due_at, t.overdue_at,
        t.due_kind, t.due_date, t.due_time, t.due_zone,
        t.version, t.created_at, t.updated_at, t.title, t.tags, t.description, t.series, t.reminders,
        t.reminder_at
        """

    /// The row of the user's task with this number; nil when there can be none.
    static func rowID(space: Int64, number: Int64) -> Int64? {
        (1...numberMax).contains(number) ? space << 32 | number : nil
    }

    /// Title without case, as far as lists are sorted by it.
    static func titleKey(_ title: String) -> String {
        String(String.UnicodeScalarView(title.caseFolded.unicodeScalars.prefix(100)))
    }

    static func decode(_ row: inout SQLRow, space: SpaceID) throws(SQLError) -> TodoTask {
        let number = try row.integer() & numberMax
        let id: TaskID = try row.id()
        guard let priority = Priority(rawValue: Int(try row.integer())) else { throw row.damaged("a priority") }
        let completedAt = try row.optionalInstant()
        let deletedAt = try row.optionalInstant()
        let dueAt = try row.optionalInstant()
        let overdueAt = try row.optionalInstant()
        let span: DueSpan? = if let dueAt, let overdueAt { DueSpan(start: dueAt, overdue: overdueAt) } else { nil }
        let due = try due(&row, span: span)
        let version = try row.integer()
        let createdAt = try row.instant()
        let updatedAt = try row.instant()
        let title = try row.text()
        let tags = try tags(&row)
        let task = TodoTask(
            id: id, spaceID: space, number: number, title: title, description: try row.text(), priority: priority,
            tags: tags, due: due, dueSpan: span, completedAt: completedAt, deletedAt: deletedAt, version: version,
            createdAt: createdAt, updatedAt: updatedAt
        )
        let series = try series(&row)
        let reminders = try reminders(&row)
        return task.with(series: series, reminders: reminders, reminderAt: try row.optionalInstant())
    }

    private static func series(_ row: inout SQLRow) throws(SQLError) -> TaskSeries? {
        guard let text = try row.optionalText() else { return nil }
        guard let json = try? JSONValue.parse(text), let series = TaskSeries(json) else {
            throw row.damaged("a series")
        }
        return series
    }

    private static func reminders(_ row: inout SQLRow) throws(SQLError) -> [Reminder] {
        let text = try row.text()
        if text == "[]" { return [] }
        guard let items = try? JSONValue.parse(text).array else { throw row.damaged("a list of reminders") }
        return items.compactMap(Reminder.init)
    }

    private static func tags(_ row: inout SQLRow) throws(SQLError) -> [Tag] {
        let text = try row.text()
        if text == "[]" { return [] }
        guard let names = try? JSONValue.parse(text).array else { throw row.damaged("a list of tags") }
        return names.compactMap(\.string).map(Tag.init(name:))
    }

    private static func due(_ row: inout SQLRow, span: DueSpan?) throws(SQLError) -> Due? {
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

extension TodoTask {
    /// The values of every column that can change, in the order of ``SQLTaskTable``'s statements.
    var changeableColumns: [SQLValue] {
        let (kind, time, zone): (SQLValue, SQLValue, SQLValue) =
            switch due {
            case nil: (.null, .null, .null)
            case .date: ("date", .null, .null)
            case .floating(_, let time): ("floating", .text(time.description), .null)
            case .zoned(_, let time, let zone): ("zoned", .text(time.description), .text(zone.identifier))
            }
        return [
            .count(priority.rawValue), .instant(completedAt), .instant(deletedAt), .instant(dueSpan?.start),
            .instant(dueSpan?.overdue), kind, .optional(due?.date.description), time, zone, .integer(version),
            .instant(updatedAt), .text(TaskRow.titleKey(title)), .text(title),
            .text(JSONValue(strings: tags.map(\.name)).text), .text(description),
            .optional(series?.storedJSON.text), .optional(series?.id.description), recurs ? 1 : 0,
            .text(JSONValue.array(reminders.map(\.json)).text), .instant(reminderAt),
        ]
    }
}
