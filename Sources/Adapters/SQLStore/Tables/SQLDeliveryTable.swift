import CivilTime
import ErrandCore

struct SQLDeliveryTable: DeliveryTable {
    let runner: SQLRunner

    /// What ``decode(_:)`` reads.
    private static let columns = """
        v.id, s.id, n.id, d.id, v.kind, v.host, v.state, v.attempts, v.next_at, v.expires_at, v.wanted_at, v.created_at,
        v.last_attempt_at, v.ended_at, v.reason, v.shortened, v.replayed
        """
    /// A user has the row number of their personal space.
    private static let joined = """
        deliveries v JOIN notifications n ON n.row_id = v.notification JOIN destinations d ON d.row_id = v.destination
        JOIN spaces s ON s.row_id = n.owner
        """

    func insert(_ deliveries: [Delivery]) throws(ErrandError) {
        for delivery in deliveries {
            let owner = SQLValue.integer(try runner.requiredOwner(delivery.ownerID))
            try runner.execute(
                """
                INSERT INTO deliveries (
                    state, attempts, next_at, last_attempt_at, ended_at, reason, shortened, id, kind, host, expires_at,
                    wanted_at, created_at, notification, destination
                )
                SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13,
                    (SELECT row_id FROM notifications WHERE owner = $14 AND id = $15), row_id
                FROM destinations WHERE owner = $14 AND id = $16
                ON CONFLICT (notification, destination) DO NOTHING
                """,
                delivery.changeableColumns + [
                    .id(delivery.id), .text(delivery.kind.rawValue), .text(delivery.host),
                    .instant(delivery.expiresAt), .instant(delivery.wantedAt), .instant(delivery.createdAt), owner,
                    .id(delivery.notificationID), .id(delivery.destinationID),
                ]
            )
            if delivery.state.isOpen { runner.announce(.deliveries) }
        }
    }

    func find(_ id: DeliveryID, of owner: UserID) throws(ErrandError) -> Delivery? {
        guard let row = try runner.owner(owner) else { return nil }
        let sql = "SELECT \(Self.columns) FROM \(Self.joined) WHERE n.owner = $1 AND v.id = $2"
        return try runner.first(sql, [.integer(row), .id(id)]) { row throws(SQLError) in try Self.decode(&row) }
    }

    func all(of notification: NotificationID, owner: UserID) throws(ErrandError) -> [Delivery] {
        guard let row = try runner.owner(owner) else { return [] }
        let sql = "SELECT \(Self.columns) FROM \(Self.joined) WHERE n.owner = $1 AND n.id = $2 ORDER BY v.row_id"
        return try runner.all(sql, [.integer(row), .id(notification)]) { row throws(SQLError) in try Self.decode(&row) }
    }

    func due(
        _ kind: ChannelKind, at instant: Instant, except hosts: Set<String>, limit: Int
    ) throws(ErrandError) -> [DueDelivery] {
        var sql = SQLText()
        let conditions = condition(&sql, kind, except: hosts) + " AND v.next_at <= \(sql.bind(.instant(instant)))"
        let order = "ORDER BY v.next_at, v.row_id LIMIT \(sql.bind(.count(limit)))"
        return try all("WHERE \(conditions) \(order)", sql.arguments)
    }

    /// With what they carry, and where they go.
    private func all(_ rest: String, _ arguments: [SQLValue]) throws(ErrandError) -> [DueDelivery] {
        let text = """
            SELECT \(Self.columns), \(SQLNotificationTable.columns(of: "n.")), \(SQLDestinationTable.columns)
            FROM \(Self.joined) \(rest)
            """
        return try runner.all(text, arguments) { row throws(SQLError) in
            let delivery = try Self.decode(&row)
            return DueDelivery(
                delivery: delivery, notification: try SQLNotificationTable.decode(&row, delivery.ownerID),
                destination: try SQLDestinationTable.decode(&row, delivery.ownerID)
            )
        }
    }

    private func condition(_ sql: inout SQLText, _ kind: ChannelKind, except hosts: Set<String>) -> String {
        // Of what is sent again to one destination, one goes after the other.
        var text = """
            v.kind = \(sql.bind(.text(kind.rawValue))) AND v.next_at IS NOT NULL AND (v.replayed = 0 OR NOT EXISTS (
                SELECT 1 FROM deliveries e WHERE e.destination = v.destination AND e.row_id < v.row_id
                    AND e.replayed = 1 AND e.next_at IS NOT NULL
            ))
            """
        if !hosts.isEmpty {
            let names = hosts.sorted().map { sql.bind(.text($0)) }
            text += " AND v.host NOT IN (\(names.joined(separator: ", ")))"
        }
        return text
    }

