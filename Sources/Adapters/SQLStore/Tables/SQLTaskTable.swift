import CivilTime
import ErrandCore

struct SQLTaskTable: TaskTable {
    let runner: SQLRunner

    func find(_ reference: TaskReference, in space: SpaceID) throws(ErrandError) -> TodoTask? {
        guard let spaceRow = try runner.rowForChange(of: space) else { return nil }
        switch reference {
        case .id(let id):
            let sql = "SELECT \(TaskRow.columns) FROM tasks t WHERE t.space = $1 AND t.id = $2"
            return try tasks(sql, [.integer(spaceRow), .id(id)], in: space).first
        case .number(let number):
            guard let row = TaskRow.rowID(space: spaceRow, number: number) else { return nil }
            let sql = "SELECT \(TaskRow.columns) FROM tasks t WHERE t.row_id = $1"
            return try tasks(sql, [.integer(row)], in: space).first
        }
    }

    func insert(_ task: TodoTask) throws(ErrandError) {
        let space = try runner.requiredRowForChange(of: task.spaceID)
        let row = space << 32 | task.number
        let columns = task.changeableColumns
        try runner.execute(
            """
            INSERT INTO tasks (
                priority, completed_at, deleted_at, due_at, overdue_at, due_kind, due_date, due_time, due_zone,
                version, updated_at, title_key, title, tags, description, series, series_id, recurs, reminders,
                reminder_at, row_id, space, id, created_at
            ) VALUES (
                $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22,
                $23, $24
            )
            """,
            columns + [.integer(row), .integer(space), .id(task.id), .instant(task.createdAt)]
        )
        try insertTags(of: task, space: space, row: row)
        try index(columns[12...14], space: space, row: row)
    }

    func update(_ task: TodoTask) throws(ErrandError) {
        let space = try runner.requiredRowForChange(of: task.spaceID)
        let row = space << 32 | task.number
        let before = try runner.first(
            "SELECT title, tags, description FROM tasks WHERE row_id = $1", [.integer(row)]
        ) { row throws(SQLError) in [SQLValue.text(try row.text()), .text(try row.text()), .text(try row.text())] }
        let columns = task.changeableColumns
        try runner.executeOnOne(
            """
            UPDATE tasks SET
                priority = $1, completed_at = $2, deleted_at = $3, due_at = $4, overdue_at = $5, due_kind = $6,
                due_date = $7, due_time = $8, due_zone = $9, version = $10, updated_at = $11, title_key = $12,
                title = $13, tags = $14, description = $15, series = $16, series_id = $17, recurs = $18,
                reminders = $19, reminder_at = $20
            WHERE row_id = $21 AND id = $22
            """,
            columns + [.integer(row), .id(task.id)]
        )
        if before ?? [] != Array(columns[12...14]) { try index(columns[12...14], space: space, row: row) }
        if before?[1] == columns[13] {
            try runner.execute(
                """
                UPDATE task_tags SET is_pending = $2, in_trash = $3
                WHERE row_id = $1 AND (is_pending <> $2 OR in_trash <> $3)
                """,
                [.integer(row), task.pendingColumn, task.trashColumn]
            )
        } else {
            try runner.execute("DELETE FROM task_tags WHERE row_id = $1", [.integer(row)])
            try insertTags(of: task, space: space, row: row)
        }
    }

    /// Keeps the search index, where the database does not by itself.
    ///
    /// - Parameter texts: title, tags and description, as the row has them.
    private func index(_ texts: ArraySlice<SQLValue>, space: Int64, row: Int64) throws(ErrandError) {
        guard case .text(let title) = texts[12], case .text(let tags) = texts[13],
            case .text(let description) = texts[14],
            let document = runner.dialect.searchDocument(
                title: title, description: description, tags: tags, space: space
            )
        else { return }
        try runner.execute(SQLTaskTable.indexing, [.integer(row), .text(document)])
    }

    /// Puts document `$2` of the task of row `$1` into the search index.
    static let indexing = """
        INSERT INTO task_search (row_id, document) VALUES ($1, CAST($2 AS tsvector))
        ON CONFLICT (row_id) DO UPDATE SET document = excluded.document
        """

