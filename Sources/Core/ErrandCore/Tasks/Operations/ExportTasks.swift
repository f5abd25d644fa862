/// One slice of everything a user has, by task number, the trash included.
public struct ExportTasks: Query {
    public struct Answer: Sendable {
        public let user: User
        public let filters: [SavedFilter]
        public let tasks: [TodoTask]
        /// Where the next slice begins; nil after the last one.
        public let next: Int64?
    }

    public let after: Int64
    public let limit: Int
    public let requiredScope = Scope.readTasks

    public init(after: Int64, limit: Int) {
        self.after = after
        self.limit = limit
    }

    public func answer(in context: QueryContext) throws(ErrandError) -> Answer {
        // The account is part of what is handed out.
        guard context.principal.scopes.contains(.readAccount) else { throw .insufficientScope(.readAccount) }
        let tasks = try context.transaction.tasks.all(in: context.space, after: after, limit: limit)
        return Answer(
            user: try context.user(), filters: try context.transaction.savedFilters.all(of: context.member),
            tasks: tasks, next: tasks.count < limit ? nil : tasks.last?.number
        )
    }
}
