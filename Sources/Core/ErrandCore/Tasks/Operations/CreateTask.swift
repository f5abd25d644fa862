import CivilTime

/// Creates a task. With an id that the user already has, it is that task: nothing is written.
public struct CreateTask: Command {
    public struct Outcome: Sendable {
        public let task: TodoTask
        /// False when the task was there before.
        public let isNew: Bool
    }

    public let draft: TaskDraft
    public let requiredScope = Scope.writeTasks
    public let isShort = true

    public init(_ draft: TaskDraft) {
        self.draft = draft
    }

    public func execute(in context: CommandContext) throws(ErrandError) -> Outcome {
        if let id = draft.id, let existing = try context.transaction.tasks.find(.id(id), in: context.space) {
            guard !existing.isInTrash else { throw .conflict(.inTrash) }
            return Outcome(task: existing, isNew: false)
        }
        let zone = try context.user().settings.zone
        let task = try context.insert { number throws(ErrandError) in
            try newTask(number, in: zone, context)
        }
        return Outcome(task: task, isNew: true)
    }

    private func newTask(
        _ number: Int64, in zone: Zone, _ context: CommandContext
    ) throws(ErrandError) -> TodoTask {
        var task = TodoTask(
            id: draft.id ?? context.newID(), spaceID: context.space, number: number, title: draft.title,
            description: draft.description, priority: draft.priority, tags: draft.tags,
            due: draft.due?.resolved(in: zone), dueSpan: nil,
            completedAt: draft.isCompleted ? context.now : nil, deletedAt: nil, version: 1,
            createdAt: context.now, updatedAt: context.now
        )
        task.reminders = draft.reminders.map {
            Reminder(id: context.newID(), moment: $0.moment, repeatEvery: $0.repeatEvery)
        }
        if let recurrence = draft.recurrence { task = try context.start(recurrence, of: task) }
        try task.checkReminders()
        return task
    }
}
