import CivilTime
import ErrandCore

struct SQLConversationTable: ConversationTable {
    let runner: SQLRunner

    private static let columns = "id, title, created_at, updated_at, version"

    func find(_ id: ConversationID, of owner: UserID) throws(ErrandError) -> Conversation? {
        guard let row = try runner.ownerForChange(owner) else { return nil }
        let sql = "SELECT \(Self.columns) FROM conversations WHERE owner = $1 AND id = $2"
        return try runner.first(sql, [.integer(row), .id(id)]) { row throws(SQLError) in try Self.decode(&row, owner) }
    }

    func isTaken(_ id: ConversationID) throws(ErrandError) -> Bool {
        try runner.number("SELECT count(*) FROM conversations WHERE id = $1", [.id(id)]) > 0
    }

    func turns(of conversation: Conversation) throws(ErrandError) -> [ConversationTurn] {
        guard let row = try find(row: conversation) else { return [] }
        return try runner.all(
            "SELECT role, text, tool_calls, at FROM conversation_turns WHERE conversation = $1 ORDER BY row_id",
            [.integer(row)]
        ) { row throws(SQLError) in
            let json: JSONValue = [
                "role": .string(try row.text()), "text": .string(try row.text()), "tool_calls": try row.json(),
                "at": .string(try row.instant().description),
            ]
            guard let turn = ConversationTurn(json) else { throw row.damaged("a turn of a conversation") }
            return turn
        }
    }

    func page(
        of owner: UserID, usedSince oldest: Instant, after place: ConversationPlace?, limit: Int
    ) throws(ErrandError) -> [Conversation] {
        guard let row = try runner.owner(owner) else { return [] }
        var sql = SQLText()
        var conditions = ["owner = \(sql.bind(.integer(row)))", "updated_at >= \(sql.bind(.instant(oldest)))"]
        if let place {
            let (time, id) = (sql.bind(.instant(place.updatedAt)), sql.bind(.id(place.id)))
            conditions.append("(updated_at, id) < (\(time), \(id))")
        }
        let text = """
            SELECT \(Self.columns) FROM conversations WHERE \(conditions.joined(separator: " AND "))
            ORDER BY updated_at DESC, id DESC LIMIT \(sql.bind(.count(limit)))
            """
        return try runner.all(text, sql.arguments) { row throws(SQLError) in try Self.decode(&row, owner) }
    }

    func insert(_ conversation: Conversation) throws(ErrandError) {
        try runner.execute(
            """
            INSERT INTO conversations (owner, id, title, created_at, updated_at, version)
            VALUES ($1, $2, $3, $4, $5, $6)
            """,
            [
                .integer(try runner.requiredOwnerForChange(conversation.ownerID)), .id(conversation.id),
                .text(conversation.title), .instant(conversation.createdAt), .instant(conversation.updatedAt),
                .integer(conversation.version),
            ],
            onUniqueViolation: .notFound(.conversation)
        )
    }

    func update(_ conversation: Conversation) throws(ErrandError) {
        try runner.executeOnOne(
            "UPDATE conversations SET title = $3, updated_at = $4, version = $5 WHERE owner = $1 AND id = $2",
            [
                .integer(try runner.requiredOwnerForChange(conversation.ownerID)), .id(conversation.id),
                .text(conversation.title), .instant(conversation.updatedAt), .integer(conversation.version),
            ]
        )
    }

    func contains(_ append: AppendID, in conversation: Conversation) throws(ErrandError) -> Bool {
        guard let row = try find(row: conversation) else { return false }
        let sql = "SELECT count(*) FROM conversation_turns WHERE conversation = $1 AND append_id = $2"
        return try runner.number(sql, [.integer(row), .id(append)]) > 0
    }

    func add(_ append: ConversationAppend, to conversation: Conversation) throws(ErrandError) {
        guard let row = try find(row: conversation) else { throw .notFound(.conversation) }
        for turn in append.turns {
            try runner.execute(
                """
                INSERT INTO conversation_turns (conversation, append_id, role, text, tool_calls, at, bytes)
                VALUES ($1, $2, $3, $4, $5, $6, $7)
                """,
                [
                    .integer(row), .id(append.id), .text(turn.speaker.rawValue), .text(turn.text),
                    .text(JSONValue.array(turn.toolCalls).text), .instant(turn.at), .count(turn.bytes),
                ]
            )
        }
        let kept = try runner.all(
            "SELECT row_id, bytes FROM conversation_turns WHERE conversation = $1 ORDER BY row_id DESC", [.integer(row)]
        ) { row throws(SQLError) in (place: try row.integer(), bytes: try row.count()) }
        let fallen = kept.dropFirst(Limits.turnsKept(kept.lazy.map(\.bytes)))
        guard let last = fallen.first else { return }
        try runner.execute(
            "DELETE FROM conversation_turns WHERE conversation = $1 AND row_id <= $2",
            [.integer(row), .integer(last.place)]
        )
    }

    func delete(_ id: ConversationID, of owner: UserID) throws(ErrandError) -> Bool {
        guard let row = try runner.ownerForChange(owner) else { return false }
        let sql = "DELETE FROM conversations WHERE owner = $1 AND id = $2"
        return try runner.execute(sql, [.integer(row), .id(id)]) == 1
    }

    func dropUnused(of owner: UserID, keeping count: Int) throws(ErrandError) {
        guard let row = try runner.ownerForChange(owner) else { return }
        // The first that goes, and all that come after it in the list.
        let sql = """
            SELECT updated_at, id FROM conversations WHERE owner = $1
            ORDER BY updated_at DESC, id DESC LIMIT 1 OFFSET $2
            """
        let first = try runner.first(sql, [.integer(row), .count(count)]) { row throws(SQLError) in
            ConversationPlace(updatedAt: try row.instant(), id: try row.id())
        }
        guard let first else { return }
        try runner.execute(
            "DELETE FROM conversations WHERE owner = $1 AND (updated_at, id) <= ($2, $3)",
            [.integer(row), .instant(first.updatedAt), .id(first.id)]
        )
    }

    func purge(before instant: Instant, limit: Int) throws(ErrandError) -> Int {
        try runner.execute(
            """
            DELETE FROM conversations WHERE row_id IN (
                SELECT row_id FROM conversations WHERE updated_at < $1 ORDER BY updated_at LIMIT $2
            )
            """,
            [.instant(instant), .count(limit)]
        )
    }

    private func find(row conversation: Conversation) throws(ErrandError) -> Int64? {
        guard let owner = try runner.owner(conversation.ownerID) else { return nil }
        let sql = "SELECT row_id FROM conversations WHERE owner = $1 AND id = $2"
        return try runner.first(sql, [.integer(owner), .id(conversation.id)]) { row throws(SQLError) in
            try row.integer()
        }
    }

    private static func decode(_ row: inout SQLRow, _ owner: UserID) throws(SQLError) -> Conversation {
        Conversation(
            id: try row.id(), ownerID: owner, title: try row.text(), createdAt: try row.instant(),
            updatedAt: try row.instant(), version: try row.integer()
        )
    }
}
