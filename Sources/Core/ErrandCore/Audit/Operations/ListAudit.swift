/// A page of the user's audit log, the newest entry first.
public struct ListAudit: Query {
    public struct Page: Sendable {
        public let entries: [SealedAuditEntry]
        public let nextCursor: String?

        public var json: JSONValue {
            ["items": .array(entries.map(\.json)), "next_cursor": JSONValue(text: nextCursor)]
        }
    }

    public let filter: AuditFilter
    public let cursor: String?
    public let limit: Int
    public let requiredScope = Scope.readTasks

    public init(_ filter: AuditFilter, cursor: String?, limit: Int) {
        self.filter = filter
        self.cursor = cursor
        self.limit = limit
    }

    /// - Throws: ``ErrandError/invalidCursor``.
    public func answer(in context: QueryContext) throws(ErrandError) -> Page {
        var before = Int64.max
        if let cursor {
            guard let number = Int64(cursor), number > 0 else { throw .invalidCursor }
            before = number
        }
        let found = try context.transaction.audit.newest(
            in: context.space, before: before, filter, limit: limit + 1
        )
        let entries = Array(found.prefix(limit))
        let isLast = found.count <= limit
        return Page(entries: entries, nextCursor: isLast ? nil : entries.last.map { String($0.entry.sequence) })
    }
}

/// A slice of the user's audit log, the oldest entry first: for export and verification.
public struct ReadAudit: Query {
    public let place: Int64
    public let limit: Int
    public let requiredScope = Scope.readTasks

    public init(after place: Int64, limit: Int) {
        self.place = place
        self.limit = limit
    }

    public func answer(in context: QueryContext) throws(ErrandError) -> [AuditRecord] {
        try context.transaction.audit.records(in: context.space, after: place, limit: limit)
    }
}
