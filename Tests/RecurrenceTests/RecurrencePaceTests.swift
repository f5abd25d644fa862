import CivilTime
import Recurrence
import Testing

/// How fast rules are followed. Pace is measured in a turn of its own, with nothing beside it: see
/// `scripts/test-swift`.
@Suite(.serialized) struct RecurrencePaceTests {
    @Test func `the next occurrence after the year 2200 takes less than 50 microseconds`() throws {
        let start = try #require(LocalDateTime("1990-01-01T09:00"))
        let moment = try #require(Instant("2200-06-15T12:00:00Z"))
        let zone = try #require(Zone(identifier: "Europe/Paris"))
        let set = RecurrenceSet(start: start, rule: try RecurrenceRule("FREQ=DAILY"), zone: zone)
        var best = Duration.seconds(1)
        for _ in 0..<200 {
            let elapsed = ContinuousClock().measure { _ = set.next(after: moment) }
            best = min(best, elapsed)
        }
        #expect(set.next(after: moment)?.local.description == "2200-06-16T09:00")
        #if !DEBUG
        #expect(best < .microseconds(50), "\(best)")
        #endif
    }

    @Test(arguments: [
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=MONTHLY;BYMONTH=4,6;BYMONTHDAY=31",
        "FREQ=DAILY;INTERVAL=7;BYDAY=TU", "FREQ=HOURLY;INTERVAL=2;BYHOUR=10", "FREQ=YEARLY;BYWEEKNO=30;BYMONTH=1",
        "FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=DAILY;UNTIL=20251231", "FREQ=HOURLY;INTERVAL=24;BYHOUR=8",
        "FREQ=MONTHLY;INTERVAL=12;BYMONTH=5;BYDAY=MO", "FREQ=YEARLY;BYYEARDAY=366;BYMONTH=11",
    ])
    func `a rule that never happens is known to, at once`(text: String) throws {
        let start = try #require(LocalDateTime("2026-01-05T09:00"))
        let set = RecurrenceSet(start: start, rule: try RecurrenceRule(text), zone: .utc)
        let elapsed = ContinuousClock().measure { #expect(!set.canFire) }
        #expect(elapsed < .milliseconds(500))
    }
}
