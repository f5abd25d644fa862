public import ErrandCore
public import EventDelivery

/// A completed occurrence brings the next one.
public struct RecurringTaskConsumer: EventConsumer {
    public let role = ProcessRole.recurringTaskService
    public let types: Set<EventType>? = EventTypes.types(for: .recurringTaskService)

    public init() {}

    public func prepare(for events: [Event], in transaction: any StoreTransaction) throws(ErrandError) {
        try transaction.accounts.hold(events.map(\.userID))
        try transaction.erasure.lookUp(events.map(\.space))
    }

    public func effect(of event: Event) throws(ErrandError) -> EventEffect {
        _ = try event.body()
        let (role, task) = (role, try event.task())
        return { (context) throws(ErrandError) in
            // The account may have been deleted meanwhile.
            if try context.transaction.erasure.isClosed(event.space) { return }
            _ = try MakeNextOccurrence(after: task).execute(in: context.commands(as: role, for: event))
        }
    }
}
