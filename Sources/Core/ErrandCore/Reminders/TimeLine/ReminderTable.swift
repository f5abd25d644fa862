public import CivilTime

/// Reminders of all members of spaces on the time line. A reminder is one member's, whoever shares the task.
public protocol ReminderTable {
    func find(_ id: ReminderID, of member: UserID) throws(ErrandError) -> ReminderRow?
    /// Of one member and one task, snoozes included.
    func all(of task: TodoTask, for member: UserID) throws(ErrandError) -> [ReminderRow]
    /// Adds the rows of a task of which the member has none. When the next of them is due, the task's own row says
    /// already.
    func insert(_ rows: [ReminderRow], of task: TodoTask, for member: UserID) throws(ErrandError)
    /// Makes these the rows that the member has of the task. When the next of them is due, the task's own row says
    /// already.
    func replace(_ rows: [ReminderRow], of task: TodoTask, for member: UserID) throws(ErrandError)
    /// Rows whose time has come, the longest due first.
    func due(at instant: Instant, limit: Int) throws(ErrandError) -> [DueReminder]
    /// Moves a row on after it has fired, and its task's ``TodoTask/reminderAt`` with it.
    func markFired(_ row: ReminderRow, at instant: Instant, next: Instant?) throws(ErrandError)
    /// When the next of all rows fires.
    func nextInstant() throws(ErrandError) -> Instant?
}
