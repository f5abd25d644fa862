public import CivilTime

/// What a command works with: the open transaction, the user, one time stamp for all that it writes.
public final class CommandContext {
    public let transaction: any StoreTransaction
    public let principal: Principal
    public let now: Instant
    private let correlation: Correlation
    private let makeID: @Sendable (Instant) -> UniqueID
    private var loadedUser: User?
    private var journal = UndoJournal()

    package init(
        transaction: any StoreTransaction, principal: Principal, now: Instant, correlation: Correlation,
        makeID: @escaping @Sendable (Instant) -> UniqueID
    ) {
        self.transaction = transaction
        self.principal = principal
        self.now = now
        self.correlation = correlation
        self.makeID = makeID
    }

    var owner: UserID { principal.userID }

    func newID<Entity>() -> ID<Entity> { ID(makeID(now)) }

    /// - Throws: ``ErrandError/unauthenticated`` when the account is gone.
    func user() throws(ErrandError) -> User {
        if let loadedUser { return loadedUser }
        guard let user = try transaction.accounts.find(owner) else { throw .unauthenticated }
        loadedUser = user
        return user
    }

    /// The task at the version the caller saw, unless it is in the trash, or not there, or somebody else's.
    func task(_ target: TaskTarget) throws(ErrandError) -> TodoTask {
        guard let task = try transaction.tasks.find(target.reference, of: owner), !task.isInTrash else {
            throw .notFound(.task)
        }
        try target.check(task)
        return task
    }

    /// Adds a task and its event.
    func insert(_ task: TodoTask) throws(ErrandError) -> TodoTask {
        var saved = task
        saved.version = 1
        saved.updatedAt = now
        saved.dueSpan = try span(of: task.due)
        let rows = try reminderRows(of: saved, existing: [])
        saved.reminderAt = rows.compactMap(\.nextAt).min()
        try transaction.tasks.insert(saved)
        if !rows.isEmpty { try transaction.reminders.replace(rows, of: saved) }
        try append(.created, saved, TaskChanges(fields: []))
        journal.recordCreation(of: saved)
        return saved
    }

    /// Saves a changed task: row, search entry, event and undo, all or nothing. The only way to change one.
    ///
    /// - Returns: the task as it is now; without a change that is `before`, and nothing is written.
    func save(
        _ task: TodoTask, replacing before: TodoTask, as kind: TaskEvent.Kind
    ) throws(ErrandError) -> TodoTask {
        let changes = TaskChanges.between(before, and: task)
        if changes.isEmpty { return before }
        var saved = task
        saved.version = before.version + 1
        saved.updatedAt = now
        if task.due != before.due { saved.dueSpan = try span(of: task.due) }
        try place(&saved, replacing: before)
        try append(kind, saved, changes)
        journal.record(changes, of: saved)
        if kind.takesBackSuccessor { try takeBackSuccessor(of: saved) }
        return saved
    }

    /// Writes the row of a task, and its reminders where they stand on the time line now.
    private func place(_ task: inout TodoTask, replacing before: TodoTask) throws(ErrandError) {
        if task.reminders.isEmpty, before.reminders.isEmpty {
            try transaction.tasks.update(task)
            return
        }
        let rows = try reminderRows(of: task, existing: try transaction.reminders.all(of: task))
        task.reminderAt = rows.compactMap(\.nextAt).min()
        try transaction.tasks.update(task)
        try transaction.reminders.replace(rows, of: task)
    }

    /// Puts a task where it stands on the time line under changed settings. It keeps its version: what the user
    /// entered has not changed.
    func move(_ task: TodoTask, to settings: UserSettings) throws(ErrandError) {
        var moved = task
        moved.dueSpan = task.due?.span(for: settings)
        loadedUser?.settings = settings
        try place(&moved, replacing: task)
    }

    private func reminderRows(of task: TodoTask, existing: [ReminderRow]) throws(ErrandError) -> [ReminderRow] {
        if task.reminders.isEmpty { return [] }
        return ReminderPlan(settings: try user().settings, now: now).rows(of: task, existing: existing)
    }

    /// Writes down what the command did, for undo. Nil when it changed no task.
    func closeJournal(token: String) throws(ErrandError) -> String? {
        guard !journal.isEmpty else { return nil }
        try transaction.undo.insert(
            UndoRecord(token: token, userID: owner, createdAt: now, entries: journal.entries)
        )
        return token
    }

    /// Runs one step of several: when it throws, what it wrote is taken back and the rest stands.
    func attempt<Result>(_ step: () throws(ErrandError) -> Result) throws(ErrandError) -> Result {
        let kept = journal
        do {
            return try transaction.attempt(step)
        } catch {
            journal = kept
            throw error
        }
    }

    private func span(of due: Due?) throws(ErrandError) -> DueSpan? {
        guard let due else { return nil }
        return due.span(for: try user().settings)
    }

    private func append(_ kind: TaskEvent.Kind, _ task: TodoTask, _ changes: TaskChanges) throws(ErrandError) {
        try transaction.outbox.append(
            TaskEvent(
                id: newID(), kind: kind, space: owner.personalSpace, userID: owner,
                changeNumber: try transaction.outbox.takeChangeNumber(in: owner.personalSpace), occurredAt: now,
                task: task, changes: changes, actor: principal.actorJSON, correlation: correlation
            )
        )
    }

    /// Records that something happened to anything but a task, in the transaction in which it happens.
    ///
    /// - Parameters:
    ///   - content: what the payload says beside what it is about; never a secret. See ``EventTypes`` for what audit
    ///     log and windows take of it.
    ///   - id: where it follows from what caused it, so that done twice it is one event.
    package func record(
        _ type: EventType, about subject: Subject, _ content: JSONObject = [:], id: EventID? = nil
    ) throws(ErrandError) {
        let space = owner.personalSpace
        try transaction.outbox.append(
            Event(
                id: id ?? newID(), type: type, space: space, subject: subject, userID: owner, occurredAt: now,
                actor: principal.actorJSON, correlation: correlation, content: content
            ),
            as: try transaction.outbox.takeChangeNumber(in: space)
        )
    }
}

/// A task that a command is about, and the version the caller saw.
public struct TaskTarget: Hashable, Sendable {
    public let reference: TaskReference
    /// Versions any of which will do; nil for any.
    public let versions: [Int64]?

    public init(_ reference: TaskReference, versions: [Int64]? = nil) {
        self.reference = reference
        self.versions = versions
    }

    func check(_ task: TodoTask) throws(ErrandError) {
        if let versions, !versions.contains(task.version) { throw .versionMismatch(current: task.version) }
    }
}
