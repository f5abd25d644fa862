public import CivilTime

/// What a command works with: the open transaction, the user, one time stamp for all that it writes.
public final class CommandContext {
    public let transaction: any StoreTransaction
    public let principal: Principal
    /// What the command works on.
    public let space: SpaceID
    public let now: Instant
    private let correlation: Correlation
    private let makeID: @Sendable (Instant) -> UniqueID
    /// That many bytes from a cryptographically secure source.
    let randomBytes: @Sendable (Int) -> [UInt8]
    private var loadedUser: User?
    private var journal = UndoJournal()

    package init(
        transaction: any StoreTransaction, principal: Principal, in access: Access, now: Instant,
        correlation: Correlation,
        makeID: @escaping @Sendable (Instant) -> UniqueID, randomBytes: @escaping @Sendable (Int) -> [UInt8]
    ) {
        self.transaction = transaction
        self.principal = principal
        space = access.space
        self.now = now
        self.correlation = correlation
        self.makeID = makeID
        self.randomBytes = randomBytes
    }

    /// Who acts. What is a person's own (settings, tokens, undo, reminders, inbox) is theirs, whatever the space.
    var member: UserID { principal.userID }

    func newID<Entity>() -> ID<Entity> { ID(makeID(now)) }

    /// - Throws: ``ErrandError/unauthenticated`` when the account is gone.
    func user() throws(ErrandError) -> User {
        if let loadedUser { return loadedUser }
        guard let user = try transaction.accounts.find(member) else { throw .unauthenticated }
        loadedUser = user
        return user
    }

    /// The task at the version the caller saw, unless it is in the trash, or not there, or of another space.
    func task(_ target: TaskTarget) throws(ErrandError) -> TodoTask {
        guard let task = try transaction.tasks.find(target.reference, in: space), !task.isInTrash else {
            throw .notFound(.task)
        }
        try target.check(task)
        return task
    }

    /// Adds a task and its event.
    ///
    /// - Parameters:
    ///   - keepsAge: whether its version and the time of its last change stay as they are, for a task that comes from
    ///     elsewhere; they begin otherwise.
    ///   - make: the task with the number that it is given; changes no other task.
    func insert(
        keepsAge: Bool = false, _ make: (_ number: Int64) throws(ErrandError) -> TodoTask
    ) throws(ErrandError) -> TodoTask {
        let numbers = try transaction.tasks.takeNumbers(in: space)
        var saved = try make(numbers.task)
        if !keepsAge {
            saved.version = 1
            saved.updatedAt = now
        }
        saved.dueSpan = try span(of: saved.due)
        let rows = try reminderRows(of: saved, existing: [])
        saved.reminderAt = rows.compactMap(\.nextAt).min()
        try transaction.tasks.insert(saved)
        if !rows.isEmpty { try transaction.reminders.insert(rows, of: saved, for: member) }
        try append(.created, saved, TaskChanges(fields: []), as: numbers.change)
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
        var saved = successor(of: before, task)
        if task.due != before.due { saved.dueSpan = try span(of: task.due) }
        try place(&saved, replacing: before)
        try append(kind, saved, changes, as: try transaction.outbox.takeChangeNumber(in: space))
        journal.record(changes, of: saved)
        if kind.takesBackSuccessor { try takeBackSuccessor(of: saved) }
        return saved
    }

    /// Has these firings of a task come again, and no others that were put off: a change of the task like every
    /// other, with version, event and undo.
    ///
    /// - Returns: the task as it is now; without a change that is `before`, and nothing is written.
    func save(_ snoozes: [Snooze], of before: TodoTask) throws(ErrandError) -> TodoTask {
        let existing = try transaction.reminders.all(of: before, for: member)
        let rows = existing.replacingSnoozes(by: snoozes, of: before, for: member)
        let changes = TaskChanges.between(existing.snoozes, and: rows.snoozes)
        if changes.isEmpty { return before }
        var saved = successor(of: before, before)
        saved.reminderAt = rows.compactMap(\.nextAt).min()
        try transaction.tasks.update(saved, replacing: before)
        try transaction.reminders.replace(rows, of: saved, for: member)
        try append(.updated, saved, changes, as: try transaction.outbox.takeChangeNumber(in: space))
        journal.record(changes, of: saved)
        return saved
    }

