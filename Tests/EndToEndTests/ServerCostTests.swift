import ErrandCore
import Foundation
import Testing

/// What one server takes of a machine that has nothing else to do: time to start, memory, processor.
///
/// These run alone (`scripts/test-swift`); beside other tests they would measure those.
@Suite(.serialized) struct ServerCostTests {
    @Test func `after a crash, effects follow their changes as soon as before`() async throws {
        try await withTemporaryFolder { folder in
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
        try await withTemporaryFolder { folder in
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
        try await withTemporaryFolder { folder in
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
}
