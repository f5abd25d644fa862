import ErrandCore
import Foundation
import SQLStore
import SQLiteDriver
import Testing

/// `errand events`, beside a running server and without one.
@Suite struct OperatorTests {
    @Test func `a broken event becomes a dead letter; once mended, it is replayed`() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "errand-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let ports = try ServerProcess.freePorts()
        let data = folder.appending(path: "data")
        let errand = CommandLineClient(home: folder, server: "http://localhost:\(ports.public)")
        func start(_ role: ProcessRole? = nil) async throws -> ServerProcess {
            try await ServerProcess(data: data, port: ports.public, internalPort: ports.internal, role: role)
        }
        func events(_ arguments: String...) throws -> CommandLineClient.Outcome {
            try errand.run(["events"] + arguments + ["--data", data.path(percentEncoded: false)])
        }
        var server = try await start(.chatAPI)
        let client = await APIClient(port: ports.public).signedUp("ana")
        for title in ["First", "Second", "Third"] {
            #expect(await client.send("POST", "/api/v1/tasks", ["title": .string(title)])?.status == 201)
        }
        try await server.stop()
        let file = data.appending(path: "errand.sqlite").path(percentEncoded: false)
        try await rewrite(file, "UPDATE outbox SET data = '{\"broken\":true}' WHERE cursor = 4")
        server = try await start()
        // Five tries take 8.5 seconds.
        // Both who take all events of tasks.
        let letters = try await eventually(15) {
            let lines = try events("dead-letters").output.split(separator: "\n")
            return lines.count == 2 ? lines : nil
        }
        #expect(letters.contains { $0.contains("notification-service") })
        let letter = try #require(letters.first { $0.contains("audit-service") })
        #expect(letter.contains("event_id is another's."))
        #expect(await client.send("GET", "/api/v1/audit/verify")?.json["checked"] == 4, "the others went on")
        let tail = try events("tail", "-n", "2").output.split(separator: "\n")
        #expect(try tail.map { try JSONValue.parse(String($0))["type"]?.string } == ["task.created", "task.created"])
        try await server.stop()
        let id = try #require(letter.split(separator: "  ").dropFirst(2).first)
        try await rewrite(
            file,
            """
            UPDATE outbox SET data = (
                SELECT json_set(other.data, '$.event_id', outbox.id, '$.payload.task_id', outbox.task_id)
                FROM outbox other WHERE other.cursor = 5
            ) WHERE cursor = 4
            """
        )
        server = try await start()
        for role in ["audit-service", "notification-service"] {
            #expect(try events("replay", "--role", role, "--event", String(id)).status == 0)
        }
        _ = try await eventually(15) {
            try events("dead-letters", "--json").output.isEmpty ? true : nil
        }
        #expect(await client.send("GET", "/api/v1/audit/verify")?.json["checked"] == 5)
        #expect(try events("replay", "--role", "audit-service", "--all").status == 1, "there is none left")
        #expect(try events("replay", "--role", "audit-service").status != 0, "it has to be said which")
        try await server.stop()
    }

    @Test func `without a database there is a sentence`() throws {
        let home = FileManager.default.temporaryDirectory
        let errand = CommandLineClient(home: home, server: "http://localhost:1")
        let outcome = try errand.run(["events", "tail", "--data", "/nowhere"])
        #expect(outcome.status != 0)
        #expect(outcome.errors.contains("There is no database in /nowhere."))
    }

    /// Changes the file behind the program's back.
    private func rewrite(_ file: String, _ sql: String) async throws {
        let database = try SQLiteDatabase.open(.file(path: file)) { _ in }
        try await database.write { (connection) throws(ErrandError) in
            do throws(SQLError) {
                try connection.execute(sql, [])
            } catch {
                throw .unavailable
            }
        }
        await database.close()
    }

    private func eventually<Value>(_ seconds: Int, _ look: () throws -> Value?) async throws -> Value {
        for _ in 0..<seconds * 5 {
            if let value = try look() { return value }
            try await Task.sleep(for: .milliseconds(200))
        }
        return try #require(try look())
    }
}
