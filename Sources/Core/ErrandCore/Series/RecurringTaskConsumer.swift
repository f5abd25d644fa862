public import CivilTime

/// The recurring-task-service: a completed occurrence brings the next one.
public struct RecurringTaskConsumer: EventConsumer {
    public let name = "recurring-task-service"
    public let kinds: Set<String> = [TaskEvent.Kind.completed.rawValue]

    public init() {}

    public func handle(
        _ event: StoredEvent, in transaction: any StoreTransaction, _ environment: Environment, at now: Instant
    ) throws(ErrandError) {
        let principal = Principal(userID: event.userID, actor: .service(name), scopes: [.writeTasks])
        let context = CommandContext(
            transaction: transaction, principal: principal, now: now, makeID: environment.makeID
        )
        _ = try MakeNextOccurrence(after: event.taskID).execute(in: context)
    }
}
