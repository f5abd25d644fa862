public import ErrandCore
public import EventDelivery

/// What reminds goes into the inbox of its user.
///
/// Adding to the inbox is delivery over the channel `in_app`, so the receipt is part of the notification.
public struct ReminderConsumer: EventConsumer {
    public let role = ProcessRole.notificationService
    public let types: Set<EventType>? = EventTypes.types(for: .notificationService)

    public init() {}

    public func effect(of event: Event) throws(ErrandError) -> EventEffect {
        let role = role
        return { (context) throws(ErrandError) in
            // The account may have been deleted meanwhile.
            if try context.transaction.erasure.isClosed(event.userID.personalSpace) { return }
            let notification = try Notification(event, at: context.now)
            guard try context.transaction.notifications.insert(notification) else { return }
            try context.commands(as: role, for: event).record(
                .notificationAdded, about: .notification(notification.id), ["notification": notification.json],
                id: notification.addedEventID
            )
        }
    }
}
