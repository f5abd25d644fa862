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
    @Test func `a step through the log of a file reads no more than it removes`() async throws {
        try await TestStore.withStore(at: .memory) { store, database in
            try await Self.check(store, database) {
                try await store.write { (transaction) throws(ErrandError) in
                    let before = Self.timeOfThread()
                    try Self.step(transaction)
                    return Self.timeOfThread() - before
                }
            }
        }
    }

    @Test func `a step through the log of PostgreSQL reads no more than it removes`() async throws {
        let server = try await TestPostgres.server.value
        try await TestStore.withStore(at: try server.makeDatabase()) { store, database in
            let counting = CountingDatabase(database)
            let counted = try await SQLStore.open(over: counting) { _ in }
            try await Self.check(store, database) {
                let before = counting.blocks
                try await counted.write { (transaction) throws(ErrandError) in try Self.step(transaction) }
                return counting.blocks - before
            }
        }
    }

    /// Compares the cheapest of some steps, where there are few rows and where there are many.
    private static func check(
        _ store: SQLStore, _ database: some SQLDatabase, cost: () async throws -> Int64
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
        try await add(from: 1, through: 500, database)
        let few = try await best()
        try await add(from: 501, through: 60_000, database)
        let many = try await best()
        #expect(few > 0)
        #expect(many < few * 4, "\(few), then \(many)")
    }

    private static func step(_ transaction: some StoreTransaction) throws(ErrandError) {
        let count = try transaction.outbox.purge(before: .testStart + .days(1), doneBy: [], limit: 10)
        #expect(count == 10)
    }

    /// Nanoseconds that this thread has computed. Those that passed would tell how busy the machine is.
    private static func timeOfThread() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }

    /// Events from before.
    private static func add(from first: Int, through last: Int, _ database: some SQLDatabase) async throws {
        let pad = String(repeating: "0", count: 27)
        try await database.write { (connection) throws(ErrandError) in
            _ = try rows(
                """
                WITH RECURSIVE numbers (n) AS (
                    SELECT \(first) UNION ALL SELECT n + 1 FROM numbers WHERE n < \(last)
                ) INSERT INTO outbox (id, kind, space, task_id, cursor, occurred_at, data)
                SELECT substr(CAST(100000000 + n AS text) || '\(pad)', 1, 36), 'task.updated', s.row_id,
                    s.id, n, \(Instant.testStart.milliseconds), '{"a": "\(String(repeating: "x", count: 400))"}'
                FROM numbers, spaces s
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
