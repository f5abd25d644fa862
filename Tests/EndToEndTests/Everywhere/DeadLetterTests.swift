import ErrandCore
import Foundation
import TestSupport
import Testing

extension Everywhere {
    /// An event that a role cannot handle, and what an operator does about it.
    @Suite struct DeadLetterTests {
        /// Whoever takes all events of tasks: each gives the poison one up for itself.
        private static let takers: [ProcessRole] = [.auditService, .notificationService]

        @Test(arguments: Shape.allCases.filter { $0 != .file })
        func `a poison event is put aside, others go on, and it is replayed once it is mended`(
            shape: Shape
        ) async throws {
            try await shape.run { cluster in
                guard case .postgres(let url) = cluster.deployment.place else { return }
                let server = try await SharedPostgres.server.value
                let ana = try await cluster.signUp("ana")
                #expect(await ana[0].send("POST", "/api/v1/tasks", ["title": "Before"])?.status == 201)
                let poison = EventID.make()
                _ = try server.query(
                    """
                    UPDATE counters SET change_number = 4;
                    INSERT INTO outbox (id, kind, space, task_id, cursor, occurred_at, data)
                    SELECT '\(poison)', kind, space, task_id, 4, occurred_at, '{"event_id": 1}' FROM outbox
                    WHERE kind = 'task.created' LIMIT 1;
                    """,
                    on: url
                )
                #expect(await ana[0].send("POST", "/api/v1/tasks", ["title": "After"])?.status == 201)
                try await eventually("the others are in the log, and the poison one is a dead letter") {
                    let books = try await Books.read(cluster.deployment)
                    return books.audited.count == APIClient.signUpEvents + 2 && books.deadLetters == Self.takers.count
                }
                let listed = try await operatorSays(["events", "dead-letters", "--json"], url)
                let letters = try listed.output.split(separator: "\n").map { try JSONValue.parse(String($0)) }
                #expect(letters.allSatisfy { $0["event_id"]?.string == poison.description })
                #expect(Set(letters.compactMap { $0["role"]?.string }) == Set(Self.takers.map(\.rawValue)))
                _ = try server.query(
                    """
                    UPDATE outbox SET data = (
                        SELECT jsonb_set(CAST(data AS jsonb), '{event_id}', to_jsonb(CAST('\(poison)' AS text)))
                        FROM outbox WHERE kind = 'task.created' ORDER BY sequence LIMIT 1
                    ) WHERE id = '\(poison)'
                    """,
                    on: url
                )
                for role in Self.takers {
                    let asked = try await operatorSays(["events", "replay", "--role", role.rawValue, "--all"], url)
                    #expect(asked.status == 0)
                }
                try await eventually("it is replayed") {
                    let books = try await Books.read(cluster.deployment)
                    return books.audited.count == APIClient.signUpEvents + 3 && books.deadLetters == 0
                }
                let books = try await Books.read(cluster.deployment)
                #expect(books.audited.last == poison, "it has lost its place")
                #expect(books.firstBad == nil)
            }
        }

        private func operatorSays(_ arguments: [String], _ url: String) async throws -> CommandLineClient.Outcome {
            let client = CommandLineClient(home: FileManager.default.temporaryDirectory, server: "")
            return try await client.inBackground(arguments, environment: ["DATABASE_URL": url])
        }
    }
}
