public import CivilTime

/// One reminder on the time line: derived from a task's ``Reminder`` in the transaction of every change that moves
/// it, or a snooze of one.
public struct ReminderRow: Hashable, Sendable {
    public let id: ReminderID
    public let taskID: TaskID
    /// Who is reminded.
    public let memberID: UserID
    /// The reminder whose firing was snoozed; nil for a reminder of the task itself.
    public let snoozeOf: ReminderID?
    /// What the reminder says, quiet hours aside. When this moves, it is another moment and fires anew.
    public let base: Instant
    /// When it fires next; nil when it has done its work.
    public let nextAt: Instant?
    public let repeatEvery: CalendarSpan?
    public let lastFiredAt: Instant?
    /// How often it has fired at this moment and its repetitions.
    public let firings: Int

    public init(
        id: ReminderID, taskID: TaskID, memberID: UserID, snoozeOf: ReminderID?, base: Instant, nextAt: Instant?,
        repeatEvery: CalendarSpan?, lastFiredAt: Instant?, firings: Int = 0
    ) {
        self.id = id
        self.taskID = taskID
        self.memberID = memberID
        self.snoozeOf = snoozeOf
        self.base = base
        self.nextAt = nextAt
        self.repeatEvery = repeatEvery
        self.lastFiredAt = lastFiredAt
        self.firings = firings
    }
}

/// A row whose time has come, with what its event says.
public struct DueReminder: Hashable, Sendable {
    public let row: ReminderRow
    public let title: String
    /// Start of the task's due date.
    public let dueAt: Instant?

    public init(row: ReminderRow, title: String, dueAt: Instant?) {
        self.row = row
        self.title = title
        self.dueAt = dueAt
    }
}
