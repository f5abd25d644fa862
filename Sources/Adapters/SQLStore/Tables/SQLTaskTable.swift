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
        try runner.insert(TaskRow.values(of: task, space: space), TaskRow.shape)
        for row in tags(of: task, space: space) { try runner.insert(row, Self.tagged) }
        if let document = document(of: task, space: space) {
            try runner.insert([.integer(space << 32 | task.number), .text(document)], Self.indexed)
        }
    }

    /// Leaves columns alone that have not changed, and with them the indexes that they are in.
    func update(_ task: TodoTask, replacing before: TodoTask) throws(ErrandError) {
        let space = try runner.requiredRowForChange(of: task.spaceID)
        let row = SQLValue.integer(space << 32 | task.number)
        var (changed, values): ([TaskColumns], [SQLValue]) = ([], [])
        for columns in TaskColumns.all {
            let new = columns.values(task)
            guard !columns.values(before).elementsEqual(new, by: { $0.isSame(as: $1) }) else { continue }
            changed.append(columns)
            values += new + columns.following(task)
        }
        if !changed.isEmpty {
            try runner.executeOnOne(TaskRow.change(of: changed), [row, .id(task.id)] + values)
        }
        let names = Set(changed.flatMap(\.names))
        if !names.isDisjoint(with: ["title", "tags", "description"]) { try index(task, space: space) }
        if names.contains("tags") {
            if !before.tags.isEmpty { try runner.send("DELETE FROM task_tags WHERE row_id = $1", [row]) }
            for row in tags(of: task, space: space) { try runner.send(Self.tagged.statement, row) }
        } else if !task.tags.isEmpty, !names.isDisjoint(with: ["completed_at", "deleted_at"]) {
            try runner.send(
                "UPDATE task_tags SET is_pending = $2, in_trash = $3 WHERE row_id = $1",
                [row, task.pendingColumn, task.trashColumn]
            )
        }
    }

    /// Keeps the search index, where the database does not by itself.
    private func index(_ task: TodoTask, space: Int64) throws(ErrandError) {
        guard let document = document(of: task, space: space) else { return }
        try runner.send(SQLTaskTable.indexing, [.integer(space << 32 | task.number), .text(document)])
    }

    /// What the search index keeps of a task; nil where the database makes it by itself.
    private func document(of task: TodoTask, space: Int64) -> String? {
        runner.dialect.searchDocument(
            title: task.title, description: task.description, tags: TaskRow.tags(task), space: space)
    }

    /// Puts document `$2` of the task of row `$1` into the search index.
    static let indexing = """
        \(indexed.statement)
        ON CONFLICT (row_id) DO UPDATE SET document = excluded.document
        """

    private static let indexed = RowShape(
        "task_search", .untilSeen,
        [.init(name: "row_id", type: .integer), .init(name: "document", type: .text, cast: "tsvector")])

    /// A tag of a task.
    static let tagged = RowShape(
        "task_tags", .untilSeen,
        [
            .init(name: "space", type: .integer), .init(name: "tag_key", type: .text),
            .init(name: "row_id", type: .integer), .init(name: "tag_name", type: .text),
            .init(name: "is_pending", type: .integer), .init(name: "in_trash", type: .integer),
        ])

    /// Rows of ``tagged``.
    private func tags(of task: TodoTask, space: Int64) -> [[SQLValue]] {
        task.tags.withoutRepeats.map { tag in
            [
                .integer(space), .text(tag.key), .integer(space << 32 | task.number), .text(tag.name),
                task.pendingColumn, task.trashColumn,
            ]
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

    func state(in space: SpaceID) throws(ErrandError) -> SpaceState? {
        try runner.writeOut()
        let sql = """
            SELECT c.change_number, o.id, z.edition, z.reached, z.number, z.is_done
            FROM spaces s JOIN counters c ON c.space = s.row_id
            LEFT JOIN outbox o ON o.space = s.row_id AND o.cursor = c.change_number
            LEFT JOIN zone_data z ON z.edition = (SELECT max(edition) FROM zone_data)
            WHERE s.id = $1
            """
        return try runner.first(sql, [.id(space)]) { row throws(SQLError) in
            let change = ChangeNumber(try row.integer())
            let event = try row.optionalText().flatMap { EventID($0) }
            let edition = try row.optionalText()
            let zones = try edition.map { name throws(SQLError) in try SQLZoneDataTable.note(name, &row) }
            return SpaceState(change: change, event: event, zones: zones)
        }
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

    func takeNumbers(in space: SpaceID) throws(ErrandError) -> (task: Int64, change: ChangeNumber) {
        let row = try runner.requiredRowForChange(of: space)
        try runner.writeChangeNumbers()
        let numbers = try runner.oneAside(
            """
            INSERT INTO counters (space, task_number, change_number) VALUES ($1, 1, 1)
            ON CONFLICT (space) DO UPDATE SET
                task_number = counters.task_number + 1, change_number = counters.change_number + 1
            RETURNING task_number, change_number
            """,
            [.integer(row)]
        ) { row throws(SQLError) in (task: try row.integer(), change: ChangeNumber(try row.integer())) }
        runner.changeNumbers.note(numbers.change.value, of: row)
        return numbers
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
