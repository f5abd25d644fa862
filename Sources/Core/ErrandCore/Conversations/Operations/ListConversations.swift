import CivilTime

/// A page of the user's conversations, the last used first.
public struct ListConversations: ConversationOperation {
    public struct Page: Sendable {
        public let conversations: [Conversation]
        public let nextCursor: String?

        public var json: JSONValue {
            ["items": .array(conversations.map(\.json)), "next_cursor": JSONValue(text: nextCursor)]
        }
    }

    public let cursor: String?
    /// Within ``Limits/pageSize``.
    public let limit: Int
    public let requiredScope = Scope.readTasks

    public init(cursor: String?, limit: Int) {
        self.cursor = cursor
        self.limit = limit
    }

    /// Reads `limit` and `cursor`.
    ///
    /// - Throws: ``ErrandError/invalid(_:)`` naming every broken field.
    public init(_ source: FieldSource) throws(ErrandError) {
        var reader = FieldReader(source)
        let page = reader.page()
        try reader.finish()
        self.init(cursor: page.cursor, limit: page.limit)
    }

    /// - Throws: ``ErrandError/invalidCursor``; ``ErrandError/unavailable``.
    public func perform(in store: any ConversationStore, of user: UserID) async throws(ErrandError) -> Page {
        var after: ConversationPlace?
        if let cursor { after = try ConversationPlace(cursor: cursor) }
        let page = try await store.page(of: user, after: after, limit: limit)
        return Page(conversations: page.conversations, nextCursor: page.end?.cursor)
    }
}

extension ConversationPlace {
    private static let cursorKind: JSONValue = "conversations"

    /// As clients carry it: Base64url of a small JSON list.
    var cursor: String {
        let values: JSONValue = [Self.cursorKind, .integer(updatedAt.milliseconds), .string(id.description)]
        return Base64URL.encode(values.serialized())
    }

    /// - Throws: ``ErrandError/invalidCursor``.
    init(cursor: String) throws(ErrandError) {
        guard cursor.utf8.count <= 256, let bytes = Base64URL.decode(cursor),
            let values = (try? JSONValue.parse(bytes))?.array, values.count == 3, values[0] == Self.cursorKind,
            let milliseconds = values[1].integer, let id = values[2].string.flatMap({ ConversationID($0) })
        else { throw .invalidCursor }
        self.init(updatedAt: Instant(milliseconds: milliseconds), id: id)
    }
}
