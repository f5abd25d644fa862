import ErrandCore
import Foundation
import Testing

extension Everywhere {
    /// The audit log, in every way to install Errand.
    @Suite struct AuditTests {
        private static let writers = 4
        private static let rounds = 15

        @Test(arguments: Shape.allCases)
        func `what several people change at once is in the log of each, one to one, and verifies`(
            shape: Shape
        )
            async throws
        {
            try await shape.run { cluster in
                let ana = try await cluster.signUp("ana")
                _ = try await cluster.signUp("bob")
                await withTaskGroup { group in
                    for number in 0..<Self.writers {
                        group.addTask { await work(ana[number % 2], number) }
                    }
                }
                let books = try await Books.whenAudited(cluster.deployment)
                let isSame =
                    books.audited.sorted { "\($0)" < "\($1)" }
                    == books.events.map(\.event.id).sorted {
                        "\($0)" < "\($1)"
                    }
                #expect(isSame, "one entry for each event")
                #expect(books.events.count == APIClient.signUpEvents + Self.writers * Self.rounds * 4)
                for door in ana {
                    let proof = try #require(await door.send("GET", "/api/v1/audit/verify"))
                    #expect(proof.json["ok"] == .bool(true))
                    #expect(proof.json["checked"]?.integer == Int64(books.events.count))
                }
                // Of each task, in the order in which it was done.
                // The list has the newest first.
                let items = await ana[1].items("audit").filter { $0["task_id"] != nil }.reversed()
                let byTask = Dictionary(grouping: items) { $0["task_id"]?.string ?? "" }
                #expect(byTask.count == Self.writers * Self.rounds)
                let expected = ["task.created", "task.updated", "task.completed", "task.deleted"]
                let wrong = byTask.values.filter { $0.map { $0["action"]?.string ?? "" } != expected }
                #expect(wrong.isEmpty, "\(wrong.first ?? [])")
            }
        }

        private func work(_ door: APIClient, _ number: Int) async {
            for round in 0..<Self.rounds {
                let made = await door.send("POST", "/api/v1/tasks", ["title": .string("\(number).\(round)")])
                let path = "/api/v1/tasks/\(made?.json["id"]?.string ?? "")"
                #expect(await door.send("PATCH", path, ["priority": "high"])?.status == 200)
                #expect(await door.send("POST", "\(path)/complete")?.status == 200)
                #expect(await door.send("DELETE", path)?.status == 204)
            }
        }
    }
}
