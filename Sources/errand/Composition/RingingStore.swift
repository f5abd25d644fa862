import CivilTime
import ErrandCore
import EventDelivery

/// A store that rings after a commit that gives somebody work, so that loops need not poll: the relay when there are
/// new events, the reminder clock when another reminder is the next.
struct RingingStore: Store {
    let inner: any Store
    let relayBell: WakeUp
    let clockBell: WakeUp

    func read<Result: Sendable>(
        _ body: @escaping @Sendable (any StoreTransaction) throws(ErrandError) -> Result
    ) async throws(ErrandError) -> Result {
        try await inner.read(body)
    }

    func write<Result: Sendable>(
        _ body: @escaping @Sendable (any StoreTransaction) throws(ErrandError) -> Result
    ) async throws(ErrandError) -> Result {
        let (result, hasEvents, hasMovedClock) = try await inner.write { (transaction) throws(ErrandError) in
            let before = try State(transaction)
            let result = try body(transaction)
            let after = try State(transaction)
            return (result, before.end != after.end, before.nextReminder != after.nextReminder)
        }
        if hasEvents { relayBell.ring() }
        if hasMovedClock { clockBell.ring() }
        return result
    }

    /// What the loops wait for to change.
    private struct State {
        let end: Int64
        let nextReminder: Instant?

        init(_ transaction: any StoreTransaction) throws(ErrandError) {
            end = try transaction.outbox.end()
            nextReminder = try transaction.reminders.nextInstant()
        }
    }
}
