import CivilTime
import TaskLanguage

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
            case .words(let text): try instant(of: text, in: context)
            }
        if let place = form.place, moment <= context.now || moment > context.now + Limits.snooze.upperBound {
            throw .invalid(place, .outOfRange, "Must lie in the future, by P31D at most.")
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

    /// In the user's language and day parts.
    private func instant(of text: String, in context: CommandContext) throws(ErrandError) -> Instant {
        let settings = try context.user().settings
        guard let due = DateWords.parse(text, in: settings.language(at: context.now)) else {
            throw .invalid("/text", .invalidValue, "Is not understood as a time.")
        }
        return (due.zone ?? settings.zone).instant(of: due.date, at: due.time ?? settings.dayParts.morning)
    }
}

extension SnoozeForm {
    /// The field that says until when; nil where it says how long.
    fileprivate var place: String? {
        switch self {
        case .length: nil
        case .until: "/until"
        case .words: "/text"
        }
    }
}
