public import EventDelivery

/// The notification-service. Owns the inboxes.
public struct NotificationService: Sendable {
    private let bus: any EventBus

    public init(bus: any EventBus) {
        self.bus = bus
    }

    /// Works until the task is cancelled.
    public func run() async {
        await bus.run(ReminderConsumer())
    }
}
