import ErrandCore
import Foundation
import TestSupport
import Testing

/// The real program under mixed load, killed at any moment, again and again; then everything it promised is counted.
@Suite(.serialized) struct ChaosTests {
    /// Another number by ERRAND_TEST_KILLS.
    private static let kills = ProcessInfo.processInfo.environment["ERRAND_TEST_KILLS"].flatMap { Int($0) } ?? 200
    private static let writers = 4

    @Test func `two hundred times kill -9 under load: one event, one audit entry, one successor for each`() async throws
    {
        let folder = FileManager.default.temporaryDirectory.appending(path: "errand-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let deployment = Deployment(place: .folder(folder))
        let ports = try ServerProcess.freePorts()
        var server = try await ServerProcess(deployment, port: ports.public, internalPort: ports.internal)
        let client = await APIClient(port: ports.public).signedUp("ana")
        let ledger = Ledger()
        let loads = (0..<Self.writers).map { number in Task { await Load(client, ledger, number).run() } }
        for _ in 0..<Self.kills {
            try await Task.sleep(for: .milliseconds(Int.random(in: 5...250)))
            try await server.killNow()
            server = try await ServerProcess(deployment, port: ports.public, internalPort: ports.internal)
        }
        // Not by cancelling: what was sent is to be known to have been taken or not.
        ledger.close()
        for load in loads { await load.value }
        let books = try await Books.whenSettled(deployment)
        try await server.stop()
        books.check(ledger.entries, inOrder: true)
        #expect(ledger.entries.count > Self.kills, "there was load: \(ledger.entries.count)")
        let account =
            "\(Self.kills) kills, \(ledger.entries.count) acknowledged changes, \(books.events.count) events\n"
        FileHandle.standardError.write(Data(account.utf8))
    }
}
