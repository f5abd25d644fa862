import CivilTime

/// Takes back what one write did to tasks, all of it or nothing. Itself a write that can be undone.
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
        for entry in record.entries.reversed() {
            guard let task = try context.transaction.tasks.find(.id(entry.taskID), in: context.space),
                task.version == entry.version
            else { throw .conflict(.undoConflict) }
            tasks.append(try takeBack(entry, of: task, in: context))
        }
        try context.transaction.undo.delete(token: token, of: context.member)
        return tasks.reversed()
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
