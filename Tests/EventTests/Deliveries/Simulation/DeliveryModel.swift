import CivilTime
import ErrandCore
import Synchronization
import TestSupport

/// What survives the end of a process: what deliveries are made of, and nothing else.
struct DeliveryData: Sendable {
    var users: [UserID: User] = [:]
    var tasks: [TaskID: TodoTask] = [:]
    var notifications: [NotificationID: Notification] = [:]
    var destinations: [DestinationID: ChannelDestination] = [:]
    /// In the order in which they were added.
    var deliveries: [Delivery] = []
}

/// A store that is a value, of which each call is a step at which its process can end.
struct DeliveryModelStore: Store {
    let world: DeliveryWorld
    let process: Int

    func read<Result: Sendable>(
        _ body: @escaping @Sendable (any StoreTransaction) throws(ErrandError) -> Result
    ) async throws(ErrandError) -> Result {
        try await world.pass(process)
        return try body(DeliveryModelTransaction(world.data.withLock { $0 }))
    }

    func write<Result: Sendable>(
        _ body: @escaping @Sendable (any StoreTransaction) throws(ErrandError) -> Result
    ) async throws(ErrandError) -> Result {
        try await world.pass(process)
        let transaction = DeliveryModelTransaction(world.data.withLock { $0 })
        let result = try body(transaction)
        world.commit(transaction.data, by: process)
        // It is committed, and the process may never hear of it.
        try await world.pass(process)
        return result
    }
}

/// The tables that the loop uses.
final class DeliveryModelTransaction: StoreTransaction {
    var data: DeliveryData

    init(_ data: DeliveryData) {
        self.data = data
    }

    var deliveries: any DeliveryTable { DeliveryModelTable(transaction: self) }
    var destinations: any DestinationTable { DestinationModelTable(transaction: self) }
    var accounts: any AccountTable { AccountModelTable(transaction: self) }
    var tasks: any TaskTable { TaskModelTable(transaction: self) }
    var outbox: any OutboxTable { OutboxModelTable() }

    func attempt<Result>(_ body: () throws(ErrandError) -> Result) throws(ErrandError) -> Result { try body() }
}

private struct DeliveryModelTable: DeliveryTable {
    let transaction: DeliveryModelTransaction

    func due(
        _ kind: ChannelKind, at instant: Instant, except hosts: Set<String>, limit: Int
    ) throws(ErrandError) -> [DueDelivery] {
        let data = transaction.data
        let due = data.deliveries.filter { one in
            one.kind == kind && !hosts.contains(one.host) && one.nextAt.map { $0 <= instant } ?? false
        }
        return due.sorted { ($0.nextAt ?? .testStart) < ($1.nextAt ?? .testStart) }.prefix(limit).compactMap { one in
            guard let notification = data.notifications[one.notificationID],
                let destination = data.destinations[one.destinationID]
            else { return nil }
            return DueDelivery(delivery: one, notification: notification, destination: destination)
        }
    }

    func save(_ delivery: Delivery, replacing before: Delivery) throws(ErrandError) -> Bool {
        let index = transaction.data.deliveries.firstIndex { one in
            one.id == before.id && one.state == before.state && one.attempts == before.attempts
                && one.nextAt == before.nextAt
        }
        guard let index else { return false }
        transaction.data.deliveries[index] = delivery
        return true
    }

    func nextInstant(_ kind: ChannelKind, except hosts: Set<String>) throws(ErrandError) -> Instant? {
        transaction.data.deliveries.filter { $0.kind == kind && !hosts.contains($0.host) }.compactMap(\.nextAt).min()
    }

    func find(_ id: DeliveryID, of owner: UserID) throws(ErrandError) -> Delivery? {
        transaction.data.deliveries.first { $0.id == id && $0.ownerID == owner }
    }

    func insert(_ deliveries: [Delivery]) throws(ErrandError) { unused() }
    func all(of notification: NotificationID, owner: UserID) throws(ErrandError) -> [Delivery] { unused() }
    func restart(_ delivery: Delivery) throws(ErrandError) -> Bool { unused() }
    func replays(to destination: DestinationID, of owner: UserID) throws(ErrandError) -> Int { unused() }
    func ended(
        to destination: DestinationID, of owner: UserID, after: DeliveryID?, limit: Int
    ) throws(ErrandError) -> [DueDelivery]? { unused() }
    func backlog() throws(ErrandError) -> [DeliveryBacklog] { unused() }
}

private struct DestinationModelTable: DestinationTable {
    let transaction: DeliveryModelTransaction

    func find(_ id: DestinationID, of owner: UserID) throws(ErrandError) -> ChannelDestination? {
        transaction.data.destinations[id]
    }

    func update(_ destination: ChannelDestination) throws(ErrandError) {
        transaction.data.destinations[destination.id] = destination
    }

    func insert(_ destination: ChannelDestination) throws(ErrandError) -> Bool { unused() }
    func all(of owner: UserID, kind: ChannelKind?) throws(ErrandError) -> [ChannelDestination] { unused() }
    func delete(_ id: DestinationID, of owner: UserID) throws(ErrandError) -> Bool { unused() }
    func lookUp(_ kind: ChannelKind?, of owners: [UserID]) throws(ErrandError) -> Set<UserID> { unused() }
    func releaseFromOthers(_ kind: ChannelKind, identity: String, but owner: UserID) throws(ErrandError) { unused() }

