import ArgumentParser
import ErrandCore
import Foundation
import NIOPosix
import SQLStore

/// Many people who create at once, each durable as in production: in the process, on a SQLite file (`synchronous=FULL`)
/// or on PostgreSQL, or over REST on whatever a server has.
struct CreatesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "creates", abstract: "Many people create at once, in the process or over REST."
    )

    @Option(help: "People, each of whom waits for the answer before the next.") var people = 64
    @Option(help: "How long.") var seconds = 8
    @Option(help: "Plain inserts a second on the same server in the same run, to be held against.")
    var reference = 0.0
    @Option(help: "A server on this machine, which people ask over REST, instead of a store in the process.")
    var baseURL: String?
    @Option(help: "Where the SQLite file is made and stays.") var folder: String?
    @OptionGroup var database: BenchDatabase

    func run() async throws {
        if let baseURL {
            let latencies = try await createOverREST(at: baseURL)
            return report(latencies, title: "Over REST: \(people) people")
        }
        try await database.withStore(folder: folder) { store in
            report(try await createInProcess(store), title: "\(database.name): \(people) people")
        }
    }

    private func report(_ latencies: Latencies, title: String) {
        let rate = Double(latencies.count) / Double(seconds)
        Table.heading(
            "\(title) create at once, \(seconds) s", ["creates/s", "of plain inserts", "p50 ms", "p90", "p99", "max"]
        )
        let share = reference > 0 ? String(format: "%.2f", rate / reference) : "–"
        Table.row("\(Int(rate))", "\(share) | \(latencies.columns)")
    }

    private func createOverREST(at baseURL: String) async throws -> Latencies {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let target = try LoadTarget(baseURL: baseURL, group: group)
        var tokens: [String] = []
        for _ in 0..<people { tokens.append(try await target.prepare(tasks: 0)) }
        let results = try await target.load(tokens: tokens, duration: .seconds(seconds), request: LoadRequest.create)
        try await group.shutdownGracefully()
        let result = results[.create] ?? LoadResult()
        if result.errors > 0 { throw LoadTarget.Failure.failed(result.errors) }
        return result.latencies
    }

    private func createInProcess(_ store: SQLStore) async throws -> Latencies {
        let environment = Environment.ofBench(store)
        var principals: [Principal] = []
        for number in 0..<people {
            principals.append(try await OperationsBench.principal("person\(number)", environment))
        }
        let operations = Operations(environment: environment)
        let end = ContinuousClock.now + .seconds(seconds)
        return try await withThrowingTaskGroup(of: [Duration].self) { group in
            for principal in principals {
                group.addTask { try await Self.create(by: operations, as: principal, until: end) }
            }
            return try await group.reduce(into: Latencies()) { all, some in some.forEach { all.record($0) } }
        }
    }

    private static func create(
        by operations: Operations, as principal: Principal, until end: ContinuousClock.Instant
    ) async throws -> [Duration] {
        var samples = SampleTasks()
        var durations: [Duration] = []
        while ContinuousClock.now < end {
            let draft = try TaskDraft(samples.task(durations.count))
            let start = ContinuousClock.now
            _ = try await operations.perform(CreateTask(draft), as: principal)
            durations.append(ContinuousClock.now - start)
        }
        return durations
    }
}
