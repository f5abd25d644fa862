public import ErrandCore

/// The border to a driver: a connection inside a transaction, on the driver's own thread.
///
/// SQL is written once for all databases, with numbered parameters `$1`, `$2` … that may appear in any
/// order and more than once.
public protocol SQLConnection {
    /// Runs a statement that returns no rows.
    ///
    /// - Returns: how many rows it changed, those changed by triggers not counted.
    @discardableResult
    func execute(_ sql: String, _ arguments: [SQLValue]) throws(SQLError) -> Int

    /// Runs a statement whose outcome nobody waits for: it may go to the database together with the next one, which
    /// then fails if it does; at the latest with the commit.
    func send(_ sql: String, _ arguments: [SQLValue]) throws(SQLError)

    /// Has `report` told of such a statement that fails with the commit of this transaction.
    func tellLateFailures(to report: @escaping @Sendable (SQLError) -> Void)

    /// Runs a statement and hands each row of its result to `row`, one after the other.
    func query(
        _ sql: String, _ arguments: [SQLValue], _ row: (inout SQLRow) throws(SQLError) -> Void
    ) throws(SQLError)
}

extension SQLConnection {
    public func send(_ sql: String, _ arguments: [SQLValue]) throws(SQLError) { try execute(sql, arguments) }

    public func tellLateFailures(to report: @escaping @Sendable (SQLError) -> Void) {}
}

/// A database as a driver offers it: transactions of synchronous bodies on threads of its own.
public protocol SQLDatabase: Sendable {
    var dialect: any SQLDialect { get }

    /// How many connections were made so far. A crash of the database ends all, so that after it no transaction begins
    /// before one more is counted.
    var connectionsMade: Int { get }

    /// See ``Store/commits``.
    var commits: Int? { get }

    /// Runs `body` on one snapshot that includes every acknowledged write.
    ///
    /// - Throws: what `body` throws; ``ErrandError/unavailable`` and ``ErrandError/cancelled`` when it was not run.
    func read<Result: Sendable>(
        _ body: @escaping @Sendable (any SQLConnection) throws(ErrandError) -> Result
    ) async throws(ErrandError) -> Result

    /// Runs `body` and returns when its changes are durable. A body that throws leaves nothing behind.
    ///
    /// - Throws: what `body` throws; ``ErrandError/unavailable`` when the commit failed, so nothing was
    ///   written, and ``ErrandError/cancelled`` when `body` was not run.
    func write<Result: Sendable>(
        _ body: @escaping @Sendable (any SQLConnection) throws(ErrandError) -> Result
    ) async throws(ErrandError) -> Result

    /// Like ``write(_:)``, before all that waits and even if the caller goes away: for short work that others wait for.
    func writeNext<Result: Sendable>(
        _ body: @escaping @Sendable (any SQLConnection) throws(ErrandError) -> Result
    ) async throws(ErrandError) -> Result
}

extension SQLDatabase {
    public var connectionsMade: Int { 0 }

    public var commits: Int? { nil }

    public func writeNext<Result: Sendable>(
        _ body: @escaping @Sendable (any SQLConnection) throws(ErrandError) -> Result
    ) async throws(ErrandError) -> Result { try await write(body) }
}
