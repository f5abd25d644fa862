import CivilTime

/// Where the user can be reached, in the order in which it was added.
public struct ListDestinations: Query {
    public let requiredScope = Scope.readAccount

    public init() {}

    public func answer(in context: QueryContext) throws(ErrandError) -> [ChannelDestination] {
        try context.transaction.destinations.all(of: context.member, kind: nil)
    }
}

/// What became of a notification: why somebody did or did not get it.
public struct ListDeliveries: Query {
    public struct Answer: Sendable {
        public let notification: Notification
        public let deliveries: [(delivery: Delivery, destination: ChannelDestination?)]
    }

    public let id: NotificationID
    public let requiredScope = Scope.readTasks

    public init(_ id: NotificationID) {
        self.id = id
    }

    public func answer(in context: QueryContext) throws(ErrandError) -> Answer {
        let transaction = context.transaction
        guard let notification = try transaction.notifications.find(id, of: context.member) else {
            throw .notFound(.notification)
        }
        let destinations = try transaction.destinations.all(of: context.member, kind: nil)
        let deliveries = try transaction.deliveries.all(of: id, owner: context.member)
        return Answer(
            notification: notification,
            deliveries: deliveries.map { one in (one, destinations.first { $0.id == one.destinationID }) }
        )
    }
}

extension ListDeliveries.Answer {
    /// The inbox first, then each destination.
    public var json: JSONValue {
        ["items": .array([inboxJSON] + deliveries.map(item)), "next_cursor": .null]
    }

    private var inboxJSON: JSONValue {
        let isThere = notification.isInInbox
        let at = isThere ? JSONValue.string(notification.createdAt.description) : .null
        return [
            "channel": .string(ChannelKind.inApp.rawValue), "channel_id": .null, "name": "Inbox",
            "state": .string((isThere ? Delivery.State.delivered : .skipped).rawValue), "attempts": 0,
            "created_at": .string(notification.createdAt.description), "last_attempt_at": .null, "next_at": .null,
            "ended_at": at, "explanation": .string(inboxSentence),
        ]
    }

    private var inboxSentence: String {
        if notification.isInInbox { return "It is in the inbox." }
        switch notification.type {
        case .test: return "A test goes only where it is sent to."
        case .taskEvent: return "Events of tasks are for programs."
        default: return DeliveryPlan.Reason.unwanted(notification.type, .inApp)
        }
    }

    private func item(_ delivery: Delivery, _ destination: ChannelDestination?) -> JSONValue {
        func time(_ instant: Instant?) -> JSONValue { JSONValue(text: instant?.description) }
        return [
            "channel": .string(delivery.kind.rawValue), "channel_id": .string(delivery.destinationID.description),
            "name": JSONValue(text: destination?.name), "state": .string(delivery.state.rawValue),
            "attempts": JSONValue(delivery.attempts), "created_at": time(delivery.createdAt),
            "last_attempt_at": time(delivery.lastAttemptAt),
            "next_at": time(delivery.state == .sending ? nil : delivery.nextAt), "ended_at": time(delivery.endedAt),
            "explanation": .string(delivery.explanation),
        ]
    }
}

extension Delivery {
    /// Why it did or did not arrive, in a sentence.
    var explanation: String {
        let reason = reason.map { " \($0)" } ?? ""
        if isReplayed, state == .delivered { return "It was delivered, and sent again as you asked." }
        return switch state {
        case .pending: "It is about to be sent."
        case .sending: "It is being sent."
        case .waiting: attempts == 0 ? (self.reason ?? "It waits.") : "It will be tried again.\(reason)"
        case .delivered: "It was delivered."
        case .failed: "It could not be delivered.\(reason)"
        case .expired: "It was given up.\(reason)"
        case .superseded: "It was not needed any more.\(reason)"
        case .skipped: "It was left out.\(reason)"
        }
    }
}
