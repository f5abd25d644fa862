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
        try runner.execute(TaskRow.insertion, TaskRow.values(of: task, owner: owner))
        try insertTags(of: task, owner: owner)
        try index(task, owner: owner)
    }

    /// Leaves columns alone that have not changed, and with them the indexes that they are in.
    func update(_ task: TodoTask, replacing before: TodoTask) throws(ErrandError) {
        let owner = try runner.requiredOwnerForChange(task.ownerID)
        let row = SQLValue.integer(owner << 32 | task.number)
        var (changed, values): ([TaskColumns], [SQLValue]) = ([], [])
        for columns in TaskColumns.all {
            let new = columns.values(task)
            guard !columns.values(before).elementsEqual(new, by: { $0.isSame(as: $1) }) else { continue }
            changed.append(columns)
            values += new
        }
        if !changed.isEmpty {
            try runner.executeOnOne(TaskRow.change(of: changed), [row, .id(task.id)] + values)
        }
        let names = Set(changed.flatMap(\.names))
        if !names.isDisjoint(with: ["title", "tags", "description"]) { try index(task, owner: owner) }
        if names.contains("tags") {
            if !before.tags.isEmpty { try runner.execute("DELETE FROM task_tags WHERE row_id = $1", [row]) }
            try insertTags(of: task, owner: owner)
        } else if !task.tags.isEmpty, !names.isDisjoint(with: ["completed_at", "deleted_at"]) {
            try runner.execute(
                "UPDATE task_tags SET is_pending = $2, in_trash = $3 WHERE row_id = $1",
                [row, task.pendingColumn, task.trashColumn]
            )
        }
    }

    /// Keeps the search index, where the database does not by itself.
    private func index(_ task: TodoTask, owner: Int64) throws(ErrandError) {
        guard
            let document = runner.dialect.searchDocument(
                title: task.title, description: task.description, tags: TaskRow.tags(task), owner: owner
            )
        else { return }
        try runner.execute(SQLTaskTable.indexing, [.integer(owner << 32 | task.number), .text(document)])
    }

    /// Puts document `$2` of the task of row `$1` into the search index.
    static let indexing = """
        INSERT INTO task_search (row_id, document) VALUES ($1, CAST($2 AS tsvector))
        ON CONFLICT (row_id) DO UPDATE SET document = excluded.document
        """

    private func insertTags(of task: TodoTask, owner: Int64) throws(ErrandError) {
        let row = SQLValue.integer(owner << 32 | task.number)
        for tag in task.tags.withoutRepeats {
            try runner.execute(
                """
                INSERT INTO task_tags (owner, tag_key, row_id, tag_name, is_pending, in_trash)
                VALUES ($1, $2, $3, $4, $5, $6)
                """,
                [
                    .integer(owner), .text(tag.key), row, .text(tag.name), task.pendingColumn, task.trashColumn,
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

    func takeNumbers(for owner: UserID) throws(ErrandError) -> (task: Int64, change: Int64) {
        try runner.one(
            """
            INSERT INTO counters (owner, task_number, change_number) VALUES ($1, 1, 1)
            ON CONFLICT (owner) DO UPDATE SET
                task_number = counters.task_number + 1, change_number = counters.change_number + 1
            RETURNING task_number, change_number
            """,
            [.integer(try runner.requiredOwnerForChange(owner))]
        ) { row throws(SQLError) in (try row.integer(), try row.integer()) }
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
