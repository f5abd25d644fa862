import CivilTime
import ErrandCore
import SQLStore

/// What one person does among many.
struct GrowthBench: Sendable {
    /// People whose rows are read and written, so that no cache holds all of them.
    private static let ordinaryMax = 200
    private static let queries: [(String, @Sendable (inout TaskQuery) -> Void)] = [
        ("list by due date", { $0.sort = .dueDate }),
        (
            "pending and urgent",
            {
                $0.status = .pending
                $0.priorities = [.urgent]
            }
        ),
        ("common tag", { $0.tags = [Tag(name: "home")] }),
        ("rare tag", { $0.tags = [Tag(name: "rare")] }),
        ("search: common word", { $0.search = "report" }),
        ("search: rare word", { $0.search = "zeppelin" }),
        ("search: one letter", { $0.search = "r" }),
        ("search: two words", { $0.search = "report ana" }),
    ]

    private let store: SQLStore
    private let environment: Environment
    private let operations: Operations
    private let size: GrowthSize
    private let heavy: Principal
    private let ordinary: [Principal]

    init(_ store: SQLStore, _ size: GrowthSize) async throws {
        self.store = store
        self.size = size
        environment = Environment.ofBench(store)
        operations = Operations(environment: environment)
        heavy = try await OperationsBench.principal(GrowthSize.heavyName, environment)
        let others = size.people - 1
        let step = max(others / GrowthBench.ordinaryMax, 1)
        var people: [Principal] = []
        for index in stride(from: 1, through: others, by: step) {
            people.append(try await OperationsBench.principal(GrowthSize.name(index), environment))
        }
        ordinary = people
    }

    var housekeeping: GrowthHousekeeping { GrowthHousekeeping(environment: environment, people: ordinary) }

    func measure(runs: Int, title: String) async throws {
        let columns = ["\(size.heavy) tasks: p50 ms", "p99", "max", "\(size.each) tasks: p50 ms", "p99", "max"]
        Table.heading(title, ["operation"] + columns)
        for (name, change) in GrowthBench.queries {
            var query = TaskQuery()
            query.limit = 20
            change(&query)
            try await row(name, runs) { [query] me in
                let start = ContinuousClock.now
                _ = try await operations.ask(ListTasks(query), as: me)
                return ContinuousClock.now - start
            }
        }
        try await row("create", runs) { me in
            var samples = SampleTasks()
            let draft = try TaskDraft(samples.task(1))
            let start = ContinuousClock.now
            _ = try await operations.perform(CreateTask(draft), as: me)
            return ContinuousClock.now - start
        }
        try await row("complete", runs) { try await complete(as: $0) }
        try await measureReminders(runs)
    }

    /// A row of the table: whoever has most, and the others in turn.
    private func row(
        _ name: String, _ runs: Int, _ run: (Principal) async throws -> Duration
    ) async throws {
        var (most, others) = (Latencies(), Latencies())
        for _ in 0..<runs { most.record(try await run(heavy)) }
        for index in 0..<runs { others.record(try await run(ordinary[index % ordinary.count])) }
        Table.row(name, "\(most.brief) | \(others.brief)")
    }

    /// The first pending task by due date, which everybody has.
    private func complete(as me: Principal) async throws -> Duration {
        var query = TaskQuery()
        query.status = .pending
        query.limit = 1
        query.sort = .dueDate
        guard let task = try await operations.ask(ListTasks(query), as: me).tasks.first else { return .zero }
        let start = ContinuousClock.now
        _ = try await operations.perform(CompleteTask(TaskTarget(.id(task.id))), as: me)
        return ContinuousClock.now - start
    }

    /// What the loop of reminders asks: whether one is due, and when many are, for a batch of them.
    private func measureReminders(_ runs: Int) async throws {
        let clock = ReminderClock(environment: environment)
        var (looks, batches) = (Latencies(), Latencies())
        for _ in 0..<runs {
            let start = ContinuousClock.now
            _ = try await clock.runOnce()
            looks.record(ContinuousClock.now - start)
        }
        let later = Instant.ofBench + .days(400)
        for _ in 0..<runs {
            let start = ContinuousClock.now
            _ = try await store.read { (transaction) throws(ErrandError) in
                try transaction.reminders.due(at: later, limit: ReminderClock.batchSize).count
            }
            batches.record(ContinuousClock.now - start)
        }
        Table.row("reminders: is one due?", "\(looks.brief) | – | – | –")
        Table.row("reminders: \(ReminderClock.batchSize) that are due", "\(batches.brief) | – | – | –")
    }

    /// Whether copies are found as what they are copies of.
    func check() async throws {
        guard let first = ordinary.first, let last = ordinary.last else { return }
        for (_, change) in GrowthBench.queries {
            var query = TaskQuery()
            change(&query)
            query.limit = 200
            query.wantsCount = true
            let (one, other) = (
                try await operations.ask(ListTasks(query), as: first),
                try await operations.ask(ListTasks(query), as: last)
            )
            guard one.count == other.count, one.tasks.map(\.title) == other.tasks.map(\.title) else {
                Table.line("A copy finds \(other.count ?? 0) of \(one.count ?? 0).")
                throw ErrandError.unavailable
            }
        }
    }
}

extension Latencies {
    /// `p50 | p99 | max` in milliseconds.
    fileprivate var brief: String {
        [50.0, 99, 100].map { Table.milliseconds(histogram.valueAtPercentile($0)) }.joined(separator: " | ")
    }
}
