import ErrandCore
import PostgresDriver
import SQLStore
import Synchronization
import Testing

/// PostgreSQL that says how many blocks of tables and indexes its transactions asked for. Time would tell how busy the
/// machine is.
final class CountingDatabase: SQLDatabase {
    private let database: PostgresDatabase
    private let asked = Mutex<Int64>(0)

    init(_ database: PostgresDatabase) { self.database = database }

    /// The blocks, of 8 KiB, that all transactions so far asked for, in memory or on the disk.
    var blocks: Int64 { asked.withLock { $0 } }

    var dialect: any SQLDialect { database.dialect }

    func read<Result: Sendable>(
        _ body: @escaping @Sendable (any SQLConnection) throws(ErrandError) -> Result
    ) async throws(ErrandError) -> Result {
        try await database.read { (connection) throws(ErrandError) in try self.count(body, on: connection) }
    }

    func write<Result: Sendable>(
        _ body: @escaping @Sendable (any SQLConnection) throws(ErrandError) -> Result
    ) async throws(ErrandError) -> Result {
        try await database.write { (connection) throws(ErrandError) in try self.count(body, on: connection) }
    }

    private func count<Result: Sendable>(
        _ body: (any SQLConnection) throws(ErrandError) -> Result, on connection: any SQLConnection
    ) throws(ErrandError) -> Result {
        let before = try Self.blocks(on: connection)
        let result = try body(connection)
        let after = try Self.blocks(on: connection)
        asked.withLock { $0 += after - before }
        return result
    }

    /// What this connection asked for and has not yet told the others, which it does between transactions.
    private static func blocks(on connection: any SQLConnection) throws(ErrandError) -> Int64 {
        let found = try rows(
            """
            SELECT CAST(coalesce(sum(pg_stat_get_xact_blocks_fetched(oid)), 0) AS bigint) FROM pg_class
            WHERE relnamespace = 'public'::regnamespace
            """, on: connection
        )
        guard case .integer(let blocks)? = found.first?.first else { throw .unavailable }
        return blocks
    }
}
