import CivilTime
import ErrandCore

struct SQLErasureTable: ErasureTable {
    let runner: SQLRunner

    func isClosed(_ space: SpaceID) throws(ErrandError) -> Bool {
        guard let row = try runner.row(of: space) else { return true }
        // Asked for with every event.
        if runner.openSpaces.contains(row) { return false }
        let sql = "SELECT number FROM audit_tombstones WHERE space = $1"
        let isClosed = try runner.first(sql, [.integer(row)]) { row throws(SQLError) in try row.integer() } != nil
        if !isClosed { runner.openSpaces.insert(row) }
        return isClosed
    }

    func lookUp(_ spaces: [SpaceID]) throws(ErrandError) {
        let stones = "(SELECT COUNT(*) FROM audit_tombstones t WHERE t.space = s.row_id)"
        for space in try runner.lookUp(spaces, stones) where space.number == 0 { runner.openSpaces.insert(space.row) }
    }

    func tombstones(after number: Int64, limit: Int) throws(ErrandError) -> [AuditTombstone?] {
        let sql = "SELECT number, entry, hash FROM audit_tombstones WHERE number > $1 ORDER BY number LIMIT $2"
        return try runner.all(sql, [.integer(number), .count(limit)]) { row throws(SQLError) in
            let number = try row.integer()
            let tombstone = AuditTombstone(text: try row.text(), hash: try row.text())
            return tombstone?.number == number ? tombstone : nil
        }
    }

    func head() throws(ErrandError) -> (number: Int64, hash: String)? {
        // No space has the row 0: this one lock is for the stones.
        if let concurrency = runner.concurrency { try runner.call(concurrency.auditLock, [.integer(0)]) }
        let sql = "SELECT number, hash FROM audit_tombstones ORDER BY number DESC LIMIT 1"
        return try runner.first(sql, []) { row throws(SQLError) in (try row.integer(), try row.text()) }
    }

    func delete(_ user: UserID, leaving tombstone: AuditTombstone) throws(ErrandError) {
        let row = try runner.requiredOwnerForChange(user)
        runner.openSpaces.remove(row)
        try runner.execute(
            "INSERT INTO audit_tombstones (number, space, entry, hash) VALUES ($1, $2, $3, $4)",
            [.integer(tombstone.number), .integer(row), .text(tombstone.text), .text(tombstone.hash)]
        )
        try runner.executeOnOne("DELETE FROM users WHERE row_id = $1", [.integer(row)])
        runner.announce(.reminders)
    }

    func erase(keeping type: EventType, limit: Int) throws(ErrandError) -> Int {
        try runner.writeOut()
        let found = try runner.first(
            """
            SELECT s.row_id FROM audit_tombstones t JOIN spaces s ON s.row_id = t.space
            WHERE EXISTS (SELECT 1 FROM tasks WHERE space = s.row_id)
                OR EXISTS (SELECT 1 FROM audit_entries WHERE space = s.row_id)
                OR EXISTS (SELECT 1 FROM outbox WHERE space = s.row_id AND kind <> $1)
                OR NOT EXISTS (SELECT 1 FROM outbox WHERE space = s.row_id)
            ORDER BY t.number LIMIT 1
            """ + runner.lock("s"), [.text(type.name)]
        ) { row throws(SQLError) in try row.integer() }
        guard let found else { return 0 }
        let space = SQLValue.integer(found)
        // That the account is gone may have been said a moment ago, and have no place in the log yet.
        try runner.placeAll()
        var erased = 0
        for (table, key) in [("tasks", "row_id"), ("audit_entries", "row_id")] {
            erased += try runner.execute(
                "DELETE FROM \(table) WHERE \(key) IN (SELECT \(key) FROM \(table) WHERE space = $1 LIMIT $2)",
                [space, .count(limit)]
            )
        }
        let events = "SELECT sequence FROM outbox WHERE space = $1 AND kind <> $2 ORDER BY sequence LIMIT $3"
        for table in ["dead_letters", "outbox"] {
            erased += try runner.execute(
                "DELETE FROM \(table) WHERE sequence IN (\(events))", [space, .text(type.name), .count(limit)]
            )
        }
        if erased > 0 { return erased }
        let isUnread = "EXISTS (SELECT 1 FROM outbox WHERE space = $1)"
        return try runner.execute("DELETE FROM spaces WHERE row_id = $1 AND NOT \(isUnread)", [space])
    }
}
