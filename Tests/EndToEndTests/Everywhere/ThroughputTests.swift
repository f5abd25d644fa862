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
                await withTaskGroup { group in
                    for person in people { group.addTask { await flood(person) } }
                }
                let written = ContinuousClock.now - begin
                for person in people {
                    try await eventually("all are in the audit log", atMost: .seconds(120)) {
                        let newest = await person.send("GET", "/api/v1/audit?limit=1")?.json["items"]?.array?.first
                        return newest?["seq"]?.integer == Int64(APIClient.signUpEvents + Self.events)
                    }
                }
                let settled = ContinuousClock.now - begin
                for person in people {
                    let proof = await person.send("GET", "/api/v1/audit/verify")?.json
                    #expect(proof?["ok"] == .bool(true))
                    #expect(proof?["checked"]?.integer == Int64(APIClient.signUpEvents + Self.events))
                }
                let rate = Double(2 * Self.events) / (settled / .seconds(1))
                let account =
                    "\(shape.testDescription): \(2 * Self.events) events written in \(written), all effects after "
                    + "\(settled), \(Int(rate)) events/s; \(await cluster.latencies())\n"
                FileHandle.standardError.write(Data(account.utf8))
            }
        }

        /// A hundred tasks, each changed again and again.
        private func flood(_ person: APIClient) async {
            var isDone = await person.batch("create", (1...100).map { ["title": .string("Task \($0)")] })
            for round in 1..<Self.events / 100 where isDone {
                let args = (1...100).map { number -> JSONValue in
                    ["task_id": .integer(number), "patch": ["title": .string("Task \(number), \(round)")]]
                }
                isDone = await person.batch("update", args)
            }
            #expect(isDone)
        }
    }
}
