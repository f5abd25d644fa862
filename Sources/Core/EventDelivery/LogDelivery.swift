import CivilTime
public import ErrandCore

/// Hands the events of the log to one consumer, in order.
///
/// The consumer's place in the log moves in the transaction of its effects. A crash therefore repeats nothing and
/// loses nothing, and the place is all the memory it takes. An event that cannot be handled is tried again after a
/// growing pause, and put aside after ``DeliveryPolicy/attemptsMax`` times, so that it does not hold up the others.
///
/// Any number of processes may run the same consumer: one that finds the place moved does nothing.
public struct LogDelivery: Sendable {
    private let environment: Environment
    private let consumer: any EventConsumer
    private let policy: DeliveryPolicy

    public init(environment: Environment, consumer: any EventConsumer, policy: DeliveryPolicy = DeliveryPolicy()) {
        self.environment = environment
        self.consumer = consumer
        self.policy = policy
    }

    private var name: String { consumer.role.rawValue }

    /// What waits for the consumer, as one state of the data shows it.
    private struct Waiting: Sendable {
        let progress: ConsumerProgress
        let events: [StoredEvent]
        let end: Int64
        let replays: [DeadLetter]
    }

    /// One turn: a batch of what waits.
    public func runOnce() async throws(ErrandError) -> DeliveryReport {
        let startedAt = environment.now()
        let waiting = try await look()
        var report = DeliveryReport(consumer.role)
        report.startedAt = startedAt
        report.lag = max(waiting.end - waiting.progress.place, 0)
        let replay = DeadLetterReplay(environment: environment, consumer: consumer)
        for letter in waiting.replays { try await replay.replay(letter, &report) }
        if let retryAt = waiting.progress.retryAt, environment.now() < retryAt {
            report.retryAt = retryAt
            return report
        }
        if waiting.events.isEmpty {
            try await passBy(waiting)
        } else {
            try await handle(waiting, &report)
        }
        report.finishedAt = environment.now()
        return report
    }

    private func look() async throws(ErrandError) -> Waiting {
        let (name, types, limit) = (name, consumer.types, policy.batchSize)
        return try await environment.store.read { (transaction) throws(ErrandError) in
            let progress = try transaction.consumers.progress(of: name)
            return Waiting(
                progress: progress,
                events: try transaction.outbox.events(of: types, after: progress.place, limit: limit),
                end: try transaction.outbox.end(),
                replays: try transaction.consumers.deadLetters(of: name, toReplay: true, limit: limit)
            )
        }
    }

    /// Moves the place over events that are none of the consumer's business, now and then: retention waits for it.
    private func passBy(_ waiting: Waiting) async throws(ErrandError) {
        guard waiting.end - waiting.progress.place >= LogDelivery.passByMin else { return }
        _ = try await move(from: waiting.progress, to: waiting.end) { (_) throws(ErrandError) in }
    }

    private static let passByMin: Int64 = 1_000

    /// Handles as many events as go well together: all, else fewer and fewer, down to the one that fails.
    private func handle(_ waiting: Waiting, _ report: inout DeliveryReport) async throws(ErrandError) {
        var events = waiting.events
        while true {
            do throws(ErrandError) {
                if try await handle(events, from: waiting.progress) {
                    report.handled += events.map(\.event)
                    report.isPartial = events.count < waiting.events.count || events.count == policy.batchSize
                } else {
                    report.isPartial = true
                }
                return
            } catch {
                if error == .cancelled { throw error }
                guard events.count > 1 else {
                    try await record(error, of: events[0], waiting.progress, &report)
                    return
                }
                events = Array(events.prefix(max(events.count / 8, 1)))
            }
        }
    }

    /// - Returns: false when the place has moved meanwhile, so that nothing was done.
    private func handle(_ events: [StoredEvent], from progress: ConsumerProgress) async throws(ErrandError) -> Bool {
        guard let last = events.last else { return true }
        var effects: [EventEffect] = []
        for event in events { effects.append(try consumer.effect(of: event.event)) }
        let (environment, now, prepared) = (environment, environment.now(), effects)
        let consumer = consumer
        return try await move(from: progress, to: last.sequence) { (transaction) throws(ErrandError) in
            if events.count > 1 { try consumer.prepare(for: events.map(\.event), in: transaction) }
            let context = EventContext(transaction: transaction, now: now, of: environment)
            for effect in prepared { try effect(context) }
        }
    }

    private func move(
        from progress: ConsumerProgress, to place: Int64,
        _ effects: @escaping @Sendable (any StoreTransaction) throws(ErrandError) -> Void
    ) async throws(ErrandError) -> Bool {
        let name = name
        return try await environment.store.write { (transaction) throws(ErrandError) in
            guard try transaction.consumers.progress(of: name) == progress else { return false }
            try effects(transaction)
            try transaction.consumers.save(ConsumerProgress(place: place, attempts: 0, retryAt: nil), of: name)
            return true
        }
    }

    /// Counts a failure, or puts the event aside when it has failed often enough.
    private func record(
        _ error: ErrandError, of event: StoredEvent, _ progress: ConsumerProgress, _ report: inout DeliveryReport
    ) async throws(ErrandError) {
        let (name, policy) = (name, policy)
        let now = environment.now()
        let reason = LogDelivery.reason(error)
        let attempts = progress.attempts + 1
        let retryAt = attempts < policy.attemptsMax ? now + policy.pause(afterAttempts: attempts) : nil
        let isRecorded = try await environment.store.write { (transaction) throws(ErrandError) in
            guard try transaction.consumers.progress(of: name) == progress else { return false }
            var progress = progress
            if let retryAt {
                (progress.attempts, progress.retryAt) = (attempts, retryAt)
            } else {
                try transaction.consumers.addDeadLetter(
                    DeadLetter(consumer: name, event: event, reason: reason, addedAt: now)
                )
                progress = ConsumerProgress(place: event.sequence, attempts: 0, retryAt: nil)
            }
            try transaction.consumers.save(progress, of: name)
            return true
        }
        guard isRecorded else { return }
        let failure = DeliveryReport.Failure(event: event.event, reason: reason, attempts: attempts)
        if retryAt == nil { report.deadLetters.append(failure) } else { report.failure = failure }
        report.retryAt = retryAt
        report.isPartial = retryAt == nil
    }

    /// The sentence that an operator reads; errors carry no content of users.
    static func reason(_ error: ErrandError) -> String {
        switch error {
        case .malformedEvent(let reason): reason
        case .unavailable: "The database refused it again and again; see the log."
        default: "\(error)"
        }
    }
}
