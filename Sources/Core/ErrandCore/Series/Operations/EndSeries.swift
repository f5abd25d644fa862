/// Ends a series: the task stays, nothing follows it.
public struct EndSeries: Command {
    public let target: TaskTarget
    public let requiredScope = Scope.writeTasks

    public init(_ target: TaskTarget) {
        self.target = target
    }

    public func execute(in context: CommandContext) throws(ErrandError) -> TodoTask {
        let before = try context.task(target)
        guard before.recurs else { throw .conflict(.notRecurring) }
        var task = before
        task.series?.recurrence = nil
        return try context.save(task, replacing: before, as: .updated)
    }
}
