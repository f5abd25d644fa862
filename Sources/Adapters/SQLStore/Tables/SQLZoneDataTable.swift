import ErrandCore

struct SQLZoneDataTable: ZoneDataTable {
    let runner: SQLRunner

    func note() throws(ErrandError) -> ZoneDataNote? {
        let sql = "SELECT edition, reached, number, is_done FROM zone_data ORDER BY edition DESC LIMIT 1"
        return try runner.first(sql + runner.lock("zone_data"), []) { row throws(SQLError) in
            try Self.note(try row.text(), &row)
        }
    }

    /// Reads the columns `reached, number, is_done` of an edition.
    static func note(_ edition: String, _ row: inout SQLRow) throws(SQLError) -> ZoneDataNote {
        ZoneDataNote(
            edition: edition, user: try row.optionalText().flatMap { UserID($0) },
            number: try row.integer(), isDone: try row.integer() == 1
        )
    }

    func set(_ note: ZoneDataNote) throws(ErrandError) {
        try runner.execute("DELETE FROM zone_data WHERE edition <> $1", [.text(note.edition)])
        try runner.execute(
            """
            INSERT INTO zone_data (edition, reached, number, is_done) VALUES ($1, $2, $3, $4)
            ON CONFLICT (edition) DO UPDATE SET
                reached = excluded.reached, number = excluded.number, is_done = excluded.is_done
            """,
            [
                .text(note.edition), .optional(note.user?.description), .integer(note.number),
                .count(note.isDone ? 1 : 0),
            ]
        )
    }

    func user(after id: UserID?) throws(ErrandError) -> UserID? {
        let sql = "SELECT id FROM users WHERE id > $1 ORDER BY id LIMIT 1"
        return try runner.first(sql, [.text(id?.description ?? "")]) { row throws(SQLError) in try row.id() }
    }
}
