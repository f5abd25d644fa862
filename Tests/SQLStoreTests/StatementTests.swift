import CivilTime
import ErrandCore
import SQLStore
import SQLiteDriver
import Synchronization
import TestSupport
import Testing

/// How many statements a write takes: each costs every user of the one writer its time.
@Suite struct StatementTests {
    @Test func `a plain create takes five statements`() async throws {
        try await Bench.with { bench in
            let statements = try await bench.statements(of: CreateTask(TaskDraft(title: "Buy milk")))
            #expect(
                statements == [
                    "SELECT users", "INSERT counters", "INSERT tasks", "INSERT outbox", "INSERT undo_records",
                ])
        }
    }

    @Test func `tags and reminders take one statement each`() async throws {
        try await Bench.with { bench in
            let draft = TaskDraft(
                title: "Buy milk", tags: [Tag(name: "home"), Tag(name: "shop")],
                reminders: [ReminderInput(.at(.testStart + .hours(1)))]
            )
            let statements = try await bench.statements(of: CreateTask(draft))
            #expect(
                statements == [
                    "SELECT users", "INSERT counters", "INSERT tasks", "INSERT task_tags", "INSERT task_tags",
                    "INSERT reminders", "INSERT outbox", "INSERT undo_records",
                ])
        }
    }

    @Test func `an edit of the title leaves tags and reminders alone`() async throws {
        try await Bench.with { bench in
            let task = try await bench.remindingTask()
            let statements = try await bench.statements(of: EditTask(task, TaskEdit(title: "Buy bread")))
            #expect(
                statements == [
                    "SELECT spaces", "SELECT tasks", "UPDATE tasks", "INSERT counters", "INSERT outbox",
                    "INSERT undo_records",
                ])
            #expect(bench.columnsOfLastUpdate == ["version", "updated_at", "title", "title_key", "title_words"])
        }
    }

    @Test func `a completion takes six statements, and one each for tags and reminders`() async throws {
        try await Bench.with { bench in
            let plain = TaskTarget(.id(try await bench.perform(CreateTask(TaskDraft(title: "A"))).task.id))
            #expect(
                try await bench.statements(of: CompleteTask(plain)) == [
                    "SELECT spaces", "SELECT tasks", "UPDATE tasks", "INSERT counters", "INSERT outbox",
                    "INSERT undo_records",
                ])
            #expect(bench.columnsOfLastUpdate == ["version", "updated_at", "completed_at"])
            let statements = try await bench.statements(of: CompleteTask(try await bench.remindingTask()))
            #expect(
                statements == [
                    "SELECT spaces", "SELECT tasks", "UPDATE tasks", "UPDATE task_tags", "DELETE reminders",
                    "INSERT counters", "INSERT outbox", "INSERT undo_records",
                ])
        }
    }

    @Test func `a commit tells what it gives others to do, and nothing else does`() async throws {
        try await Bench.with { bench in
            _ = try await bench.perform(CreateTask(TaskDraft(title: "A")))
            #expect(bench.takeNews() == [[.events]])
            let target = try await bench.remindingTask()
            #expect(bench.takeNews() == [[.events, .reminders]])
            _ = try await bench.perform(EditTask(target, TaskEdit(title: "B")))
            #expect(bench.takeNews() == [[.events]])
            _ = try await bench.perform(EditTask(target, TaskEdit(title: "B")))
            try await bench.fail(CreateTask(TaskDraft(title: "C")))
            #expect(bench.takeNews() == [], "nothing was written")
            _ = try await bench.perform(CompleteTask(target))
            #expect(bench.takeNews() == [[.events, .reminders]])
        }
    }
}

/// A store in memory whose statements and news are written down.
private struct Bench: Sendable {
    let database: CountedDatabase
    let store: SQLStore
    let operations: Operations
    let principal: Principal
    private let news: News
    private let clock: ManualClock

    static func with(_ use: @Sendable (Bench) async throws -> Void) async throws {
        let database = try SQLiteDatabase.open(.memory) { Issue.record("\($0)") }
        do {
            try await use(try await Bench(CountedDatabase(database)))
        } catch {
            await database.close()
            throw error
        }
        await database.close()
    }

