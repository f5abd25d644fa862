public import ErrandCore

/// Carries committed events to those who act on them, at least once and in order per key.
public protocol EventBus: Sendable {
    /// Takes events over. When it returns, none of them can be lost.
    ///
    /// - Throws: ``ErrandError/unavailable`` when some were not taken over; all of them are published again then.
    func publish(_ events: [StoredEvent]) async throws(ErrandError)

    /// Hands events to `consumer` until the task is cancelled. Effect and progress are one transaction.
    func run(_ consumer: any EventConsumer) async

    /// Tells `subscriber` of all updates until the task is cancelled, beginning now.
    func run(_ subscriber: any UpdateSubscriber) async
}

/// Is told what a bus does, to log and measure it.
public protocol EventBusObserver: Sendable {
    func delivered(_ report: DeliveryReport)
    func failed(_ loop: String, _ error: ErrandError)
    /// Told now and then, where a broker keeps the events, how many each topic has that this process is to hand to
    /// `role` and has not.
    func lags(of role: ProcessRole, _ events: [Topic: Int64])
}

extension EventBusObserver {
    public func lags(of role: ProcessRole, _ events: [Topic: Int64]) {}
}
