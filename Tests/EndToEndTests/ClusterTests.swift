import ErrandCore
import FakeSidecar
import Foundation
import KafkaMock
import TestSupport
import Testing

/// Two processes of every role on one database under mixed load, any of which is killed at any moment.
@Suite(.serialized) struct ClusterTests {
    /// Another number by ERRAND_TEST_CLUSTER_SECONDS; 180 is what the documents promise.
    private static let seconds =
        ProcessInfo.processInfo.environment["ERRAND_TEST_CLUSTER_SECONDS"].flatMap { Int($0) } ?? 20

    /// Changes that a window is told of before it closes.
    private static let watched: Int64 = 100

    /// ERRAND_TEST_CLUSTER_KILLS=off leaves them alone, to measure.
    private static let kills = ProcessInfo.processInfo.environment["ERRAND_TEST_CLUSTER_KILLS"] != "off"

    @Test func `PostgreSQL and its log: any process dies, nothing is lost or doubled`() async throws {
        try await survive(.log)
    }

    @Test func `PostgreSQL and Kafka: any process dies, nothing is lost or doubled`() async throws {
        try await survive(.kafka(MockKafka.errand()))
    }

    @Test func `PostgreSQL and Dapr: any process or sidecar dies, nothing is lost or doubled`() async throws {
        try await survive(.dapr(FakeCluster()))
    }

    @Test func `while PostgreSQL is away, clients are told to come again, and all goes on when it is back`()
        async throws
    {
        let server = try await PostgresServer(port: try FreePort.find())
        let cluster = try await Cluster(Deployment(place: .postgres(try server.makeDatabase())))
        let doors = cluster.ports(of: .chatAPI)
        let client = await APIClient(port: doors[0]).signedUp("ana")
        let ledger = Ledger()
        let loads = (0..<3).map { number in Task { await Load(client, ledger, number).run() } }
        try await Task.sleep(for: .seconds(2))
        let before = ledger.entries.count
        try await server.stop()
        let begin = ContinuousClock.now
        var asked = 0
        while ContinuousClock.now - begin < Outage.duration {
            let body: JSONValue = ["title": "Not now"]
            for (method, path, form) in [("POST", "/api/v1/tasks", body), ("GET", "/api/v1/tasks", nil)] {
                let answer = try #require(await client.send(method, path, form), "the server itself answers")
                #expect(answer.status == 503)
                #expect(answer.retryAfter.flatMap { Int($0) } != nil)
                asked += 1
            }
            try await Task.sleep(for: .milliseconds(250))
        }
        #expect(asked > 10, "each is told at once")
        try await server.start()
        try await Task.sleep(for: .seconds(3))
        ledger.close()
        for load in loads { await load.value }
        let books = try await Books.whenSettled(cluster.deployment)
        try await cluster.stop()
        try await server.remove()
        books.check(ledger.entries, inOrder: true)
        #expect(before > 0 && ledger.entries.count > before, "there were changes before and after")
    }

    @Test func `while Kafka is away, changes are taken as ever, and have their effects when it is back`() async throws {
        let kafka = MockKafka.errand()
        try await Outage.go(through: .kafka(kafka)) {
            kafka.goDown()
        } _: {
            kafka.comeUp()
        }
    }

    private func survive(_ carrier: Cluster.Carrier) async throws {
        let cluster = try await Cluster(try await SharedPostgres.deployment(), carrier: carrier)
        let doors = cluster.ports(of: .chatAPI)
        let token = await APIClient(port: doors[0]).signedUp("ana").token
        let ledger = Ledger()
        let loads = (0..<4).map { number in
            let client = APIClient(port: doors[number % doors.count], token: token)
            return Task { await Load(client, ledger, number).run() }
        }
        // An open window of another process, which dies as well.
        let folder = FileManager.default.temporaryDirectory.appending(path: "errand-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let window = CommandLineClient(
            home: folder, server: "http://localhost:\(cluster.ports(of: .websocketService)[0])"
        )
        async let watched = window.inBackground(
            ["watch", "--json", "--cursor", "0", "--count", "\(Self.watched)"], environment: ["ERRAND_TOKEN": token]
        )
        let begin = ContinuousClock.now
        var kills = 0
        while ContinuousClock.now - begin < .seconds(Self.seconds) {
            try await Task.sleep(for: .milliseconds(Int.random(in: 50...600)))
            guard Self.kills else { continue }
            try await cluster.replace(Int.random(in: cluster.members.indices))
            kills += 1
            if kills.isMultiple(of: 5) { await cluster.crashSidecar() }
        }
        ledger.close()
        for load in loads { await load.value }
        let frames = try await watched.output.split(separator: "\n").map { try JSONValue.parse(String($0)) }
        #expect(frames.compactMap { $0["cursor"]?.integer } == Array(1...Self.watched), "a window misses nothing")
        let books = try await Books.whenSettled(cluster.deployment)
        let latencies = await cluster.latencies()
        try await cluster.stop()
        books.check(ledger.entries, inOrder: cluster.keepsOrderOfAll)
        #expect(ledger.entries.count > 100, "there was load: \(ledger.entries.count)")
        let account =
            "cluster: \(kills) kills, \(ledger.entries.count) acknowledged changes, \(books.events.count) events; "
            + "from change to effect: \(latencies)\n"
        FileHandle.standardError.write(Data(account.utf8))
    }
}
