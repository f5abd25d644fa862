import CivilTime

/// One page of the user's tasks.
public struct ListTasks: Query {
    public struct Answer: Sendable {
        public let tasks: [TodoTask]
        /// Leads to the next page; nil on the last one.
        public let nextCursor: String?
        /// Of all pages, when asked for.
        public let count: Int?

        package init(tasks: [TodoTask], nextCursor: String?, count: Int?) {
            self.tasks = tasks
            self.nextCursor = nextCursor
            self.count = count
        }

        public var json: JSONValue {
            var json: JSONObject = ["items": .array(tasks.map(\.json)), "next_cursor": JSONValue(text: nextCursor)]
            if let count { json.append("count", JSONValue(count)) }
            return .object(json)
        }

        /// ``json`` as text.
        public func serialized() -> [UInt8] {
            // A task takes some 700 bytes.
            var text = JSONText(capacity: 256 + tasks.count * 768)
            text.object { page in
                page.append("items") { items in
                    for task in tasks { items.object { task.write(to: &$0) } }
                }
                page.append("next_cursor", text: nextCursor)
                if let count { page.append("count", number: Int64(count)) }
            }
            return text.bytes
        }
    }

    public let query: TaskQuery
    public let requiredScope = Scope.readTasks
    public let isSameForEveryCredential = true

    public init(_ query: TaskQuery) {
        self.query = query
    }

    /// None where the moment decides, which a task may pass without a change: with "overdue", and in the trash, which
    /// what is old leaves by itself. Where the day decides, the day is a part of it.
    public func validator(in context: QueryContext) throws(ErrandError) -> AnswerValidator? {
        if query.inTrash || query.due == .overdue { return nil }
        var parts = [query.fingerprint, query.cursor ?? "", "\(query.limit)", "\(query.wantsCount)"]
        if query.isPlacedByUser {
            let filter = try query.filter(for: try context.user().settings, now: context.now)
            if filter.expression?.asksForMoment ?? false { return nil }
            parts += [String(describing: filter.due), filter.expression.map { String(describing: $0) } ?? ""]
        }
        return try context.validator(parts)
    }

    public func answer(in context: QueryContext) throws(ErrandError) -> Answer {
        let fingerprint = query.fingerprint
        var after: PagePosition?
        if let cursor = query.cursor { after = try ListCursor(cursor, fingerprint: fingerprint).position }
        let filter = try query.filter(for: try settings(in: context), now: context.now)
        let request = PageRequest(order: query.order, after: after, limit: query.limit)
        let page = try context.transaction.tasks.page(request, of: filter, in: context.space)
        return Answer(
            tasks: page.tasks,
            nextCursor: page.end.map { ListCursor(position: $0, fingerprint: fingerprint).text },
            count: query.wantsCount ? try context.transaction.tasks.count(filter, in: context.space) : nil
        )
    }

    /// The user's settings, where they say what the query means; else it is enough that there is such a user.
    private func settings(in context: QueryContext) throws(ErrandError) -> UserSettings {
        if query.isPlacedByUser { return try context.user().settings }
        guard try context.transaction.accounts.exists(context.member) else { throw .unauthenticated }
        return .standard(in: .utc)
    }
}
