import CivilTime
import ErrandCore

struct SQLNotificationTable: NotificationTable {
    let runner: SQLRunner

    private static let columns = columns(of: "")

    /// What ``decode(_:_:)`` reads.
    static func columns(of table: String) -> String {
        [
            "id", "type", "reminder_id", "task_id", "title", "due_at", "remind_at", "late", "created_at", "read_at",
            "in_inbox", "receipts", "payload",
        ].map { table + $0 }.joined(separator: ", ")
    }

    func insert(_ notification: Notification) throws(ErrandError) -> Bool {
        let receipts = JSONValue.array(notification.receipts.map(\.json))
        return try runner.execute(
            """
            INSERT INTO notifications (owner, \(Self.columns))
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) ON CONFLICT (owner, id) DO NOTHING
            """,
            [
                .integer(try runner.requiredOwner(notification.userID)), .id(notification.id),
                .text(notification.type.rawValue), .optional(notification.reminderID?.description),
                .optional(notification.taskID?.description), .text(notification.title),
                .instant(notification.dueAt), .instant(notification.remindAt),
                .integer(notification.isLate ? 1 : 0), .instant(notification.createdAt),
                .instant(notification.readAt), .integer(notification.isInInbox ? 1 : 0), .text(receipts.text),
                .text(JSONValue.object(notification.payload).text),
            ]
        ) == 1
    }

    func find(_ id: NotificationID, of owner: UserID) throws(ErrandError) -> Notification? {
        guard let row = try runner.owner(owner) else { return nil }
        let sql = "SELECT \(Self.columns) FROM notifications WHERE owner = $1 AND id = $2"
        return try runner.first(sql, [.integer(row), .id(id)]) { row throws(SQLError) in try Self.decode(&row, owner) }
    }

    func page(
        of owner: UserID, unreadOnly: Bool, after: NotificationID?, limit: Int
    ) throws(ErrandError) -> [Notification] {
        guard let row = try runner.owner(owner) else { return [] }
        var sql = SQLText()
        let user = sql.bind(.integer(row))
        var conditions = ["owner = \(user)", "in_inbox = 1"]
        if unreadOnly { conditions.append("read_at IS NULL") }
        if let after {
            let place = "SELECT row_id FROM notifications WHERE owner = \(user) AND id = \(sql.bind(.id(after)))"
            conditions.append("row_id < coalesce((\(place)), 0)")
        }
        let text = """
            SELECT \(Self.columns) FROM notifications WHERE \(conditions.joined(separator: " AND "))
            ORDER BY row_id DESC LIMIT \(sql.bind(.count(limit)))
            """
        return try runner.all(text, sql.arguments) { row throws(SQLError) in try Self.decode(&row, owner) }
    }

    func unreadCount(of owner: UserID) throws(ErrandError) -> Int {
        guard let row = try runner.owner(owner) else { return 0 }
        let sql = "SELECT count(*) FROM notifications WHERE owner = $1 AND read_at IS NULL AND in_inbox = 1"
        return Int(try runner.number(sql, [.integer(row)]))
    }

    func markRead(_ id: NotificationID?, of owner: UserID, at instant: Instant) throws(ErrandError) -> Int {
        guard let row = try runner.owner(owner) else { return 0 }
        var sql = SQLText()
        let time = sql.bind(.instant(instant))
        var conditions = ["owner = \(sql.bind(.integer(row)))", "read_at IS NULL", "in_inbox = 1"]
        if let id { conditions.append("id = \(sql.bind(.id(id)))") }
        return try runner.execute(
            "UPDATE notifications SET read_at = \(time) WHERE \(conditions.joined(separator: " AND "))",
            sql.arguments
        )
    }

    func delete(_ id: NotificationID, of owner: UserID) throws(ErrandError) -> Bool {
        guard let row = try runner.owner(owner) else { return false }
        return try runner.execute(
            "DELETE FROM notifications WHERE owner = $1 AND id = $2", [.integer(row), .id(id)]
        ) == 1
    }

    func purge(
        before instant: Instant, outsideInbox outside: Instant, limit: Int
    ) throws(ErrandError) -> Int {
        func purge(_ inInbox: SQLValue, before instant: Instant, limit: Int) throws(ErrandError) -> Int {
            try runner.execute(
                """
                DELETE FROM notifications WHERE row_id IN (
                    SELECT row_id FROM notifications WHERE in_inbox = $1 AND created_at < $2
                    ORDER BY created_at LIMIT $3
                )
                """,
                [inInbox, .instant(instant), .count(limit)]
            )
        }
        let purged = try purge(1, before: instant, limit: limit)
        return purged + (purged < limit ? try purge(0, before: outside, limit: limit - purged) : 0)
    }

    static func decode(_ row: inout SQLRow, _ owner: UserID) throws(SQLError) -> Notification {
        Notification(
            id: try row.id(), userID: owner, type: try row.parsed { NotificationType(rawValue: $0) },
            reminderID: try row.optionalText().flatMap { ReminderID($0) },
            taskID: try row.optionalText().flatMap { TaskID($0) }, title: try row.text(),
            dueAt: try row.optionalInstant(), remindAt: try row.instant(), isLate: try row.integer() == 1,
            createdAt: try row.instant(), readAt: try row.optionalInstant(), isInInbox: try row.integer() == 1,
            receipts: receipts(try row.text()), payload: try row.json().object ?? [:]
        )
    }

    private static func receipts(_ text: String) -> [Notification.Receipt] {
        ((try? JSONValue.parse(text))?.array ?? []).compactMap { json in
            guard let channel = json["channel"]?.string, let at = json["at"]?.string.flatMap({ Instant($0) }),
                let status = json["status"]?.string.flatMap({ Notification.Receipt.Status(rawValue: $0) })
            else { return nil }
            return Notification.Receipt(channel: channel, status: status, at: at)
        }
    }
}
