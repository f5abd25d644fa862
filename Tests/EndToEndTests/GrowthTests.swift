import ErrandCore
import Foundation
import Testing

/// A user outgrows one file, moves to PostgreSQL with `errand copy`, and back.
@Suite struct GrowthTests {
    /// More by ERRAND_TEST_COPY_TASKS: 100000 is what docs/performance.md has.
    private static let tasks =
        (ProcessInfo.processInfo.environment["ERRAND_TEST_COPY_TASKS"].flatMap { Int($0) } ?? 500) / 100 * 100

    /// Every tenth task is changed and completed.
    private static let events = APIClient.signUpEvents + tasks + tasks / 10 * 2

    @Test func `from a file to PostgreSQL and back: history, audit chain and searches are the same`() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "errand-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = Deployment(place: .folder(folder.appending(path: "before")))
        let database = try await SharedPostgres.deployment()
        let again = Deployment(place: .folder(folder.appending(path: "after")))
        let ports = try ServerProcess.freePorts()
        let server = try await ServerProcess(file, port: ports.public, internalPort: ports.internal)
        let client = await APIClient(port: ports.public).signedUp("ana")
        await fill(client)
        let before = try await look(client)
        try await server.stop()
        #expect(before["count"]?.integer == Int64(Self.tasks))
        #expect(before["proof"]?["ok"] == .bool(true))
        #expect(before["proof"]?["checked"]?.integer == Int64(Self.events))
        for (source, target) in [(file, database), (database, again)] {
            let begin = ContinuousClock.now
            let copied = try await CommandLineClient(home: folder, server: "").inBackground(
                ["copy", "--from", source.address, "--to", target.address]
            )
            #expect(copied.status == 0, "\(copied.errors)")
            let account = "copy of \(Self.tasks) tasks: \(ContinuousClock.now - begin)\n"
            FileHandle.standardError.write(Data(account.utf8))
            let server = try await ServerProcess(target, port: ports.public, internalPort: ports.internal)
            let after = try await look(client)
            try await server.stop()
            #expect(after == before)
        }
    }

    /// Tasks of which every tenth is changed and completed.
    private func fill(_ client: APIClient) async {
        let words = ["milk", "rent", "report", "dentist", "garden", "boiler", "tickets"]
        for start in stride(from: 0, to: Self.tasks, by: 100) {
            let range = start + 1...start + 100
            let made = range.map { number -> JSONValue in
                [
                    "title": .string("Buy \(words[number % 7]) \(number)"), "tags": [.string(words[number % 5])],
                    "description": .string("About the \(words[number % 3])"),
                ]
            }
            let tenth = range.filter { $0 % 10 == 0 }.map { JSONValue.integer(Int64($0)) }
            var isDone = await client.batch("create", made)
            if isDone {
                isDone = await client.batch("update", tenth.map { ["task_id": $0, "patch": ["priority": "urgent"]] })
            }
            if isDone { isDone = await client.batch("complete", tenth.map { ["task_id": $0] }) }
            #expect(isDone)
        }
    }

    /// Everything that must not depend on where the data are.
    private func look(_ client: APIClient) async throws -> JSONValue {
        let expected = Int64(Self.events)
        try await eventually("all is in the audit log", atMost: .seconds(60)) {
            let newest = await client.send("GET", "/api/v1/audit?limit=1")?.json["items"]?.array?.first
            return newest?["seq"]?.integer == expected
        }
        func json(_ path: String) async -> JSONValue { await client.send("GET", "/api/v1/\(path)")?.json ?? .null }
        let searches = [
            "milk", "%22buy%20rent%22", "rep", "garden%20-boiler", "tickets%20about", "nothing",
            "urgent&priority=urgent",
            "buy&tags=rent&sort=title",
        ]
        var found: [JSONValue] = []
        for search in searches { found.append(await json("tasks?search=\(search)&limit=50")) }
        return [
            "count": await json("tasks?limit=1&count=true")["count"] ?? .null,
            "proof": await json("audit/verify"), "history": await json("audit?limit=200"),
            "searches": .array(found), "tags": await json("tags"),
            "completed": await json("tasks?status=completed&limit=200"),
        ]
    }
}

extension Deployment {
    /// As `errand copy` takes it.
    fileprivate var address: String {
        switch place {
        case .folder(let folder): "sqlite:\(folder.path(percentEncoded: false))"
        case .postgres(let url): url
        }
    }
}
