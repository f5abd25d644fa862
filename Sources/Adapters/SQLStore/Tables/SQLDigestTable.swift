import CivilTime
import ErrandCore

struct SQLDigestTable: DigestTable {
    let runner: SQLRunner

    func set(_ instant: Instant?, for owner: UserID) throws(ErrandError) {
        let row = SQLValue.integer(try runner.requiredOwnerForChange(owner))
        guard let instant else {
            try runner.execute("DELETE FROM digests WHERE owner = $1", [row])
            return
        }
        try runner.execute(
            """
            INSERT INTO digests (owner, next_at) VALUES ($1, $2)
            ON CONFLICT (owner) DO UPDATE SET next_at = excluded.next_at
            """,
            [row, .instant(instant)]
        )
    }

    func due(at instant: Instant, limit: Int) throws(ErrandError) -> [DueDigest] {
        let sql = """
            SELECT s.id, g.next_at FROM digests g JOIN spaces s ON s.row_id = g.owner
            WHERE g.next_at <= $1 ORDER BY g.next_at, g.owner LIMIT $2
            """ + (runner.concurrency == nil ? "" : runner.lock("s, g") + " SKIP LOCKED")
        return try runner.all(sql, [.instant(instant), .count(limit)]) { row throws(SQLError) in
            DueDigest(userID: try row.id(), at: try row.instant())
        }
    }

    func nextInstant() throws(ErrandError) -> Instant? {
        try runner.first("SELECT next_at FROM digests ORDER BY next_at LIMIT 1", []) { row throws(SQLError) in
            try row.instant()
        }
    }
}
