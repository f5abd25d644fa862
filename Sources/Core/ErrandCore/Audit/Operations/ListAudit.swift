import CivilTime

/// A page of the user's audit log, the newest entry first.
public struct ListAudit: Query {
    public struct Page: Sendable {
        public let entries: [SealedAuditEntry]
        public let nextCursor: String?

        public var json: JSONValue {
            ["items": .array(entries.map(\.json)), "next_cursor": JSONValue(text: nextCursor)]
        }
    }

    public let taskID: TaskID?
    /// An event type: `task.updated`, say.
    public let action: String?
    public let from: TimeBound?
    public let to: TimeBound?
    public let cursor: String?
    public let limit: Int
    public let requiredScope = Scope.readTasks

    /// Reads `task_id`, `action`, `from`, `to`, `limit` and `cursor`.
    ///
    /// - Throws: ``ErrandError/invalid(_:)`` naming every broken field.
    public init(_ source: FieldSource) throws(ErrandError) {
        var reader = FieldReader(source)
        taskID = reader.parsed("task_id", expected: "the id of a task") { TaskID($0) }
        action = reader.parsed("action", expected: "an event type, task.updated say") { action in
            EventTypes.row(of: EventType(action))?.type.name
        }
        from = reader.timeBound("from")
        to = reader.timeBound("to")
        let page = reader.page()
        (cursor, limit) = (page.cursor, page.limit)
        try reader.finish()
    }

    /// - Throws: ``ErrandError/invalidCursor``.
    public func answer(in context: QueryContext) throws(ErrandError) -> Page {
        var before = Int64.max
        if let cursor {
            guard let number = Int64(cursor), number > 0 else { throw .invalidCursor }
            before = number
        }
        let filter = try filter(in: context)
        let found = try context.transaction.audit.newest(
            in: context.space, before: before, filter, limit: limit + 1
        )
        let entries = Array(found.prefix(limit))
        let isLast = found.count <= limit
        return Page(entries: entries, nextCursor: isLast ? nil : entries.last.map { String($0.entry.sequence) })
    }

    /// The user is asked for only where a day needs a zone.
    private func filter(in context: QueryContext) throws(ErrandError) -> AuditFilter {
        var filter = AuditFilter(taskID: taskID, action: action)
        guard from != nil || to != nil else { return filter }
        let zone = try context.user().settings.zone
        filter.from = from?.start(in: zone)
        filter.to = to?.end(in: zone)
        return filter
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