    private init(_ database: CountedDatabase) async throws {
        let (news, user, clock) = (News(), User.make(), ManualClock())
        let store = try await SQLStore.open(
            over: database, report: { _ in }, onCommit: { item in news.add(item) }
        )
        self.news = news
        self.clock = clock
        self.database = database
        self.store = store
        operations = Operations(
            environment: Environment(
                store: store, now: clock.now, makeID: { SessionID.make(at: $0).value },
                randomBytes: { count in (0..<count).map { _ in .random(in: .min ... .max) } }
            )
        )
        principal = Principal(userID: user.id, actor: .session(.make()), scopes: Set(Scope.allCases))
        try await store.write { (transaction) throws(ErrandError) in
            try transaction.accounts.insert(user, passwordHash: nil)
        }
    }

    func perform<C: Command>(_ command: C) async throws -> C.Outcome {
        try await operations.perform(command, as: principal).outcome
    }

    /// Performs a command in a transaction that fails in the end.
    func fail<C: Command>(_ command: C) async throws {
        let key = OnceKey(userID: .make(), target: "x", key: "k", fingerprint: [])
        await #expect(throws: ErrandError.self) {
            _ = try await operations.perform(command, as: principal, once: key) { _ in
                StoredReply(status: 200, headers: [:], body: [], fingerprint: [])
            }
        }
    }

    /// What a command runs on the database, by kind and table.
    func statements<C: Command>(of command: C) async throws -> [String] {
        _ = database.takeStatements()
        clock.advance(by: .seconds(1))
        _ = try await perform(command)
        return database.takeStatements().map { sql in
            let words = sql.split(whereSeparator: \.isWhitespace).map(String.init)
            let place = ["INSERT": 2, "UPDATE": 1, "DELETE": 2][words[0]] ?? (words.firstIndex(of: "FROM") ?? 0) + 1
            return "\(words[0]) \(words[place])"
        }
    }

    /// The columns that the latest change of a task wrote.
    var columnsOfLastUpdate: [String] {
        let settings = database.lastUpdate.split(separator: " SET ").last?.split(separator: " WHERE ").first ?? ""
        return settings.split(separator: ", ").map { String($0.prefix { $0 != " " }) }
    }

    func remindingTask() async throws -> TaskTarget {
        let draft = TaskDraft(
            title: "Buy milk", tags: [Tag(name: "home")], reminders: [ReminderInput(.at(.testStart + .hours(1)))]
        )
        return TaskTarget(.id(try await perform(CreateTask(draft)).task.id))
    }

    /// What commits have told since the last call.
    func takeNews() -> [Set<StoreNews>] { news.take() }

    private final class News: Sendable {
        private let items = Mutex<[Set<StoreNews>]>([])

        func add(_ item: Set<StoreNews>) { items.withLock { $0.append(item) } }

        func take() -> [Set<StoreNews>] {
            items.withLock { items in
                defer { items = [] }
                return items
            }
        }
    }
}

/// A database that writes down what transactions that write run on it.
private final class CountedDatabase: SQLDatabase {
    private let inner: any SQLDatabase
    private let log = StatementLog()

    init(_ inner: any SQLDatabase) { self.inner = inner }

    var dialect: any SQLDialect { inner.dialect }

    func read<Result: Sendable>(
        _ body: @escaping @Sendable (any SQLConnection) throws(ErrandError) -> Result
    ) async throws(ErrandError) -> Result {
        try await inner.read(body)
    }

    func write<Result: Sendable>(
        _ body: @escaping @Sendable (any SQLConnection) throws(ErrandError) -> Result
    ) async throws(ErrandError) -> Result {
        let log = log
        return try await inner.write { (connection) throws(ErrandError) in
            try body(CountedConnection(inner: connection, log: log))
        }
    }

    func takeStatements() -> [String] { log.take() }

    var lastUpdate: String { log.lastUpdate }
}

private final class StatementLog: Sendable {
    private let state = Mutex<(statements: [String], lastUpdate: String)>(([], ""))

    var lastUpdate: String { state.withLock { $0.lastUpdate } }

    func add(_ sql: String) {
        state.withLock { state in
            state.statements.append(sql)
            if sql.hasPrefix("UPDATE tasks") { state.lastUpdate = sql }
        }
    }

    func take() -> [String] {
        state.withLock { state in
            defer { state.statements = [] }
            return state.statements
        }
    }
}

private struct CountedConnection: SQLConnection {
    let inner: any SQLConnection
    let log: StatementLog

    func execute(_ sql: String, _ arguments: [SQLValue]) throws(SQLError) -> Int {
        log.add(sql)
        return try inner.execute(sql, arguments)
    }

    func query(
        _ sql: String, _ arguments: [SQLValue], _ row: (inout SQLRow) throws(SQLError) -> Void
    ) throws(SQLError) {
        log.add(sql)
        try inner.query(sql, arguments, row)
    }
}
