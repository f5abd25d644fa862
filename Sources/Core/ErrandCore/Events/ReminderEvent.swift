public import CivilTime

/// `reminder.trigger`: it is time to remind a user of a task. Goes into the outbox in the transaction that moves the
/// reminder on, under an id that follows from reminder and moment: one firing is one event.
public struct ReminderEvent: Hashable, Sendable {
    public static let kind = "reminder.trigger"

    public let id: EventID
    public let reminder: DueReminder
    /// When it was meant to fire.
    public let remindAt: Instant
    public let occurredAt: Instant
    public let cursor: Int64

    public init(_ reminder: DueReminder, remindAt: Instant, occurredAt: Instant, cursor: Int64) {
        id = EventID(.derived(from: reminder.row.id.value, Int(remindAt.milliseconds)))
        self.reminder = reminder
        self.remindAt = remindAt
        self.occurredAt = occurredAt
        self.cursor = cursor
    }

    /// More than ``Limits/reminderLateness`` after its time: the server was down, or behind.
    public var isLate: Bool { occurredAt > remindAt + Limits.reminderLateness }

    /// The CloudEvents `data` of topic `reminders`.
    public var json: JSONValue {
        [
            "event_id": .string(id.description),
            "event_type": .string(ReminderEvent.kind),
            "user_id": .string(reminder.row.memberID.description),
            "timestamp": .string(occurredAt.description),
            "actor": Principal.Actor.clock.json,
            "payload": [
                "reminder_id": .string(reminder.row.id.description),
                "task_id": .string(reminder.row.taskID.description),
                "title": .string(reminder.title),
                "due_at": JSONValue(text: reminder.dueAt?.description),
                "remind_at": .string(remindAt.description),
                "late": .bool(isLate),
            ],
        ]
    }
}
