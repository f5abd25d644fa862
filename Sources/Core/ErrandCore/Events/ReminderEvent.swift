public import CivilTime

/// `reminder.trigger`: it is time to remind a user of a task. Goes into the outbox in the transaction that moves the
/// reminder on, under an id that follows from reminder and moment: one firing is one event.
public struct ReminderEvent: Hashable, Sendable {
    public let id: EventID
    public let reminder: DueReminder
    /// When it was meant to fire.
    public let remindAt: Instant
    public let occurredAt: Instant
    public let changeNumber: ChangeNumber

    public init(_ reminder: DueReminder, remindAt: Instant, occurredAt: Instant, changeNumber: ChangeNumber) {
        id = EventID(.derived(from: reminder.row.id.value, Int(remindAt.milliseconds)))
        self.reminder = reminder
        self.remindAt = remindAt
        self.occurredAt = occurredAt
        self.changeNumber = changeNumber
    }

    /// More than ``Limits/reminderLateness`` after its time: the server was down, or behind.
    public var isLate: Bool { occurredAt > remindAt + Limits.reminderLateness }

    /// As the outbox takes it: about the task that it reminds of.
    public var event: Event {
        let row = reminder.row
        var data = Event.head(
            id: id, type: .reminderTrigger, space: row.memberID.personalSpace, userID: row.memberID,
            occurredAt: occurredAt
        )
        data.append("actor", Principal.Actor.clock.json(via: nil))
        data.append(
            "payload",
            [
                "reminder_id": .string(row.id.description),
                "task_id": .string(row.taskID.description),
                "title": .string(reminder.title),
                "due_at": JSONValue(text: reminder.dueAt?.description),
                "remind_at": .string(remindAt.description),
                "late": .bool(isLate),
            ]
        )
        return Event(
            id: id, type: .reminderTrigger, space: row.memberID.personalSpace, subject: .task(row.taskID),
            userID: row.memberID, occurredAt: occurredAt, correlation: .none, data: JSONValue.object(data).text
        )
    }
}
