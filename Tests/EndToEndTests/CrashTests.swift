import ErrandCore
import Foundation
import Synchronization
import Testing

/// Runs the real program and ends it the hard way.
@Suite(.serialized) struct CrashTests {
    @Test func `kill -9 amid a thousand creates loses nothing that was acknowledged and doubles nothing`() async throws
    {
        try await withFolder { folder in
            let ports = try ServerProcess.freePorts()
            let first = try await ServerProcess(data: folder, port: ports.public, internalPort: ports.internal)
            let client = await APIClient(port: ports.public).signedUp("ana")
            let acknowledged = Acknowledged()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for writer in 0..<20 {
                    group.addTask {
                        for number in 0..<50 {
                            let title = "\(writer)-\(number)"
                            let answer = await client.send("POST", "/api/v1/tasks", ["title": .string(title)])
                            guard answer?.status == 201 else { return }
                            acknowledged.titles.withLock { $0.append(title) }
                        }
                    }
                }
                group.addTask {
                    // In the middle: when about half of them are in.
                    while acknowledged.count < 400 { try await Task.sleep(for: .milliseconds(1)) }
                    try await first.killNow()
                }
                try await group.waitForAll()
            }
            #expect(acknowledged.count < 1000, "the server was ended before the end")
            let second = try await ServerProcess(data: folder, port: ports.public, internalPort: ports.internal)
            let titles = await client.titles()
            let counts = Dictionary(titles.map { ($0, 1) }, uniquingKeysWith: +)
            #expect(acknowledged.titles.withLock { $0 }.allSatisfy { counts[$0] == 1 })
            #expect(counts.values.allSatisfy { $0 == 1 })
            try await second.stop()
        }
    }

    @Test func `a request that is repeated after a crash with its key is done once`() async throws {
        try await withFolder { folder in
            let ports = try ServerProcess.freePorts()
            var server = try await ServerProcess(data: folder, port: ports.public, internalPort: ports.internal)
            let client = await APIClient(port: ports.public).signedUp("ana")
            let id = "0190f3a0-0000-7000-8000-00000000000a"
            let body: JSONValue = ["id": .string(id), "title": "Once"]
            #expect(await client.send("POST", "/api/v1/tasks", body)?.status == 201)
            try await server.killNow()
            server = try await ServerProcess(data: folder, port: ports.public, internalPort: ports.internal)
            #expect(await client.send("POST", "/api/v1/tasks", body)?.status == 200)
            #expect(await client.titles() == ["Once"])
            try await server.stop()
        }
    }

    @Test func `after a crash, effects follow their changes as soon as before`() async throws {
        try await withFolder { folder in
            let ports = try ServerProcess.freePorts()
            var server = try await ServerProcess(data: folder, port: ports.public, internalPort: ports.internal)
            let client = await APIClient(port: ports.public).signedUp("ana")
            for count in (1...3).map({ Int64(APIClient.signUpEvents + $0) }) {
                _ = await client.send("POST", "/api/v1/tasks", ["title": "Again"])
                let start = ContinuousClock.now
                var audited: Int64?
                while audited != count, ContinuousClock.now - start < .seconds(5) {
                    audited = await client.send("GET", "/api/v1/audit/verify")?.json["checked"]?.integer
                }
                #expect(audited == count)
                #expect(ContinuousClock.now - start < .seconds(3))
                try await server.killNow()
                server = try await ServerProcess(data: folder, port: ports.public, internalPort: ports.internal)
                // What consumers do by themselves when they start is over.
                try await Task.sleep(for: .milliseconds(500))
            }
            try await server.stop()
        }
    }

    @Test func `the server is ready soon and small when idle`() async throws {
        try await withFolder { folder in
            let ports = try ServerProcess.freePorts()
            // The first start makes the database; the promise is about any start, so both count.
            for _ in 0..<2 {
                let server = try await ServerProcess(data: folder, port: ports.public, internalPort: ports.internal)
                #expect(server.startDuration < .milliseconds(500))
                #expect(try server.residentBytes < 64 * 1024 * 1024)
                try await server.stop()
            }
        }
    }

    @Test func `the server rests when nobody asks for anything`() async throws {
        try await withFolder { folder in
            let ports = try ServerProcess.freePorts()
            let server = try await ServerProcess(data: folder, port: ports.public, internalPort: ports.internal)
            let client = await APIClient(port: ports.public).signedUp("ana")
            _ = await client.send("POST", "/api/v1/tasks/recurring", ["title": "Tidy", "recurring": "daily"])
            _ = await client.send("POST", "/api/v1/tasks/1/complete")
            try await Task.sleep(for: .seconds(1))
            let before = try server.processorTicks
            try await Task.sleep(for: .seconds(3))
            // A tick is a hundredth of a second; a loop that wakes itself takes hundreds.
            #expect(try server.processorTicks - before < 15)
            try await server.stop()
        }
    }

    private func withFolder(_ use: (URL) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "errand-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try await use(folder)
    }
}

private final class Acknowledged: Sendable {
    let titles = Mutex<[String]>([])

    var count: Int { titles.withLock(\.count) }
}