    private func successor(of before: TodoTask, _ task: TodoTask) -> TodoTask {
        var next = task
        next.version = before.version + 1
        next.updatedAt = now
        return next
    }

    /// Writes the row of a task, and its reminders where they stand on the time line now.
    ///
    /// - Parameter isMoved: whether the user's settings have changed, and with them what the task's instants are
    ///   derived from.
    private func place(
        _ task: inout TodoTask, replacing before: TodoTask, isMoved: Bool = false
    ) throws(ErrandError) {
        let reminds = !(task.reminders.isEmpty && before.reminders.isEmpty)
        guard reminds, isMoved || task.remindsElsewhere(than: before) else {
            if task != before { try transaction.tasks.update(task, replacing: before) }
            return
        }
        // Who is done or in the trash has none.
        let existing = task.isOpen ? try transaction.reminders.all(of: task, for: member) : []
        let rows = try reminderRows(of: task, existing: existing)
        task.reminderAt = rows.compactMap(\.nextAt).min()
        if task != before { try transaction.tasks.update(task, replacing: before) }
        if rows != existing || (before.isOpen && !task.isOpen) {
            try transaction.reminders.replace(rows, of: task, for: member)
        }
    }

    /// Puts a task where it stands on the time line under changed settings. It keeps its version: what the user
    /// entered has not changed.
    func move(_ task: TodoTask, to settings: UserSettings) throws(ErrandError) {
        var moved = task
        moved.dueSpan = task.due?.span(for: settings)
        loadedUser?.settings = settings
        try place(&moved, replacing: task, isMoved: true)
    }

    private func reminderRows(of task: TodoTask, existing: [ReminderRow]) throws(ErrandError) -> [ReminderRow] {
        if task.reminders.isEmpty || !task.isOpen { return [] }
        return ReminderPlan(member: member, settings: try user().settings, now: now).rows(of: task, existing: existing)
    }

    /// Writes down what the command did, for undo. Nil when it changed no task.
    func closeJournal(token: String) throws(ErrandError) -> String? {
        guard !journal.isEmpty else { return nil }
        try transaction.undo.insert(
            UndoRecord(token: token, userID: member, space: space, createdAt: now, entries: journal.entries)
        )
        return token
    }

    /// Has this command's token take back too what another token takes back now, which is good for nothing afterwards.
    func joinUndo(of token: String) throws(ErrandError) {
        guard let record = try transaction.undo.find(token: token, of: member), record.space == space else { return }
        try transaction.undo.delete(token: token, of: member)
        journal.goOn(from: record.entries)
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

    private func append(
        _ kind: TaskEvent.Kind, _ task: TodoTask, _ changes: TaskChanges, as number: ChangeNumber
    ) throws(ErrandError) {
        try transaction.outbox.append(
            TaskEvent(
                id: newID(), kind: kind, space: space, userID: member, changeNumber: number, occurredAt: now,
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
        let space = member.personalSpace
        try transaction.outbox.append(
            Event(
                id: id ?? newID(), type: type, space: space, subject: subject, userID: member, occurredAt: now,
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
        if let versions, !versions.contains(task.version) { throw .versionMismatch(current: task.validator) }
    }
}

extension TodoTask {
    /// Whether there is something left to be reminded of.
    fileprivate var isOpen: Bool { !isCompleted && !isInTrash }

    /// Whether its reminders may stand elsewhere on the time line than those of another state of it.
    fileprivate func remindsElsewhere(than before: TodoTask) -> Bool {
        isOpen != before.isOpen || due != before.due || reminders != before.reminders
    }
}
