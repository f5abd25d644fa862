/// Marks a task as done. Done before, it stays as it is.
public struct CompleteTask: Command {
    public let target: TaskTarget
    public let requiredScope = Scope.writeTasks
    public let isShort = true

    public init(_ target: TaskTarget) {
        self.target = target
    }

    public func execute(in context: CommandContext) throws(ErrandError) -> TodoTask {
        let before = try context.task(target)
        if before.isCompleted { return before }
        var task = before
        task.completedAt = context.now
        return try context.save(task, replacing: before, as: .completed)
    }
}
