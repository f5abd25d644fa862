import ArgumentParser
import ErrandCore
import Foundation
import NIOCore
import NIOPosix

/// What reads cost beside an answer that costs nothing: `/healthz` of the same server, in the same run.
struct ReadsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reads", abstract: "Reads over HTTP, as ratios to /healthz.")

    @Option(help: "The server, on this machine.") var baseURL =
        ProcessInfo.processInfo.environment["ERRAND_BASE_URL"] ?? "http://localhost:8080"
    @Option(help: "Its internal port.") var internalURL =
        ProcessInfo.processInfo.environment["ERRAND_INTERNAL_URL"] ?? "http://localhost:8081"
    @Option(help: "Connections, each with one request at a time.") var connections = 50
    @Option(help: "How long each kind in each round.") var seconds = 3
    @Option(help: "Rounds, each of which goes through all kinds.") var rounds = 3
    @Option(help: "Tasks of the user; every one of them has the word that is searched for.") var tasks = 1000

    func run() async throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let api = try LoadTarget(baseURL: baseURL, group: group)
        let probes = try LoadTarget(baseURL: internalURL, group: group)
        let reads = try await ReadsCommand.reads(of: api, probes, tasks: tasks)
        var totals = Array(repeating: LoadResult(), count: reads.count)
        for _ in 0..<rounds {
            for (index, read) in reads.enumerated() {
                totals[index].add(
                    try await read.target.keepReading(
                        read.request, connections: connections, duration: .seconds(seconds)))
            }
        }
        try await group.shutdownGracefully()
        report(reads.map(\.name), totals)
        if totals.contains(where: { $0.errors > 0 }) { throw ExitCode.failure }
    }

    private func report(_ names: [String], _ totals: [LoadResult]) {
        Table.heading(
            "\(connections) connections, \(tasks) tasks of one user, \(rounds) rounds of \(seconds) s",
            ["request", "requests/s", "of /healthz", "errors", "p50 ms", "p90", "p99", "max"]
        )
        let rates = totals.map { $0.durations.count / max(seconds * rounds, 1) }
        for (index, result) in totals.enumerated() {
            let hundredths = rates[index] * 100 / max(rates[0], 1)
            let ratio = "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
            Table.row(names[index], "\(rates[index]) | \(ratio) | \(result.errors) | \(result.latencies.columns)")
        }
    }

    private struct Read {
        let name: String
        let target: LoadTarget
        let request: ReadRequest
    }

    /// The first is what the others are held against.
    private static func reads(of api: LoadTarget, _ probes: LoadTarget, tasks: Int) async throws -> [Read] {
        let token = try await api.prepare(tasks: tasks, titled: "of the report")
        let list = "/api/v1/tasks?limit=20"
        let (_, head, _) = try await api.exchange("GET", list, .null, token: token)
        let tag = head.first(name: "etag") ?? ""
        func get(_ path: String, _ status: Int = 200, tag: String? = nil) -> ReadRequest {
            ReadRequest(path: path, token: token, tag: tag, status: status)
        }
        return [
            Read(
                name: "/healthz", target: probes,
                request: ReadRequest(path: "/healthz", token: "", tag: nil, status: 200)),
            Read(name: "/api/v1/me", target: api, request: get("/api/v1/me")),
            Read(name: "list of 1", target: api, request: get("/api/v1/tasks?limit=1")),
            Read(name: "list of 20", target: api, request: get(list)),
            Read(name: "list of 20, unchanged (304)", target: api, request: get(list, 304, tag: tag)),
            Read(
                name: "search with \(tasks) matches, page of 20", target: api,
                request: get("/api/v1/tasks?search=report&limit=20")),
        ]
    }
}
