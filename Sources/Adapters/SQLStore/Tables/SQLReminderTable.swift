import CivilTime
import ErrandCore

struct SQLReminderTable: ReminderTable {
    let runner: SQLRunner

    /// What ``decode(_:)`` reads. A member has the row number of their personal space, which is also what changes of
    /// what is theirs wait for.
    private static let columns = """
        r.id, t.id, s.id, r.parent_id, r.base, r.next_at, r.repeat_every, r.repeat_days, r.last_fired_at,
        r.firings
        """
    private static let joined = """
        reminders r JOIN tasks t ON t.row_id = r.task_row JOIN spaces s ON s.row_id = r.member
        """

    func find(_ id: ReminderID, of member: UserID) throws(ErrandError) -> ReminderRow? {
        guard let memberRow = try runner.ownerForChange(member) else { return nil }
        let sql = "SELECT \(Self.columns) FROM \(Self.joined) WHERE r.member = $1 AND r.id = $2"
        return try runner.first(sql, [.integer(memberRow), .id(id)]) { row throws(SQLError) in try Self.decode(&row) }
    }

    func all(of task: TodoTask, for member: UserID) throws(ErrandError) -> [ReminderRow] {
        let sql = "SELECT \(Self.columns) FROM \(Self.joined) WHERE r.task_row = $1 AND r.member = $2 ORDER BY r.row_id"
        let arguments: [SQLValue] = [try row(of: task), .integer(try runner.requiredOwnerForChange(member))]
        return try runner.all(sql, arguments) { row throws(SQLError) in try Self.decode(&row) }
    }

    func insert(_ rows: [ReminderRow], of task: TodoTask, for member: UserID) throws(ErrandError) {
        if rows.isEmpty { return }
        runner.announce(.reminders)
        let taskRow = try row(of: task)
        let memberRow = SQLValue.integer(try runner.requiredOwnerForChange(member))
        for row in rows {
            try runner.execute(
                """
                INSERT INTO reminders (
                    member, id, task_row, parent_id, base, next_at, repeat_every, repeat_days, last_fired_at,
                    firings
                ) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
                """,
                [
                    memberRow, .id(row.id), taskRow, .optional(row.snoozeOf?.description), .instant(row.base),
                    .instant(row.nextAt), .positive(row.repeatEvery.map { $0.seconds * 1000 }),
                    .positive(row.repeatEvery?.days),
                    .instant(row.lastFiredAt), .count(row.firings),
                ]
            )
        }
    }

    func replace(_ rows: [ReminderRow], of task: TodoTask, for member: UserID) throws(ErrandError) {
        let removed = try runner.execute(
            "DELETE FROM reminders WHERE task_row = $1 AND member = $2",
            [try row(of: task), .integer(try runner.requiredOwnerForChange(member))]
        )
        if removed > 0 { runner.announce(.reminders) }
        try insert(rows, of: task, for: member)
    }

    func due(at instant: Instant, limit: Int) throws(ErrandError) -> [DueReminder] {
        let sql = """
            SELECT \(Self.columns), t.title, t.due_at FROM \(Self.joined)
            WHERE r.next_at <= $1 ORDER BY r.next_at, r.row_id LIMIT $2
            """ + (runner.concurrency == nil ? "" : runner.lock("s, r") + " SKIP LOCKED")
        return try runner.all(sql, [.instant(instant), .count(limit)]) { row throws(SQLError) in
            let reminder = try Self.decode(&row)
            return DueReminder(row: reminder, title: try row.text(), dueAt: try row.optionalInstant())
        }
    }

    func markFired(_ row: ReminderRow, at instant: Instant, next: Instant?) throws(ErrandError) {
        let taskRow = try runner.first(
            """
            UPDATE reminders SET next_at = $3, last_fired_at = $4, firings = firings + 1
            WHERE member = $1 AND id = $2 RETURNING task_row
            """,
            [.integer(try runner.requiredOwnerForChange(row.memberID)), .id(row.id), .instant(next), .instant(instant)]
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
        .integer(try runner.requiredRowForChange(of: task.spaceID) << 32 | task.number)
    }

    private static func decode(_ row: inout SQLRow) throws(SQLError) -> ReminderRow {
        ReminderRow(
            id: try row.id(), taskID: try row.id(), memberID: try row.id(),
            snoozeOf: try row.optionalText().flatMap { ReminderID($0) }, base: try row.instant(),
            nextAt: try row.optionalInstant(),
            repeatEvery: try repeatEvery(&row), lastFiredAt: try row.optionalInstant(), firings: try row.count()
        )
    }

    /// Milliseconds and days, of which both, either or none are there.
    private static func repeatEvery(_ row: inout SQLRow) throws(SQLError) -> CalendarSpan? {
        let (milliseconds, days) = (try row.optionalInteger(), try row.optionalInteger())
        guard milliseconds != nil || days != nil else { return nil }
        return CalendarSpan(days: Int(days ?? 0), seconds: Int((milliseconds ?? 0) / 1000))
    }
}

extension SQLValue {
    /// NULL for nothing and for 0.
    fileprivate static func positive(_ number: Int?) -> SQLValue {
        number.flatMap { $0 > 0 ? .count($0) : nil } ?? .null
    }
}
