/// Takes a task out of the trash. Not in the trash, it stays as it is.
public struct RestoreTask: Command {
    public let target: TaskTarget
    public let requiredScope = Scope.writeTasks
    public let isShort = true

    public init(_ target: TaskTarget) {
        self.target = target
    }

    public func execute(in context: CommandContext) throws(ErrandError) -> TodoTask {
        guard let before = try context.transaction.tasks.find(target.reference, in: context.space) else {
            throw .notFound(.task)
        }
        try target.check(before)
        var task = before
        task.deletedAt = nil
        return try context.save(task, replacing: before, as: .restored)
    }
}
