import CivilTime
import ErrandCore
import PostgresDriver
import SQLStore
import SQLiteDriver
import TestSupport
import Testing

/// A step that removes old rows costs the same however many there are.
@Suite struct HousekeepingGrowthTests {
    @Test func `a step through the log of a file reads no more than it removes`() async throws {
        try await TestStore.withStore(at: .memory) { store, database in try await Self.check(store, database) }
    }

    @Test func `a step through the log of PostgreSQL reads no more than it removes`() async throws {
        let server = try await TestPostgres.server.value
        try await TestStore.withStore(at: try server.makeDatabase()) { store, database in
            try await Self.check(store, database)
        }
    }

    private static func check(_ store: SQLStore, _ database: some SQLDatabase) async throws {
        let user = User.make()
        try await store.write { (transaction) throws(ErrandError) in
            try transaction.accounts.insert(user, passwordHash: nil)
        }
        try await add(from: 1, through: 500, database)
        let few = try await cost(store)
        try await add(from: 501, through: 60_000, database)
        let many = try await cost(store)
        #expect(many < few * 4 + .microseconds(300), "\(few), then \(many)")
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

    /// The best of some.
    private static func cost(_ store: SQLStore) async throws -> Duration {
        var best = Duration.seconds(60)
        for _ in 0..<15 {
            let step = try await store.write { (transaction) throws(ErrandError) in
                let start = ContinuousClock.now
                let count = try transaction.outbox.purge(before: .testStart + .days(1), doneBy: [], limit: 10)
                #expect(count == 10)
                return ContinuousClock.now - start
            }
            best = min(best, step)
        }
        return best
    }
}
