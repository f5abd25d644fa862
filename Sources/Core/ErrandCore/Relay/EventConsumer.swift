public import CivilTime

/// What happens because of events.
public protocol EventConsumer: Sendable {
    /// The Dapr app id of the role.
    var name: String { get }
    /// The event types it takes; others pass it by.
    var kinds: Set<String> { get }

    /// Does its work inside the transaction that remembers the event as done. Must be able to take an event twice.
    func handle(
        _ event: StoredEvent, in transaction: any StoreTransaction, _ environment: Environment, at now: Instant
    ) throws(ErrandError)
}
