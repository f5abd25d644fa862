import ErrandCore
import Foundation
import SQLStore
import SQLiteDriver
import Testing

/// Roles one after the other on one file: each does its part of what the others left.
@Suite struct RoleTests {
    @Test func `what one role has committed, the others take up when they run`() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "errand-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let ports = try ServerProcess.freePorts()
        func run(_ role: ProcessRole, _ use: () async throws -> Void) async throws {
            let server = try await ServerProcess(
                data: folder, port: ports.public, internalPort: ports.internal, role: role
            )
            try await use()
            try await server.stop()
        }
        try await run(.chatAPI) {
            let client = await APIClient(port: ports.public).signedUp("ana")
            let task: JSONValue = ["title": "Tidy", "recurring": "daily"]
            #expect(await client.send("POST", "/api/v1/tasks/recurring", task)?.status == 201)
            #expect(await client.send("POST", "/api/v1/tasks/1/complete")?.status == 200)
            #expect(await client.send("GET", "/api/v1/audit")?.json["items"] == [])
            #expect(await client.send("GET", "/api/v1/live")?.status == 404, "that is another role")
        }
        for role in [ProcessRole.recurringTaskService, .auditService, .notificationService] {
            try await run(role) {
                #expect(await APIClient(port: ports.public).send("GET", "/") == nil, "nobody calls it")
                try await Task.sleep(for: .milliseconds(500))
            }
        }
        let file = folder.appending(path: "errand.sqlite").path(percentEncoded: false)
        let database = try SQLiteDatabase.open(.file(path: file)) { _ in }
        let store = try await SQLStore.open(over: database) { _ in }
        let (kinds, audited) = try await store.read { (transaction) throws(ErrandError) in
            let events = try transaction.outbox.events(of: nil, after: 0, limit: 10)
            let owner = events[0].event.userID
            let records = try transaction.audit.records(in: owner.personalSpace, after: 0, limit: 10)
            return (events.map(\.event.type), records.compactMap(\.entry?.entry.action))
        }
        await database.close()
        #expect(
            kinds.map(\.name)
                == ["account.created", "session.started", "task.created", "task.completed", "task.created"])
        #expect(audited == kinds.map(\.name))
    }
}
