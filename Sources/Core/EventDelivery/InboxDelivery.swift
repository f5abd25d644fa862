public import ErrandCore

/// Hands events that come from outside to one consumer: redelivered, repeated, from several brokers' partitions.
///
/// The id of an event is remembered in the transaction of its effect, so that the same event has its effect once
/// however often it comes. What the consumer can never handle is noted where an operator looks for dead letters and
/// has them replayed; one that the log does not hold any more is only on the broker's topic of dead letters.
public struct InboxDelivery: Sendable {
    /// What the broker is to be told.
    public enum Outcome: Hashable, Sendable {
        /// The effect is committed, now or at an earlier delivery.
        case done
        /// It can't be handled now: send it again.
        case retry
        /// It can never be handled: put it aside.
        case deadLetter(reason: String)
    }

    private let environment: Environment
    private let consumer: any EventConsumer

    public init(environment: Environment, consumer: any EventConsumer) {
        self.environment = environment
        self.consumer = consumer
    }

    /// Delivers what came as an event, which may be none, or one in a form that is not ours. Its id may then be all
    /// that can be read: what the log has under it can be mended and replayed.
    ///
    /// - Returns: the event, nil when it cannot be read, and what the broker is to be told.
    public func deliver(cloudEvent: JSONValue) async -> (event: Event?, outcome: Outcome) {
        let event: Event
        do throws(ErrandError) {
            event = try Event(cloudEvent: cloudEvent)
        } catch {
            let reason = LogDelivery.reason(error)
            guard let id = cloudEvent["id"]?.string.flatMap({ EventID($0) }) else {
                return (nil, .deadLetter(reason: reason))
            }
            return (nil, await putAside(id, because: reason))
        }
        return (event, await deliver(event))
    }

    /// Delivers several events in one transaction, in their order: what each would cost by itself, they cost together.
    ///
    /// - Returns: false when they cannot be handled together. Nothing has come of them then, and each is to be
    ///   delivered by itself.
    public func deliver(_ events: [Event]) async -> Bool {
        let types = consumer.types
        let wanted = events.filter { types?.contains($0.type) != false }
        do throws(ErrandError) {
            var effects: [EventEffect] = []
            for event in wanted { effects.append(try consumer.effect(of: event)) }
            let prepared = effects
            try await environment.store.write { (transaction) throws(ErrandError) in
                try handle(wanted, prepared, in: transaction)
            }
            return true
        } catch {
            return false
        }
    }

    private func handle(
        _ events: [Event], _ effects: [EventEffect], in transaction: any StoreTransaction
    ) throws(ErrandError) {
        let now = environment.now()
        var new = try transaction.consumers.enterInbox(of: consumer.role.rawValue, events.map(\.id), at: now)
        if new.count > 1 { try consumer.prepare(for: events.filter { new.contains($0.id) }, in: transaction) }
        let context = EventContext(transaction: transaction, now: now, of: environment)
        // One that came twice has its effect where it came first.
        for (event, effect) in zip(events, effects) where new.remove(event.id) != nil { try effect(context) }
    }

    public func deliver(_ event: Event) async -> Outcome {
        if let types = consumer.types, !types.contains(event.type) { return .done }
        let (environment, now, group) = (environment, environment.now(), consumer.role.rawValue)
        do throws(ErrandError) {
            let effect = try consumer.effect(of: event)
            try await environment.store.write { (transaction) throws(ErrandError) in
                guard try transaction.consumers.enterInbox(of: group, event.id, at: now) else { return }
                try effect(EventContext(transaction: transaction, now: now, of: environment))
            }
            return .done
        } catch .unavailable {
            return .retry
        } catch .cancelled {
            return .retry
        } catch {
            return await putAside(event.id, because: LogDelivery.reason(error))
        }
    }

    /// - Returns: ``Outcome/retry`` when it cannot be noted now, so that the broker must keep it.
    private func putAside(_ id: EventID, because reason: String) async -> Outcome {
        do throws(ErrandError) {
            try await addDeadLetter(id, because: reason)
            return .deadLetter(reason: reason)
        } catch {
            return .retry
        }
    }

    /// Notes an event that the broker itself has given up, because it was told to try again too often.
    ///
    /// - Returns: ``Outcome/done`` when it is noted, was handled or refused before, or is none of the consumer's
    ///   business.
    public func note(givenUp id: EventID, because reason: String) async -> Outcome {
        do throws(ErrandError) {
            try await addDeadLetter(id, because: reason)
            return .done
        } catch {
            return .retry
        }
    }

    /// Leaves one that is there already as it is: a broker that brings an event again must not take back that it is to
    /// be replayed, nor that it was.
    private func addDeadLetter(_ id: EventID, because reason: String) async throws(ErrandError) {
        let (now, group, types) = (environment.now(), consumer.role.rawValue, consumer.types)
        try await environment.store.write { (transaction) throws(ErrandError) in
            guard let stored = try transaction.outbox.event(id), types?.contains(stored.event.type) != false,
                try !transaction.consumers.isSettled(stored, for: group)
            else { return }
            try transaction.consumers.addDeadLetter(
                DeadLetter(consumer: group, event: stored, reason: reason, addedAt: now)
            )
        }
    }
}
