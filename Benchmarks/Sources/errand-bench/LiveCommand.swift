import ArgumentParser
import ErrandCore
import Foundation
import FoundationNetworking
import NIOCore
import NIOPosix

/// Many open windows, some of whose users write.
struct LiveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "live", abstract: "Open windows over WebSocket, and how soon they see changes."
    )

    @Option(help: "The server, on this machine.") var baseURL =
        ProcessInfo.processInfo.environment["ERRAND_BASE_URL"] ?? "http://localhost:8080"
    @Option(help: "Its internal port, for its memory.") var internalURL =
        ProcessInfo.processInfo.environment["ERRAND_INTERNAL_URL"] ?? "http://localhost:8081"
    @Option(help: "Open windows.") var sockets = 10_000
    @Option(help: "Windows of one user, 1 to 20.") var perUser = 20
    @Option(help: "Users of a hundred who write.") var writingPercent = 1
    @Option(help: "Changes per second of each of them.") var rate = 10
    @Option(help: "How long they write, in seconds.") var seconds = 20

    func run() async throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let target = try LoadTarget(baseURL: baseURL, group: group)
        let users = max(sockets / perUser, 1)
        var tokens: [String] = []
        for _ in 0..<users { tokens.append(try await target.prepare(tasks: 0)) }
        let before = try await memory()
        let tally = LiveTally()
        for (user, token) in tokens.enumerated() {
            for _ in 0..<perUser { try await LiveSocket.open(target, user: user, token: token, tally) }
        }
        while tally.greeted < users * perUser { try await Task.sleep(for: .milliseconds(20)) }
        let after = try await memory()
        let writers = max(users * writingPercent / 100, 1)
        try await write(target, Array(tokens.prefix(writers)), tally)
        try await Task.sleep(for: .seconds(1))
        let written = try await memory()
        Table.heading(
            "\(users * perUser) windows of \(users) users, \(writers) of whom make \(rate) changes/s each, "
                + "\(seconds) s",
            ["changes", "frames", "missing", "lost windows", "request to frame p50 ms", "p90", "p99", "max"]
        )
        let missing = tally.written * perUser - tally.frames
        Table.row("\(tally.written)", "\(tally.frames) | \(missing) | \(tally.closed) | \(tally.latencies.columns)")
        let each = (after - before) / Double(users * perUser)
        Table.line(
            "\nMemory: \(Int(before / 1_048_576)) MiB with no window, \(Int(after / 1_048_576)) MiB with all open, "
                + "\(Int(written / 1_048_576)) MiB after the writing: \(Int(each / 1024)) KiB a window."
        )
        try await group.shutdownGracefully()
        if missing > 0 || tally.closed > 0 { throw ExitCode.failure }
    }

    private func write(_ target: LoadTarget, _ tokens: [String], _ tally: LiveTally) async throws {
        let (rate, seconds) = (rate, seconds)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            for (user, token) in tokens.enumerated() {
                tasks.addTask {
                    let start = ContinuousClock.now + .milliseconds(user * 1_000 / max(tokens.count * rate, 1))
                    for number in 0..<rate * seconds {
                        try await Task.sleep(until: start + .seconds(1) * number / rate, clock: .continuous)
                        // A sign-up is two changes.
                        tally.begin(user: user, cursor: Int64(number + 3))
                        let body: JSONValue = ["title": .string("Change \(number)")]
                        _ = try await target.send("POST", "/api/v1/tasks", body, token: token)
                    }
                }
            }
            try await tasks.waitForAll()
        }
    }

    /// Resident bytes of the server, as it says itself.
    private func memory() async throws -> Double {
        guard let url = URL(string: "\(internalURL)/metrics") else { throw ValidationError("No internal address.") }
        let text = String(decoding: try await URLSession.shared.data(from: url).0, as: UTF8.self)
        let line = text.split(separator: "\n").first { $0.hasPrefix("process_resident_memory_bytes ") }
        return line.flatMap { $0.split(separator: " ").last.flatMap { Double($0) } } ?? 0
    }
}
