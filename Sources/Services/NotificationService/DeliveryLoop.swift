import CivilTime
public import ErrandCore

/// Sends what is due over one channel: leases, looks up, sends, records.
///
/// Any number of processes may run the same loop. A row is whose change of it is committed; the lease ends by the
/// clock, and is renewed while something is sent. When a process ends between send and record, the next one sends again
/// with the same key, as soon as the lease is over.
public struct DeliveryLoop: Sendable {
    let environment: Environment
    let channel: any NotificationChannel
    let pace: ChannelPace
    /// Waits, for the time limit of a send.
    let clock: any Clock<Duration>
    /// Among more than it has room for, this loop takes others than its like in other processes do.
    private let preference: Preference

    public init(
        environment: Environment, channel: any NotificationChannel, pace: ChannelPace, clock: any Clock<Duration>
    ) {
        self.environment = environment
        self.channel = channel
        self.pace = pace
        self.clock = clock
        preference = Preference(environment.randomBytes(8))
    }

    /// A delivery whose lease is ours, ready to be sent.
    struct Leased: Sendable {
        let delivery: Delivery
        let facts: DeliveryFacts
        let isRepeated: Bool
    }

    /// One turn: as much as can be sent at once, and waits for all of it.
    public func runOnce() async throws(ErrandError) -> SendingReport {
        let (leased, looked) = try await lease(within: SendingRoom(pace))
        var report = looked
        do {
            report.steps += try await send(leased)
        } catch {
            throw error as? ErrandError ?? .unavailable
        }
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

    /// Of how many times what there is room for it chooses.
    private static let choice = 4

    /// Takes what is due, as much as there is room for.
    func lease(within room: SendingRoom) async throws(ErrandError) -> (leased: [Leased], report: SendingReport) {
        var report = SendingReport(channel.kind)
        let limit = room.free
        let full = room.full
        report.isPartial = limit == 0 || !full.isEmpty
        guard limit > 0 else { return ([], report) }
        let now = environment.now()
        let kind = channel.kind
        let (found, count, next) = try await environment.store.read { (transaction) throws(ErrandError) in
            let due = try transaction.deliveries.due(kind, at: now, except: full, limit: limit * Self.choice)
            let chosen = choose(due, within: room, at: now)
            var found: [DeliveryFacts] = []
            for item in chosen { if let facts = try DeliveryFacts(item, in: transaction) { found.append(facts) } }
            // While there is something to do, the next look comes soon enough.
            let next = due.isEmpty ? try transaction.deliveries.nextInstant(kind, except: full) : now
            return (found, due.count, next)
        }
        report.next = next
        let begun = begin(found, within: room, at: now)
        if begun.isEmpty { return ([], report) }
        let taken = try await environment.store.write { (transaction) throws(ErrandError) in
            var taken: Set<Int> = []
            for (index, item) in begun.enumerated()
            where try transaction.deliveries.save(item.beginning.delivery, replacing: item.facts.due.delivery) {
                taken.insert(index)
            }
            return taken
        }
        var leased: [Leased] = []
        for (index, item) in begun.enumerated() where taken.contains(index) {
            let isRepeated = item.facts.due.delivery.state == .sending
            switch item.beginning {
            case .send(let delivery):
                leased.append(Leased(delivery: delivery, facts: item.facts, isRepeated: isRepeated))
            case .put(let delivery): report.steps.append(SendingReport.Step(delivery, isRepeated: isRepeated))
            }
        }
        report.isPartial = report.isPartial || count > begun.count
        return (leased, report)
    }

    /// As many as there is room for, among those that are due.
    private func choose(_ due: [DueDelivery], within room: SendingRoom, at now: Instant) -> [DueDelivery] {
        if due.count <= room.free { return due }
        var room = room
        return preference.sorted(due, at: now).filter { room.take($0.delivery.host) }
    }

    private struct Begun: Sendable {
        let facts: DeliveryFacts
        let beginning: DeliveryPlan.Beginning
    }

    /// What each of them begins with, as far as its host has room.
    private func begin(_ found: [DeliveryFacts], within room: SendingRoom, at now: Instant) -> [Begun] {
        let plan = DeliveryPlan(at: now)
        var (room, begun) = (room, [Begun]())
        for facts in found {
            let delivery = facts.due.delivery
            let beginning = plan.begin(delivery, facts.circumstances(at: now), lease: pace.lease)
            if case .send = beginning, !room.take(delivery.host) { continue }
            begun.append(Begun(facts: facts, beginning: beginning))
        }
        return begun
    }

    /// What has been sent, and what came of it.
    struct Sent: Sendable {
        let leased: Leased
        let outcome: DeliveryOutcome
        /// How old the last success that a destination tells of may be.
        private static let newsPause = Duration.seconds(10)

        /// Whether it went as well as a moment ago, so that its destination need not be told again: all who send there
        /// would wait for each other.
        func isNoNews(at now: Instant) -> Bool {
            let destination = leased.facts.due.destination
            guard case .delivered = outcome, destination.status == .active, destination.failures == 0,
                let last = destination.lastResult, last.succeeded
            else { return false }
            return now - last.at < Sent.newsPause
        }
    }

    /// Sends what is leased, and records what came of it.
    ///
    /// - Returns: nil when the lease had become somebody else's meanwhile, or was over before anything was sent.
    /// - Throws: what the store throws; the lease then ends by itself.
    private func deliver(_ leased: Leased) async throws(ErrandError) -> SendingReport.Step? {
        guard let sent = await send(leased) else { return nil }
        return try await record([sent]).first
    }

    /// - Returns: nil when the lease was lost on the way, or was over before anything was sent.
    func send(_ leased: Leased) async -> Sent? {
        let now = environment.now()
        if let end = leased.delivery.nextAt, now >= end { return nil }
        let attempt = DeliveryAttempt(
            deliveryID: leased.delivery.id, number: leased.delivery.attempts, deadline: now + pace.timeLimit
        )
        let message = leased.facts.message(for: leased.delivery, at: now)
        let outcome = await send(message, to: leased.facts.due.destination, attempt, keeping: leased.delivery)
        return outcome.map { Sent(leased: leased, outcome: $0) }
    }

    /// What ends a send: whichever comes first counts.
    private enum End: Sendable {
        case outcome(DeliveryOutcome)
        case timeLimit
        /// Somebody else has it by now, or nobody: a notification goes with its user.
        case lost
    }

    /// - Returns: nil when the lease was lost on the way.
    private func send(
        _ message: OutgoingMessage, to destination: ChannelDestination, _ attempt: DeliveryAttempt,
        keeping delivery: Delivery
    ) async -> DeliveryOutcome? {
        let (channel, clock, limit) = (channel, clock, pace.timeLimit)
        return await withTaskGroup(of: End.self) { group in
            group.addTask { .outcome(await channel.send(message, to: destination, attempt: attempt)) }
            group.addTask {
                try? await clock.sleep(for: limit)
                return .timeLimit
            }
            group.addTask {
                await keep(delivery)
                return .lost
            }
            let first = await group.next()
            group.cancelAll()
            switch first {
            case .outcome(let outcome)?: return outcome
            case .timeLimit?: return .retry(after: nil, reason: "It took too long.")
            case .lost?, nil: return nil
            }
        }
    }

    /// Renews the lease of what is being sent, until the task is cancelled or it is lost. Most sends are over before.
    private func keep(_ delivery: Delivery) async {
        while true {
            do { try await clock.sleep(for: pace.lease / 3) } catch { return }
            let plan = DeliveryPlan(at: environment.now())
            let lease = pace.lease
            // Without the database there is another third of it, and then another.
            let isOurs = try? await environment.store.write { (transaction) throws(ErrandError) in
                guard let row = try transaction.deliveries.held(delivery) else { return false }
                return try transaction.deliveries.save(plan.renewed(row, lease: lease), replacing: row)
            }
            if isOurs == false { return }
        }
    }

    /// Writes down what came of sends, in one transaction.
    ///
    /// - Returns: what has moved; what had become somebody else's has not.
    func record(_ all: [Sent]) async throws(ErrandError) -> [SendingReport.Step] {
        let environment = environment
        let now = environment.now()
        let plan = DeliveryPlan(at: now)
        // Destinations are locked: whoever takes them in one order waits for nobody who waits for them.
        let sorted = all.sorted {
            $0.leased.delivery.destinationID.description < $1.leased.delivery.destinationID.description
        }
        return try await environment.store.write { (transaction) throws(ErrandError) in
            var steps: [SendingReport.Step] = []
            for sent in sorted {
                let before = sent.leased.delivery
                let commands = CommandContext(
                    transaction: transaction,
                    principal: Principal(
                        userID: before.ownerID, actor: .service(.notificationService), scopes: [.writeAccount]),
                    in: .own(of: before.ownerID), now: now, correlation: .none, makeID: environment.makeID,
                    randomBytes: environment.randomBytes
                )
                if !sent.isNoNews(at: now) { try commands.note(sent.outcome, of: before.destinationID) }
                let next = plan.finish(before, with: sent.outcome)
                if try transaction.deliveries.end(before, as: next) {
                    steps.append(SendingReport.Step(next, isRepeated: sent.leased.isRepeated))
                }
            }
            return steps
        }
    }
}

extension DeliveryTable {
    /// Writes what came of a send, if the delivery is still whose attempt it was.
    fileprivate func end(_ before: Delivery, as next: Delivery) throws(ErrandError) -> Bool {
        // It is as it was leased, unless the sending took long.
        if try save(next, replacing: before) { return true }
        guard let row = try held(before) else { return false }
        return try save(next, replacing: row)
    }

    /// The row of what is being sent, with its lease as it is now; nil when it is nobody's, or another's: whoever takes
    /// it begins another attempt.
    fileprivate func held(_ delivery: Delivery) throws(ErrandError) -> Delivery? {
        guard let row = try find(delivery.id, of: delivery.ownerID) else { return nil }
        return row.state == .sending && row.attempts == delivery.attempts ? row : nil
    }
}
