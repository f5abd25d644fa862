import CivilTime

/// Reminds once more of a firing, later. Asked again for the same firing, it moves that one. A change of the task, with
/// version, event and undo.
public struct SnoozeReminder: Command {
    public struct Outcome: Hashable, Sendable {
        public let row: ReminderRow
        public let task: TodoTask

        public var json: JSONValue {
            [
                "id": .string(row.id.description), "task_id": .string(row.taskID.description),
                "parent_id": JSONValue(text: row.snoozeOf?.description),
                "remind_at": JSONValue(text: row.nextAt?.description),
            ]
        }
    }

    public let id: ReminderID
    public let form: SnoozeForm
    public let requiredScope = Scope.writeTasks

    public init(_ id: ReminderID, _ form: SnoozeForm) {
        self.id = id
        self.form = form
    }

    /// - Throws: `notFound` for a reminder that is not there, `notFired` for one that has not fired yet.
    public func execute(in context: CommandContext) throws(ErrandError) -> Outcome {
        guard let fired = try context.transaction.reminders.find(id, of: context.member) else {
            throw .notFound(.reminder)
        }
        let task = try context.task(TaskTarget(.id(fired.taskID)))
        guard let firedAt = fired.lastFiredAt else { throw .conflict(.notFired) }
        let root = fired.snoozeOf ?? fired.id
        let moment =
            switch form {
            case .length(let span): try context.user().settings.zone.instant(span, after: context.now)
            case .until(let instant): instant
            }
        if case .until = form, moment <= context.now || moment > context.now + Limits.snooze.upperBound {
            throw .invalid("/until", .outOfRange, "Must lie in the future, by P31D at most.")
        }
        let snooze = Snooze(
            id: ReminderID(.derived(from: root.value, Int(firedAt.milliseconds))), of: root, at: moment
        )
        let others = try context.transaction.reminders.all(of: task, for: context.member).snoozes.filter {
            $0.id != snooze.id
        }
        let saved = try context.save(others + [snooze], of: task)
        return Outcome(row: snooze.row(of: saved, for: context.member), task: saved)
    }
}
