import ErrandCore
import Foundation
import LocalServers
import Synchronization
import TestSupport
import Testing

/// A new version while people work: one process after the other is taken out of its Service, ended and started anew.
@Suite(.serialized) struct RollingTests {
    /// Changes that a window is told of before it closes.
    private static let watched: Int64 = 300
    /// Between leaving the Service and the signal; the chart waits for five seconds.
    private static let drain = Duration.milliseconds(500)

    @Test func `every process is replaced under load, and no client sees an error`() async throws {
        let cluster = try await Cluster(
            try await SharedPostgres.deployment(), carrier: .broker(try await KafkaBroker.errand()))
        let api = try await Forwarder(to: cluster.ports(of: .chatAPI))
        let live = try await Forwarder(to: cluster.ports(of: .websocketService))
        let services: [ProcessRole: Forwarder] = [.chatAPI: api, .websocketService: live]
        let person = await APIClient(port: api.port).signedUp("ana")
        let errands = Errands(person)
        let people = (0..<4).map { number in Task { await errands.run(number) } }
        async let frames = Window(port: live.port, person.token).frames(after: 0, count: Self.watched)
        // A group whose leader leaves while it forms for the first time is left without one by the broker (Tansu 0.6):
        // a rollout begins, and goes on, when everybody is at work.
        for index in cluster.members.indices { try await cluster.waitUntilHandling(index) }
        for index in cluster.members.indices {
            let member = cluster.members[index]
            let service = member.role.flatMap { services[$0] }
            let all = member.role.map { cluster.ports(of: $0) } ?? []
            service?.forward(to: all.filter { $0 != member.port })
            try await Task.sleep(for: Self.drain)
            try await cluster.end(index)
            try await cluster.restart(index)
            try await cluster.waitUntilHandling(index)
            service?.forward(to: all)
        }
        errands.stop()
        for one in people { await one.value }
        #expect(errands.failures == [])
        #expect(errands.count > 500, "there was load: \(errands.count)")
        #expect(try await frames.compactMap { $0["cursor"]?.integer } == Array(1...Self.watched))
        let books = try await Books.whenSettled(cluster.deployment)
        try await cluster.stop()
        try await api.close()
        try await live.close()
        books.check([], inOrder: false)
    }
}

/// What people do all day, and whatever answer is not what they wanted.
private final class Errands: Sendable {
    private let person: APIClient
    private let state = Mutex((count: 0, failures: [String](), isOver: false))

    var count: Int { state.withLock(\.count) }
    var failures: [String] { state.withLock(\.failures) }

    init(_ person: APIClient) { self.person = person }

    func stop() { state.withLock { $0.isOver = true } }

    func run(_ number: Int) async {
        while !state.withLock(\.isOver) {
            let form: JSONValue = ["title": .string("Run \(number)"), "recurring": "daily"]
            guard let id = await send("POST", "/api/v1/tasks/recurring", form)?["id"]?.string else { continue }
            _ = await send("PATCH", "/api/v1/tasks/\(id)", ["priority": "high"])
            _ = await send("POST", "/api/v1/tasks/\(id)/complete")
            _ = await send("GET", "/api/v1/tasks?limit=20")
        }
    }

    /// - Returns: nil for a failure, which is noted.
    private func send(_ method: String, _ path: String, _ form: JSONValue? = nil) async -> JSONValue? {
        let answer = await person.send(method, path, form)
        let isFine = answer.map { (200...201).contains($0.status) } ?? false
        state.withLock { state in
            state.count += 1
            if !isFine { state.failures.append("\(method) \(path): \(answer.map { "\($0.status)" } ?? "no answer")") }
        }
        return isFine ? answer?.json : nil
    }
}
