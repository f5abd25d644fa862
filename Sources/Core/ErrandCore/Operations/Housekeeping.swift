import CivilTime

/// Removes what has outlived its promise: old trash, undo tokens, idempotency replies, sessions, events that all
/// are done with, notifications, conversations that nobody uses.
///
/// Each table is a transaction of its own, and each is short: on SQLite everybody who writes waits for it. How much it
/// removes is bounded in rows and in time, since rows that lie apart in a large file take much longer.
public struct Housekeeping: Sendable {
    /// Rows removed in one transaction.
    public static let batchSize = 500
    /// Tasks removed in one transaction: each takes its tags, its reminders and a dozen entries of indexes along.
    public static let taskBatchSize = 100
    /// Conversations removed in one transaction: each may have many turns.
    public static let conversationBatchSize = 50
    /// After so long a transaction removes no more.
    public static let stepTime = Duration.milliseconds(5)
    /// After a transaction nothing is removed for so many times as long as it took, with what it waited for: the disk
    /// has time for what was written, and others for what they write.
    static let pauseRatio = 3
    /// And for no longer than this.
    static let pauseMax = Duration.milliseconds(500)
    /// A transaction looks at the time so often, if it removes as many rows as it may.
    private static let slicesPerStep = 20

    private let environment: Environment
    private let eventRetention: Duration
    private let consumersOfLog: [String]
    private let stepTime: Duration

    /// - Parameter eventRetention: how long events stay after they happened: as long can an open window be away and
    ///   catch up.
    /// - Parameter consumersOfLog: those who read events from the log: what one of them is not done with stays longer.
    ///   Empty where a broker keeps the events for them.
    /// - Parameter stepTime: after so long a transaction removes no more, once it has removed something.
    public init(
        environment: Environment, eventRetention: Duration, consumersOfLog: [ProcessRole],
        stepTime: Duration = Housekeeping.stepTime
    ) {
        self.environment = environment
        self.eventRetention = eventRetention
        self.consumersOfLog = consumersOfLog.map(\.rawValue)
        self.stepTime = stepTime
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
        public var isPartial = false
    }

    /// One pass over all tables.
    public func runOnce() async throws(ErrandError) -> Report {
        let (now, retention, consumers) = (environment.now(), eventRetention, consumersOfLog)
        var report = Report()
        let most = Housekeeping.taskBatchSize
        report.tasks = try await run(&report, atMost: most) { (transaction, limit) throws(ErrandError) in
            try transaction.tasks.purgeTrash(before: now - Limits.trashLifetime, limit: limit)
        }
        report.undoRecords = try await run(&report) { (transaction, limit) throws(ErrandError) in
            try transaction.undo.purge(before: now - Limits.undoLifetime, limit: limit)
        }
        report.replies = try await run(&report) { (transaction, limit) throws(ErrandError) in
            try transaction.replies.purge(before: now - Limits.idempotencyLifetime, limit: limit)
        }
        report.sessions = try await run(&report) { (transaction, limit) throws(ErrandError) in
            try transaction.sessions.purge(before: now - Session.absoluteLifetime, limit: limit)
        }
        report.events = try await run(&report) { (transaction, limit) throws(ErrandError) in
            try transaction.outbox.purge(before: now - retention, doneBy: consumers, limit: limit)
        }
        report.events += try await run(&report) { (transaction, limit) throws(ErrandError) in
            try transaction.consumers.purgeInbox(before: now - retention, limit: limit)
        }
        try await removeMessages(at: now, &report)
        report.erased = try await environment.store.write { (transaction) throws(ErrandError) in
            try transaction.erasure.erase(keeping: .accountDeleted, limit: most)
        }
        if report.erased >= most { report.isPartial = true }
        return report
    }

    private func removeMessages(at now: Instant, _ report: inout Report) async throws(ErrandError) {
        report.notifications = try await run(&report) { (transaction, limit) throws(ErrandError) in
            try transaction.notifications.purge(
                before: now - Limits.notificationLifetime, outsideInbox: now - Limits.deliveryLifetime, limit: limit
            )
        }
        report.conversations = try await run(&report, atMost: Housekeeping.conversationBatchSize) {
            (transaction, limit) throws(ErrandError) in
            try transaction.conversations.purge(before: Conversation.oldestUse(at: now), limit: limit)
        }
        report.mails = try await run(&report) { (transaction, limit) throws(ErrandError) in
            try transaction.mails.purge(before: now - Limits.mailLifetime, limit: limit)
                + transaction.mailTokens.purge(before: now, limit: limit)
        }
    }

    private func run(
        _ report: inout Report, atMost limit: Int = Housekeeping.batchSize,
        _ purge: @escaping @Sendable (_ transaction: any StoreTransaction, _ limit: Int) throws(ErrandError) -> Int
    ) async throws(ErrandError) -> Int {
        let stepTime = stepTime
        let begin = ContinuousClock.now
        let (count, isPartial) = try await environment.store.write { (transaction) throws(ErrandError) in
            let end = ContinuousClock.now + stepTime
            var count = 0
            while count < limit {
                let slice = min(max(limit / Housekeeping.slicesPerStep, 1), limit - count)
                let removed = try purge(transaction, slice)
                count += removed
                if removed < slice { return (count, false) }
                if ContinuousClock.now >= end { break }
            }
            return (count, true)
        }
        if isPartial { report.isPartial = true }
        if count > 0 { try await giveWay(after: ContinuousClock.now - begin) }
        return count
    }

    private func giveWay(after work: Duration) async throws(ErrandError) {
        do {
            try await Task.sleep(for: min(work * Housekeeping.pauseRatio, Housekeeping.pauseMax))
        } catch {
            throw .cancelled
        }
    }
}
