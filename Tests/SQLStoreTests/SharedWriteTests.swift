import Dispatch
import ErrandCore
import PostgresDriver
import SQLStore
import Synchronization
import TestSupport
import Testing

/// Short changes of many people, where a database has many writers: those who wait at the same moment share a
/// transaction, and nobody notices but by the time it takes.
@Suite struct SharedWriteTests {
    @Test func `changes that wait at the same moment are one transaction, and each is whole`() async throws {
        try await withStage { stage in
            let people = try await stage.addPeople(12)
            let tasks = try await stage.together(people.map { stage.creating("Milk", of: $0) })
            #expect(tasks.map { (try? $0.get())?.number } == people.map { _ in 1 })
            #expect(try await stage.count("DISTINCT xmin::text", "tasks") == 1)
            for table in ["tasks", "task_tags", "task_search", "outbox", "undo_records"] {
                #expect(try await stage.count("*", table) == people.count, "\(table)")
            }
            // Much of one person's, with what else there is to write for a task.
            let more = try await stage.together((1...12).map { _ in stage.creating("Tea", of: people[0]) })
            #expect(Set(more.compactMap { try? $0.get().number }) == Set(2...13))
            #expect(try await stage.log(of: people[0]).map(\.changeNumber.value) == Array(1...13))
        }
    }

    @Test func `whoever is refused is refused alone`() async throws {
        try await withStage { stage in
            let people = try await stage.addPeople(6)
            var jobs = people.map { stage.creating("Milk", of: $0) }
            jobs[2] = {
                let missing = CompleteTask(TaskTarget(.number(7)))
                return try await stage.operations.perform(missing, as: stage.principal(people[2])).outcome
            }
            let outcomes = try await stage.together(jobs)
            #expect(outcomes.map { $0.failure } == [nil, nil, .notFound(.task), nil, nil, nil])
            #expect(try await stage.count("*", "tasks") == 5)
            #expect(try await stage.count("DISTINCT xmin::text", "tasks") == 1, "it had changed nothing")
        }
    }

    @Test func `what goes wrong after a change is taken back, and the others' changes are not`() async throws {
        try await withStage { stage in
            let people = try await stage.addPeople(5)
            var jobs = people.map { stage.creating("Milk", of: $0) }
            // Refuses, and writes what the schema does not have: one at once, one not before the commit.
            jobs[1] = { try await stage.insert(.make(owner: people[1]), then: .notFound(.task)) }
            jobs[2] = { try await stage.insert(.make(owner: people[2], version: 0), then: nil) }
            let outcomes = try await stage.together(jobs)
            #expect(outcomes.map { $0.failure } == [nil, .notFound(.task), .unavailable, nil, nil])
            #expect(try await stage.count("*", "tasks") == 3)
            #expect(stage.reports.count == 1, "who did it is told of it once: \(stage.reports.all)")
        }
    }

    @Test func `a task that waits to be written is found by whoever looks`() async throws {
        try await withStage { stage in
            let ana = try await stage.addPeople(1)[0]
            try await stage.store.writeShared(in: ana.personalSpace) { (transaction) throws(ErrandError) in
                let task = TodoTask.make(owner: ana, tags: ["home"])
                try transaction.tasks.insert(task)
                #expect(try transaction.tasks.find(.id(task.id), in: ana.personalSpace) == task)
                #expect(try transaction.tags.counts(in: ana.personalSpace).map(\.tag.name) == ["home"])
                let other = TodoTask.make(owner: ana, number: 2, title: "Tea")
                try? transaction.attempt { () throws(ErrandError) in
                    try transaction.tasks.insert(other)
                    throw .cancelled
                }
                #expect(try transaction.tasks.find(.number(2), in: ana.personalSpace) == nil, "taken back")
            }
            #expect(try await stage.count("*", "tasks") == 1)
        }
    }

    @Test func `two processes whose people are the same ones wait for each other, and not for ever`() async throws {
        let url = try await TestPostgres.server.value.makeDatabase()
        try await withStage(url) { first in
            try await withStage(url) { second in
                let people = try await first.addPeople(8)
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for (index, stage) in [first, second].enumerated() {
                        for round in 0..<10 {
                            for person in index == 0 ? people : people.reversed() {
                                group.addTask { _ = try await stage.create("Round \(round)", of: person) }
                            }
                        }
                    }
                    try await group.waitForAll()
                }
                #expect(try await first.count("*", "tasks") == 160)
                for person in people { #expect(try await second.log(of: person).count == 20) }
                #expect(first.reports.all + second.reports.all == [])
            }
        }
    }

