import CivilTime
public import ErrandCore

/// Publishes committed events to the bus, in the order of their commits.
///
/// One relay at a time has the lease; any number may run. A batch is marked as published once the bus has taken it
/// over, so a crash in between publishes it again, and nothing is left out. The next batch waits for the bus: what
/// cannot be published stays in the database, where it costs nothing but space.
public struct OutboxRelay: Sendable {
    /// Events handed over at once.
    public static let batchSize = 200
    /// How long nobody else takes over from a relay that does not answer.
    public static let lease = Duration.seconds(3)
    public static let leaseName = "outbox-relay"

    private let environment: Environment
    private let bus: any EventBus
    /// This relay among others.
    private let holder: UniqueID

    public init(environment: Environment, bus: any EventBus, holder: UniqueID) {
        self.environment = environment
        self.bus = bus
        self.holder = holder
    }

    public struct Report: Hashable, Sendable {
        public var published = 0
        /// Whether more may wait.
        public var isPartial = false
        /// Whether another relay is at work.
        public var isStandingBy = false
    }

    /// One batch.
    ///
    /// - Throws: ``ErrandError/unavailable`` when bus or database cannot answer; the batch stays unpublished.
    public func runOnce() async throws(ErrandError) -> Report {
        let (lease, batch) = try await look()
        guard try await holdsLease(until: lease) else { return Report(isStandingBy: true) }
        guard let last = batch.last else { return Report() }
        try await bus.publish(batch)
        let (holder, now) = (holder, environment.now())
        let isMarked = try await environment.store.write { (transaction) throws(ErrandError) in
            let end = try transaction.consumers.leaseEnd(OutboxRelay.leaseName, of: holder)
            // A bus may take longer than the lease. If somebody else has it by now, they publish the batch once more,
            // which consumers are made for; if nobody has, what was published is not published again for ever.
            if end.map({ now < $0 }) != true {
                let until = now + OutboxRelay.lease
                guard try transaction.consumers.takeLease(OutboxRelay.leaseName, for: holder, now: now, until: until)
                else { return false }
            }
            try transaction.outbox.markPublished(through: last)
            return true
        }
        return Report(published: isMarked ? batch.count : 0, isPartial: batch.count == OutboxRelay.batchSize)
    }

    /// Gives the lease up, if this relay has it.
    public func endLease() async throws(ErrandError) {
        let (holder, now) = (holder, environment.now())
        try await environment.store.write { (transaction) throws(ErrandError) in
            guard try transaction.consumers.leaseEnd(OutboxRelay.leaseName, of: holder) != nil else { return }
            _ = try transaction.consumers.takeLease(OutboxRelay.leaseName, for: holder, now: now, until: now)
        }
    }

    /// When this relay's lease ends, and what waits to be published.
    private func look() async throws(ErrandError) -> (lease: Instant?, batch: [StoredEvent]) {
        let holder = holder
        return try await environment.store.read { (transaction) throws(ErrandError) in
            (
                try transaction.consumers.leaseEnd(OutboxRelay.leaseName, of: holder),
                try transaction.outbox.unpublished(limit: OutboxRelay.batchSize)
            )
        }
    }

    /// Renews the lease when half of it is over; until then it is good as it is.
    private func holdsLease(until end: Instant?) async throws(ErrandError) -> Bool {
        let (holder, now) = (holder, environment.now())
        if let end, now + OutboxRelay.lease / 2 < end { return true }
        return try await environment.store.write { (transaction) throws(ErrandError) in
            try transaction.consumers.takeLease(
                OutboxRelay.leaseName, for: holder, now: now, until: now + OutboxRelay.lease
            )
        }
    }
}
