public import ErrandCore

/// What reminds goes into the inbox of its user.
///
/// Adding to the inbox is delivery over the channel `in_app`, so the receipt is part of the notification.
public struct ReminderConsumer: EventConsumer {
    public let role = Role.notificationService
    public let kinds: Set<String>? = [ReminderEvent.kind]

    public init() {}

    public func handle(_ event: Event, in context: EventContext) throws(ErrandError) {
        try context.transaction.notifications.insert(Notification(event, at: context.now))
    }
}
