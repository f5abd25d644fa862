import CivilTime
import ErrandCore
import Foundation
import Testing

extension Everywhere {
    /// Reminders on their way out: some channels are well, some fail at random, some are dead, and the processes that
    /// send are killed at random.
    @Suite struct DeliveryTortureTests {
        /// More by ERRAND_TEST_DELIVERIES: 10000, over a minute, is what the documents promise.
        private static let count =
            ProcessInfo.processInfo.environment["ERRAND_TEST_DELIVERIES"].flatMap { Int($0) } ?? 1_000
        private static let isLong = count >= 10_000
        /// Two that send, and one of each of the others.
        private static let roles = ProcessRole.allCases.filter { $0 != .frontend } + [.notificationService]

        /// Of those who are busy with others, no pace can be told.
        private static let busynessMax = 2.0

        @Test func `each user gets each reminder once per channel, whatever fails and whoever dies`() async throws {
            let torture = Torture(
                reminders: Self.count, spread: .seconds(Self.isLong ? 60 : 15), people: Self.isLong ? 20 : 8, seed: 14,
                busyness: Torture.busyness()
            )
            try await Receivers.with(seed: torture.seed) { receivers in
                var deployment = try await SharedPostgres.deployment()
                deployment.settings["ERRAND_NOTIFY_PRIVATE_HOSTS"] = "127.0.0.1,localhost"
                let cluster = try await Cluster(deployment, roles: Self.roles)
                do {
                    try await run(torture, cluster, receivers)
                } catch {
                    try await cluster.stop()
                    throw error
                }
                try await cluster.stop()
            }
        }

        private func run(_ torture: Torture, _ cluster: Cluster, _ receivers: Receivers) async throws {
            let begin = ContinuousClock.now
            let people = try await torture.gather(at: cluster.doors, receivers)
            let first = Torture.now() + torture.fillTime
            await torture.fill(people, from: first)
            let kills = try await torture.kill(cluster, from: first)
            try await Task.sleep(for: max(first + torture.spread - Torture.now(), .zero))
            // What a killed process was at is taken up when its lease ends.
            let wait = Duration.seconds(Self.isLong ? 600 : 120)
            try await eventually("all have come where all is well", atMost: wait) {
                TortureFindings.healthy(receivers.arrivals) >= torture.reminders
            }
            var open: [Receivers.Place: TortureFindings.Open] = [:]
            try await eventually("what failed was tried again", atMost: wait) {
                open = try await TortureFindings.open(cluster.deployment)
                return TortureFindings.isQuiet(open)
            }
            let findings = TortureFindings(
                torture: torture, first: first, people: people, kills: kills, arrivals: receivers.arrivals, open: open
            )
            #expect(kills.count > 2, "processes died")
            #expect(receivers.strangers == 0, "nothing comes but reminders")
            let takenOver = try await receipts(findings)
            var account = findings.check(takenOver: takenOver, isPaced: torture.busyness < Self.busynessMax)
            account += "  all of it took \(ContinuousClock.now - begin), a load of \(torture.busyness) a core before\n"
            FileHandle.standardError.write(Data(account.utf8))
        }

        /// Asks as a person would why something came late, or has not come.
        ///
        /// - Returns: what somebody else had begun to send, and was killed over.
        private func receipts(_ findings: TortureFindings) async throws -> Set<Receivers.Place> {
            var ids: [Int: String] = [:]
            var told: [Duration] = []
            for person in findings.people {
                let inbox = await person.client.items("notifications")
                for one in inbox {
                    let number = try #require(one["title"]?.string.flatMap(Torture.number))
                    #expect(ids[number] == nil, "each is in the inbox once")
                    ids[number] = one["id"]?.string
                    let at = try #require(one["created_at"]?.string.flatMap { Instant($0) })
                    told.append(at - findings.torture.instant(of: number, from: findings.first))
                }
            }
            #expect(ids.count == findings.torture.reminders, "each is in the inbox")
            FileHandle.standardError.write(Data("inbox \(TortureFindings.words(told))\n".utf8))
            var takenOver: Set<Receivers.Place> = []
            for place in findings.late.prefix(2_000) {
                let item = try await receipt(of: place, ids, findings)
                #expect(item["state"] == "delivered")
                if let attempts = item["attempts"]?.integer, attempts > 1 { takenOver.insert(place) }
            }
            for place in findings.open.keys.prefix(50) {
                let item = try await receipt(of: place, ids, findings)
                #expect(["pending", "sending", "waiting"].contains(item["state"]?.string))
                #expect(item["ended_at"] == .null)
            }
            return takenOver
        }

        private func receipt(
            of place: Receivers.Place, _ ids: [Int: String], _ findings: TortureFindings
        ) async throws -> JSONValue {
            let person = findings.people[findings.torture.person(of: place.reminder)]
            let id = try #require(ids[place.reminder])
            let answer = await person.client.send("GET", "/api/v1/notifications/\(id)/deliveries")
            return try #require(answer?.json["items"]?.array?.first { $0["name"]?.string == place.channel })
        }
    }
}
