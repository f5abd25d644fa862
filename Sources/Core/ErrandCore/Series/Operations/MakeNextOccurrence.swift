import CivilTime

/// Makes the occurrence that follows a completed one. What the recurring-task-service does on `task.completed`.
///
/// Doing it again makes no second task: the id follows from the series and the date that the rule says.
public struct MakeNextOccurrence: Command {
    public let completed: TaskID
    public let requiredScope = Scope.writeTasks

    public init(after completed: TaskID) {
        self.completed = completed
    }

    /// - Returns: the next occurrence; nil when there is none to make: the task was reopened or deleted meanwhile,
    ///   the series is over, or it goes on already.
    public func execute(in context: CommandContext) throws(ErrandError) -> TodoTask? {
        guard let task = try context.transaction.tasks.find(.id(completed), in: context.space), !task.isInTrash,
            let completedAt = task.completedAt, let series = task.series,
            let next = series.next(completedAt: completedAt, try context.user().settings)
        else { return nil }
        let others = try context.transaction.tasks.inSeries(
            series.id, in: context.space, limit: Limits.openPerSeriesMax
        )
        let goesOn = others.contains { other in
            other.id != task.id && !other.isCompleted && !other.isInTrash
        }
        if goesOn { return nil }
        let id = series.occurrenceID(next.original)
        if let existing = try context.transaction.tasks.find(.id(id), in: context.space) {
            return existing.isInTrash ? try takeUp(existing, task, series, next, in: context) : nil
        }
        let made = try context.insert { number throws(ErrandError) in
            let blank = TodoTask(
                id: id, spaceID: context.space, number: number, title: series.template.title, description: "",
                priority: series.template.priority, tags: [], due: nil, dueSpan: nil, completedAt: nil, deletedAt: nil,
                version: 1, createdAt: context.now, updatedAt: context.now
            )
            return fill(blank, from: task, series, next, in: context)
        }
        try context.carryCalendarObject(from: task, to: made)
        return made
    }

    /// The occurrence was made before and taken back by a reopening.
    private func takeUp(
        _ existing: TodoTask, _ parent: TodoTask, _ series: TaskSeries, _ next: NextOccurrence,
        in context: CommandContext
    ) throws(ErrandError) -> TodoTask {
        var task = fill(existing, from: parent, series, next, in: context)
        task.deletedAt = nil
        task.completedAt = nil
        return try context.save(task, replacing: existing, as: .restored)
    }

    private func fill(
        _ task: TodoTask, from parent: TodoTask, _ series: TaskSeries, _ next: NextOccurrence,
        in context: CommandContext
    ) -> TodoTask {
        var (task, link) = (task, series)
        link.predecessorID = parent.id
        link.original = next.original
        link.index = next.index
        link.recurrence = next.recurrence
        task.title = series.template.title
        task.description = series.template.description
        task.priority = series.template.priority
        task.tags = series.template.tags
        task.due = series.clock.due(at: next.original)
        // An absolute moment belongs to the occurrence it was set for.
        task.reminders = series.template.reminders.compactMap {
            if case .at = $0.moment { nil } else { $0.withID(context.newID()) }
        }
        task.series = link
        // It stands where the one before it stood.
        task.position = parent.position
        return task
    }
}
