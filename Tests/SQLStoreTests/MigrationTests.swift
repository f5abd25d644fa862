import CivilTime
import ErrandCore
import PostgresDriver
import SQLStore
import SQLiteDriver
import TestSupport
import Testing

/// Databases of earlier versions are brought over whole.
@Suite struct MigrationTests {
    /// How many steps the schema had before tasks belonged to spaces.
    private static let before = (sqlite: 4, postgres: 2)

    @Test func `a file of before spaces keeps every row`() async throws {
        let database = try SQLiteDatabase.open(.memory) { Issue.record("\($0)") }
        try await bringOver(database, from: Self.before.sqlite)
        let broken = try await database.read { (connection) throws(ErrandError) in
            try rows("PRAGMA foreign_key_check", on: connection) + rows("PRAGMA integrity_check", on: connection)
        }
        #expect(broken == [[.text("ok")]])
        await database.close()
    }

    @Test func `a PostgreSQL database of before spaces keeps every row`() async throws {
        let server = try await TestPostgres.server.value
        let database = PostgresDatabase(PostgresOptions(url: try server.makeDatabase())) { Issue.record("\($0)") }
        try await bringOver(database, from: Self.before.postgres)
        await database.close()
    }

    @Test func `a program that knows fewer steps refuses the database`() async throws {
        let database = try SQLiteDatabase.open(.memory) { Issue.record("\($0)") }
        _ = try await SQLStore.open(over: database) { Issue.record("\($0)") }
        let earlier = EarlierDatabase(database: database, steps: Self.before.sqlite)
        let refusal = SQLStore.OpenError.newerSchema(
            version: database.dialect.migrations.count, known: Self.before.sqlite
        )
        for migrates in [true, false] {
            await #expect(throws: refusal) {
                _ = try await SQLStore.open(over: earlier, migrates: migrates) { Issue.record("\($0)") }
            }
        }
        #expect(refusal.description.contains("Run the version of the program that wrote it, or a later one."))
        await database.close()
    }

    /// Two users with a task each, and what belongs to it, as the version before wrote them.
    private func bringOver(
        _ database: some SQLDatabase, from version: Int
    ) async throws {
        let (ana, ben) = (User.make(name: "Ana"), User.make(name: "Ben"))
        let (first, second) = (TaskID.make(), TaskID.make())
        let earlier = EarlierDatabase(database: database, steps: version)
        _ = try await SQLStore.open(over: earlier) { Issue.record("\($0)") }
        try await database.write { (connection) throws(ErrandError) in
            for (user, task, row) in [(ana, first, 1), (ben, second, 2)] as [(User, TaskID, Int64)] {
                try write(user, task, row: row, with: database.dialect, on: connection)
            }
        }
        let store = try await SQLStore.open(over: database) { Issue.record("\($0)") }
        try await store.write { (transaction) throws(ErrandError) in
            for (user, task) in [(ana, first), (ben, second)] {
                let space = user.id.personalSpace
                let found = try transaction.tasks.find(.number(1), in: space)
                #expect(found?.id == task)
                #expect(try transaction.accounts.find(user.id)?.email == user.email)
                #expect(try transaction.tags.counts(in: space).map(\.tag.name) == ["home"])
                #expect(try transaction.audit.head(in: space)?.sequence == 1)
                #expect(try transaction.undo.find(token: "token", of: user.id)?.space == space)
                #expect(try transaction.reminders.nextInstant() == .testStart)
                let filter = TaskFilter(search: SearchQuery("milk"))
                #expect(try transaction.tasks.count(filter, in: space) == 1)
                if let found {
                    let reminders = try transaction.reminders.all(of: found, for: user.id)
                    #expect(reminders.map(\.memberID) == [user.id])
                    #expect(reminders.map(\.repeatEvery) == [CalendarSpan(days: 1, seconds: 3600)])
                    // Ben's days end at 03:00, which was of the same morning.
                    let end: Duration = user.id == ben.id ? .hours(27) : .hours(24)
                    #expect(found.dueSpan == DueSpan(start: .testStart, overdue: .testStart + end))
                }
                #expect(try transaction.tasks.takeNumber(in: space) == 2)
            }
            let next = User.make()
            try transaction.accounts.insert(next, passwordHash: nil)
            try transaction.tasks.insert(.make(owner: next.id))
            #expect(try transaction.tasks.all(in: next.id.personalSpace, after: 0, limit: 9).count == 1)
        }
        // Numbers of accounts that are gone are not given again.
        let spaces = try await database.read { (connection) throws(ErrandError) in
            try rows("SELECT row_id FROM spaces ORDER BY row_id", on: connection)
        }
        #expect(spaces == [[.integer(1)], [.integer(2)], [.integer(8)]])
    }

    private func write(
        _ user: User, _ task: TaskID, row: Int64, with dialect: any SQLDialect, on connection: any SQLConnection
    ) throws(ErrandError) {
        func run(_ sql: String, _ arguments: [SQLValue] = []) throws(ErrandError) {
            _ = try rows(sql, arguments, on: connection)
        }
        let (owner, number) = (SQLValue.integer(row), SQLValue.integer(row << 32 | 1))
        let (id, at) = (SQLValue.text(task.description), SQLValue.integer(Instant.testStart.milliseconds))
        let columns = """
            INSERT INTO users (
                row_id, id, email, email_key, name, time_zone, day_end, all_day_reminder_time, week_start, created_at
            ) VALUES ($1, $2, $3, $3, '', 'UTC', \(row == 2 ? "'03:00'" : "'24:00'"), '09:00', 0, $4)
            """
        if row == 1 {
            try run(columns, [7, .text(UserID.make().description), "gone@example.org", at])
            if let count = dialect.countingOn("users", "row_id") { try run(count) }
            try run("DELETE FROM users")
        }
        try run(columns, [owner, .text(user.id.description), .text(user.email), at])
        try run("INSERT INTO counters (owner, task_number, change_number) VALUES ($1, 1, 1)", [owner])
        try run(
            """
            INSERT INTO tasks (
                row_id, owner, id, priority, version, created_at, updated_at, title_key, title, tags, description,
                due_kind, due_date, due_at, overdue_at
            ) VALUES (
                $1, $2, $3, 2, 1, $4, $4, 'buy milk', 'Buy milk', '["home"]', '', 'date', '2026-01-15', $4, $5
            )
            """,
            [number, owner, id, at, .integer((Instant.testStart + .hours(row == 2 ? 3 : 24)).milliseconds)]
        )
        if let document = dialect.searchDocument(title: "Buy milk", description: "", tags: "home", space: row) {
            try run(
                "INSERT INTO task_search (row_id, document) VALUES ($1, CAST($2 AS tsvector))",
                [number, .text(document)]
            )
        }
        try writeWhatBelongs(to: (owner, number, id, at), on: connection)
    }

    /// What belongs to the task of a row.
    private func writeWhatBelongs(
        to task: (owner: SQLValue, row: SQLValue, id: SQLValue, at: SQLValue), on connection: any SQLConnection
    ) throws(ErrandError) {
        let (owner, number, id, at) = task
        func run(_ sql: String, _ arguments: [SQLValue] = []) throws(ErrandError) {
            _ = try rows(sql, arguments, on: connection)
        }
        try run("INSERT INTO task_tags VALUES ($1, 'home', $2, 'home', 1, 0)", [owner, number])
        try run(
            """
            INSERT INTO reminders (owner, id, task_row, base, next_at, repeat_every)
            VALUES ($1, $2, $3, $4, $4, 90000000)
            """,
            [owner, .text(ReminderID.make().description), number, at]
        )
        try run(
            """
            INSERT INTO outbox (id, kind, owner, task_id, cursor, occurred_at, data)
            VALUES ($1, 'task.created', $2, $3, 1, $4, '{}')
            """,
            [.text(EventID.make().description), owner, id, at]
        )
        let hash = SQLValue.text(String(repeating: "0", count: 64))
        try run(
            """
            INSERT INTO audit_entries (owner, seq, at, action, task_id, entry, hash)
            VALUES ($1, 1, $2, 'task.created', $3, '{}', $4)
            """,
            [owner, at, id, hash]
        )
        try run(
            "INSERT INTO undo_records (owner, token, created_at, entries) VALUES ($1, 'token', $2, '[]')", [owner, at]
        )
    }
}

