public import ErrandCore

/// A completed occurrence brings the next one.
public struct RecurringTaskConsumer: EventConsumer {
    public let role = Role.recurringTaskService
    public let kinds: Set<String>? = [TaskEvent.Kind.completed.rawValue]

    public init() {}

    public func handle(_ event: Event, in context: EventContext) throws(ErrandError) {
        _ = try event.body()
        _ = try MakeNextOccurrence(after: event.taskID).execute(in: context.commands(as: role, for: event))
    }
}
