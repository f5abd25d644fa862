public import ErrandCore
public import EventDelivery

/// A completed occurrence brings the next one.
public struct RecurringTaskConsumer: EventConsumer {
    public let role = ProcessRole.recurringTaskService
    public let kinds: Set<String>? = [TaskEvent.Kind.completed.rawValue]

    public init() {}

    public func effect(of event: Event) throws(ErrandError) -> EventEffect {
        _ = try event.body()
        let role = role
        return { (context) throws(ErrandError) in
            _ = try MakeNextOccurrence(after: event.taskID).execute(in: context.commands(as: role, for: event))
        }
    }
}
