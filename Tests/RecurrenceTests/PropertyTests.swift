import CivilTime
import Recurrence
import TestSupport
import Testing

/// Random rules, the same in every run.
private struct RuleMaker {
    var generator: SeededGenerator

    mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &generator) }

    mutating func chance(_ percent: Int) -> Bool { number(1...100) <= percent }

    mutating func numbers(_ range: ClosedRange<Int>, upTo count: Int, signed: Bool = false) -> [Int] {
        (0..<number(1...count)).map { _ in number(range) * (signed && chance(30) ? -1 : 1) }
    }

    mutating func rule() -> RecurrenceRule {
        while true {
            if let rule = try? candidate().validated() { return rule }
        }
    }

    private mutating func candidate() -> RecurrenceRule {
        let frequency = RecurrenceRule.Frequency.allCases[number(0...4)]
        var rule = RecurrenceRule(frequency, interval: chance(60) ? 1 : number(1...14))
        if chance(20) { rule.months = numbers(1...12, upTo: 4) }
        if chance(30) {
            let ordinals = frequency == .monthly || frequency == .yearly
            rule.days = (0..<number(1...4)).map { _ in
                RecurrenceRule.Day(
                    Weekday.allCases[number(0...6)], ordinal: ordinals && chance(40) ? number(1...5) : nil
                )
            }
        }
        if chance(20), frequency != .weekly { rule.monthDays = numbers(1...31, upTo: 5, signed: true) }
        if chance(10), frequency == .yearly { rule.yearDays = numbers(1...366, upTo: 20, signed: true) }
        if chance(10), frequency == .yearly { rule.weekNumbers = numbers(1...53, upTo: 4, signed: true) }
        if chance(15) { rule.hours = numbers(0...23, upTo: 3) }
        if chance(15) { rule.minutes = numbers(0...59, upTo: 3) }
        if chance(15) { rule.positions = numbers(1...5, upTo: 2, signed: true) }
        if chance(15) { rule.weekStart = Weekday.allCases[number(0...6)] }
        if chance(15) { rule.end = .count(number(1...300)) }
        return rule
    }

    mutating func start() -> LocalDateTime {
        let date = LocalDate(year: number(1995...2030), month: number(1...12), day: number(1...28))
        return LocalDateTime(
            date ?? LocalDate(daysSinceEpoch: 0), LocalTime(hour: number(0...23), minute: 30) ?? .midnight)
    }
}

@Suite struct PropertyTests {
    /// With and without changing clocks, half-hour changes, days skipped, changes at midnight.
    static let zones = [
        "UTC", "Europe/Paris", "Europe/London", "Europe/Dublin", "Europe/Istanbul", "Europe/Moscow", "Africa/Cairo",
        "Africa/Casablanca", "Africa/Johannesburg", "America/New_York", "America/Los_Angeles", "America/Sao_Paulo",
        "America/Santiago", "America/Havana", "America/St_Johns", "America/Anchorage", "America/Caracas",
        "Asia/Tokyo", "Asia/Kolkata", "Asia/Kathmandu", "Asia/Tehran", "Asia/Gaza", "Asia/Pyongyang",
        "Australia/Lord_Howe", "Australia/Adelaide", "Pacific/Apia", "Pacific/Auckland", "Pacific/Chatham",
        "Pacific/Kiritimati", "Antarctica/Troll",
    ]

    @Test func `ten thousand random rules in thirty zones neither drift nor go back`() async throws {
        let seed: UInt64 = 20_260_131
        var maker = RuleMaker(generator: SeededGenerator(seed: seed))
        let zones = try Self.zones.map { try #require(Zone(identifier: $0), "\($0)") }
        #expect(zones.count == 30)
        var seen = 0
        for number in 0..<10_000 {
            // The tests beside this one share its threads.
            await Task.yield()
            let (rule, start) = (maker.rule(), maker.start())
            let wall = RecurrenceSet(start: start, rule: rule, zone: .utc)
            let first = wall.zone.instant(of: start)
            let locals = wall.occurrences(in: first..<first + .days(3000), limit: 12).map(\.local)
            // All zones for one rule in ten, one of them in turn for the others: the wall clock is the same for all.
            for zone in number % 10 == 0 ? zones : [zones[number % zones.count]] {
                let set = RecurrenceSet(start: start, rule: rule, zone: zone)
                let failure = check(set, locals: locals)
                #expect(failure == nil, "seed \(seed), \(rule) from \(start) in \(zone.identifier): \(failure ?? "")")
                seen += 1
            }
        }
        #expect(seen >= 30_000)
    }

    /// What is wrong with the first occurrences of `set`; `locals` are those of the same rule without a zone.
    private func check(_ set: RecurrenceSet, locals: [LocalDateTime]) -> String? {
        let first = set.zone.instant(of: set.start) - .days(2)
        let found = Array(set.occurrences(in: first..<first + .days(3003), limit: 12))
        for (earlier, later) in zip(found, found.dropFirst()) {
            if earlier.instant >= later.instant { return "not increasing at \(later.instant)" }
            let middle = earlier.instant + (later.instant - earlier.instant) / 2
            for moment in [earlier.instant, middle] where set.next(after: moment) != later {
                return "next after \(moment) is not \(later.instant)"
            }
        }
        for occurrence in found where set.zone.instant(of: occurrence.local) != occurrence.instant {
            return "\(occurrence.local) is not at \(occurrence.instant)"
        }
        // No drift: the wall clock shows what the rule says, but for those that a gap moved onto others.
        let expected = locals.filter { local in
            found.contains { $0.local == local } || !found.contains { $0.instant == set.zone.instant(of: local) }
        }
        return zip(found.map(\.local), expected).allSatisfy { $0 == $1 } ? nil : "drifts: \(found.map(\.local))"
    }
}
