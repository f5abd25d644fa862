public import CivilTime

/// Which entries of an audit log to list.
public struct AuditFilter: Hashable, Sendable {
    public var taskID: TaskID?
    public var action: String?
    /// Not before.
    public var from: Instant?
    /// Before.
    public var to: Instant?

    public init(taskID: TaskID? = nil, action: String? = nil, from: Instant? = nil, to: Instant? = nil) {
        self.taskID = taskID
        self.action = action
        self.from = from
        self.to = to
    }
}
