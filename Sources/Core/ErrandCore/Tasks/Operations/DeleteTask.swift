/// Puts a task into the trash, from where it can be restored for ``Limits/trashLifetime``.
public struct DeleteTask: Command {
    public let target: TaskTarget
    public let requiredScope = Scope.writeTasks
    public let isShort = true

    public init(_ target: TaskTarget) {
        self.target = target
    }

    public func execute(in context: CommandContext) throws(ErrandError) -> TodoTask {
        let before = try context.task(target)
        var task = before
        task.deletedAt = context.now
        return try context.save(task, replacing: before, as: .deleted)
    }
}
