import CivilTime
import ErrandCore
import Testing

/// Parts of people's tasks that calendars read.
extension StoreConformance {
    static let feedCases: [Case] = [
        Case("a calendar feed is found by its hash and belongs to its user") {
            try await $0.keepsFeeds()
        }
    ]

    private func keepsFeeds() async throws {
        let (ana, ben) = (try await addUser(), try await addUser())
        let first = CalendarFeed.make(
            owner: ana, name: "Zweiter 🎉", filter: "#home & \"Ærlig\" 🎉", form: .todos, includesCompleted: true,
            lastReadAt: .testStart
        )
        let second = CalendarFeed.make(owner: ana, createdAt: .testStart + .seconds(1))
        let other = CalendarFeed.make(owner: ben)
        let hashes = (0...3).map { [UInt8](repeating: UInt8($0), count: 32) }
        try await store.write { (transaction) throws(ErrandError) in
            let table = transaction.feeds
            for (feed, hash) in zip([second, first, other], hashes) { try table.insert(feed, hash: hash) }
            expectEqual(try table.find(hash: hashes[1]), first, "by hash")
            expectEqual(try table.find(hash: hashes[3]), nil, "by an unknown hash")
            expectEqual(try table.all(of: ana), [first, second], "oldest first")
            expectEqual(try table.all(of: .make()), [], "of nobody")
            try table.markRead(second.id, at: .testStart + .days(1))
            expectEqual(try table.find(hash: hashes[0])?.lastReadAt, .testStart + .days(1), "marked as read")
            expectEqual(try table.find(hash: hashes[2]), other, "and no other")
            expectEqual(try table.delete(first.id, of: ben), false, "nobody revokes another's")
            expectEqual(try table.delete(first.id, of: ana), true, "their own they do")
            expectEqual(try table.delete(first.id, of: ana), false, "once")
            expectEqual(try table.find(hash: hashes[1]), nil, "gone")
            try table.markRead(first.id, at: .testStart)
        }
        await expectFailure(.unavailable, "one secret leads to one feed") { () throws(ErrandError) in
            try await store.write { (transaction) throws(ErrandError) in
                try transaction.feeds.insert(.make(owner: ben), hash: hashes[0])
            }
        }
    }
}
