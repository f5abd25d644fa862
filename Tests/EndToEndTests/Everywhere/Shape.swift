import ErrandCore
import FakeSidecar
import Foundation
import KafkaMock
import Testing

/// What holds in every way to install Errand. One test after the other: each has up to ten processes.
@Suite(.serialized) enum Everywhere {}

/// The ways to install Errand, all of which keep the same promises.
enum Shape: CaseIterable, CustomTestStringConvertible {
    case file, log, kafka, broker, dapr

    var testDescription: String {
        switch self {
        case .file: "one process on SQLite"
        case .log: "PostgreSQL and its log"
        case .kafka: "PostgreSQL and Kafka"
        case .broker: "PostgreSQL and a real Kafka broker"
        case .dapr: "PostgreSQL and Dapr"
        }
    }

    /// Runs such an installation for as long as `use` takes.
    func run(_ use: (Cluster) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "errand-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let cluster = try await start(folder)
        do {
            try await use(cluster)
        } catch {
            try await cluster.stop()
            throw error
        }
        try await cluster.stop()
    }

    private func start(_ folder: URL) async throws -> Cluster {
        switch self {
        case .file: try await Cluster(Deployment(place: .folder(folder)))
        case .log: try await Cluster(try await SharedPostgres.deployment())
        case .kafka: try await Cluster(try await SharedPostgres.deployment(), carrier: .kafka(.errand()))
        case .broker:
            try await Cluster(try await SharedPostgres.deployment(), carrier: .broker(try await .errand()))
        case .dapr: try await Cluster(try await SharedPostgres.deployment(), carrier: .dapr(FakeCluster()))
        }
    }
}

extension MockKafka {
    /// A broker with the topics of Errand.
    static func errand() -> MockKafka {
        var topics = Dictionary(uniqueKeysWithValues: Topic.allCases.map { ($0.rawValue, 4) })
        for role in ProcessRole.consumers { topics[Topic.deadLetters(of: role)] = 1 }
        return MockKafka(topics: topics)
    }
}

extension Cluster {
    /// Sessions of one new user at every process that people call.
    func signUp(_ name: String) async throws -> [APIClient] {
        let first = await APIClient(port: doors[0]).signedUp(name)
        try #require(!first.token.isEmpty)
        // One session, wherever the person's requests happen to arrive.
        return [doors[0], doors[doors.count - 1]].map { APIClient(port: $0, token: first.token) }
    }
}

/// Waits until `condition` holds, and fails when it never does: effects come after the change.
func eventually(
    _ comment: Comment, atMost limit: Duration = .seconds(60), _ condition: () async throws -> Bool
) async throws {
    let end = ContinuousClock.now + limit
    while ContinuousClock.now < end {
        if try await condition() { return }
        try await Task.sleep(for: .milliseconds(100))
    }
    Issue.record(comment)
}
