import ErrandCore
import Foundation
import Synchronization
import Testing

/// Runs the real program and ends it the hard way.
@Suite(.serialized) struct CrashTests {
    @Test func `kill -9 amid a thousand creates loses nothing that was acknowledged and doubles nothing`() async throws
    {
        try await withTemporaryFolder { folder in
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
                    let end = ContinuousClock.now + .seconds(60)
                    while acknowledged.count < 400, ContinuousClock.now < end {
                        try await Task.sleep(for: .milliseconds(1))
                    }
                    try await first.killNow()
                }
                try await group.waitForAll()
            }
            #expect((400..<1000).contains(acknowledged.count), "the server was ended in the middle")
            let second = try await ServerProcess(data: folder, port: ports.public, internalPort: ports.internal)
            let titles = await client.titles()
            let counts = Dictionary(titles.map { ($0, 1) }, uniquingKeysWith: +)
            #expect(acknowledged.titles.withLock { $0 }.allSatisfy { counts[$0] == 1 })
            #expect(counts.values.allSatisfy { $0 == 1 })
            try await second.stop()
        }
    }

    @Test func `a request that is repeated after a crash with its key is done once`() async throws {
        try await withTemporaryFolder { folder in
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
}

private final class Acknowledged: Sendable {
    let titles = Mutex<[String]>([])

    var count: Int { titles.withLock(\.count) }
}
