import CivilTime

/// What a user can do with the conversations that are kept, for every door.
///
/// Not among the ``Operations``: conversations need not be in the ``Store``, so there is no transaction to share.
public struct Conversations: Sendable {
    /// A page of a user's list, the last used first.
    public struct List: Sendable {
        public let conversations: [Conversation]
        public let nextCursor: String?

        public var json: JSONValue {
            ["items": .array(conversations.map(\.json)), "next_cursor": JSONValue(text: nextCursor)]
        }
    }

    private let store: any ConversationStore

    public init(store: any ConversationStore) {
        self.store = store
    }

    /// - Parameter limit: within ``Limits/pageSize``.
    /// - Throws: ``ErrandError/invalidCursor``; ``ErrandError/unavailable``.
    public func list(cursor: String?, limit: Int, as principal: Principal) async throws(ErrandError) -> List {
        try check(.readTasks, of: principal)
        var after: ConversationPlace?
        if let cursor { after = try ConversationPlace(cursor: cursor) }
        let page = try await store.page(of: principal.userID, after: after, limit: limit)
        return List(conversations: page.conversations, nextCursor: page.end?.cursor)
    }

    /// - Throws: ``ErrandError/notFound(_:)``; ``ErrandError/unavailable``.
    public func read(_ id: ConversationID, as principal: Principal) async throws(ErrandError) -> Transcript {
        try check(.readTasks, of: principal)
        return try await store.transcript(id, of: principal.userID)
    }

    /// Removes a conversation with all that was said in it. One that is gone already is no error.
    ///
    /// - Throws: ``ErrandError/notFound(_:)`` when it is another user's; ``ErrandError/unavailable``.
    public func delete(_ id: ConversationID, as principal: Principal) async throws(ErrandError) {
        try check(.writeTasks, of: principal)
        try await store.delete(id, of: principal.userID)
    }

    private func check(_ scope: Scope, of principal: Principal) throws(ErrandError) {
        guard principal.scopes.contains(scope) else { throw .insufficientScope(scope) }
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
