public import ErrandCore
public import EventDelivery

/// What reminds goes into the inbox of its user, and on its way to their destinations, in one transaction. What happens
/// to tasks goes to the programs that want to know.
public struct ReminderConsumer: EventConsumer {
    public let role = ProcessRole.notificationService
    public let types: Set<EventType>? = EventTypes.types(for: .notificationService)

    public init() {}

    public func prepare(for events: [Event], in transaction: any StoreTransaction) throws(ErrandError) {
        try transaction.erasure.lookUp(events.map(\.userID.personalSpace))
        try transaction.destinations.lookUp(.webhook, of: events.map(\.userID))
    }

    public func effect(of event: Event) throws(ErrandError) -> EventEffect {
        let role = role
        if case .task = try EventTypes.knownRow(of: event.type).frame {
            return { (context) throws(ErrandError) in
                if try context.transaction.erasure.isClosed(event.userID.personalSpace) { return }
                try context.commands(as: role, for: event).tellPrograms(of: event)
            }
        }
        return { (context) throws(ErrandError) in
            // The account may have been deleted meanwhile.
            if try context.transaction.erasure.isClosed(event.userID.personalSpace) { return }
            try context.commands(as: role, for: event).tell(try Notification(event, at: context.now))
        }
    }
}
