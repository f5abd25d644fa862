import CivilTime

/// Removes what has outlived its promise: old trash, undo tokens, idempotency replies, sessions, events that all
/// are done with, notifications, conversations that nobody uses.
public struct Housekeeping: Sendable {
    /// Rows removed in one transaction, so that nobody waits long behind it.
    public static let batchSize = 500
    /// Conversations removed in one transaction: each may have many turns.
    public static let conversationBatchSize = 50

    private let environment: Environment
    private let eventRetention: Duration
    private let consumersOfLog: [String]

    /// - Parameter eventRetention: how long events stay after they happened: as long can an open window be away and
    ///   catch up.
    /// - Parameter consumersOfLog: those who read events from the log: what one of them is not done with stays longer.
    ///   Empty where a broker keeps the events for them.
    public init(environment: Environment, eventRetention: Duration, consumersOfLog: [ProcessRole]) {
        self.environment = environment
        self.eventRetention = eventRetention
        self.consumersOfLog = consumersOfLog.map(\.rawValue)
    }

    public struct Report: Hashable, Sendable {
        public var tasks = 0
        public var undoRecords = 0
        public var replies = 0
        public var sessions = 0
        public var events = 0
        public var notifications = 0
        public var conversations = 0
        public var mails = 0
        /// Rows of accounts that are deleted.
        public var erased = 0

        /// Whether a table had as much as one pass removes, so that another pass is due at once.
        public var isPartial: Bool {
            max(tasks, undoRecords, replies, sessions, events, notifications) >= Housekeeping.batchSize
                || max(mails, erased) >= Housekeeping.batchSize || conversations >= Housekeeping.conversationBatchSize
        }
    }

    /// One pass over all tables.
    public func runOnce() async throws(ErrandError) -> Report {
        let now = environment.now()
        let limit = Housekeeping.batchSize
        let (eventsBefore, consumers) = (now - eventRetention, consumersOfLog)
        return try await environment.store.write { (transaction) throws(ErrandError) in
            Report(
                tasks: try transaction.tasks.purgeTrash(before: now - Limits.trashLifetime, limit: limit),
                undoRecords: try transaction.undo.purge(before: now - Limits.undoLifetime, limit: limit),
                replies: try transaction.replies.purge(before: now - Limits.idempotencyLifetime, limit: limit),
                sessions: try transaction.sessions.purge(before: now - Session.absoluteLifetime, limit: limit),
                events: try transaction.outbox.purge(
                    before: eventsBefore, doneBy: consumers, limit: limit
                ) + transaction.consumers.purgeInbox(before: eventsBefore, limit: limit),
                notifications: try transaction.notifications.purge(
                    before: now - Limits.notificationLifetime, outsideInbox: now - Limits.deliveryLifetime, limit: limit
                ),
                conversations: try transaction.conversations.purge(
                    before: Conversation.oldestUse(at: now), limit: Housekeeping.conversationBatchSize
                ),
                mails: try transaction.mails.purge(before: now - Limits.mailLifetime, limit: limit)
                    + transaction.mailTokens.purge(before: now, limit: limit),
                erased: try transaction.erasure.erase(keeping: .accountDeleted, limit: limit)
            )
        }
    }
}
