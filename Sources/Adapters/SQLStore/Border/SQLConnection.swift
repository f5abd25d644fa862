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

    /// Runs a statement and hands each row of its result to `row`, one after the other.
    func query(
        _ sql: String, _ arguments: [SQLValue], _ row: (inout SQLRow) throws(SQLError) -> Void
    ) throws(SQLError)
}

/// A database as a driver offers it: transactions of synchronous bodies on threads of its own.
public protocol SQLDatabase: Sendable {
    var dialect: any SQLDialect { get }

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
}
