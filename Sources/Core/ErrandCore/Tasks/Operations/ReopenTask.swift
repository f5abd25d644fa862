/// Makes a completed task pending again. Pending before, it stays as it is.
public struct ReopenTask: Command {
    public let target: TaskTarget
    public let requiredScope = Scope.writeTasks
    public let isShort = true

    public init(_ target: TaskTarget) {
        self.target = target
    }

    public func execute(in context: CommandContext) throws(ErrandError) -> TodoTask {
        let before = try context.task(target)
        var task = before
        task.completedAt = nil
        return try context.save(task, replacing: before, as: .reopened)
    }
}
