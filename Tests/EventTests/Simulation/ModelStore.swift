import CivilTime
import ErrandCore
import Synchronization

/// A store that is a value: what a database promises, and nothing else. Each call is a step, at which the process
/// can be interrupted, fail, or end.
struct ModelStore: Store {
    let world: World
    let process: Int

    func read<Result: Sendable>(
        _ body: @escaping @Sendable (any StoreTransaction) throws(ErrandError) -> Result
    ) async throws(ErrandError) -> Result {
        try await world.pass(process)
        return try body(ModelTransaction(world.data.withLock { $0 }))
    }

    func write<Result: Sendable>(
        _ body: @escaping @Sendable (any StoreTransaction) throws(ErrandError) -> Result
    ) async throws(ErrandError) -> Result {
        try await world.pass(process)
        // Writers come one after the other, as they do in SQLite.
        let transaction = ModelTransaction(world.data.withLock { $0 })
        let result = try body(transaction)
        world.commit(transaction.data)
        // It is committed, and the process may never hear of it.
        try await world.pass(process)
        return result
    }
}

/// Everything that survives the end of a process.
struct ModelData: Sendable {
    struct Handled: Hashable, Sendable {
        let consumer: String
        let event: EventID
    }

    struct Lease: Sendable {
        var holder: UniqueID
        var end: Instant
    }

    var events: [StoredEvent] = []
    var published: Int64 = 0
    var progress: [String: ConsumerProgress] = [:]
    var letters: [DeadLetter] = []
    var inbox: Set<Handled> = []
    var leases: [String: Lease] = [:]
    /// What consumers have done, in order.
    var effects: [String: [EventID]] = [:]
}

/// The tables that the relay, the bus and their consumers use.
final class ModelTransaction: StoreTransaction, OutboxTable, ConsumerTable {
    private(set) var data: ModelData

    init(_ data: ModelData) {
        self.data = data
    }

    var outbox: any OutboxTable { self }
    var consumers: any ConsumerTable { self }

    /// Notes that a consumer has done what an event asks for.
    func record(_ event: EventID, by consumer: String) {
        data.effects[consumer, default: []].append(event)
    }

    func add(_ event: StoredEvent) {
        data.events.append(event)
    }

    // Outbox

    func events(of types: Set<EventType>?, after sequence: Int64, limit: Int) throws(ErrandError) -> [StoredEvent] {
        Array(
            data.events.filter { $0.sequence > sequence && (types?.contains($0.event.type) ?? true) }.prefix(limit)
        )
    }

    func event(_ id: EventID) throws(ErrandError) -> StoredEvent? { data.events.first { $0.event.id == id } }

    func end() throws(ErrandError) -> Int64 { data.events.last?.sequence ?? 0 }

    func unpublished(limit: Int) throws(ErrandError) -> [StoredEvent] {
        try events(of: nil, after: data.published, limit: limit)
    }

    func markPublished(through last: StoredEvent) throws(ErrandError) {
        data.published = max(data.published, last.sequence)
    }

    // Consumers

    func progress(of consumer: String) throws(ErrandError) -> ConsumerProgress {
        data.progress[consumer] ?? .beginning
    }

    func save(_ progress: ConsumerProgress, of consumer: String) throws(ErrandError) {
        data.progress[consumer] = progress
    }

    func addDeadLetter(_ letter: DeadLetter) throws(ErrandError) {
        data.letters.removeAll { $0.consumer == letter.consumer && $0.event == letter.event }
        data.letters.append(letter)
    }

    func removeDeadLetter(_ letter: DeadLetter) throws(ErrandError) {
        data.letters.removeAll { $0.consumer == letter.consumer && $0.event == letter.event }
    }

    func deadLetters(of consumer: String?, toReplay: Bool, limit: Int) throws(ErrandError) -> [DeadLetter] {
        toReplay ? [] : Array(data.letters.filter { consumer == nil || $0.consumer == consumer }.prefix(limit))
    }

    func enterInbox(
        of consumer: String, _ events: [EventID], at instant: Instant
    ) throws(ErrandError) -> Set<EventID> {
        Set(events.filter { data.inbox.insert(ModelData.Handled(consumer: consumer, event: $0)).inserted })
    }

    func isSettled(_ event: StoredEvent, for consumer: String) throws(ErrandError) -> Bool {
        data.inbox.contains(ModelData.Handled(consumer: consumer, event: event.event.id))
            || data.letters.contains { $0.consumer == consumer && $0.event == event }
    }

    func takeLease(
        _ name: String, for holder: UniqueID, now: Instant, until end: Instant
    ) throws(ErrandError) -> Bool {
        if let lease = data.leases[name], lease.holder != holder, now < lease.end { return false }
        data.leases[name] = ModelData.Lease(holder: holder, end: end)
        return true
    }

    func leaseEnd(_ name: String, of holder: UniqueID) throws(ErrandError) -> Instant? {
        data.leases[name].flatMap { $0.holder == holder ? $0.end : nil }
    }

    func attempt<Result>(_ body: () throws(ErrandError) -> Result) throws(ErrandError) -> Result {
        let before = data
        do {
            return try body()
        } catch {
            data = before
            throw error
        }
    }
}
