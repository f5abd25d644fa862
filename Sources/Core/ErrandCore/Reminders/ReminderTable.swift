public import CivilTime

/// Reminders of all users on the time line.
public protocol ReminderTable {
    func find(_ id: ReminderID, of owner: UserID) throws(ErrandError) -> ReminderRow?
    /// Of one task, snoozes included.
    func all(of task: TodoTask) throws(ErrandError) -> [ReminderRow]
    /// Adds the rows of a task that has none. When the next of them is due, the task's own row says already.
    func insert(_ rows: [ReminderRow], of task: TodoTask) throws(ErrandError)
    /// Makes these the rows of the task. When the next of them is due, the task's own row says already.
    func replace(_ rows: [ReminderRow], of task: TodoTask) throws(ErrandError)
    /// Rows whose time has come, the longest due first.
    func due(at instant: Instant, limit: Int) throws(ErrandError) -> [DueReminder]
    /// Moves a row on after it has fired, and its task's ``TodoTask/reminderAt`` with it.
    func markFired(_ row: ReminderRow, at instant: Instant, next: Instant?) throws(ErrandError)
    /// When the next of all rows fires.
    func nextInstant() throws(ErrandError) -> Instant?
}
