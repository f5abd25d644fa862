import CivilTime
import ErrandCore

struct SQLReminderTable: ReminderTable {
    let runner: SQLRunner

    /// What ``decode(_:)`` reads.
    private static let columns = """
        r.id, t.id, u.id, r.parent_id, r.base, r.next_at, r.repeat_every, r.last_fired_at
        """
    private static let joined = """
        reminders r JOIN tasks t ON t.row_id = r.task_row JOIN users u ON u.row_id = r.owner
        """

    func find(_ id: ReminderID, of owner: UserID) throws(ErrandError) -> ReminderRow? {
        guard let ownerRow = try runner.ownerForChange(owner) else { return nil }
        let sql = "SELECT \(Self.columns) FROM \(Self.joined) WHERE r.owner = $1 AND r.id = $2"
        return try runner.first(sql, [.integer(ownerRow), .id(id)]) { row throws(SQLError) in try Self.decode(&row) }
    }

    func all(of task: TodoTask) throws(ErrandError) -> [ReminderRow] {
        let sql = "SELECT \(Self.columns) FROM \(Self.joined) WHERE r.task_row = $1 ORDER BY r.row_id"
        return try runner.all(sql, [try row(of: task)]) { row throws(SQLError) in try Self.decode(&row) }
    }

    func insert(_ rows: [ReminderRow], of task: TodoTask) throws(ErrandError) {
        if rows.isEmpty { return }
        runner.announce(.reminders)
        let taskRow = try row(of: task)
        let owner = SQLValue.integer(try runner.requiredOwnerForChange(task.ownerID))
        for row in rows {
            try runner.execute(
                """
                INSERT INTO reminders (
                    owner, id, task_row, parent_id, base, next_at, repeat_every, last_fired_at
                ) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
                """,
                [
                    owner, .id(row.id), taskRow, .optional(row.snoozeOf?.description), .instant(row.base),
                    .instant(row.nextAt), row.repeatEvery.map { .integer($0.wholeMilliseconds) } ?? .null,
                    .instant(row.lastFiredAt),
                ]
            )
        }
    }

    func replace(_ rows: [ReminderRow], of task: TodoTask) throws(ErrandError) {
        let removed = try runner.execute("DELETE FROM reminders WHERE task_row = $1", [try row(of: task)])
        if removed > 0 { runner.announce(.reminders) }
        try insert(rows, of: task)
    }

    func due(at instant: Instant, limit: Int) throws(ErrandError) -> [DueReminder] {
        let sql = """
            SELECT \(Self.columns), t.title, t.due_at FROM \(Self.joined)
            WHERE r.next_at <= $1 ORDER BY r.next_at, r.row_id LIMIT $2
            """ + (runner.concurrency == nil ? "" : runner.lock("u, r") + " SKIP LOCKED")
        return try runner.all(sql, [.instant(instant), .count(limit)]) { row throws(SQLError) in
            let reminder = try Self.decode(&row)
            return DueReminder(row: reminder, title: try row.text(), dueAt: try row.optionalInstant())
        }
    }

    func markFired(_ row: ReminderRow, at instant: Instant, next: Instant?) throws(ErrandError) {
        let taskRow = try runner.first(
            """
            UPDATE reminders SET next_at = $3, last_fired_at = $4 WHERE owner = $1 AND id = $2 RETURNING task_row
            """,
            [.integer(try runner.requiredOwnerForChange(row.userID)), .id(row.id), .instant(next), .instant(instant)]
        ) { row throws(SQLError) in try row.integer() }
        if let taskRow { try setTaskInstant(.integer(taskRow)) }
    }

    func nextInstant() throws(ErrandError) -> Instant? {
        let sql = "SELECT next_at FROM reminders WHERE next_at IS NOT NULL ORDER BY next_at LIMIT 1"
        return try runner.first(sql, []) { row throws(SQLError) in try row.instant() }
    }

    private func setTaskInstant(_ taskRow: SQLValue) throws(ErrandError) {
        try runner.execute(
            """
            UPDATE tasks SET reminder_at = (SELECT min(next_at) FROM reminders WHERE task_row = $1) WHERE row_id = $1
            """,
            [taskRow]
        )
    }

    private func row(of task: TodoTask) throws(ErrandError) -> SQLValue {
        .integer(try runner.requiredOwnerForChange(task.ownerID) << 32 | task.number)
    }

    private static func decode(_ row: inout SQLRow) throws(SQLError) -> ReminderRow {
        ReminderRow(
            id: try row.id(), taskID: try row.id(), userID: try row.id(),
            snoozeOf: try row.optionalText().flatMap { ReminderID($0) }, base: try row.instant(),
            nextAt: try row.optionalInstant(),
            repeatEvery: try row.optionalInteger().map { .milliseconds($0) }, lastFiredAt: try row.optionalInstant()
        )
    }
}
