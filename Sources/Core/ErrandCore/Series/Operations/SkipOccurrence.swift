import CivilTime

/// Leaves out one occurrence: the task moves on to the next date of its rule and stays open.
public struct SkipOccurrence: Command {
    public let target: TaskTarget
    public let requiredScope = Scope.writeTasks

    public init(_ target: TaskTarget) {
        self.target = target
    }

    /// - Throws: `notRecurring`; `alreadyCompleted`; `lastOccurrence` when there is no next date.
    public func execute(in context: CommandContext) throws(ErrandError) -> TodoTask {
        let before = try context.task(target)
        guard var series = before.series, let recurrence = series.recurrence else { throw .conflict(.notRecurring) }
        if before.isCompleted { throw .conflict(.alreadyCompleted) }
        guard let next = series.following(try context.user().settings) else { throw .conflict(.lastOccurrence) }
        var task = before
        let left = series.clock == .date ? .day(series.original.date) : TaskRecurrence.Exception.time(series.original)
        series.original = next.original
        series.index = next.index
        if recurrence.exceptions.count < Limits.exceptionsPerSeriesMax, recurrence.anchor == .schedule {
            series.recurrence?.exceptions.append(left)
        }
        task.series = series
        task.due = series.clock.due(at: next.original)
        return try context.save(task, replacing: before, as: .skipped)
    }
}
