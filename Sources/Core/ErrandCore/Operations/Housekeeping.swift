import CivilTime

/// Removes what has outlived its promise: old trash, undo tokens, idempotency replies, sessions.
public struct Housekeeping: Sendable {
    /// Rows removed in one transaction, so that nobody waits long behind it.
    public static let batchSize = 500

    private let environment: Environment

    public init(environment: Environment) {
        self.environment = environment
    }

    public struct Report: Hashable, Sendable {
        public var tasks = 0
        public var undoRecords = 0
        public var replies = 0
        public var sessions = 0

        /// Whether a table had as much as one pass removes, so that another pass is due at once.
        public var isPartial: Bool { max(tasks, undoRecords, replies, sessions) >= Housekeeping.batchSize }
    }

    /// One pass over all tables.
    public func runOnce() async throws(ErrandError) -> Report {
        let now = environment.now()
        let limit = Housekeeping.batchSize
        return try await environment.store.write { (transaction) throws(ErrandError) in
            Report(
                tasks: try transaction.tasks.purgeTrash(before: now - Limits.trashLifetime, limit: limit),
                undoRecords: try transaction.undo.purge(before: now - Limits.undoLifetime, limit: limit),
                replies: try transaction.replies.purge(before: now - Limits.idempotencyLifetime, limit: limit),
                sessions: try transaction.sessions.purge(before: now - Session.absoluteLifetime, limit: limit)
            )
        }
    }
}
