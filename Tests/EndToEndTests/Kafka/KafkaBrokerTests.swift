import ErrandCore
import Foundation
import LocalServers
import TestSupport
import Testing

/// What only a real broker shows: how soon others take over from a process that died, and that a broker which stands
/// still costs time and nothing else.
@Suite(.serialized) struct KafkaBrokerTests {
    /// Another number by ERRAND_TEST_FAILOVERS; docs/performance.md has 20.
    private static let rounds =
        ProcessInfo.processInfo.environment["ERRAND_TEST_FAILOVERS"].flatMap { Int($0) } ?? 2

    /// From the death of a process to the last effect of what it would have done: ten seconds, and the three that this
    /// broker adds to each change of a group. Kafka waits only for the first members of a new one (KIP-134).
    private static let takeoverLimit = Duration.seconds(10 + 3)

    @Test func `what a killed consumer was to do is done by another within seconds, in order`() async throws {
        let cluster = try await Cluster(
            try await SharedPostgres.deployment(), carrier: .broker(try await KafkaBroker.errand()),
            roles: [.chatAPI, .recurringTaskService, .recurringTaskService, .auditService]
        )
        let consumers = cluster.members.indices.filter { cluster.members[$0].role == .recurringTaskService }
        let person = await APIClient(port: cluster.ports(of: .chatAPI)[0]).signedUp("ana")
        var times: [Duration] = []
        for round in 0..<Self.rounds {
            try await settle(person, consumers.map { cluster.members[$0] })
            let begin = ContinuousClock.now
            try await cluster.kill(consumers[round % 2])
            let ids = try await completed(person)
            try await eventually("others take over") { try await followed(person, ids) }
            times.append(ContinuousClock.now - begin)
            try await cluster.restart(consumers[round % 2])
        }
        let books = try await Books.whenSettled(cluster.deployment)
        try await cluster.stop()
        books.check([], inOrder: false)
        let sorted = times.sorted()
        #expect(sorted.last.map { $0 < Self.takeoverLimit } == true)
        let account =
            "fail-over: \(sorted.count) kills, seconds from each to the last effect: "
            + sorted.map { ($0 / .seconds(1)).formatted(.number.precision(.fractionLength(1))) }.joined(separator: " ")
            + "\n"
        FileHandle.standardError.write(Data(account.utf8))
    }

    @Test func `while the broker stands still, changes are taken as ever, and have their effects afterwards`()
        async throws
    {
        let broker = try await KafkaBroker.errand()
        try await Outage.go(through: .broker(broker)) {
            broker.suspend()
        } _: {
            broker.resume()
        }
    }

    @Test func `events go over TLS to a broker whose certificate is trusted, and to no other`() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "errand-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let certificate = try ServerCertificate(in: folder)
        let port = try FreePort.find()
        let front = try await Forwarder(to: [port], tls: try certificate.context())
        let broker = try await KafkaBroker.errand(port: port, door: "localhost:\(front.port)")
        var deployment = try await SharedPostgres.deployment()
        deployment.settings["ERRAND_KAFKA_TLS"] = "on"
        let strangers = try await Cluster(deployment, carrier: .broker(broker))
        let ana = await APIClient(port: strangers.ports(of: .chatAPI)[0]).signedUp("ana")
        let early = try await completed(ana)
        try await Task.sleep(for: .seconds(2))
        #expect(try await !followed(ana, early), "a certificate that nobody vouches for was trusted")
        try await strangers.stop()
        deployment.settings["ERRAND_KAFKA_CA_FILE"] = certificate.file.path(percentEncoded: false)
        let cluster = try await Cluster(deployment, carrier: .broker(broker))
        let books = try await Books.whenSettled(cluster.deployment)
        try await cluster.stop()
        try await front.close()
        books.check([], inOrder: false)
    }

    /// Waits until the group works as it does when nobody comes and goes: every member has a part of what is done.
    ///
    /// That effects come would be too little: the others work on until who has just started asks for its part.
    private func settle(_ person: APIClient, _ members: [Cluster.Member]) async throws {
        try await eventually("the group has settled") {
            let before = await handled(members)
            let ids = try await completed(person)
            try await eventually("effects come") { try await followed(person, ids) }
            return zip(before, await handled(members)).allSatisfy { $0 < $1 }
        }
    }

    /// Events that each of them has handled so far, as they say themselves.
    private func handled(_ members: [Cluster.Member]) async -> [Int] {
        var counts: [Int] = []
        for member in members {
            let text = await APIClient(port: member.internalPort).text("/metrics") ?? ""
            let lines = text.split(separator: "\n").filter { $0.hasPrefix("errand_event_latency_seconds_count") }
            counts.append(lines.compactMap { $0.split(separator: " ").last.flatMap { Int($0) } }.reduce(0, +))
        }
        return counts
    }

    /// Completes as many new recurring tasks as make it all but certain that each of four partitions has some.
    private func completed(_ person: APIClient) async throws -> Set<String> {
        var ids: Set<String> = []
        for number in 0..<24 {
            let form: JSONValue = ["title": .string("Run \(number)"), "recurring": "daily"]
            let made = try #require(await person.send("POST", "/api/v1/tasks/recurring", form))
            let id = try #require(made.json["id"]?.string)
            #expect(await person.send("POST", "/api/v1/tasks/\(id)/complete")?.status == 200)
            ids.insert(id)
        }
        return ids
    }

    /// Whether each of them has its next occurrence.
    private func followed(_ person: APIClient, _ ids: Set<String>) async throws -> Bool {
        let page = try #require(
            await person.send("GET", "/api/v1/tasks?status=pending&sort=created_at&order=desc&limit=200"))
        let parents = (page.json["items"]?.array ?? []).compactMap { $0["recurring_parent_id"]?.string }
        return ids.isSubset(of: parents)
    }
}
