import CivilTime
import ErrandCore

struct SQLReplyTable: ReplyTable {
    let runner: SQLRunner

    func find(_ key: OnceKey) throws(ErrandError) -> StoredReply? {
        guard let owner = try runner.ownerForChange(key.userID) else { return nil }
        return try runner.firstAside(
            """
            SELECT status, headers, body, fingerprint FROM replies
            WHERE owner = $1 AND target = $2 AND key = $3
            """,
            [.integer(owner), .text(key.target), .text(key.key)]
        ) { row throws(SQLError) in
            let status = try row.count()
            let members = try row.json().object?.members ?? []
            let headers = members.compactMap { member in member.value.string.map { (member.name, $0) } }
            return StoredReply(
                status: status, headers: Dictionary(headers) { first, _ in first }, body: try row.blob(),
                fingerprint: try row.blob()
            )
        }
    }

    func insert(_ reply: StoredReply, for key: OnceKey, at instant: Instant) throws(ErrandError) {
        var headers = JSONObject()
        for (name, value) in reply.headers.sorted(by: { $0.key < $1.key }) { headers.append(name, .string(value)) }
        try runner.sendAside(
            """
            INSERT INTO replies (owner, target, key, fingerprint, status, headers, body, created_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            """,
            [
                .integer(try runner.requiredOwnerForChange(key.userID)), .text(key.target), .text(key.key),
                .blob(reply.fingerprint), .count(reply.status), .text(JSONValue.object(headers).text),
                .blob(reply.body), .instant(instant),
            ]
        )
    }

    func purge(before instant: Instant, limit: Int) throws(ErrandError) -> Int {
        // Not by their key, for the reason that ``SQLUndoTable`` gives.
        let row = runner.dialect.rowAddress
        return try runner.execute(
            """
            DELETE FROM replies WHERE \(row) IN (
                SELECT \(row) FROM replies WHERE created_at < $1 ORDER BY created_at LIMIT $2
            )
            """,
            [.instant(instant), .count(limit)]
        )
    }
}
