/// Several changes in one request, in order: each on its own, or all or nothing.
public struct RunBatch: Command {
    public struct Item: Sendable {
        /// Chosen by the client, to find the result again.
        public let id: String
        /// The command, or why it could not be read.
        public let step: Result<Step, ErrandError>
    }

    /// What one command does, in the transaction of the batch.
    public struct Step: Sendable {
        let execute: @Sendable (CommandContext) throws(ErrandError) -> StepOutcome
    }

    public struct StepOutcome: Hashable, Sendable {
        /// The task as it is now; nil where there is nothing to show.
        public let json: JSONValue?
        /// Whether the task was not there before.
        public let isNew: Bool
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
            return .success(try context.attempt { () throws(ErrandError) in try step.execute(context) })
        } catch {
            return .failure(error)
        }
    }
}
