/// The user's tags with how often each is used.
public struct ListTags: Query {
    public let requiredScope = Scope.readTasks
    public let isSameForEveryCredential = true

    public init() {}

    public func answer(in context: QueryContext) throws(ErrandError) -> [TagCount] {
        try context.transaction.tags.counts(in: context.space)
    }

    public func validator(in context: QueryContext) throws(ErrandError) -> AnswerValidator? {
        try context.validator(["tags"])
    }
}
