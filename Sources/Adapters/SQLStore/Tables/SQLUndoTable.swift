import CivilTime
import ErrandCore

struct SQLUndoTable: UndoTable {
    let runner: SQLRunner

    func insert(_ record: UndoRecord) throws(ErrandError) {
        try runner.insert(
            [
                .integer(try runner.requiredOwnerForChange(record.userID)), .text(record.token),
                .instant(record.createdAt),
                .text(record.entriesJSON.text), .integer(try runner.requiredRowForChange(of: record.space)),
            ], Self.shape
        )
    }

    private static let shape = RowShape(
        "undo_records", .untilAsked,
        [
            .init(name: "owner", type: .integer), .init(name: "token", type: .text),
            .init(name: "created_at", type: .integer), .init(name: "entries", type: .text),
            .init(name: "space", type: .integer),
        ])

    func find(token: String, of user: UserID) throws(ErrandError) -> UndoRecord? {
        guard let owner = try runner.ownerForChange(user) else { return nil }
        try runner.writeOut()
        return try runner.first(
            """
            SELECT u.token, u.created_at, u.entries, s.id FROM undo_records u JOIN spaces s ON s.row_id = u.space
            WHERE u.owner = $1 AND u.token = $2
            """,
            [.integer(owner), .text(token)]
        ) { row throws(SQLError) in try SQLUndoTable.record(&row, of: user) }
    }

    func last(of user: UserID, in space: SpaceID) throws(ErrandError) -> UndoRecord? {
        guard let owner = try runner.ownerForChange(user) else { return nil }
        try runner.writeOut()
        return try runner.first(
            """
            SELECT u.token, u.created_at, u.entries, s.id FROM undo_records u JOIN spaces s ON s.row_id = u.space
            WHERE u.owner = $1 AND s.id = $2 ORDER BY u.created_at DESC LIMIT 1
            """,
            [.integer(owner), .id(space)]
        ) { row throws(SQLError) in try SQLUndoTable.record(&row, of: user) }
    }

    private static func record(_ row: inout SQLRow, of user: UserID) throws(SQLError) -> UndoRecord {
        let token = try row.text()
        let createdAt = try row.instant()
        guard let entries = UndoRecord.entries(try row.json()) else { throw row.damaged("a list of changes") }
        return UndoRecord(token: token, userID: user, space: try row.id(), createdAt: createdAt, entries: entries)
    }

    func newest(
        of user: UserID, in space: SpaceID, since instant: Instant, limit: Int
    ) throws(ErrandError) -> [UndoRecord] {
        guard let owner = try runner.ownerForChange(user) else { return [] }
        try runner.writeOut()
        return try runner.all(
            """
            SELECT token, created_at, entries FROM undo_records
            WHERE owner = $1 AND space = $2 AND created_at > $3 ORDER BY created_at DESC, token LIMIT $4
            """,
            [.integer(owner), .integer(try runner.requiredRowForChange(of: space)), .instant(instant), .count(limit)]
        ) { row throws(SQLError) in
            let (token, createdAt) = (try row.text(), try row.instant())
            guard let entries = UndoRecord.entries(try row.json()) else { throw row.damaged("a list of changes") }
            return UndoRecord(token: token, userID: user, space: space, createdAt: createdAt, entries: entries)
        }
    }

    func update(_ record: UndoRecord) throws(ErrandError) {
        try runner.writeOut()
        try runner.send(
            "UPDATE undo_records SET entries = $1 WHERE owner = $2 AND token = $3",
            [
                .text(record.entriesJSON.text), .integer(try runner.requiredOwnerForChange(record.userID)),
                .text(record.token),
            ]
        )
    }

    func delete(token: String, of user: UserID) throws(ErrandError) {
        guard let owner = try runner.ownerForChange(user) else { return }
        try runner.writeOut()
        try runner.execute(
            "DELETE FROM undo_records WHERE owner = $1 AND token = $2", [.integer(owner), .text(token)]
        )
    }

    func purge(before instant: Instant, limit: Int) throws(ErrandError) -> Int {
        try runner.writeOut()
        // Of a key of two columns SQLite may look up the first alone, and read all that one owner has.
        let row = runner.dialect.rowAddress
        return try runner.execute(
            """
            DELETE FROM undo_records WHERE \(row) IN (
                SELECT \(row) FROM undo_records WHERE created_at < $1 ORDER BY created_at LIMIT $2
            )
            """,
            [.instant(instant), .count(limit)]
        )
    }
}
