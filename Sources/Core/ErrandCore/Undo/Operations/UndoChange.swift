import CivilTime

/// Takes back what one write did to tasks, all of it or nothing. Itself a write that can be undone.
///
/// The tasks are then as they were before that write, so that the write before it can be taken back too: see
/// ``carryOver(_:in:)``.
public struct UndoChange: Command {
    public let token: String
    public let requiredScope = Scope.writeTasks

    public init(token: String) {
        self.token = token
    }

    /// Reads `{token}`.
    ///
    /// - Throws: ``ErrandError/invalid(_:)`` naming every broken field.
    public init(_ json: JSONValue, at pointer: String = "") throws(ErrandError) {
        var reader = FieldReader(json, at: pointer)
        reader.require("token")
        let token = reader.string("token") ?? ""
        if token.isEmpty, reader.contains("token") { reader.report("token", .tooShort, "Must not be empty.") }
        if token.unicodeScalars.count > Limits.undoTokenLengthMax {
            reader.report("token", .tooLong, "Is no undo token.")
        }
        try reader.finish()
        self.init(token: token)
    }

    /// - Returns: the tasks as they are now.
    /// - Throws: `undoExpired` when the token is unknown, used or too old; `undoConflict` when one of the
    ///   tasks has been changed since.
    public func execute(in context: CommandContext) throws(ErrandError) -> [TodoTask] {
        guard let record = try context.transaction.undo.find(token: token, of: context.member),
            record.space == context.space, context.now < record.createdAt + Limits.undoLifetime
        else { throw .conflict(.undoExpired) }
        var tasks: [TodoTask] = []
        var returns: [TaskID: (to: Int64, as: Int64)] = [:]
        for entry in record.entries.reversed() {
            guard let task = try context.transaction.tasks.find(.id(entry.taskID), in: context.space),
                task.version == entry.version
            else { throw .conflict(.undoConflict) }
            let back = try takeBack(entry, of: task, in: context)
            if let base = entry.base { returns[entry.taskID] = (base, back.version) }
            tasks.append(back)
        }
        try context.transaction.undo.delete(token: token, of: context.member)
        try carryOver(returns, in: context)
        return tasks.reversed()
    }

    /// What this person did before, and left tasks at the versions that they are as good as at again, is about these
    /// tasks as they are now: it can be taken back in turn, and what had been taken back done again.
    private func carryOver(
        _ returns: [TaskID: (to: Int64, as: Int64)], in context: CommandContext
    ) throws(ErrandError) {
        if returns.isEmpty { return }
        let table = context.transaction.undo
        let since = context.now - Limits.undoLifetime
        for record in try table.newest(of: context.member, in: context.space, since: since, limit: Limits.undoReach) {
            if let followed = record.following(returns) { try table.update(followed) }
        }
    }

    private func takeBack(
        _ entry: UndoRecord.Entry, of task: TodoTask, in context: CommandContext
    ) throws(ErrandError) -> TodoTask {
        guard let fields = entry.previous else {
            var gone = task
            gone.deletedAt = context.now
            return try save(gone, replacing: task, in: context)
        }
        var earlier = task
        for field in fields where field.name != Snooze.field {
            guard let changed = earlier.setting(field.name, to: field.value) else { throw .conflict(.undoConflict) }
            earlier = changed
        }
        let saved = try save(earlier, replacing: task, in: context)
        guard let snoozes = fields.first(where: { $0.name == Snooze.field })?.value.array else { return saved }
        // One whose moment has passed meanwhile does not remind, like a reminder that is moved into the past.
        let waiting = snoozes.compactMap { Snooze($0) }.filter { $0.at > context.now }
        return try context.save(waiting, of: saved)
    }

    private func save(
        _ task: TodoTask, replacing before: TodoTask, in context: CommandContext
    ) throws(ErrandError) -> TodoTask {
        try context.save(task, replacing: before, as: .kind(from: before, to: task))
    }
}

extension TaskEvent.Kind {
    /// What a change from one state to another is called.
    static func kind(from before: TodoTask, to after: TodoTask) -> TaskEvent.Kind {
        if before.isInTrash != after.isInTrash { return after.isInTrash ? .deleted : .restored }
        if before.isCompleted != after.isCompleted { return after.isCompleted ? .completed : .reopened }
        return .updated
    }
}
