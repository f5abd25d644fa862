import CivilTime
import ErrandCore

struct SQLPersonalTokenTable: PersonalTokenTable {
    let runner: SQLRunner

    private static let selection = """
        SELECT p.id, u.id, p.name, p.scopes, p.created_at, p.expires_at, p.last_used_at
        FROM personal_tokens p JOIN users u ON u.row_id = p.owner
        """

    func find(hash: [UInt8]) throws(ErrandError) -> PersonalToken? {
        try runner.first("\(Self.selection) WHERE p.hash = $1", [.blob(hash)]) { row throws(SQLError) in
            try Self.decode(&row)
        }
    }

    /// Oldest first.
    func all(of user: UserID) throws(ErrandError) -> [PersonalToken] {
        guard let owner = try runner.owner(user) else { return [] }
        return try runner.all(
            "\(Self.selection) WHERE p.owner = $1 ORDER BY p.created_at, p.id", [.integer(owner)]
        ) { row throws(SQLError) in try Self.decode(&row) }
    }

    func insert(_ token: PersonalToken, hash: [UInt8]) throws(ErrandError) {
        try runner.execute(
            """
            INSERT INTO personal_tokens (id, owner, hash, name, scopes, created_at, expires_at, last_used_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            """,
            [
                .id(token.id), .integer(try runner.requiredOwner(token.userID)), .blob(hash), .text(token.name),
                .text(JSONValue(strings: token.scopes.map(\.rawValue).sorted()).text), .instant(token.createdAt),
                .instant(token.expiresAt), .instant(token.lastUsedAt),
            ]
        )
    }

    func markUsed(_ id: TokenID, at instant: Instant) throws(ErrandError) {
        // A token that was deleted meanwhile needs no mark.
        try runner.execute(
            "UPDATE personal_tokens SET last_used_at = $1 WHERE id = $2", [.instant(instant), .id(id)]
        )
    }

    func replaceHash(_ hash: [UInt8], of id: TokenID, at instant: Instant) throws(ErrandError) {
        try runner.executeOnOne(
            "UPDATE personal_tokens SET hash = $1, last_used_at = $2 WHERE id = $3",
            [.blob(hash), .instant(instant), .id(id)]
        )
    }

    func delete(_ id: TokenID, of user: UserID) throws(ErrandError) -> Bool {
        guard let owner = try runner.owner(user) else { return false }
        return try runner.execute(
            "DELETE FROM personal_tokens WHERE id = $1 AND owner = $2", [.id(id), .integer(owner)]
        ) > 0
    }

    private static func decode(_ row: inout SQLRow) throws(SQLError) -> PersonalToken {
        let id: TokenID = try row.id()
        let userID: UserID = try row.id()
        let name = try row.text()
        // A scope of a later version gives no right here.
        let scopes = (try row.json().array ?? []).compactMap(\.string).compactMap(Scope.init(rawValue:))
        return PersonalToken(
            id: id, userID: userID, name: name, scopes: Set(scopes), createdAt: try row.instant(),
            expiresAt: try row.optionalInstant(), lastUsedAt: try row.optionalInstant()
        )
    }
}
