import ErrandCore
import Foundation
import Testing

extension Everywhere {
    /// Many changes in a short time, in every way to install Errand: how fast their effects follow.
    @Suite struct ThroughputTests {
        /// Of each of two people. More by ERRAND_TEST_EVENTS; docs/performance.md has 20000.
        private static let events =
            (ProcessInfo.processInfo.environment["ERRAND_TEST_EVENTS"].flatMap { Int($0) } ?? 2_000) / 200 * 100

        @Test(arguments: Shape.allCases)
        func `a flood of changes has all its effects`(shape: Shape) async throws {
            try await shape.run { cluster in
                let people = [try await cluster.signUp("ana")[0], try await cluster.signUp("bob")[1]]
                let begin = ContinuousClock.now
                try await withThrowingTaskGroup { group in
                    for person in people { group.addTask { try await flood(person) } }
                    try await group.waitForAll()
                }
                let written = ContinuousClock.now - begin
                for person in people {
                    try await eventually("all are in the audit log", atMost: .seconds(120)) {
                        let newest = await person.send("GET", "/api/v1/audit?limit=1")?.json["items"]?.array?.first
                        return newest?["seq"]?.integer == Int64(Self.events)
                    }
                }
                let settled = ContinuousClock.now - begin
                for person in people {
                    let proof = await person.send("GET", "/api/v1/audit/verify")?.json
                    #expect(proof?["ok"] == .bool(true) && proof?["checked"]?.integer == Int64(Self.events))
                }
                let rate = Double(2 * Self.events) / (settled / .seconds(1))
                let account =
                    "\(shape.testDescription): \(2 * Self.events) events written in \(written), all effects after "
                    + "\(settled), \(Int(rate)) events/s; \(await cluster.latencies())\n"
                FileHandle.standardError.write(Data(account.utf8))
            }
        }

        /// A hundred tasks, each changed again and again.
        private func flood(_ person: APIClient) async throws {
            let creations = (0..<100).map { index -> JSONValue in
                ["id": .string("\(index)"), "op": "create", "args": ["title": .string("Task \(index)")]]
            }
            try await batch(person, creations)
            for round in 1..<Self.events / 100 {
                let updates = (1...100).map { number -> JSONValue in
                    let patch: JSONValue = ["title": .string("Task \(number), \(round)")]
                    let args: JSONValue = ["task_id": .integer(Int64(number)), "patch": patch]
                    return ["id": .string("\(number)"), "op": "update", "args": args]
                }
                try await batch(person, updates)
            }
        }

        private func batch(_ person: APIClient, _ commands: [JSONValue]) async throws {
            let answer = try #require(await person.send("POST", "/api/v1/tasks/batch", ["commands": .array(commands)]))
            #expect(answer.status == 200)
            let statuses = Set((answer.json["results"]?.array ?? []).compactMap { $0["status"]?.integer })
            #expect(statuses.isSubset(of: [200, 201]), "\(statuses)")
        }
    }
}
