import ErrandCore

struct SQLOutboxTable: OutboxTable {
    let runner: SQLRunner

    func takeCursor(for user: UserID) throws(ErrandError) -> Int64 {
        try runner.number(
            """
            INSERT INTO counters (owner, task_number, change_number) VALUES ($1, 0, 1)
            ON CONFLICT (owner) DO UPDATE SET change_number = counters.change_number + 1
            RETURNING change_number
            """,
            [.integer(try runner.requiredOwner(user))]
        )
    }

    func append(_ event: TaskEvent) throws(ErrandError) {
        try runner.execute(
            "INSERT INTO outbox (id, kind, owner, task_id, cursor, data) VALUES ($1, $2, $3, $4, $5, $6)",
            [
                .id(event.id), .text(event.kind.rawValue), .integer(try runner.requiredOwner(event.userID)),
                .id(event.taskID), .integer(event.cursor), .text(event.json.text),
            ]
        )
    }

    func pending(limit: Int) throws(ErrandError) -> [StoredEvent] {
        let sql = """
            SELECT o.sequence, o.id, o.kind, u.id, o.task_id, o.cursor, o.data
            FROM outbox o JOIN users u ON u.row_id = o.owner ORDER BY o.sequence LIMIT $1
            """
        return try runner.all(sql, [.count(limit)]) { row throws(SQLError) in
            StoredEvent(
                sequence: try row.integer(), id: try row.id(), kind: try row.text(), userID: try row.id(),
                taskID: try row.id(), cursor: try row.integer(), data: try row.text()
            )
        }
    }
}
