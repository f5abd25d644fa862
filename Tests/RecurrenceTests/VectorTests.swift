import CivilTime
import Foundation
import Recurrence
import Testing

/// What an independent implementation says; `Tests/Fixtures/recurrence_vectors.py` writes the file.
struct RecurrenceVector: Decodable, CustomTestStringConvertible {
    let group: String
    let start: String
    let zone: String
    let rrule: String?
    let rdates: [String]?
    let exdates: [String]?
    /// Local time and instant of the first ``limit``.
    let occurrences: [[String]]

    static let limit = 24

    var testDescription: String { "\(group): \(rrule ?? "no rule") from \(start) in \(zone)" }

    func recurrenceSet() throws -> RecurrenceSet {
        RecurrenceSet(
            start: try #require(LocalDateTime(start)), rule: try rrule.map { try RecurrenceRule($0) },
            added: (rdates ?? []).compactMap { LocalDateTime($0) },
            excluded: Set((exdates ?? []).compactMap { LocalDateTime($0) }),
            zone: try #require(Zone(identifier: zone))
        )
    }

    static func load() throws -> [RecurrenceVector] {
        let fixtures = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let checkedIn = fixtures.appending(path: "Fixtures/recurrence-vectors.json")
        let others = ProcessInfo.processInfo.environment["ERRAND_RECURRENCE_VECTORS"].map { URL(filePath: $0) }
        return try JSONDecoder().decode([RecurrenceVector].self, from: Data(contentsOf: others ?? checkedIn))
    }
}

@Suite struct VectorTests {
    @Test func `python-dateutil and the examples of RFC 5545 agree with every vector`() async throws {
        let vectors = try RecurrenceVector.load()
        #expect(vectors.count >= 500)
        for vector in vectors {
            await Task.yield()
            let set = try vector.recurrenceSet()
            let all = Instant(seconds: -10_000_000_000)..<Instant(seconds: 40_000_000_000)
            let found = set.occurrences(in: all, limit: RecurrenceVector.limit)
                .map { [$0.local, $0.instant] as [any CustomStringConvertible] }.map { $0.map(\.description) }
            let expected = vector.occurrences.map {
                [LocalDateTime($0[0])?.description ?? "", Instant($0[1])?.description ?? ""]
            }
            #expect(found == expected, "\(vector.testDescription)")
        }
    }

    @Test func `the next occurrence from anywhere is the one that the whole list shows`() async throws {
        for vector in try RecurrenceVector.load() {
            await Task.yield()
            let set = try vector.recurrenceSet()
            let instants = vector.occurrences.compactMap { Instant($0[1]) }
            for (earlier, later) in zip(instants, instants.dropFirst()) {
                #expect(set.next(after: earlier)?.instant == later, "\(vector.testDescription)")
                #expect(set.next(after: later - .milliseconds(1))?.instant == later, "\(vector.testDescription)")
            }
        }
    }

    @Test func `reading what was printed gives the same rule`() throws {
        for text in try RecurrenceVector.load().compactMap(\.rrule) {
            let rule = try RecurrenceRule(text)
            #expect(try RecurrenceRule(rule.description) == rule)
            #expect(try RecurrenceRule("RRULE:" + rule.description.lowercased()) == rule)
        }
    }
}
