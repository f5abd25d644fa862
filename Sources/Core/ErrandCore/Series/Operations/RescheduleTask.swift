import TaskLanguage

/// Moves one task, keeping its rule: the next occurrence is due when it would have been anyway.
public struct RescheduleTask: Command {
    public let target: TaskTarget
    public let form: RescheduleForm
    public let requiredScope = Scope.writeTasks

    public init(_ target: TaskTarget, to form: RescheduleForm) {
        self.target = target
        self.form = form
    }

    public func execute(in context: CommandContext) throws(ErrandError) -> TodoTask {
        let before = try context.task(target)
        if before.isCompleted { throw .conflict(.alreadyCompleted) }
        return try EditTask(target, TaskEdit(due: .set(try form.input(in: context)), scope: .this)).execute(in: context)
    }
}

extension RescheduleForm {
    /// - Throws: ``ErrandError/invalid(_:)`` when the words are not understood.
    fileprivate func input(in context: CommandContext) throws(ErrandError) -> DueInput {
        switch self {
        case .due(let input): return input
        case .text(let text):
            let settings = try context.user().settings
            guard let due = DateWords.parse(text, in: settings.language(at: context.now)) else {
                throw .invalid("/text", .invalidValue, "Is not understood as a date.")
            }
            return .due(due.due)
        }
    }
}
