public import CivilTime

/// Fires reminders when their time has come.
///
/// Taking a row, writing its event and moving it on is one transaction, so a row is leased for exactly as long as
/// its transaction lasts: a crash before the commit leaves it due, one after it leaves it fired. What came due
/// while nothing ran fires once, marked late.
public struct ReminderClock: Sendable {
    /// Fired in one transaction, so that nobody waits long behind it.
    public static let batchSize = 500

    private let environment: Environment

    public init(environment: Environment) {
        self.environment = environment
    }

    public struct Report: Hashable, Sendable {
        public var fired = 0
        public var late = 0
        /// From the moment meant to the firing, each.
        public var lateness: [Duration] = []
        /// When the batch was fired; nil when nothing was.
        public var firedAt: Instant?
        /// When to look again; nil when no reminder waits.
        public var next: Instant?

        public var isPartial: Bool { fired >= ReminderClock.batchSize }
    }

    /// Fires what is due, up to ``batchSize``.
    public func runOnce() async throws(ErrandError) -> Report {
        let now = environment.now()
        // Looking is enough where nothing is due: a write would wake everybody, this clock included.
        guard let next = try await nextInstant() else { return Report() }
        if next > now { return Report(next: next) }
        return try await environment.store.write { (transaction) throws(ErrandError) in
            var report = Report(firedAt: now)
            var settings: [UserID: UserSettings] = [:]
            for due in try transaction.reminders.due(at: now, limit: ReminderClock.batchSize) {
                guard let remindAt = due.row.nextAt else { continue }
                let user = due.row.memberID
                let event = ReminderEvent(
                    due, remindAt: remindAt, occurredAt: now,
                    changeNumber: try transaction.outbox.takeChangeNumber(in: user.personalSpace)
                )
                try transaction.outbox.append(event)
                var next: Instant?
                if due.row.repeatEvery != nil {
                    if settings[user] == nil { settings[user] = try transaction.accounts.find(user)?.settings }
                    next = settings[user].flatMap {
                        ReminderPlan(member: user, settings: $0, now: now).next(of: due.row)
                    }
                }
                try transaction.reminders.markFired(due.row, at: now, next: next)
                report.fired += 1
                report.late += event.isLate ? 1 : 0
                report.lateness.append(now - remindAt)
            }
            report.next = try transaction.reminders.nextInstant()
            return report
        }
    }

    private func nextInstant() async throws(ErrandError) -> Instant? {
        try await environment.store.read { (transaction) throws(ErrandError) in
            try transaction.reminders.nextInstant()
        }
    }
}
