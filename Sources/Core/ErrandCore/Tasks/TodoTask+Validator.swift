extension TodoTask {
    /// The state of this task, what was derived included.
    public var validator: TaskValidator {
        TaskValidator(version: version, instants: [dueSpan?.start, dueSpan?.overdue, reminderAt])
    }
}
