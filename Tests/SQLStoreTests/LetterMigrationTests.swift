import CivilTime
import ErrandCore
import PostgresDriver
import SQLStore
import SQLiteDriver
import TestSupport
import Testing

/// Tasks that were there before searches, tags and titles had a folding of their own.
@Suite struct LetterMigrationTests {
    /// How many steps the schema had before.
    private static let before = (sqlite: 6, postgres: 4)

    private static let tasks: [(title: String, tags: [String])] = [
        ("Straße 10 kehren", ["☀️", "☀", "Straße"]), ("straße 2 kehren", ["STRASSE", "home"]),
        ("日本語の勉強", ["学校"]), ("Öl", []), ("Zaun", ["Home"]), ("Ofen", ["İzmir", "IZMIR"]),
    ]

    @Test func `a file is brought over`() async throws {
        let database = try SQLiteDatabase.open(.memory) { Issue.record("\($0)") }
        try await bringOver(database, from: Self.before.sqlite)
        let broken = try await database.read { (connection) throws(ErrandError) in
            try rows("PRAGMA foreign_key_check", on: connection) + rows("PRAGMA integrity_check", on: connection)
        }
        #expect(broken == [[.text("ok")]])
        try await database.write { (connection) throws(ErrandError) in
            _ = try rows("INSERT INTO task_search (task_search) VALUES ('integrity-check')", on: connection)
        }
        await database.close()
    }

    @Test func `a PostgreSQL database is brought over`() async throws {
        let server = try await TestPostgres.server.value
        let database = PostgresDatabase(PostgresOptions(url: try server.makeDatabase())) { Issue.record("\($0)") }
        try await bringOver(database, from: Self.before.postgres)
        await database.close()
    }

