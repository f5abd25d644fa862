import ArgumentParser
import ErrandCore
import Foundation
import NIOCore
import NIOPosix

/// Load over HTTP: 80 % lists, 10 % searches, 10 % creates.
struct LoadCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "load", abstract: "Mixed load over HTTP.")

    @Option(help: "The server, on this machine.") var baseURL =
        ProcessInfo.processInfo.environment["ERRAND_BASE_URL"]
        ?? "http://localhost:8080"
    @Option(help: "Connections, each with one request at a time.") var connections = 50
    @Option(help: "How long.") var seconds = 15
    @Option(help: "Tasks of a list.") var limit = 50
    @Option(help: "Tasks there are before, of one user.") var tasks = 1000

    func run() async throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let target = try LoadTarget(baseURL: baseURL, group: group)
        let token = try await target.prepare(tasks: tasks)
        let results = try await target.load(
            tokens: Array(repeating: token, count: connections), duration: .seconds(seconds)
        ) { [limit] in LoadRequest.number($0, limit: limit) }
        try await group.shutdownGracefully()
        report(results)
        let errors = results.values.reduce(0) { $0 + $1.errors }
        if errors > 0 { throw ExitCode.failure }
    }

    private func report(_ results: [LoadRequest.Kind: LoadResult]) {
        Table.heading(
            "\(connections) connections, lists of \(limit) of \(tasks) tasks of one user, \(seconds) s",
            ["request", "requests/s", "errors", "p50 ms", "p90", "p99", "max"]
        )
        var all = LoadResult()
        for kind in LoadRequest.Kind.allCases {
            let result = results[kind] ?? LoadResult()
            row(kind.rawValue, result)
            all.add(result)
        }
        row("all", all)
    }

    private func row(_ name: String, _ result: LoadResult) {
        let rate = Int(result.latencies.count) / max(seconds, 1)
        Table.row(name, "\(rate) | \(result.errors) | \(result.latencies.columns)")
    }
}

/// What became of the requests of one kind.
struct LoadResult: Sendable {
    private(set) var durations: [Duration] = []
    private(set) var errors = 0

    mutating func record(_ duration: Duration, isGood: Bool) {
        durations.append(duration)
        if !isGood { errors += 1 }
    }

    mutating func add(_ other: LoadResult) {
        durations += other.durations
        errors += other.errors
    }

    var latencies: Latencies { durations.reduce(into: Latencies()) { $0.record($1) } }
}
