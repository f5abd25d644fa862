public import ErrandCore
public import EventDelivery

/// What reminds goes into the inbox of its user.
///
/// Adding to the inbox is delivery over the channel `in_app`, so the receipt is part of the notification.
public struct ReminderConsumer: EventConsumer {
    public let role = ProcessRole.notificationService
    public let kinds: Set<String>? = [ReminderEvent.kind]

    public init() {}

    public func effect(of event: Event) throws(ErrandError) -> EventEffect {
        { (context) throws(ErrandError) in
            try context.transaction.notifications.insert(Notification(event, at: context.now))
        }
    }
}
