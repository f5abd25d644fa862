import CivilTime
import ErrandCore
import Foundation
import PostgresDriver
import SQLStore
import SQLiteDriver
import TestSupport
import Testing

/// A step that removes old rows costs the same however many there are.
@Suite struct HousekeepingGrowthTests {
    /// Tables that grow with what people do.
    enum Table: CaseIterable {
        case log, undo, replies

        func purge(_ transaction: some StoreTransaction, limit: Int) throws(ErrandError) -> Int {
            let end = Instant.testStart + .days(1)
            switch self {
            case .log: return try transaction.outbox.purge(before: end, doneBy: [], limit: limit)
            case .undo: return try transaction.undo.purge(before: end, limit: limit)
            case .replies: return try transaction.replies.purge(before: end, limit: limit)
            }
        }

        /// A statement that adds rows with the numbers `n` to the one space `s`.
        fileprivate var insert: String {
            let (number, at) = ("CAST(100000000 + n AS text)", Instant.testStart.milliseconds)
            switch self {
            case .log:
                let pad = String(repeating: "0", count: 27)
                return """
                    INSERT INTO outbox (id, kind, space, task_id, cursor, occurred_at, data)
                    SELECT substr(\(number) || '\(pad)', 1, 36), 'task.updated', s.row_id,
                        s.id, n, \(at), '{"a": "\(String(repeating: "x", count: 400))"}'
                    """
            case .undo:
                return """
                    INSERT INTO undo_records (owner, space, token, created_at, entries)
                    SELECT s.row_id, s.row_id, \(number), \(at), '[]'
                    """
            case .replies:
                return """
                    INSERT INTO replies (owner, target, key, fingerprint, status, headers, body, created_at)
                    SELECT s.row_id, 'POST /', \(number), x.bytes, 201, '{}', x.bytes, \(at)
                    """
            }
        }
    }

    @Test(arguments: Table.allCases) func `a step in a file reads no more than it removes`(
        _ table: Table
    ) async throws {
        try await TestStore.withStore(at: .memory) { store, database in
            try await Self.check(table, store, database) {
                try await store.write { (transaction) throws(ErrandError) in
                    let before = Self.timeOfThread()
                    try Self.step(table, transaction)
                    return Self.timeOfThread() - before
                }
            }
        }
    }

    @Test(arguments: Table.allCases) func `a step in PostgreSQL reads no more than it removes`(
        _ table: Table
    ) async throws {
        let server = try await TestPostgres.server.value
        try await TestStore.withStore(at: try server.makeDatabase()) { store, database in
            let counting = CountingDatabase(database)
            let counted = try await SQLStore.open(over: counting) { _ in }
            try await Self.check(table, store, database) {
                let before = counting.blocks
                try await counted.write { (transaction) throws(ErrandError) in try Self.step(table, transaction) }
                return counting.blocks - before
            }
        }
    }

    /// Compares the cheapest of some steps, where there are few rows and where there are many.
    private static func check(
        _ table: Table, _ store: SQLStore, _ database: some SQLDatabase, cost: () async throws -> Int64
    ) async throws {
        let user = User.make()
        try await store.write { (transaction) throws(ErrandError) in
            try transaction.accounts.insert(user, passwordHash: nil)
        }
        func best() async throws -> Int64 {
            var best = try await cost()
            for _ in 1..<15 { best = min(best, try await cost()) }
            return best
        }
        try await add(table, from: 1, through: 500, database)
        let few = try await best()
        try await add(table, from: 501, through: 60_000, database)
        let many = try await best()
        #expect(few > 0)
        #expect(many < few * 4, "\(few), then \(many)")
    }

    private static func step(_ table: Table, _ transaction: some StoreTransaction) throws(ErrandError) {
        #expect(try table.purge(transaction, limit: 10) == 10)
    }

    /// Nanoseconds that this thread has computed. Those that passed would tell how busy the machine is.
    private static func timeOfThread() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }

    /// Rows from before.
    private static func add(
        _ table: Table, from first: Int, through last: Int, _ database: some SQLDatabase
    ) async throws {
        let bytes = database.dialect is PostgresDialect ? "CAST('x' AS bytea)" : "x'78'"
        try await database.write { (connection) throws(ErrandError) in
            _ = try rows(
                """
                WITH RECURSIVE numbers (n) AS (
                    SELECT \(first) UNION ALL SELECT n + 1 FROM numbers WHERE n < \(last)
                ) \(table.insert) FROM numbers, spaces s, (SELECT \(bytes) AS bytes) x
                """, on: connection
            )
            _ = try rows(
                """
                INSERT INTO consumers (name, place) VALUES ('outbox-relay', \(last))
                ON CONFLICT (name) DO UPDATE SET place = excluded.place
                """, on: connection
            )
        }
    }
}
