import ArgumentParser
import CivilTime
import ErrandCore
import Foundation
import SQLStore

/// Operations in this process, durable as in production: on a SQLite file (`synchronous=FULL`) or on PostgreSQL.
struct OperationsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "operations", abstract: "Create, list and search in the process."
    )

    @Option(help: "Tasks of the user, by commas.") var sizes = "1000,10000,100000"
    @Option(help: "Runs of each query.") var runs = 300
    @Option(help: "Tasks of others beside them, as a multiple.") var others = 1
    @OptionGroup var database: BenchDatabase
    @Flag(help: "Take the database as an earlier run has left it; --sizes and --others only say how it was filled.")
    var filled = false
    @Option(help: "Keep the SQLite file in this folder.") var folder: String?

    func run() async throws {
        for size in sizes.split(separator: ",").compactMap({ Int($0) }) {
            try await database.withStore(folder: folder) { store in
                let bench = try await OperationsBench(store)
                if !filled { try await bench.fill(size, others: size * others) }
                let title = "\(database.name): \(size) tasks of one user, \(size * others) of others"
                try await bench.measureQueries(runs: runs, title: title)
                try await bench.measureCreates()
            }
        }
    }
}

struct OperationsBench: Sendable {
    private let operations: Operations
    private let me: Principal
    private let other: Principal

    init(_ store: SQLStore) async throws {
        let environment = Environment.ofBench(store)
        operations = Operations(environment: environment)
        me = try await OperationsBench.principal("me", environment)
        other = try await OperationsBench.principal("other", environment)
    }

    func fill(_ count: Int, others: Int) async throws {
        for (principal, count) in [(other, others), (me, count)] {
            var samples = SampleTasks()
            try await fill(count, of: principal) { samples.task($0) }
        }
    }

    /// Fills the user's list alone.
    func fill(_ count: Int, _ task: (Int) -> JSONValue) async throws { try await fill(count, of: me, task) }

    private func fill(_ count: Int, of principal: Principal, _ task: (Int) -> JSONValue) async throws {
        for start in stride(from: 0, to: count, by: 100) {
            let commands = (start..<min(start + 100, count)).map { index -> JSONValue in
                ["id": .string("\(index)"), "op": "create", "args": task(index)]
            }
            _ = try await operations.perform(RunBatch(["commands": .array(commands)]), as: principal)
        }
    }

    func measureQueries(runs: Int, title: String) async throws {
        Table.heading(title, ["query", "p50 ms", "p90", "p99", "max"])
        for (name, query) in Self.queries { try await measure(name, query, runs: runs) }
    }

    /// A row of a table.
    func measure(_ name: String, _ query: TaskQuery, runs: Int) async throws {
        var latencies = Latencies()
        for _ in 0..<runs {
            let start = ContinuousClock.now
            _ = try await operations.ask(ListTasks(query), as: me)
            latencies.record(ContinuousClock.now - start)
        }
        Table.row(name, latencies.columns)
    }

    func measureCreates() async throws {
        Table.heading("creates", ["callers", "creates/s", "p50 ms", "p90", "p99", "max"])
        for callers in [1, 64] {
            let count = callers * (callers == 1 ? 2000 : 200)
            let start = ContinuousClock.now
            let latencies = try await withThrowingTaskGroup(of: [Duration].self) { group in
                for _ in 0..<callers { group.addTask { try await createSome(count / callers) } }
                return try await group.reduce(into: Latencies()) { all, some in some.forEach { all.record($0) } }
            }
            let elapsed = (ContinuousClock.now - start) / .seconds(1)
            Table.row("\(callers)", "\(Int(Double(count) / elapsed)) | \(latencies.columns)")
        }
    }

    private func createSome(_ count: Int) async throws -> [Duration] {
        var samples = SampleTasks()
        var durations: [Duration] = []
        for index in 1...count {
            let draft = try TaskDraft(samples.task(index))
            let start = ContinuousClock.now
            _ = try await operations.perform(CreateTask(draft), as: me)
            durations.append(ContinuousClock.now - start)
        }
        return durations
    }

    static func principal(_ name: String, _ environment: Environment) async throws -> Principal {
        let email = "\(name)@example.org"
        let known = try await environment.store.read { (transaction) throws(ErrandError) in
            try transaction.accounts.find(emailKey: email)
        }
        if let known { return Principal(userID: known.id, actor: .clock, scopes: Set(Scope.allCases)) }
        let form = try SignUpForm(["email": .string(email), "password": "a quiet walk in the woods"])
        let accounts = Accounts(operations: Operations(environment: environment))
        let signedIn = try await accounts.signUp(form, passwordHash: "none")
        return Principal(userID: signedIn.user.id, actor: .session(signedIn.session.id), scopes: Set(Scope.allCases))
    }

    private static let queries: [(String, TaskQuery)] = {
        func query(_ change: (inout TaskQuery) -> Void) -> TaskQuery {
            var query = TaskQuery()
            change(&query)
            return query
        }
        func search(_ text: String) -> TaskQuery { query { $0.search = text } }
        let orders: [TaskOrder.Key] = [.dueDate, .priority, .title, .createdAt, .updatedAt, .completed]
        return orders.map { key in ("list by \(key.rawValue)", query { $0.sort = key }) } + [
            ("pending", query { $0.status = .pending }),
            (
                "urgent, by due_date",
                query {
                    $0.priorities = [.urgent]; $0.sort = .dueDate
                }
            ),
            ("common tag", query { $0.tags = [Tag(name: "home")] }),
            ("rare tag", query { $0.tags = [Tag(name: "rare")] }),
            (
                "two tags, any",
                query {
                    $0.tags = [Tag(name: "home"), Tag(name: "rare")]; $0.anyTag = true
                }
            ),
            ("due today", query { $0.due = .today }),
            ("overdue", query { $0.due = .overdue }),
            ("no due date", query { $0.due = TaskQuery.DueWord.none }),
            ("list with count", query { $0.wantsCount = true }),
            (
                "overdue with count",
                query {
                    $0.due = .overdue; $0.wantsCount = true
                }
            ),
            ("trash (empty)", query { $0.inTrash = true }),
            ("search: rare word", search("zeppelin")),
            ("search: common word", search("report")),
            ("search: two words", search("report ana")),
            ("search: one letter", search("r")),
            ("search: two letters", search("re")),
            ("search: phrase", search("\"the report\"")),
            ("search: excluded word", search("report -ana")),
            (
                "search: common, by due_date",
                query {
                    $0.search = "report"; $0.sort = .dueDate
                }
            ),
            (
                "search: one letter, pending, urgent",
                query {
                    $0.search = "r"; $0.status = .pending; $0.priorities = [.urgent]
                }
            ),
            (
                "search: common, rare tag",
                query {
                    $0.search = "report"; $0.tags = [Tag(name: "rare")]
                }
            ),
            (
                "search: common with count",
                query {
                    $0.search = "report"; $0.wantsCount = true
                }
            ),
            (
                "search: one letter with count",
                query {
                    $0.search = "r"; $0.wantsCount = true
                }
            ),
        ]
    }()
}

extension Environment {
    /// Real time and real chance.
    static func ofBench(_ store: SQLStore) -> Environment {
        Environment(
            store: store,
            now: { .ofBench },
            makeID: { instant in
                var generator = SystemRandomNumberGenerator()
                return .version7(at: instant, using: &generator)
            },
            randomBytes: { count in (0..<count).map { _ in .random(in: .min ... .max) } }
        )
    }
}

extension Instant {
    /// Now.
    static var ofBench: Instant { Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) }
}
