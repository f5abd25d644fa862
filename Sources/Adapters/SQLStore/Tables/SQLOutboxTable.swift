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
        try append(
            event.id, event.kind.rawValue, of: event.userID, about: event.taskID, event.cursor, event.json
        )
    }

    func append(_ event: ReminderEvent) throws(ErrandError) {
        let row = event.reminder.row
        try append(event.id, ReminderEvent.kind, of: row.userID, about: row.taskID, event.cursor, event.json)
    }

    private func append(
        _ id: EventID, _ kind: String, of user: UserID, about task: TaskID, _ cursor: Int64, _ data: JSONValue
    ) throws(ErrandError) {
        try runner.execute(
            "INSERT INTO outbox (id, kind, owner, task_id, cursor, data) VALUES ($1, $2, $3, $4, $5, $6)",
            [
                .id(id), .text(kind), .integer(try runner.requiredOwner(user)), .id(task), .integer(cursor),
                .text(data.text),
            ]
        )
    }

    func events(after sequence: Int64, limit: Int) throws(ErrandError) -> [StoredEvent] {
        let sql = """
            SELECT o.sequence, o.id, o.kind, u.id, o.task_id, o.cursor, o.data
            FROM outbox o JOIN users u ON u.row_id = o.owner
            WHERE o.sequence > $1 ORDER BY o.sequence LIMIT $2
            """
        return try stored(sql, [.integer(sequence), .count(limit)])
    }

    /// One range of an index for each kind.
    func events(of kinds: Set<String>, after sequence: Int64, limit: Int) throws(ErrandError) -> [StoredEvent] {
        let sql = """
            SELECT o.sequence, o.id, o.kind, u.id, o.task_id, o.cursor, o.data
            FROM outbox o \(runner.dialect.scanning("outbox_by_kind")) JOIN users u ON u.row_id = o.owner
            WHERE o.kind = $1 AND o.sequence > $2 ORDER BY o.sequence LIMIT $3
            """
        var events: [StoredEvent] = []
        for kind in kinds.sorted() {
            events += try stored(sql, [.text(kind), .integer(sequence), .count(limit)])
        }
        return Array(events.sorted { $0.sequence < $1.sequence }.prefix(limit))
    }

    private func stored(_ sql: String, _ arguments: [SQLValue]) throws(ErrandError) -> [StoredEvent] {
        try runner.all(sql, arguments) { row throws(SQLError) in
            StoredEvent(
                sequence: try row.integer(), id: try row.id(), kind: try row.text(), userID: try row.id(),
                taskID: try row.id(), cursor: try row.integer(), data: try row.text()
            )
        }
    }
}
