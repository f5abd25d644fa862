public import ErrandCore

/// The border to a driver: a connection inside a transaction, on the driver's own thread.
///
/// SQL is written once for all databases, with numbered parameters `$1`, `$2` … that may appear in any
/// order and more than once.
public protocol SQLConnection {
    /// Runs a statement that returns no rows. Rows that wait and that it may look at are written before.
    ///
    /// - Returns: how many rows it changed, those changed by triggers not counted.
    @discardableResult
    func execute(_ sql: String, _ arguments: [SQLValue]) throws(SQLError) -> Int

    /// Runs a statement whose outcome nobody waits for: it may go to the database together with the next one, which
    /// then fails if it does; at the latest with the commit.
    func send(_ sql: String, _ arguments: [SQLValue]) throws(SQLError)

    /// Like ``send(_:_:)``, of a statement that looks at nothing of what waits.
    func sendAside(_ sql: String, _ arguments: [SQLValue]) throws(SQLError)

    /// Adds a row: at once, or together with others of its table, as ``RowShape/Patience`` says.
    func insert(_ row: [SQLValue], _ shape: RowShape) throws(SQLError)

    /// Writes all rows that wait.
    func writeOut() throws(SQLError)

    /// The rows that wait, for whoever begins a savepoint.
    func waitingRows() -> WaitingRows

    /// Has these rows wait and no others, since a savepoint was taken back.
    func restore(_ rows: WaitingRows)

    /// Has `report` told of such a statement that fails with the commit of this transaction.
    func tellLateFailures(to report: @escaping @Sendable (SQLError) -> Void)

    /// Runs a statement and hands each row of its result to `row`, one after the other.
    func query(
        _ sql: String, _ arguments: [SQLValue], _ row: (inout SQLRow) throws(SQLError) -> Void
    ) throws(SQLError)

    /// Like ``query(_:_:_:)``, of a statement that looks at nothing of what waits.
    func queryAside(
        _ sql: String, _ arguments: [SQLValue], _ row: (inout SQLRow) throws(SQLError) -> Void
    ) throws(SQLError)
}

/// Of a database in which a statement of one row costs no more than its part of a statement of many.
extension SQLConnection {
    public func send(_ sql: String, _ arguments: [SQLValue]) throws(SQLError) { try execute(sql, arguments) }

    public func sendAside(_ sql: String, _ arguments: [SQLValue]) throws(SQLError) { try send(sql, arguments) }

    public func insert(_ row: [SQLValue], _ shape: RowShape) throws(SQLError) { try send(shape.statement, row) }

    public func writeOut() throws(SQLError) {}

    public func waitingRows() -> WaitingRows { WaitingRows() }

    public func restore(_ rows: WaitingRows) {}

    public func queryAside(
        _ sql: String, _ arguments: [SQLValue], _ row: (inout SQLRow) throws(SQLError) -> Void
    ) throws(SQLError) { try query(sql, arguments, row) }

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

    /// Like ``write(_:)``, for short work that many want at the same moment: where there are several writers, it may
    /// share its transaction with others of its kind, and is then durable and taken back with them.
    ///
    /// - Parameter turn: of those that share, the lowest comes first. Whoever locks what has this name makes sure by it
    ///   that everybody locks in one order.
    func writeShared<Result: Sendable>(
        turn: String, _ body: @escaping @Sendable (any SQLConnection) throws(ErrandError) -> Result
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

    public func writeShared<Result: Sendable>(
        turn: String, _ body: @escaping @Sendable (any SQLConnection) throws(ErrandError) -> Result
    ) async throws(ErrandError) -> Result { try await write(body) }
}
