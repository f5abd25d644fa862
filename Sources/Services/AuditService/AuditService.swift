public import EventDelivery

/// The audit-service. Owns the audit logs, which it only ever adds to.
public struct AuditService: Sendable {
    private let bus: any EventBus

    public init(bus: any EventBus) {
        self.bus = bus
    }

    /// Works until the task is cancelled.
    public func run() async {
        await bus.run(AuditConsumer())
    }
}
