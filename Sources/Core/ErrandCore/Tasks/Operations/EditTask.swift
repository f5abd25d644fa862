/// Changes fields of a task. An edit that completes or reopens it besides does that as a step of its own,
/// so that one completion is exactly one `task.completed`.
public struct EditTask: Command {
    public let target: TaskTarget
    public let edit: TaskEdit
    public let requiredScope = Scope.writeTasks
    public var isShort: Bool { edit.scope != .all }

    public init(_ target: TaskTarget, _ edit: TaskEdit) {
        self.target = target
        self.edit = edit
    }

    public func execute(in context: CommandContext) throws(ErrandError) -> TodoTask {
        let before = try context.task(target)
        let edited = try context.save(try apply(to: before, in: context), replacing: before, as: .updated)
        if edit.scope == .all, let series = before.series { try editOthers(series, edited.id, in: context) }
        switch edit.completes {
        case true?: return try CompleteTask(edited.anyVersion).execute(in: context)
        case false?: return try ReopenTask(edited.anyVersion).execute(in: context)
        case nil: return edited
        }
    }

    private func apply(to before: TodoTask, in context: CommandContext) throws(ErrandError) -> TodoTask {
        var task = try applyText(to: before)
        switch edit.due {
        case .keep: break
        case .clear: task.due = nil
        case .set(let input): task.due = input.resolved(in: try context.user().settings.zone)
        }
        if let reminders = edit.reminders { task.setReminders(reminders, context) }
        if edit.scope != .this { task.changeTemplate(since: before) }
        if edit.scope == .following || edit.scope == .all, task.due != before.due {
            try task.moveSeries()
        }
        switch edit.recurrence {
        case .keep: break
        case .clear: task.series?.recurrence = nil
        case .set(let input): task = try context.start(input, of: task)
        }
        if edit.reminders != nil { try task.checkReminders() }
        return task
    }

    private func applyText(to before: TodoTask) throws(ErrandError) -> TodoTask {
        var task = before
        task.title = edit.title ?? task.title
        task.description = edit.description ?? task.description
        task.priority = edit.priority ?? task.priority
        switch edit.tags {
        case .replace(let tags)?: task.tags = tags
        case .change(let added, let removed)?:
            task.tags = (task.tags + added).filter { !removed.contains($0) }.withoutRepeats
        case nil: break
        }
        if task.tags.count > Limits.tagsPerTaskMax {
            throw .invalid("/add", .tooMany, "A task can have at most \(Limits.tagsPerTaskMax) tags.")
        }
        return task
    }

    /// Text, priority and tags of the other tasks of the series; their dates are their own.
    private func editOthers(_ series: TaskSeries, _ id: TaskID, in context: CommandContext) throws(ErrandError) {
        let tasks = try context.transaction.tasks.inSeries(
            series.id, in: context.space, limit: Limits.tasksPerSeriesEditMax
        )
        for before in tasks where before.id != id && !before.isInTrash {
            var task = try applyText(to: before)
            task.changeTemplate(since: before)
            _ = try context.save(task, replacing: before, as: .updated)
        }
    }
}

extension TodoTask {
    /// This task as a target for a further step of the same command.
    var anyVersion: TaskTarget { TaskTarget(.id(id)) }

    /// Replaces the reminders; those that stay as they are keep their ids, and so what has fired.
    mutating func setReminders(_ inputs: [ReminderInput], _ context: CommandContext) {
        let before = reminders
        reminders = inputs.map { input in
            let kept = before.first { $0.moment == input.moment && $0.repeatEvery == input.repeatEvery }
            return kept ?? Reminder(id: context.newID(), moment: input.moment, repeatEvery: input.repeatEvery)
        }
    }

    /// - Throws: ``ErrandError/invalid(_:)`` when a reminder counts from a due date that is not there.
    func checkReminders() throws(ErrandError) {
        guard due == nil else { return }
        for (index, reminder) in reminders.enumerated() {
            if case .at = reminder.moment { continue }
            let detail = "Counts from the due date, and the task has none."
            throw .invalid("/reminders/\(index)", .invalidValue, detail)
        }
    }

    /// What was changed holds for the occurrences that follow too.
    mutating func changeTemplate(since before: TodoTask) {
        guard var changed = series else { return }
        changed.template.follow(self, since: before)
        series = changed
    }

    /// The series goes on from where this task is due now.
    fileprivate mutating func moveSeries() throws(ErrandError) {
        guard let due, series?.recurrence != nil else { return }
        series?.clock = DueClock(due)
        series?.original = due.local
        series?.recurrence?.move(to: due.local)
    }
}

extension TaskTemplate {
    /// Takes over what has changed from one state of a task to the next.
    fileprivate mutating func follow(_ task: TodoTask, since before: TodoTask) {
        for field in TaskField.all { field.template?.follow(&self, task, before) }
    }
}
