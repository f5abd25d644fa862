/// Derives instants anew when the rules of zones have changed: what people entered (18:00 in Paris) stays, and the
/// moment that is meant moves. Floating and whole-day dates, dates in a zone, and reminders.
///
/// It goes through all tasks once per edition, a bounded part in each transaction, and goes on where it was after a
/// restart. Several processes take turns. Going back to an older edition changes nothing: the newer one knows better.
public struct ZoneDataChange: Sendable {
    /// Users looked at in one transaction.
    public static let usersMax = 20

    private let environment: Environment
    private let edition: String?
    /// Tasks looked at in one transaction, so that nobody waits long behind it.
    private let batchSize: Int

    /// - Parameters:
    ///   - edition: of the rules that this process goes by; nil when nobody knows, and nothing is done.
    ///   - batchSize: tasks looked at in one transaction, 1 or more, so that nobody waits long behind it.
    public init(environment: Environment, edition: String?, batchSize: Int = 500) {
        self.environment = environment
        self.edition = edition
        self.batchSize = batchSize
    }

    public struct Report: Hashable, Sendable {
        /// Tasks that were derived anew, moved or not.
        public var tasks = 0
        /// Whether there is more to do at once.
        public var isPartial = false
    }

    /// Does the next part, if there is one.
    public func runOnce() async throws(ErrandError) -> Report {
        guard let edition else { return Report() }
        // Looking is enough nearly always.
        let noted = try await environment.store.read { (transaction) throws(ErrandError) in
            try transaction.zoneData.note()
        }
        guard ZoneDataChange.isToDo(noted, edition) else { return Report() }
        let (now, environment, batchSize) = (environment.now(), environment, batchSize)
        return try await environment.store.write { (transaction) throws(ErrandError) in
            let noted = try transaction.zoneData.note()
            guard ZoneDataChange.isToDo(noted, edition) else { return Report() }
            var note = noted.flatMap { $0.edition == edition ? $0 : nil } ?? ZoneDataNote(edition: edition)
            var report = Report(isPartial: true)
            for _ in 0..<ZoneDataChange.usersMax where report.tasks < batchSize {
                guard let user = try ZoneDataChange.next(&note, transaction) else {
                    // Of users who may go, nothing is kept.
                    (note.isDone, note.user, note.number) = (true, nil, 0)
                    report.isPartial = false
                    break
                }
                let context = CommandContext(
                    transaction: transaction,
                    principal: Principal(userID: user.id, actor: .clock, scopes: [.writeTasks]),
                    in: .own(of: user.id), now: now, correlation: .none, makeID: environment.makeID,
                    randomBytes: environment.randomBytes
                )
                report.tasks += try ZoneDataChange.derive(
                    user, &note, in: context, limit: batchSize - report.tasks)
            }
            try transaction.zoneData.set(note)
            return report
        }
    }

    private static func isToDo(_ noted: ZoneDataNote?, _ edition: String) -> Bool {
        guard let noted else { return true }
        return noted.edition < edition || (noted.edition == edition && !noted.isDone)
    }

    /// The user to go on with; nil after the last.
    private static func next(
        _ note: inout ZoneDataNote, _ transaction: any StoreTransaction
    ) throws(ErrandError) -> User? {
        // An account may have been deleted meanwhile.
        if note.number > 0, let id = note.user, let user = try transaction.accounts.find(id) { return user }
        note.number = 0
        while let id = try transaction.zoneData.user(after: note.user) {
            if let user = try transaction.accounts.find(id) { return user }
            note.user = id
        }
        return nil
    }

    /// - Returns: how many tasks were looked at.
    private static func derive(
        _ user: User, _ note: inout ZoneDataNote, in context: CommandContext, limit: Int
    ) throws(ErrandError) -> Int {
        let tasks = try context.transaction.tasks.all(in: context.space, after: note.number, limit: limit)
        for task in tasks where task.due != nil || !task.reminders.isEmpty {
            try context.move(task, to: user.settings)
        }
        note.user = user.id
        note.number = tasks.count == limit ? tasks.last?.number ?? 0 : 0
        return tasks.count
    }
}
