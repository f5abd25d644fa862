import CivilTime
import ErrandCore
import FakeSidecar
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
                let first = Date().timeIntervalSince1970 + 6
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
                let known = Instant.wallClock()
                var titles: [String] = []
                var slowestAnswer = Duration.zero
                try await eventually("all have come") {
                    let asked = ContinuousClock.now
                    titles = await ana[1].items("notifications").compactMap { $0["title"]?.string }
                    slowestAnswer = max(slowestAnswer, ContinuousClock.now - asked)
                    return titles.count >= Self.count
                }
                #expect(Set(titles).count == Self.count && titles.count == Self.count, "none is lost, none comes twice")
                let books = try await Books.whenSettled(cluster.deployment)
                let fired = books.events.filter { $0.event.kind == ReminderEvent.kind }
                var lateness: [Duration] = []
                for event in fired.map(\.event) {
                    let json = try JSONValue.parse(event.data)
                    let meant = try #require(json["payload"]?["remind_at"]?.string.flatMap { Instant($0) })
                    #expect(event.occurredAt >= meant, "none comes early")
                    lateness.append(event.occurredAt - max(meant, known))
                }
                #expect(lateness.count == Self.count)
                let high = try #require(lateness.sorted().dropLast(Self.count / 100).last)
                // Twelve processes may have two busy cores: what they take to answer, a reminder may take as well.
                #expect(high < .seconds(1) + slowestAnswer, "p99; the slowest answer took \(slowestAnswer)")
            }
        }
    }
}
