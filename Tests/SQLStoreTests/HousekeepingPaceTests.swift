import CivilTime
import ErrandCore
import Foundation
import SQLStore
import SQLiteDriver
import Synchronization
import TestSupport
import Testing

/// How long those who write wait for what tidies up. Pace is measured in a turn of its own, with nothing beside it: see
/// `scripts/test-swift`.
@Suite(.serialized) struct HousekeepingPaceTests {
    private static let tasks = 3_000

    @Test func `nobody waits for housekeeping longer than 50 milliseconds`() async throws {
        try await TestStore.withFile { path in
            try await TestStore.withStore(at: .file(path: path)) { store, _ in
                let clock = ManualClock()
                let environment = ConversationTests.environment(store, clock)
                let operations = Operations(environment: environment)
                let user = User.make()
                try await store.write { (transaction) throws(ErrandError) in
                    try transaction.accounts.insert(user, passwordHash: nil)
                }
                let me = Principal(userID: user.id, actor: .session(.make()), scopes: Set(Scope.allCases))
                try await Self.fillTrash(of: me, operations)
                try await store.write { (transaction) throws(ErrandError) in
                    while let last = try transaction.outbox.unpublished(limit: 1_000).last {
                        try transaction.outbox.markPublished(through: last)
                    }
                }
                clock.advance(by: .days(31))
                let housekeeping = Housekeeping(environment: environment, eventRetention: .days(7), consumersOfLog: [])
                let (tasks, events, waits) = try await Self.measure(housekeeping) {
                    let edit = try ProfileEdit(["name": .string("\(Int.random(in: 0..<1_000_000))")])
                    _ = try await operations.perform(UpdateProfile(edit), as: me)
                }
                #expect(tasks == Self.tasks)
                #expect(events >= 2 * Self.tasks)
                #expect(waits.count > 20)
                #if !DEBUG
                // The disk may be slow once; housekeeping would be at every turn.
                let longest = waits.sorted().suffix(waits.count / 20 + 1)
                #expect(longest[longest.startIndex] < .milliseconds(50), "\(longest)")
                #endif
            }
        }
    }

    @Test func `a transaction that removed something is followed by a pause of three times its length`() async throws {
        let database = SlowDatabase(database: try SQLiteDatabase.open(.memory) { Issue.record("\($0)") })
        let store = try await SQLStore.open(over: database) { Issue.record("\($0)") }
        let user = User.make()
        try await store.write { (transaction) throws(ErrandError) in
            try transaction.accounts.insert(user, passwordHash: nil)
        }
        try await database.write { (connection) throws(ErrandError) in
            _ = try rows(
                """
                INSERT INTO undo_records (owner, space, token, created_at, entries)
                SELECT row_id, row_id, 'x', \(Instant.testStart.milliseconds), '[]' FROM spaces
                """, on: connection
            )
        }
        let clock = ManualClock()
        clock.advance(by: .days(31))
        let housekeeping = Housekeeping(
            environment: ConversationTests.environment(store, clock), eventRetention: .days(7), consumersOfLog: []
        )
        for removed in [1, 0] {
            let (writes, begin) = (database.writes, ContinuousClock.now)
            #expect(try await housekeeping.runOnce().undoRecords == removed)
            let count = database.writes - writes
            #expect(count > 5)
            #expect(ContinuousClock.now - begin >= SlowDatabase.delay * (count + 3 * removed))
        }
        await database.database.close()
    }

    /// Everything that can be removed of tasks: with tags, words to search, events and undo.
    private static func fillTrash(of me: Principal, _ operations: Operations) async throws {
        for start in stride(from: 0, to: tasks, by: 50) {
            let commands = (start..<start + 50).flatMap { index -> [JSONValue] in
                let id = TaskID.make().description
                let task: JSONValue = [
                    "id": .string(id), "title": .string("Write the report for Chloé \(index)"),
                    "due_date": "2026-03-04", "description": "About the budget and the garden.",
                    "tags": ["home", "work"],
                ]
                return [
                    ["id": .string("create \(index)"), "op": "create", "args": task],
                    ["id": .string("delete \(index)"), "op": "delete", "args": ["task_id": .string(id)]],
                ]
            }
            let outcome = try await operations.perform(RunBatch(["commands": .array(commands)]), as: me).outcome
            for (_, result) in outcome.results { _ = try result.get() }
        }
    }

    /// Tidies up until nothing is left, while somebody writes all the time.
    private static func measure(
        _ housekeeping: Housekeeping, _ write: @escaping @Sendable () async throws -> Void
    ) async throws -> (tasks: Int, events: Int, waits: [Duration]) {
        try await withThrowingTaskGroup(of: [Duration].self) { group in
            group.addTask {
                var waits: [Duration] = []
                while !Task.isCancelled {
                    let start = ContinuousClock.now
                    do { try await write() } catch ErrandError.cancelled { break }
                    waits.append(ContinuousClock.now - start)
                }
                return waits
            }
            var (tasks, events) = (0, 0)
            var isPartial = true
            while isPartial {
                let report = try await housekeeping.runOnce()
                tasks += report.tasks
                events += report.events
                isPartial = report.isPartial
            }
            group.cancelAll()
            return (tasks, events, try await group.next() ?? [])
        }
    }
}

/// Whose every transaction takes a while.
private final class SlowDatabase: SQLDatabase {
    static let delay = Duration.milliseconds(20)

    let database: SQLiteDatabase
    private let count = Mutex(0)

    init(database: SQLiteDatabase) { self.database = database }

    var writes: Int { count.withLock { $0 } }

    var dialect: any SQLDialect { database.dialect }

    func read<Result: Sendable>(
        _ body: @escaping @Sendable (any SQLConnection) throws(ErrandError) -> Result
    ) async throws(ErrandError) -> Result { try await database.read(body) }

    func write<Result: Sendable>(
        _ body: @escaping @Sendable (any SQLConnection) throws(ErrandError) -> Result
    ) async throws(ErrandError) -> Result {
        try await database.write { (connection) throws(ErrandError) in
            self.count.withLock { $0 += 1 }
            // On the thread of the database, which is its own.
            Thread.sleep(forTimeInterval: Self.delay / .seconds(1))
            return try body(connection)
        }
    }
}