    func find(
        _ kind: ChannelKind, identity: String, of owner: UserID
    ) throws(ErrandError) -> ChannelDestination? { unused() }
}

private struct AccountModelTable: AccountTable {
    let transaction: DeliveryModelTransaction

    func find(_ id: UserID) throws(ErrandError) -> User? { transaction.data.users[id] }
    func state(of id: UserID) throws(ErrandError) -> [String]? { unused() }
    func hold(_ users: [UserID]) throws(ErrandError) { unused() }
    func exists(_ id: UserID) throws(ErrandError) -> Bool { unused() }

    func find(emailKey: String) throws(ErrandError) -> User? { unused() }
    func insert(_ user: User, passwordHash: String?) throws(ErrandError) { unused() }
    func update(_ user: User) throws(ErrandError) { unused() }
    func passwordHash(of id: UserID) throws(ErrandError) -> String? { unused() }
    func setPasswordHash(_ hash: String, of id: UserID) throws(ErrandError) { unused() }
    func find(issuer: String, subject: String) throws(ErrandError) -> User? { unused() }
    func link(issuer: String, subject: String, to id: UserID) throws(ErrandError) { unused() }
}

private struct TaskModelTable: TaskTable {
    let transaction: DeliveryModelTransaction

    func find(_ reference: TaskReference, in space: SpaceID) throws(ErrandError) -> TodoTask? {
        guard case .id(let id) = reference else { return nil }
        return transaction.data.tasks[id]
    }

    func insert(_ task: TodoTask) throws(ErrandError) { unused() }
    func update(_ task: TodoTask, replacing before: TodoTask) throws(ErrandError) { unused() }
    func page(_ page: PageRequest, of filter: TaskFilter, in space: SpaceID) throws(ErrandError) -> TaskPage {
        unused()
    }
    func count(_ filter: TaskFilter, in space: SpaceID) throws(ErrandError) -> Int { unused() }
    func state(in space: SpaceID) throws(ErrandError) -> SpaceState? { unused() }
    func takeNumber(in space: SpaceID) throws(ErrandError) -> Int64 { unused() }
    func takeNumbers(in space: SpaceID) throws(ErrandError) -> (task: Int64, change: ChangeNumber) { unused() }
    func all(in space: SpaceID, after number: Int64, limit: Int) throws(ErrandError) -> [TodoTask] { unused() }
    func inSeries(_ id: SeriesID, in space: SpaceID, limit: Int) throws(ErrandError) -> [TodoTask] { unused() }
    func followingSettings(in space: SpaceID, after number: Int64, limit: Int) throws(ErrandError) -> [TodoTask] {
        unused()
    }
    func purgeTrash(before instant: Instant, limit: Int) throws(ErrandError) -> Int { unused() }
}

/// Takes the event of a destination that is gone, and forgets it.
private struct OutboxModelTable: OutboxTable {
    func takeChangeNumber(in space: SpaceID) throws(ErrandError) -> ChangeNumber { 1 }
    func append(_ event: Event, as number: ChangeNumber) throws(ErrandError) {}

    func events(of types: Set<EventType>?, after sequence: Int64, limit: Int) throws(ErrandError) -> [StoredEvent] {
        unused()
    }
    func event(_ id: EventID) throws(ErrandError) -> StoredEvent? { unused() }
    func end() throws(ErrandError) -> Int64 { unused() }
    func unpublished(limit: Int) throws(ErrandError) -> [StoredEvent] { unused() }
    func markPublished(through last: StoredEvent) throws(ErrandError) { unused() }
    func backlog(of consumer: String?) throws(ErrandError) -> EventBacklog { unused() }
    func lastChangeNumber(in space: SpaceID) throws(ErrandError) -> ChangeNumber { unused() }
    func place(beforeLast count: Int) throws(ErrandError) -> Int64 { unused() }
    func purge(before instant: Instant, doneBy consumers: [String], limit: Int) throws(ErrandError) -> Int { unused() }
    func events(
        in space: SpaceID, after number: ChangeNumber, limit: Int
    ) throws(ErrandError) -> [StoredEvent] { unused() }
}

/// What no part of the simulation asks for.
private func unused() -> Never { preconditionFailure("The simulation does not use this.") }

extension DeliveryModelTransaction {
    var tags: any TagTable { unused() }
    var sessions: any SessionTable { unused() }
    var tokens: any PersonalTokenTable { unused() }
    var signingKeys: any SigningKeyTable { unused() }
    var consumers: any ConsumerTable { unused() }
    var reminders: any ReminderTable { unused() }
    var audit: any AuditTable { unused() }
    var notifications: any NotificationTable { unused() }
    var digests: any DigestTable { unused() }
    var zoneData: any ZoneDataTable { unused() }
    var savedFilters: any SavedFilterTable { unused() }
    var calendarObjects: any CalendarObjectTable { unused() }
    var feeds: any CalendarFeedTable { unused() }
    var conversations: any ConversationTable { unused() }
    var undo: any UndoTable { unused() }
    var replies: any ReplyTable { unused() }
    var mails: any MailTable { unused() }
    var mailTokens: any MailTokenTable { unused() }
    var erasure: any ErasureTable { unused() }
}
