/// One task of the user, unless it is in the trash.
public struct ReadTask: Query {
    public let reference: TaskReference
    public let requiredScope = Scope.readTasks

    public init(_ reference: TaskReference) {
        self.reference = reference
    }

    public func answer(in context: QueryContext) throws(ErrandError) -> TodoTask {
        try context.task(reference)
    }
}