func rows(
    _ sql: String, _ arguments: [SQLValue] = [], on connection: any SQLConnection
) throws(ErrandError) -> [[SQLValue]] {
    var rows: [[SQLValue]] = []
    do throws(SQLError) {
        try connection.query(sql, arguments) { row throws(SQLError) in rows.append(row.values) }
    } catch {
        Issue.record("\(error)")
        throw .unavailable
    }
    return rows
}

/// A database as a program sees it that knows only the first steps of its schema.
struct EarlierDatabase<Database: SQLDatabase>: SQLDatabase {
    let database: Database
    let steps: Int
    /// One more, at the end of the last step.
    var lastStatement: String?

    var dialect: any SQLDialect {
        EarlierDialect(dialect: database.dialect, steps: steps, lastStatement: lastStatement)
    }

    func read<Result: Sendable>(
        _ body: @escaping @Sendable (any SQLConnection) throws(ErrandError) -> Result
    ) async throws(ErrandError) -> Result { try await database.read(body) }

    func write<Result: Sendable>(
        _ body: @escaping @Sendable (any SQLConnection) throws(ErrandError) -> Result
    ) async throws(ErrandError) -> Result { try await database.write(body) }
}

private struct EarlierDialect: SQLDialect {
    let dialect: any SQLDialect
    let steps: Int
    let lastStatement: String?

    var migrations: [[String]] {
        let first = Array(dialect.migrations.prefix(steps))
        return first.dropLast() + [(first.last ?? []) + (lastStatement.map { [$0] } ?? [])]
    }
    var concurrency: SQLConcurrency? { dialect.concurrency }
    var lookingUp: String { dialect.lookingUp }
    var rowAddress: String { dialect.rowAddress }
    var sets: SQLSets { dialect.sets }
    func scanning(_ index: String) -> String { dialect.scanning(index) }
    func strings(in parameter: String) -> String { dialect.strings(in: parameter) }
    func rows(of columns: [SQLColumnType]) -> String? { dialect.rows(of: columns) }
    func countingOn(_ table: String, _ column: String) -> String? { dialect.countingOn(table, column) }
    func matches(_ expression: String, from first: String, through last: String) -> String {
        dialect.matches(expression, from: first, through: last)
    }
    func expressions(for query: SearchQuery, space: Int64) -> SearchExpressions? {
        dialect.expressions(for: query, space: space)
    }
    func searchDocument(title: String, description: String, tags: String, space: Int64) -> String? {
        dialect.searchDocument(title: title, description: description, tags: tags, space: space)
    }
}
