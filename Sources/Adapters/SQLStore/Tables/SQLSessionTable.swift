import CivilTime
import ErrandCore

struct SQLSessionTable: SessionTable {
    let runner: SQLRunner

    func find(_ id: SessionID) throws(ErrandError) -> Session? {
        let sql = """
            SELECT s.id, u.id, s.generation, s.rotated_at, s.created_at, s.revoked_at
            FROM sessions s JOIN users u ON u.row_id = s.owner WHERE s.id = $1
            """ + runner.lock("s")
        return try runner.first(sql, [.id(id)]) { row throws(SQLError) in
            Session(
                id: try row.id(), userID: try row.id(), generation: try row.integer(), rotatedAt: try row.instant(),
                createdAt: try row.instant(), revokedAt: try row.optionalInstant()
            )
        }
    }

    func insert(_ session: Session) throws(ErrandError) {
        try runner.execute(
            """
            INSERT INTO sessions (generation, rotated_at, revoked_at, ends_at, id, owner, created_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            """,
            session.changeableColumns
                + [
                    .id(session.id), .integer(try runner.requiredOwner(session.userID)), .instant(session.createdAt),
                ]
        )
    }

    func update(_ session: Session) throws(ErrandError) {
        try runner.executeOnOne(
            "UPDATE sessions SET generation = $1, rotated_at = $2, revoked_at = $3, ends_at = $4 WHERE id = $5",
            session.changeableColumns + [.id(session.id)]
        )
    }

    func revokeAll(
        of user: UserID, except kept: SessionID?, at instant: Instant
    ) throws(ErrandError) -> [SessionID] {
        guard let owner = try runner.owner(user) else { return [] }
        let sql = """
            UPDATE sessions SET revoked_at = $2, ends_at = $2
            WHERE owner = $1 AND ends_at > $2 AND revoked_at IS NULL AND id <> $3 RETURNING id
            """
        return try runner.all(
            sql, [.integer(owner), .instant(instant), .text(kept?.description ?? "")]
        ) { row throws(SQLError) in try row.id() }
    }

    func purge(before instant: Instant, limit: Int) throws(ErrandError) -> Int {
        try runner.execute(
            """
            DELETE FROM sessions WHERE id IN (
                SELECT id FROM sessions WHERE ends_at < $1 ORDER BY ends_at LIMIT $2
            )
            """,
            [.instant(instant), .count(limit)]
        )
    }
}

extension Session {
    /// In the order of ``SQLSessionTable``'s statements.
    fileprivate var changeableColumns: [SQLValue] {
        [
            .integer(generation), .instant(rotatedAt), .instant(revokedAt),
            .instant(revokedAt.map { min($0, expiresAt) } ?? expiresAt),
        ]
    }
}
