import CivilTime
public import ErrandCore

/// Sends what is due over one channel: leases, looks up, sends, records.
///
/// Any number of processes may run the same loop. A row is whose change of it is committed; the lease ends by the
/// clock, long after any send has. When a process ends between send and record, the next one sends again with the
/// same key.
public struct DeliveryLoop: Sendable {
    let environment: Environment
    let channel: any NotificationChannel
    let pace: ChannelPace
    /// Waits, for the time limit of a send.
    let clock: any Clock<Duration>

    public init(
        environment: Environment, channel: any NotificationChannel, pace: ChannelPace, clock: any Clock<Duration>
    ) {
        self.environment = environment
        self.channel = channel
        self.pace = pace
        self.clock = clock
    }

    /// A delivery whose lease is ours, ready to be sent.
    struct Leased: Sendable {
        let delivery: Delivery
        let facts: DeliveryFacts
        let isRepeated: Bool
    }

    /// One turn: as much as can be sent at once, and waits for all of it.
    public func runOnce() async throws(ErrandError) -> SendingReport {
        var (leased, report) = try await lease(beside: [:])
        do {
            report.steps += try await send(leased)
        } catch {
            throw error as? ErrandError ?? .unavailable
        }
        leased = []
        return report
    }

    private func send(_ leased: [Leased]) async throws -> [SendingReport.Step] {
        try await withThrowingTaskGroup(of: SendingReport.Step?.self) { group in
            for item in leased { group.addTask { try await deliver(item) } }
            var steps: [SendingReport.Step] = []
            for try await step in group { if let step { steps.append(step) } }
            return steps
        }
    }

    /// Takes what is due, as much as there is room for.
    ///
    /// - Parameter inFlight: how many sends to each host are under way.
    func lease(
        beside inFlight: [String: Int]
    ) async throws(ErrandError) -> (leased: [Leased], report: SendingReport) {
        var report = SendingReport(channel.kind)
        let room = pace.concurrency - inFlight.values.reduce(0, +)
        guard room > 0 else { return ([], report) }
        let now = environment.now()
        let kind = channel.kind
        let full = Set(inFlight.filter { $0.value >= pace.concurrencyPerHost }.keys)
        let (found, next) = try await environment.store.read { (transaction) throws(ErrandError) in
            let due = try transaction.deliveries.due(kind, at: now, except: full, limit: room)
            var found: [DeliveryFacts] = []
            for item in due { if let facts = try DeliveryFacts(item, in: transaction) { found.append(facts) } }
            return (found, try transaction.deliveries.nextInstant(kind, except: full))
        }
        report.next = next
        let begun = begin(found, beside: inFlight, at: now)
        if begun.isEmpty { return ([], report) }
        let taken = try await environment.store.write { (transaction) throws(ErrandError) in
            var taken: [Int] = []
            for (index, item) in begun.enumerated()
            where try transaction.deliveries.save(item.beginning.delivery, replacing: item.facts.due.delivery) {
                taken.append(index)
            }
            return taken
        }
        var leased: [Leased] = []
        for index in taken {
            let item = begun[index]
            let isRepeated = item.facts.due.delivery.state == .sending
            switch item.beginning {
            case .send(let delivery):
                leased.append(Leased(delivery: delivery, facts: item.facts, isRepeated: isRepeated))
            case .put(let delivery): report.steps.append(SendingReport.Step(delivery, isRepeated: isRepeated))
            }
        }
        report.isPartial = found.count == room || begun.count < found.count
        return (leased, report)
    }

    private struct Begun: Sendable {
        let facts: DeliveryFacts
        let beginning: DeliveryPlan.Beginning
    }

    /// What each of them begins with, as far as its host has room.
    private func begin(_ found: [DeliveryFacts], beside inFlight: [String: Int], at now: Instant) -> [Begun] {
        let plan = DeliveryPlan(at: now)
        var count = inFlight
        var begun: [Begun] = []
        for facts in found {
            let delivery = facts.due.delivery
            let beginning = plan.begin(delivery, facts.circumstances(at: now), timeLimit: pace.timeLimit)
            if case .send = beginning {
                guard count[delivery.host, default: 0] < pace.concurrencyPerHost else { continue }
                count[delivery.host, default: 0] += 1
            }
            begun.append(Begun(facts: facts, beginning: beginning))
        }
        return begun
    }

    /// Sends what is leased, and records what came of it.
    ///
    /// - Returns: nil when the lease had become somebody else's meanwhile.
    /// - Throws: what the store throws; the lease then ends by itself.
    func deliver(_ leased: Leased) async throws(ErrandError) -> SendingReport.Step? {
        let now = environment.now()
        let attempt = DeliveryAttempt(
            deliveryID: leased.delivery.id, number: leased.delivery.attempts, deadline: now + pace.timeLimit
        )
        let message = leased.facts.message(for: leased.delivery, at: now)
        let outcome = await send(message, to: leased.facts.due.destination, attempt)
        return try await record(outcome, of: leased)
    }

    private func send(
        _ message: OutgoingMessage, to destination: ChannelDestination, _ attempt: DeliveryAttempt
    ) async -> DeliveryOutcome {
        let (channel, clock, limit) = (channel, clock, pace.timeLimit)
        return await withTaskGroup(of: DeliveryOutcome?.self) { group in
            group.addTask { await channel.send(message, to: destination, attempt: attempt) }
            group.addTask {
                try? await clock.sleep(for: limit)
                return nil
            }
            let first = await group.next()
            group.cancelAll()
            return (first ?? nil) ?? .retry(after: nil, reason: "It took too long.")
        }
    }

    private func record(
        _ outcome: DeliveryOutcome, of leased: Leased
    ) async throws(ErrandError) -> SendingReport.Step? {
        let environment = environment
        let now = environment.now()
        let before = leased.delivery
        let next = DeliveryPlan(at: now).finish(before, with: outcome)
        let isOurs = try await environment.store.write { (transaction) throws(ErrandError) in
            let commands = CommandContext(
                transaction: transaction,
                principal: Principal(
                    userID: before.ownerID, actor: .service(.notificationService), scopes: [.writeAccount]),
                in: .own(of: before.ownerID), now: now, correlation: .none, makeID: environment.makeID,
                randomBytes: environment.randomBytes
            )
            try commands.note(outcome, of: before.destinationID)
            return try transaction.deliveries.save(next, replacing: before)
        }
        return isOurs ? SendingReport.Step(next, isRepeated: leased.isRepeated) : nil
    }
}
