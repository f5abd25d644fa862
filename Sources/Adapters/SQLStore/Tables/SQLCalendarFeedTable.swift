import CivilTime
import ErrandCore

struct SQLCalendarFeedTable: CalendarFeedTable {
    let runner: SQLRunner

    private static let selection = """
        SELECT f.id, u.id, f.name, f.expression, f.form, f.with_completed, f.created_at, f.last_read_at
        FROM calendar_feeds f JOIN users u ON u.row_id = f.owner
        """

    func find(hash: [UInt8]) throws(ErrandError) -> CalendarFeed? {
        try runner.first("\(Self.selection) WHERE f.hash = $1", [.blob(hash)]) { row throws(SQLError) in
            try Self.decode(&row)
        }
    }

    func all(of user: UserID) throws(ErrandError) -> [CalendarFeed] {
        guard let owner = try runner.owner(user) else { return [] }
        return try runner.all(
            "\(Self.selection) WHERE f.owner = $1 ORDER BY f.created_at, f.id", [.integer(owner)]
        ) { row throws(SQLError) in try Self.decode(&row) }
    }

    func insert(_ feed: CalendarFeed, hash: [UInt8]) throws(ErrandError) {
        try runner.execute(
            """
            INSERT INTO calendar_feeds
                (id, owner, hash, name, expression, form, with_completed, created_at, last_read_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            """,
            [
                .id(feed.id), .integer(try runner.requiredOwner(feed.ownerID)), .blob(hash), .text(feed.name),
                .text(feed.filter ?? ""), .text(feed.form.rawValue), .integer(feed.includesCompleted ? 1 : 0),
                .instant(feed.createdAt), .instant(feed.lastReadAt),
            ]
        )
    }

    func markRead(_ id: FeedID, at instant: Instant) throws(ErrandError) {
        // A feed that was revoked meanwhile needs no mark.
        try runner.execute(
            "UPDATE calendar_feeds SET last_read_at = $1 WHERE id = $2", [.instant(instant), .id(id)]
        )
    }

    func delete(_ id: FeedID, of user: UserID) throws(ErrandError) -> Bool {
        guard let owner = try runner.owner(user) else { return false }
        return try runner.execute(
            "DELETE FROM calendar_feeds WHERE id = $1 AND owner = $2", [.id(id), .integer(owner)]
        ) > 0
    }

    private static func decode(_ row: inout SQLRow) throws(SQLError) -> CalendarFeed {
        let id: FeedID = try row.id()
        let owner: UserID = try row.id()
        let (name, filter, form) = (try row.text(), try row.text(), try row.text())
        return CalendarFeed(
            id: id, ownerID: owner, name: name, filter: filter.isEmpty ? nil : filter,
            form: CalendarFeed.Form(rawValue: form) ?? .events, includesCompleted: try row.integer() != 0,
            createdAt: try row.instant(), lastReadAt: try row.optionalInstant()
        )
    }
}
