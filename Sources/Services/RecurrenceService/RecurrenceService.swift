public import EventDelivery

/// The recurring-task-service. Its tables are those of tasks: what it makes is a task like others.
public struct RecurrenceService: Sendable {
    private let bus: any EventBus

    public init(bus: any EventBus) {
        self.bus = bus
    }

    /// Works until the task is cancelled.
    public func run() async {
        await bus.run(RecurringTaskConsumer())
    }
}
