/// Several changes in one request, in order: each on its own, or all or nothing.
public struct RunBatch: Command {
    public struct Item: Sendable {
        /// Chosen by the client, to find the result again.
        public let id: String
        /// The command, or why it could not be read.
        public let step: Result<Step, ErrandError>
    }

    public enum Step: Sendable {
        case create(TaskDraft)
        case edit(TaskTarget, TaskEdit)
        case complete(TaskTarget)
        case reopen(TaskTarget)
        case delete(TaskTarget)
        case restore(TaskTarget)
    }

    public enum StepOutcome: Sendable {
        case created(TodoTask)
        case existing(TodoTask)
        case changed(TodoTask)
        case deleted
    }

    public struct Outcome: Sendable {
        public let results: [(id: String, result: Result<StepOutcome, ErrandError>)]
        /// False when an atomic batch failed and nothing was written.
        public let isApplied: Bool
    }

    public let items: [Item]
    public let isAtomic: Bool
    public let requiredScope = Scope.writeTasks

    public func execute(in context: CommandContext) throws(ErrandError) -> Outcome {
        guard isAtomic else {
            return Outcome(results: items.map { ($0.id, run($0, in: context)) }, isApplied: true)
        }
        var results: [(id: String, result: Result<StepOutcome, ErrandError>)] = []
        do {
            try context.attempt { () throws(ErrandError) in
                for item in items {
                    let result = run(item, in: context)
                    results.append((item.id, result))
                    _ = try result.get()
                }
            }
            return Outcome(results: results, isApplied: true)
        } catch {
            let failed = results.count - 1
            let aborted = Result<StepOutcome, ErrandError>.failure(.conflict(.batchAborted))
            return Outcome(
                results: items.enumerated().map { ($1.id, $0 == failed ? results[failed].result : aborted) },
                isApplied: false
            )
        }
    }

    private func run(_ item: Item, in context: CommandContext) -> Result<StepOutcome, ErrandError> {
        do {
            let step = try item.step.get()
            return .success(try context.attempt { () throws(ErrandError) in try step.execute(in: context) })
        } catch {
            return .failure(error)
        }
    }
}

extension RunBatch.Step {
    fileprivate func execute(in context: CommandContext) throws(ErrandError) -> RunBatch.StepOutcome {
        switch self {
        case .create(let draft):
            let outcome = try CreateTask(draft).execute(in: context)
            return outcome.isNew ? .created(outcome.task) : .existing(outcome.task)
        case .edit(let target, let edit): return .changed(try EditTask(target, edit).execute(in: context))
        case .complete(let target): return .changed(try CompleteTask(target).execute(in: context))
        case .reopen(let target): return .changed(try ReopenTask(target).execute(in: context))
        case .restore(let target): return .changed(try RestoreTask(target).execute(in: context))
        case .delete(let target):
            _ = try DeleteTask(target).execute(in: context)
            return .deleted
        }
    }
}
