import CivilTime

/// Hands committed events to the consumers of this process, each in order and with its own place in the log.
///
/// A consumer's effect and its new place are one transaction: a crash repeats nothing and loses nothing. An event
/// that a consumer cannot take is parked for that consumer alone, and the others go on.
public struct OutboxRelay: Sendable {
    /// Events in one transaction.
    public static let batchSize = 100

    private let environment: Environment
    private let consumers: [any EventConsumer]

    public init(environment: Environment, consumers: [any EventConsumer]) {
        self.environment = environment
        self.consumers = consumers
    }

    public struct Report: Hashable, Sendable {
        public var handled = 0
        public var parked = 0
        /// Whether more may wait.
        public var isPartial = false
    }

    /// One batch for every consumer.
    public func runOnce() async throws(ErrandError) -> Report {
        var report = Report()
        for consumer in consumers {
            let waits = try await environment.store.read { (transaction) throws(ErrandError) in
                let place = try transaction.consumers.place(of: consumer.name)
                return try !transaction.outbox.events(of: consumer.kinds, after: place, limit: 1).isEmpty
            }
            if !waits { continue }
            let one = try await runBatch(of: consumer)
            report.handled += one.handled
            report.parked += one.parked
            report.isPartial = report.isPartial || one.isPartial
        }
        return report
    }

    private func runBatch(of consumer: any EventConsumer) async throws(ErrandError) -> Report {
        let environment = environment
        let now = environment.now()
        return try await environment.store.write { (transaction) throws(ErrandError) in
            var report = Report()
            let place = try transaction.consumers.place(of: consumer.name)
            let events = try transaction.outbox.events(
                of: consumer.kinds, after: place, limit: OutboxRelay.batchSize
            )
            for event in events {
                do throws(ErrandError) {
                    try transaction.attempt { () throws(ErrandError) in
                        try consumer.handle(event, in: transaction, environment, at: now)
                    }
                    report.handled += 1
                } catch .unavailable {
                    throw .unavailable
                } catch {
                    try transaction.consumers.park(event, for: consumer.name, reason: "\(error)", at: now)
                    report.parked += 1
                }
            }
            if let last = events.last { try transaction.consumers.setPlace(last.sequence, of: consumer.name) }
            report.isPartial = events.count == OutboxRelay.batchSize
            return report
        }
    }
}
