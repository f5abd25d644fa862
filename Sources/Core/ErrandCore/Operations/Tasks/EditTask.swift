/// Changes fields of a task. An edit that completes or reopens it besides does that as a step of its own,
/// so that one completion is exactly one `task.completed`.
public struct EditTask: Command {
    public let target: TaskTarget
    public let edit: TaskEdit
    public let requiredScope = Scope.writeTasks

    public init(_ target: TaskTarget, _ edit: TaskEdit) {
        self.target = target
        self.edit = edit
    }

    public func execute(in context: CommandContext) throws(ErrandError) -> TodoTask {
        let before = try context.task(target)
        let edited = try context.save(try apply(to: before, in: context), replacing: before, as: .updated)
        switch edit.completes {
        case true?: return try CompleteTask(edited.anyVersion).execute(in: context)
        case false?: return try ReopenTask(edited.anyVersion).execute(in: context)
        case nil: return edited
        }
    }

    private func apply(to before: TodoTask, in context: CommandContext) throws(ErrandError) -> TodoTask {
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
        switch edit.due {
        case .keep: break
        case .clear: task.due = nil
        case .set(let input): task.due = input.resolved(in: try context.user().settings.zone)
        }
        return task
    }
}

extension TodoTask {
    /// This task as a target for a further step of the same command.
    var anyVersion: TaskTarget { TaskTarget(.id(id)) }
}
