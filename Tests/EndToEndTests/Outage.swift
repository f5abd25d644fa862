import ErrandCore
import Foundation
import TestSupport
import Testing

/// A broker that is away for a while under load: changes are taken as ever, and have their effects afterwards.
enum Outage {
    /// Another time by ERRAND_TEST_OUTAGE_SECONDS; 20 is what the documents promise.
    static let duration = Duration.seconds(
        ProcessInfo.processInfo.environment["ERRAND_TEST_OUTAGE_SECONDS"].flatMap { Int($0) } ?? 4
    )

    /// - Parameters:
    ///   - leave: takes the broker away.
    ///   - comeBack: has it back.
    static func go(through carrier: Cluster.Carrier, _ leave: () -> Void, _ comeBack: () -> Void) async throws {
        let cluster = try await Cluster(try await SharedPostgres.deployment(), carrier: carrier)
        let client = await APIClient(port: cluster.ports(of: .chatAPI)[0]).signedUp("ana")
        let ledger = Ledger()
        let loads = (0..<3).map { number in Task { await Load(client, ledger, number).run() } }
        try await Task.sleep(for: .seconds(2))
        leave()
        let before = ledger.entries.count
        try await Task.sleep(for: duration)
        let during = ledger.entries.count
        comeBack()
        try await Task.sleep(for: .seconds(2))
        ledger.close()
        for load in loads { await load.value }
        let books = try await Books.whenSettled(cluster.deployment)
        try await cluster.stop()
        books.check(ledger.entries, inOrder: false)
        #expect(before > 0 && during > before, "nobody noticed")
    }
}