    private func withStage(_ url: String? = nil, _ use: @Sendable (Stage) async throws -> Void) async throws {
        let place = if let url { url } else { try await TestPostgres.server.value.makeDatabase() }
        var options = PostgresOptions(url: place)
        // So that all who wait are taken by the same one.
        options.sharers = 1
        let reports = Reports()
        let database = PostgresDatabase(options) { Issue.record("\($0)") }
        do {
            try await use(
                Stage(
                    database: database, store: try await SQLStore.open(over: database) { reports.add("\($0)") },
                    reports: reports))
        } catch {
            await database.close()
            throw error
        }
        await database.close()
    }
}

private final class Reports: Sendable {
    private let texts = Mutex<[String]>([])

    var all: [String] { texts.withLock { $0 } }
    var count: Int { all.count }

    func add(_ text: String) { texts.withLock { $0.append(text) } }
}

private final class Flag: Sendable {
    private let state = Mutex(false)

    var isUp: Bool { state.withLock { $0 } }

    func raise() { state.withLock { $0 = true } }
}

private struct Stage: Sendable {
    typealias Job = @Sendable () async throws -> TodoTask

    let database: PostgresDatabase
    let store: SQLStore
    let reports: Reports

    var operations: Operations {
        Operations(
            environment: Environment(
                store: store, now: { .testStart }, makeID: { SessionID.make(at: $0).value },
                randomBytes: { count in (0..<count).map { _ in .random(in: .min ... .max) } }
            ))
    }

    func principal(_ user: UserID) -> Principal {
        Principal(userID: user, actor: .session(.make()), scopes: Set(Scope.allCases))
    }

    func addPeople(_ count: Int) async throws -> [UserID] {
        let people = (0..<count).map { _ in User.make() }
        try await store.write { (transaction) throws(ErrandError) in
            for user in people { try transaction.accounts.insert(user, passwordHash: nil) }
        }
        return people.map(\.id)
    }

    func creating(_ title: String, of person: UserID) -> Job { { try await create(title, of: person) } }

    func create(_ title: String, of person: UserID) async throws -> TodoTask {
        let draft = TaskDraft(title: title, tags: [Tag(name: "home")])
        return try await operations.perform(CreateTask(draft), as: principal(person)).outcome.task
    }

    /// Adds a task as it is, and fails with `error` if there is one.
    func insert(_ task: TodoTask, then error: ErrandError?) async throws -> TodoTask {
        try await store.writeShared(in: task.spaceID) { (transaction) throws(ErrandError) in
            try transaction.tasks.insert(task)
            if let error { throw error }
            return task
        }
    }

    /// Has all of them wait until the last one does, and then done.
    func together(_ jobs: [Job]) async throws -> [Result<TodoTask, any Error>] {
        let stopper = try await addPeople(1)[0]
        let (isStopped, mayGoOn) = (Flag(), DispatchSemaphore(value: 0))
        async let stopped: Void = store.writeShared(in: stopper.personalSpace) { (_) throws(ErrandError) in
            isStopped.raise()
            mayGoOn.wait()
        }
        try await soon { isStopped.isUp }
        let running = jobs.map { job in Task { try await job() } }
        try await soon { waiting == jobs.count }
        mayGoOn.signal()
        try await stopped
        var outcomes: [Result<TodoTask, any Error>] = []
        for one in running { outcomes.append(await one.result) }
        return outcomes
    }

    private var waiting: Int { database.pools.first { $0.name == "sharers" }?.waiting ?? 0 }

    /// Returns once `condition` holds, or after a time far above what that takes.
    private func soon(_ condition: () -> Bool) async throws {
        let end = ContinuousClock.now + .seconds(40)
        while !condition(), ContinuousClock.now < end { try await Task.sleep(for: .milliseconds(2)) }
    }

    func count(_ expression: String, _ table: String) async throws -> Int {
        try await database.read { (connection) throws(ErrandError) in
            let counted = try rows("SELECT count(\(expression)) FROM \(table)", on: connection)
            return if case .integer(let count)? = counted.first?.first { Int(count) } else { -1 }
        }
    }

    func log(of person: UserID) async throws -> [StoredEvent] {
        try await store.read { (transaction) throws(ErrandError) in
            try transaction.outbox.events(of: nil, after: 0, limit: 10_000).filter { $0.event.userID == person }
        }
    }
}

extension Result where Success == TodoTask, Failure == any Error {
    fileprivate var failure: ErrandError? {
        if case .failure(let error) = self { error as? ErrandError } else { nil }
    }
}
