/// Where everything is kept. Two real implementations of its SQL drivers exist or will: SQLite and PostgreSQL.
///
/// A transaction body is a synchronous closure, so nothing can wait while a transaction is open. It may run
/// again after a serialisation failure and must have no effect outside its transaction.
public protocol Store: Sendable {
    /// How many transactions were committed here that wrote something, counted before their callers are told; nil where
    /// others may write as well. Between two equal numbers nothing has changed.
    var commits: Int? { get }

    /// Runs `body` on one consistent state of the data. Writing in it is a programmer's error.
    ///
    /// - Throws: what `body` throws; ``ErrandError/unavailable`` when the database cannot answer.
    func read<Result: Sendable>(
        _ body: @escaping @Sendable (any StoreTransaction) throws(ErrandError) -> Result
    ) async throws(ErrandError) -> Result

    /// Runs `body` in a transaction and returns once it is durable. When `body` throws, nothing is written.
    func write<Result: Sendable>(
        _ body: @escaping @Sendable (any StoreTransaction) throws(ErrandError) -> Result
    ) async throws(ErrandError) -> Result

    /// Like ``write(_:)``, for a short change in one space that somebody waits for: where a database has several
    /// writers, those who wait at the same moment may share a transaction. May run again when that has to be repeated.
    ///
    /// - Parameter space: what is changed, or looked at first.
    func writeShared<Result: Sendable>(
        in space: SpaceID, _ body: @escaping @Sendable (any StoreTransaction) throws(ErrandError) -> Result
    ) async throws(ErrandError) -> Result
}

extension Store {
    public var commits: Int? { nil }

    public func writeShared<Result: Sendable>(
        in space: SpaceID, _ body: @escaping @Sendable (any StoreTransaction) throws(ErrandError) -> Result
    ) async throws(ErrandError) -> Result { try await write(body) }
}

/// The tables, as the domain names them. Only valid inside the body it was handed to.
public protocol StoreTransaction {
    var tasks: any TaskTable { get }
    var tags: any TagTable { get }
    var accounts: any AccountTable { get }
    var sessions: any SessionTable { get }
    var tokens: any PersonalTokenTable { get }
    var signingKeys: any SigningKeyTable { get }
    var outbox: any OutboxTable { get }
    var consumers: any ConsumerTable { get }
    var reminders: any ReminderTable { get }
    var audit: any AuditTable { get }
    var notifications: any NotificationTable { get }
    var destinations: any DestinationTable { get }
    var deliveries: any DeliveryTable { get }
    var digests: any DigestTable { get }
    var savedFilters: any SavedFilterTable { get }
    var calendarObjects: any CalendarObjectTable { get }
    var feeds: any CalendarFeedTable { get }
    var conversations: any ConversationTable { get }
    var undo: any UndoTable { get }
    var replies: any ReplyTable { get }
    var mails: any MailTable { get }
    var mailTokens: any MailTokenTable { get }
    var erasure: any ErasureTable { get }
    var zoneData: any ZoneDataTable { get }

    /// Runs `body` so that, when it throws, only what it wrote is taken back and the transaction goes on.
    func attempt<Result>(_ body: () throws(ErrandError) -> Result) throws(ErrandError) -> Result
}
