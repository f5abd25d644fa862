public import CivilTime

/// Tells each user who wants it, once a day at their time, what is overdue and what is due today.
///
/// Taking the row, telling and moving it on is one transaction, as with ``ReminderClock``. A day on which nothing ran
/// has no digest afterwards, but the last one that was missed still comes, late.
public struct DigestClock: Sendable {
    /// Users in one transaction.
    public static let batchSize = 20

    private let environment: Environment

    public init(environment: Environment) {
        self.environment = environment
    }

    public struct Report: Hashable, Sendable {
        public var told = 0
        /// When to look again; nil when nobody wants one.
        public var next: Instant?
        public var isPartial = false
    }

    /// Tells those whose time has come, up to ``batchSize``.
    public func runOnce() async throws(ErrandError) -> Report {
        let (now, environment) = (environment.now(), environment)
        let next = try await environment.store.read { (transaction) throws(ErrandError) in
            try transaction.digests.nextInstant()
        }
        guard let next, next <= now else { return Report(next: next) }
        return try await environment.store.write { (transaction) throws(ErrandError) in
            var report = Report()
            let due = try transaction.digests.due(at: now, limit: DigestClock.batchSize)
            for digest in due {
                guard let user = try transaction.accounts.find(digest.userID) else { continue }
                let context = CommandContext(
                    transaction: transaction,
                    principal: Principal(userID: user.id, actor: .clock, scopes: [.readTasks]),
                    in: .own(of: user.id), now: now, correlation: .none, makeID: environment.makeID,
                    randomBytes: environment.randomBytes
                )
                if let notification = try DigestClock.notification(of: digest, user, in: context) {
                    try context.tell(notification)
                    report.told += 1
                }
                try transaction.digests.set(user.settings.nextDigest(after: now), for: user.id)
            }
            report.next = try transaction.digests.nextInstant()
            report.isPartial = due.count == DigestClock.batchSize
            return report
        }
    }

    /// Nil on a day without anything to do. The id follows from user and moment: one digest is one notification.
    private static func notification(
        of digest: DueDigest, _ user: User, in context: CommandContext
    ) throws(ErrandError) -> Notification? {
        let overdue = try tasks(.overdue, of: user, in: context)
        let today = try tasks(.today, of: user, in: context)
        let late = Set(overdue.found.map(\.id))
        let rest = today.found.filter { !late.contains($0.id) }
        guard !overdue.found.isEmpty || !rest.isEmpty else { return nil }
        let lines = (overdue.found.map { line($0, isOverdue: true) } + rest.map { line($0, isOverdue: false) })
            .prefix(Limits.digestLinesMax)
        let counts = [
            overdue.count > 0 ? "\(overdue.count) overdue" : nil,
            today.count > 0 ? "\(today.count) due today" : nil,
        ].compactMap(\.self).joined(separator: ", ")
        return Notification(
            id: NotificationID(.derived(from: user.id.value, Int(digest.at.milliseconds))), userID: user.id,
            type: .digest, title: "Your day: \(counts)", at: context.now, isInInbox: true,
            payload: [
                "body": .string(lines.map { "#\($0.number) \($0.title)" }.joined(separator: "\n")), "path": "/",
                "lines": .array(lines.map(\.json)),
            ]
        )
    }

    private static func tasks(
        _ word: TaskQuery.DueWord, of user: User, in context: CommandContext
    ) throws(ErrandError) -> (found: [TodoTask], count: Int) {
        var query = TaskQuery()
        query.due = word
        query.status = .pending
        let filter = try query.filter(for: user.settings, now: context.now)
        let request = PageRequest(
            order: TaskOrder(key: .dueDate, isAscending: true), after: nil, limit: Limits.digestLinesMax
        )
        let table = context.transaction.tasks
        return (
            try table.page(request, of: filter, in: context.space).tasks, try table.count(filter, in: context.space)
        )
    }

    private static func line(_ task: TodoTask, isOverdue: Bool) -> OutgoingMessage.Line {
        OutgoingMessage.Line(
            taskID: task.id, number: task.number, title: task.title, due: task.due, isOverdue: isOverdue
        )
    }
}
