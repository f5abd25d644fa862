/// Hands events that come from outside to one consumer: redelivered, repeated, from several brokers' partitions.
///
/// The id of an event is remembered in the transaction of its effect, so that the same event has its effect once
/// however often it comes.
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

    public func deliver(_ event: Event) async -> Outcome {
        if let kinds = consumer.kinds, !kinds.contains(event.kind) { return .done }
        let (environment, now, group) = (environment, environment.now(), consumer.role.rawValue)
        do throws(ErrandError) {
            let effect = try consumer.effect(of: event)
            try await environment.store.write { (transaction) throws(ErrandError) in
                guard try transaction.consumers.enterInbox(of: group, event.id, at: now) else { return }
                try effect(EventContext(transaction: transaction, now: now, makeID: environment.makeID))
            }
            return .done
        } catch .unavailable {
            return .retry
        } catch .cancelled {
            return .retry
        } catch {
            return .deadLetter(reason: LogDelivery.reason(error))
        }
    }
}