    private func bringOver(_ database: some SQLDatabase, from version: Int) async throws {
        let user = User.make()
        _ = try await SQLStore.open(over: EarlierDatabase(database: database, steps: version)) { Issue.record("\($0)") }
        try await database.write { (connection) throws(ErrandError) in
            try write(user, with: database.dialect, on: connection)
        }
        // The program ends in the middle; the database is as it was, and the next start does it all.
        let interrupted = EarlierDatabase(
            database: database, steps: version + 1, lastStatement: "SELECT 1 FROM nowhere")
        await #expect(throws: SQLStore.OpenError.migrationFailed) {
            _ = try await SQLStore.open(over: interrupted) { _ in }
        }
        _ = try await SQLStore.open(over: EarlierDatabase(database: database, steps: version), migrates: false) {
            Issue.record("\($0)")
        }
        let store = try await SQLStore.open(over: database) { Issue.record("\($0)") }
        try await check(store, user.id.personalSpace)
    }

    private static let searches: [(text: String, numbers: [Int64])] = [
        ("strasse", [2, 1]), ("本語", [3]), ("勉強", [3]), ("oel", []), ("öl", [4]), ("of", [6]), ("校", [3]),
        ("izmir", [6]), ("\"2 kehren\"", [2]), ("note", [6, 5, 4, 3, 2, 1]),
    ]
    private static let tagged: [(name: String, numbers: [Int64])] = [
        ("☀", [1]), ("strasse", [1, 2]), ("学校", [3]), ("HOME", [2, 5]), ("izmir", [6]),
    ]

    private func check(_ store: SQLStore, _ space: SpaceID) async throws {
        try await store.read { (transaction) throws(ErrandError) in
            #expect(try page(TaskFilter(), .title, space, transaction) == [6, 4, 2, 1, 5, 3])
            for (text, numbers) in Self.searches {
                let found = try page(TaskFilter(search: SearchQuery(text)), .relevance, space, transaction)
                #expect(found == numbers, "\(text)")
            }
            for (name, numbers) in Self.tagged {
                let found = try page(TaskFilter(tagKeys: [Tag(name: name).key]), .createdAt, space, transaction)
                #expect(found == numbers, "\(name)")
            }
            #expect(try transaction.tags.counts(in: space).map(\.count) == [1, 2, 1, 2, 1])
            #expect(try transaction.tasks.find(.number(1), in: space)?.tags.map(\.name) == ["☀️", "Straße"])
            #expect(try transaction.tasks.find(.number(6), in: space)?.tags.map(\.name) == ["İzmir"])
        }
        try await store.write { (transaction) throws(ErrandError) in
            // Entries can be taken away again.
            for number in Int64(1)...6 {
                guard let before = try transaction.tasks.find(.number(number), in: space) else { continue }
                var task = before
                task.title = "x"
                task.tags = []
                task.description = ""
                try transaction.tasks.update(task, replacing: before)
            }
            for (text, _) in Self.searches {
                let found = try page(TaskFilter(search: SearchQuery(text)), .relevance, space, transaction)
                #expect(found == [], "\(text)")
            }
            #expect(try transaction.tags.counts(in: space).isEmpty)
        }
    }

    private func page(
        _ filter: TaskFilter, _ key: TaskOrder.Key, _ space: SpaceID, _ transaction: any StoreTransaction
    ) throws(ErrandError) -> [Int64] {
        let request = PageRequest(order: TaskOrder(key: key, isAscending: true), after: nil, limit: 50)
        return try transaction.tasks.page(request, of: filter, in: space).tasks.map(\.number)
    }

    /// The tasks as the version before wrote them.
    private func write(
        _ user: User, with dialect: any SQLDialect, on connection: any SQLConnection
    ) throws(ErrandError) {
        func run(_ sql: String, _ arguments: [SQLValue]) throws(ErrandError) {
            _ = try rows(sql, arguments, on: connection)
        }
        let at = SQLValue.integer(Instant.testStart.milliseconds)
        try run("INSERT INTO spaces (row_id, id) VALUES (1, $1)", [.text(user.id.description)])
        try run(
            """
            INSERT INTO users (
                row_id, id, email, email_key, name, time_zone, day_end, all_day_reminder_time, week_start, created_at
            ) VALUES (1, $1, $2, $2, '', 'UTC', '24:00', '09:00', 0, $3)
            """,
            [.text(user.id.description), .text(user.email), at]
        )
        try run("INSERT INTO counters (space, task_number, change_number) VALUES (1, 6, 6)", [])
        for (index, task) in Self.tasks.enumerated() {
            let row = SQLValue.integer(1 << 32 | Int64(index + 1))
            try run(
                """
                INSERT INTO tasks (
                    row_id, space, id, priority, version, created_at, updated_at, title_key, title, tags, description
                ) VALUES ($1, 1, $2, 2, 1, $3, $3, $4, $5, $6, 'note')
                """,
                [
                    row, .text(TaskID.make().description), .integer(Instant.testStart.milliseconds + Int64(index)),
                    .text(String(task.title.lowercased().prefix(100))), .text(task.title),
                    .text(JSONValue(strings: task.tags).text),
                ]
            )
            for name in task.tags {
                try run(
                    "INSERT INTO task_tags VALUES (1, $1, $2, $3, 1, 0)",
                    [.text(name.caseFolded), row, .text(name)]
                )
            }
            if let document = dialect.searchDocument(title: "oel", description: "note", tags: "", space: 1) {
                try run(
                    "INSERT INTO task_search (row_id, document) VALUES ($1, CAST($2 AS tsvector))",
                    [row, .text(task.title == "Zaun" || task.title == "Ofen" ? plain(task, dialect) : document)]
                )
            }
        }
    }

    /// What a text that is ASCII had in the index before, too.
    private func plain(_ task: (title: String, tags: [String]), _ dialect: any SQLDialect) -> String {
        dialect.searchDocument(
            title: task.title, description: "note", tags: JSONValue(strings: task.tags).text, space: 1) ?? ""
    }
}
