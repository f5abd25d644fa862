/// One page of the user's tasks.
public struct ListTasks: Query {
    public struct Answer: Sendable {
        public let tasks: [TodoTask]
        /// Leads to the next page; nil on the last one.
        public let nextCursor: String?
        /// Of all pages, when asked for.
        public let count: Int?

        public var json: JSONValue {
            var json: JSONObject = ["items": .array(tasks.map(\.json)), "next_cursor": JSONValue(text: nextCursor)]
            if let count { json.append("count", JSONValue(count)) }
            return .object(json)
        }
    }

    public let query: TaskQuery
    public let requiredScope = Scope.readTasks

    public init(_ query: TaskQuery) {
        self.query = query
    }

    public func answer(in context: QueryContext) throws(ErrandError) -> Answer {
        let fingerprint = query.fingerprint
        var after: PagePosition?
        if let cursor = query.cursor { after = try ListCursor(cursor, fingerprint: fingerprint).position }
        let filter = try query.filter(for: try context.user().settings, now: context.now)
        let request = PageRequest(order: query.order, after: after, limit: query.limit)
        let page = try context.transaction.tasks.page(request, of: filter, in: context.space)
        return Answer(
            tasks: page.tasks,
            nextCursor: page.end.map { ListCursor(position: $0, fingerprint: fingerprint).text },
            count: query.wantsCount ? try context.transaction.tasks.count(filter, in: context.space) : nil
        )
    }
}
