import CivilTime
import ErrandCore
import Foundation
import Testing

extension Everywhere {
    /// Reminders, in every way to install Errand: two clocks and two inboxes, where there are two of each.
    @Suite struct RemindersTests {
        private static let count = 200
        private static let spread = 3.0

        @Test(arguments: Shape.allCases)
        func `each reminder comes once, and in time`(shape: Shape) async throws {
            try await shape.run { cluster in
                let ana = try await cluster.signUp("ana")
                // Long before the first: twelve processes may have two busy cores to take them in.
                let first = Date().timeIntervalSince1970 + 15
                for start in stride(from: 0, to: Self.count, by: 100) {
                    let args = (start..<start + 100).map { index -> JSONValue in
                        let seconds = first + Self.spread * Double(index) / Double(Self.count)
                        let at = Instant(milliseconds: Int64(seconds * 1000)).description
                        return [
                            "title": .string("Reminder \(index)"),
                            "reminders": [["kind": "absolute", "at": .string(at)]],
                        ]
                    }
                    let isDone = await ana[start / 100].batch("create", args)
                    #expect(isDone)
                }
                #expect(Date().timeIntervalSince1970 < first, "all were there before the first came due")
                var titles: [String] = []
                try await eventually("all have come") {
                    titles = await ana[1].items("notifications").compactMap { $0["title"]?.string }
                    return titles.count >= Self.count
                }
                #expect(Set(titles).count == Self.count && titles.count == Self.count, "none is lost, none comes twice")
                let books = try await Books.whenSettled(cluster.deployment)
                let fired = books.events.filter { $0.event.type == .reminderTrigger }
                let lateness = try fired.map { event -> Duration in
                    let json = try JSONValue.parse(event.event.data)
                    let meant = try #require(json["payload"]?["remind_at"]?.string.flatMap { Instant($0) })
                    return event.event.occurredAt - meant
                }.sorted()
                #expect(lateness.count == Self.count)
                #expect(lateness.first.map { $0 >= .zero } == true, "none comes early")
                let high = try #require(lateness.dropLast(lateness.count / 100).last)
                #expect(high < .seconds(1), "p99 is \(high)")
            }
        }
    }
}
