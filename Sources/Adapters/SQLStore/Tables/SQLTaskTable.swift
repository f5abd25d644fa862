import CivilTime
import ErrandCore

struct SQLTaskTable: TaskTable {
    let runner: SQLRunner

    func find(_ reference: TaskReference, of owner: UserID) throws(ErrandError) -> TodoTask? {
        guard let ownerRow = try runner.ownerForChange(owner) else { return nil }
        switch reference {
        case .id(let id):
            let sql = "SELECT \(TaskRow.columns) FROM tasks t WHERE t.owner = $1 AND t.id = $2"
            return try tasks(sql, [.integer(ownerRow), .id(id)], of: owner).first
        case .number(let number):
            guard let row = TaskRow.rowID(owner: ownerRow, number: number) else { return nil }
            let sql = "SELECT \(TaskRow.columns) FROM tasks t WHERE t.row_id = $1"
            return try tasks(sql, [.integer(row)], of: owner).first
        }
    }

    func insert(_ task: TodoTask) throws(ErrandError) {
        let owner = try runner.requiredOwnerForChange(task.ownerID)
        let row = owner << 32 | task.number
        let columns = task.changeableColumns
        try runner.execute(
            """
            INSERT INTO tasks (
                priority, completed_at, deleted_at, due_at, overdue_at, due_kind, due_date, due_time, due_zone,
                version, updated_at, title_key, title, tags, description, series, series_id, recurs, reminders,
                reminder_at, row_id, owner, id, created_at
            ) VALUES (
                $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22,
                $23, $24
            )
            """,
            columns + [.integer(row), .integer(owner), .id(task.id), .instant(task.createdAt)]
        )
        try insertTags(of: task, owner: owner, row: row)
        try index(columns[12...14], owner: owner, row: row)
    }

    func update(_ task: TodoTask) throws(ErrandError) {
        let owner = try runner.requiredOwnerForChange(task.ownerID)
        let row = owner << 32 | task.number
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
        if before ?? [] != Array(columns[12...14]) { try index(columns[12...14], owner: owner, row: row) }
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
            try insertTags(of: task, owner: owner, row: row)
        }
    }

    /// Keeps the search index, where the database does not by itself.
    ///
    /// - Parameter texts: title, tags and description, as the row has them.
    private func index(_ texts: ArraySlice<SQLValue>, owner: Int64, row: Int64) throws(ErrandError) {
        guard case .text(let title) = texts[12], case .text(let tags) = texts[13],
            case .text(let description) = texts[14],
            let document = runner.dialect.searchDocument(
                title: title, description: description, tags: tags, owner: owner
            )
        else { return }
        try runner.execute(SQLTaskTable.indexing, [.integer(row), .text(document)])
    }

    /// Puts document `$2` of the task of row `$1` into the search index.
    static let indexing = """
        INSERT INTO task_search (row_id, document) VALUES ($1, CAST($2 AS tsvector))
        ON CONFLICT (row_id) DO UPDATE SET document = excluded.document
        """

    private func insertTags(of task: TodoTask, owner: Int64, row: Int64) throws(ErrandError) {
        for tag in task.tags.withoutRepeats {
            try runner.execute(
                """
                INSERT INTO task_tags (owner, tag_key, row_id, tag_name, is_pending, in_trash)
                VALUES ($1, $2, $3, $4, $5, $6)
                """,
                [
                    .integer(owner), .text(tag.key), .integer(row), .text(tag.name), task.pendingColumn,
                    task.trashColumn,
                ]
            )
        }
    }

    func page(_ page: PageRequest, of filter: TaskFilter, for owner: UserID) throws(ErrandError) -> TaskPage {
        guard let ownerRow = try runner.ownerForChange(owner) else { return TaskPage(tasks: [], end: nil) }
        return try TaskFinder(runner: runner, filter: filter, owner: owner, ownerRow: ownerRow).page(page)
    }

    func count(_ filter: TaskFilter, for owner: UserID) throws(ErrandError) -> Int {
        guard let ownerRow = try runner.ownerForChange(owner) else { return 0 }
        return try TaskFinder(runner: runner, filter: filter, owner: owner, ownerRow: ownerRow).count()
    }

    func takeNumber(for owner: UserID) throws(ErrandError) -> Int64 {
        try runner.number(
            """
            INSERT INTO counters (owner, task_number, change_number) VALUES ($1, 1, 0)
            ON CONFLICT (owner) DO UPDATE SET task_number = counters.task_number + 1
            RETURNING task_number
            """,
            [.integer(try runner.requiredOwnerForChange(owner))]
        )
    }

    func all(of owner: UserID, after number: Int64, limit: Int) throws(ErrandError) -> [TodoTask] {
        try byNumber(of: owner, after: number, limit: limit, condition: "")
    }

    func followingUser(_ owner: UserID, after number: Int64, limit: Int) throws(ErrandError) -> [TodoTask] {
        try byNumber(
            of: owner, after: number, limit: limit,
            condition: "AND (t.due_kind IN ('date', 'floating') OR t.reminders <> '[]')")
    }

    func inSeries(_ id: SeriesID, of owner: UserID, limit: Int) throws(ErrandError) -> [TodoTask] {
        guard let ownerRow = try runner.ownerForChange(owner) else { return [] }
        let sql = """
            SELECT \(TaskRow.columns) FROM tasks t
            WHERE t.owner = $1 AND t.series_id = $2 ORDER BY t.row_id DESC LIMIT $3
            """
        return try tasks(sql, [.integer(ownerRow), .id(id), .count(limit)], of: owner)
    }

    private func byNumber(
        of owner: UserID, after number: Int64, limit: Int, condition: String
    ) throws(ErrandError) -> [TodoTask] {
        guard let ownerRow = try runner.ownerForChange(owner), number < TaskRow.numberMax else { return [] }
        let sql = """
            SELECT \(TaskRow.columns) FROM tasks t
            WHERE t.row_id BETWEEN $1 AND $2 \(condition) ORDER BY t.row_id LIMIT $3
            """
        let first = ownerRow << 32 | max(number + 1, 1)
        return try tasks(
            sql, [.integer(first), .integer(ownerRow << 32 | TaskRow.numberMax), .count(limit)], of: owner
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
        _ sql: String, _ arguments: [SQLValue], of owner: UserID
    ) throws(ErrandError) -> [TodoTask] {
        try runner.all(sql, arguments) { row throws(SQLError) in try TaskRow.decode(&row, owner: owner) }
    }
}

extension TodoTask {
    fileprivate var pendingColumn: SQLValue { isCompleted ? 0 : 1 }
    fileprivate var trashColumn: SQLValue { isInTrash ? 1 : 0 }
}
