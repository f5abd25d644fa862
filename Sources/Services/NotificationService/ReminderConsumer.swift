public import ErrandCore
public import EventDelivery

/// What reminds goes into the inbox of its user, and on its way to their destinations, in one transaction. What happens
/// to tasks goes to the programs that want to know.
public struct ReminderConsumer: EventConsumer {
    public let role = ProcessRole.notificationService
    public let types: Set<EventType>? = EventTypes.types(for: .notificationService)

    public init() {}

    public func prepare(for events: [Event], in transaction: any StoreTransaction) throws(ErrandError) {
        let users = events.map(\.userID)
        let having = try transaction.destinations.lookUp(.webhook, of: users)
        // Of what happens to tasks only programs are told.
        var told: [UserID] = []
        for event in events {
            if try !isOfTask(event) || having.contains(event.userID) { told.append(event.userID) }
        }
        try transaction.accounts.hold(told)
        try transaction.destinations.lookUp(nil, of: told)
        try transaction.erasure.lookUp(users.map(\.personalSpace))
    }

    private func isOfTask(_ event: Event) throws(ErrandError) -> Bool {
        if case .task = try EventTypes.knownRow(of: event.type).frame { true } else { false }
    }

    public func effect(of event: Event) throws(ErrandError) -> EventEffect {
        let role = role
        if try isOfTask(event) {
            // A broken one is a dead letter, whether or not somebody would have been told what it says.
            _ = try event.body()
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