    func save(_ delivery: Delivery, replacing before: Delivery) throws(ErrandError) -> Bool {
        let saved =
            try runner.execute(
                """
                UPDATE deliveries SET
                    state = $1, attempts = $2, next_at = $3, last_attempt_at = $4, ended_at = $5, reason = $6,
                shortened = $7
                WHERE id = $8 AND state = $9 AND attempts = $10 AND next_at = $11
                """,
                delivery.changeableColumns + [
                    .id(delivery.id), .text(before.state.rawValue), .count(before.attempts), .instant(before.nextAt),
                ]
            ) == 1
        if saved, delivery.state.isOpen, delivery.state != .sending { runner.announce(.deliveries) }
        return saved
    }

    func nextInstant(_ kind: ChannelKind, except hosts: Set<String>) throws(ErrandError) -> Instant? {
        var sql = SQLText()
        let conditions = condition(&sql, kind, except: hosts)
        let text = "SELECT v.next_at FROM deliveries v WHERE \(conditions) ORDER BY v.next_at LIMIT 1"
        return try runner.first(text, sql.arguments) { row throws(SQLError) in try row.instant() }
    }

    func ended(
        to destination: DestinationID, of owner: UserID, after: DeliveryID?, limit: Int
    ) throws(ErrandError) -> [DueDelivery]? {
        guard let row = try runner.owner(owner) else { return after == nil ? [] : nil }
        var place: Int64 = 0
        if let after {
            let sql = """
                SELECT v.row_id FROM deliveries v JOIN destinations d ON d.row_id = v.destination
                WHERE v.id = $1 AND d.owner = $2 AND d.id = $3
                """
            let found = try runner.first(sql, [.id(after), .integer(row), .id(destination)]) {
                row throws(SQLError) in try row.integer()
            }
            guard let found else { return nil }
            place = found
        }
        return try all(
            """
            WHERE d.owner = $1 AND d.id = $2 AND v.row_id > $3 AND v.state IN ('delivered', 'failed', 'expired')
                AND n.type <> $4
            ORDER BY v.row_id LIMIT $5
            """,
            [
                .integer(row), .id(destination), .integer(place), .text(NotificationType.test.rawValue), .count(limit),
            ]
        )
    }

    func restart(_ delivery: Delivery) throws(ErrandError) -> Bool {
        let isRestarted =
            try runner.execute(
                """
                UPDATE deliveries SET
                    state = $1, attempts = $2, next_at = $3, last_attempt_at = $4, ended_at = $5, reason = $6,
                    shortened = $7, expires_at = $8, wanted_at = $9, replayed = 1
                WHERE id = $10 AND next_at IS NULL
                """,
                delivery.changeableColumns + [
                    .instant(delivery.expiresAt), .instant(delivery.wantedAt), .id(delivery.id),
                ]
            ) == 1
        if isRestarted { runner.announce(.deliveries) }
        return isRestarted
    }

    func replays(to destination: DestinationID, of owner: UserID) throws(ErrandError) -> Int {
        guard let row = try runner.owner(owner) else { return 0 }
        let sql = """
            SELECT count(*) FROM deliveries v JOIN destinations d ON d.row_id = v.destination
            WHERE d.owner = $1 AND d.id = $2 AND v.replayed = 1 AND v.next_at IS NOT NULL
            """
        return Int(try runner.number(sql, [.integer(row), .id(destination)]))
    }

    func backlog() throws(ErrandError) -> [DeliveryBacklog] {
        let sql = """
            SELECT kind, count(*), min(created_at) FROM deliveries WHERE next_at IS NOT NULL GROUP BY kind ORDER BY kind
            """
        return try runner.all(sql, []) { row throws(SQLError) in
            DeliveryBacklog(
                kind: try row.parsed { ChannelKind(rawValue: $0) }, count: try row.count(), oldest: try row.instant()
            )
        }
    }

    private static func decode(_ row: inout SQLRow) throws(SQLError) -> Delivery {
        Delivery(
            id: try row.id(), ownerID: try row.id(), notificationID: try row.id(), destinationID: try row.id(),
            kind: try row.parsed { ChannelKind(rawValue: $0) }, host: try row.text(),
            state: try row.parsed { Delivery.State(rawValue: $0) }, attempts: try row.count(),
            nextAt: try row.optionalInstant(), expiresAt: try row.instant(),
            wantedAt: try row.instant(), createdAt: try row.instant(), lastAttemptAt: try row.optionalInstant(),
            endedAt: try row.optionalInstant(), reason: try row.optionalText(), isShortened: try row.integer() == 1,
            isReplayed: try row.integer() == 1
        )
    }
}

extension Delivery {
    /// In the order of ``SQLDeliveryTable``'s statements.
    fileprivate var changeableColumns: [SQLValue] {
        [
            .text(state.rawValue), .count(attempts), .instant(nextAt), .instant(lastAttemptAt), .instant(endedAt),
            .optional(reason), .integer(isShortened ? 1 : 0),
        ]
    }
}
