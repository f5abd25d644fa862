/// A page of the inbox, the newest first, and how much of the inbox is unread.
public struct ListNotifications: Query {
    public struct Page: Sendable {
        public let notifications: [Notification]
        public let nextCursor: String?
        public let unread: Int

        public var json: JSONValue {
            [
                "items": .array(notifications.map(\.json)), "next_cursor": JSONValue(text: nextCursor),
                "unread": JSONValue(unread),
            ]
        }
    }

    public let unreadOnly: Bool
    public let cursor: String?
    public let limit: Int
    public let requiredScope = Scope.readTasks

    public init(unreadOnly: Bool, cursor: String?, limit: Int) {
        self.unreadOnly = unreadOnly
        self.cursor = cursor
        self.limit = limit
    }

    /// Reads `status`, `limit` and `cursor`.
    ///
    /// - Throws: ``ErrandError/invalid(_:)`` naming every broken field.
    public init(_ source: FieldSource) throws(ErrandError) {
        var reader = FieldReader(source)
        let unreadOnly = reader.parsed("status", expected: "all or unread") { ["all": false, "unread": true][$0] }
        let page = reader.page()
        try reader.finish()
        self.init(unreadOnly: unreadOnly ?? false, cursor: page.cursor, limit: page.limit)
    }

    /// - Throws: ``ErrandError/invalidCursor``.
    public func answer(in context: QueryContext) throws(ErrandError) -> Page {
        let table = context.transaction.notifications
        let after = cursor.map { NotificationID($0) }
        if let after, after == nil { throw .invalidCursor }
        let found = try table.page(
            of: context.member, unreadOnly: unreadOnly, after: after ?? nil, limit: limit + 1
        )
        let items = Array(found.prefix(limit))
        return Page(
            notifications: items, nextCursor: found.count > limit ? items.last?.id.description : nil,
            unread: try table.unreadCount(of: context.member)
        )
    }
}
