extension CommandContext {
    /// Makes `task` the first of a series, or gives its series another rule from here on.
    ///
    /// - Throws: as ``RecurrenceInput/start(due:replacing:_:at:)``.
    func start(_ input: RecurrenceInput, of task: TodoTask) throws(ErrandError) -> TodoTask {
        var task = task
        let start = try input.start(due: task.due, replacing: task.series?.recurrence, try user().settings, at: now)
        task.due = start.due
        var series =
            task.series.flatMap { $0.recurrence == nil ? nil : $0 }
            ?? TaskSeries(
                id: newID(), original: start.due.local, recurrence: start.recurrence, template: TaskTemplate(task),
                clock: start.clock
            )
        series.recurrence = start.recurrence
        series.clock = start.clock
        series.original = start.due.local
        series.template = TaskTemplate(task)
        task.series = series
        return task
    }

    /// Puts the successor that a completion brought into the trash, if nobody has touched it.
    func takeBackSuccessor(of task: TodoTask) throws(ErrandError) {
        guard let series = task.series else { return }
        for successor in try transaction.tasks.inSeries(series.id, in: space, limit: Limits.openPerSeriesMax)
        where successor.series?.predecessorID == task.id && successor.version == 1 && !successor.isInTrash {
            var back = successor
            back.deletedAt = now
            _ = try save(back, replacing: successor, as: .deleted)
        }
    }
}