    private func insertTags(of task: TodoTask, space: Int64, row: Int64) throws(ErrandError) {
        for tag in task.tags.withoutRepeats {
            try runner.execute(
                """
                INSERT INTO task_tags (space, tag_key, row_id, tag_name, is_pending, in_trash)
                VALUES ($1, $2, $3, $4, $5, $6)
                """,
                [
                    .integer(space), .text(tag.key), .integer(row), .text(tag.name), task.pendingColumn,
                    task.trashColumn,
                ]
            )
        }
    }

    func page(_ page: PageRequest, of filter: TaskFilter, in space: SpaceID) throws(ErrandError) -> TaskPage {
        guard let spaceRow = try runner.rowForChange(of: space) else { return TaskPage(tasks: [], end: nil) }
        return try TaskFinder(runner: runner, filter: filter, space: space, spaceRow: spaceRow).page(page)
    }

    func count(_ filter: TaskFilter, in space: SpaceID) throws(ErrandError) -> Int {
        guard let spaceRow = try runner.rowForChange(of: space) else { return 0 }
        return try TaskFinder(runner: runner, filter: filter, space: space, spaceRow: spaceRow).count()
    }

    func takeNumber(in space: SpaceID) throws(ErrandError) -> Int64 {
        try runner.number(
            """
            INSERT INTO counters (space, task_number, change_number) VALUES ($1, 1, 0)
            ON CONFLICT (space) DO UPDATE SET task_number = counters.task_number + 1
            RETURNING task_number
            """,
            [.integer(try runner.requiredRowForChange(of: space))]
        )
    }

    func all(in space: SpaceID, after number: Int64, limit: Int) throws(ErrandError) -> [TodoTask] {
        try byNumber(in: space, after: number, limit: limit, condition: "")
    }

    func followingSettings(in space: SpaceID, after number: Int64, limit: Int) throws(ErrandError) -> [TodoTask] {
        try byNumber(
            in: space, after: number, limit: limit,
            condition: "AND (t.due_kind IN ('date', 'floating') OR t.reminders <> '[]')")
    }

    func inSeries(_ id: SeriesID, in space: SpaceID, limit: Int) throws(ErrandError) -> [TodoTask] {
        guard let spaceRow = try runner.rowForChange(of: space) else { return [] }
        let sql = """
            SELECT \(TaskRow.columns) FROM tasks t
            WHERE t.space = $1 AND t.series_id = $2 ORDER BY t.row_id DESC LIMIT $3
            """
        return try tasks(sql, [.integer(spaceRow), .id(id), .count(limit)], in: space)
    }

    private func byNumber(
        in space: SpaceID, after number: Int64, limit: Int, condition: String
    ) throws(ErrandError) -> [TodoTask] {
        guard let spaceRow = try runner.rowForChange(of: space), number < TaskRow.numberMax else { return [] }
        let sql = """
            SELECT \(TaskRow.columns) FROM tasks t
            WHERE t.row_id BETWEEN $1 AND $2 \(condition) ORDER BY t.row_id LIMIT $3
            """
        let first = spaceRow << 32 | max(number + 1, 1)
        return try tasks(
            sql, [.integer(first), .integer(spaceRow << 32 | TaskRow.numberMax), .count(limit)], in: space
        )
    }

    func purgeTrash(before instant: Instant, limit: Int) throws(ErrandError) -> Int {
        try runner.execute(
            """
            DELETE FROM tasks WHERE row_id IN (
                SELECT row_id FROM tasks WHERE deleted_at < $1 ORDER BY deleted_at LIMIT $2
            )
            """,
            [.instant(instant), .count(limit)]
        )
    }

    private func tasks(
        _ sql: String, _ arguments: [SQLValue], in space: SpaceID
    ) throws(ErrandError) -> [TodoTask] {
        try runner.all(sql, arguments) { row throws(SQLError) in try TaskRow.decode(&row, space: space) }
    }
}

extension TodoTask {
    fileprivate var pendingColumn: SQLValue { isCompleted ? 0 : 1 }
    fileprivate var trashColumn: SQLValue { isInTrash ? 1 : 0 }
}
