/// Creates the tasks of a slice of a file that are not there yet; what is there stays as it is.
public struct ImportTasks: Command {
    /// At most ``Limits/importSliceMax``.
    public let tasks: [ImportedTask]
    /// What takes back slices before it, and is to be replaced by what takes back this one too.
    public let earlierUndo: String?
    public let requiredScope = Scope.writeTasks

    public init(_ tasks: [ImportedTask], joining earlierUndo: String? = nil) {
        precondition(tasks.count <= Limits.importSliceMax, "a slice is one transaction")
        self.tasks = tasks
        self.earlierUndo = earlierUndo
    }

    /// - Returns: task by task what became of it.
    public func execute(in context: CommandContext) throws(ErrandError) -> [ImportOutcome] {
        var outcomes: [ImportOutcome] = []
        outcomes.reserveCapacity(tasks.count)
        if let earlierUndo { try context.joinUndo(of: earlierUndo) }
        for task in tasks {
            if let there = try context.transaction.tasks.find(.id(task.id), in: context.space) {
                outcomes.append(task.outcome(there))
                continue
            }
            _ = try context.insert(keepsAge: true) { number in task.task(number, in: context.space) }
            outcomes.append(.created)
        }
        return outcomes
    }
}

/// What ``ImportTasks`` would do, with nothing done.
public struct PreviewImport: Query {
    public let tasks: [ImportedTask]
    public let requiredScope = Scope.writeTasks

    public func answer(in context: QueryContext) throws(ErrandError) -> [ImportOutcome] {
        var outcomes: [ImportOutcome] = []
        outcomes.reserveCapacity(tasks.count)
        for task in tasks {
            let there = try context.transaction.tasks.find(.id(task.id), in: context.space)
            outcomes.append(there.map(task.outcome) ?? .created)
        }
        return outcomes
    }
}

extension ImportedTask {
    /// What becomes of it where there is a task of that id. In the trash at both places it is where it belongs.
    fileprivate func outcome(_ there: TodoTask) -> ImportOutcome {
        there.isInTrash && deletedAt == nil ? .inTrash : .existing
    }
}

/// What a file is read under.
public struct ReadImportBasis: Query {
    public let requiredScope = Scope.writeTasks

    public init() {}

    public func answer(in context: QueryContext) throws(ErrandError) -> ImportBasis {
        ImportBasis(space: context.space, settings: try context.user().settings, now: context.now)
    }
}
