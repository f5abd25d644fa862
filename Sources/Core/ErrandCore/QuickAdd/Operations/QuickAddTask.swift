/// Makes a task from a line of words.
public struct QuickAddTask: Command {
    public struct Outcome: Sendable {
        /// Nil when it was only asked how the words would be read.
        public let task: TodoTask?
        public let reading: QuickAddReading

        public var json: JSONValue { reading.json(task: task) }
    }

    public let form: QuickAddForm
    public let requiredScope = Scope.writeTasks
    public let isShort = true

    public init(_ form: QuickAddForm) {
        self.form = form
    }

    public func execute(in context: CommandContext) throws(ErrandError) -> Outcome {
        let reading = form.read(try context.user().settings, at: context.now)
        return Outcome(task: try CreateTask(try reading.draft()).execute(in: context).task, reading: reading)
    }
}

/// Says how a line of words would be read, and makes nothing.
public struct PreviewQuickAdd: Query {
    public let form: QuickAddForm
    public let requiredScope = Scope.readTasks

    public init(_ form: QuickAddForm) {
        self.form = form
    }

    public func answer(in context: QueryContext) throws(ErrandError) -> QuickAddTask.Outcome {
        QuickAddTask.Outcome(task: nil, reading: form.read(try context.user().settings, at: context.now))
    }
}
