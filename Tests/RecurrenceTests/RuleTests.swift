import CivilTime
import Recurrence
import Testing

@Suite struct RuleTests {
    @Test(arguments: [
        ("", "FREQ"), ("INTERVAL=2", "FREQ"), ("FREQ=SECONDLY", "FREQ"), ("FREQ=MINUTELY", "FREQ"),
        ("FREQ=DAILY;INTERVAL=0", "INTERVAL"), ("FREQ=DAILY;INTERVAL=x", "INTERVAL"),
        ("FREQ=DAILY;COUNT=0", "COUNT"), ("FREQ=DAILY;COUNT=10000", "COUNT"),
        ("FREQ=DAILY;COUNT=2;UNTIL=20260101", "UNTIL"), ("FREQ=DAILY;UNTIL=20260230", "UNTIL"),
        ("FREQ=DAILY;BYDAY=1MO", "BYDAY"), ("FREQ=WEEKLY;BYDAY=XX", "BYDAY"), ("FREQ=YEARLY;BYDAY=54MO", "BYDAY"),
        ("FREQ=YEARLY;BYWEEKNO=2;BYDAY=1MO", "BYDAY"), ("FREQ=MONTHLY;BYWEEKNO=2", "BYWEEKNO"),
        ("FREQ=WEEKLY;BYMONTHDAY=2", "BYMONTHDAY"), ("FREQ=MONTHLY;BYMONTHDAY=32", "BYMONTHDAY"),
        ("FREQ=MONTHLY;BYMONTHDAY=0", "BYMONTHDAY"), ("FREQ=MONTHLY;BYYEARDAY=1", "BYYEARDAY"),
        ("FREQ=YEARLY;BYMONTH=13", "BYMONTH"), ("FREQ=DAILY;BYHOUR=24", "BYHOUR"),
        ("FREQ=DAILY;BYSETPOS=1", "BYSETPOS"), ("FREQ=DAILY;FREQ=DAILY", "FREQ"), ("FREQ=DAILY;X=1", "X"),
        ("FREQ=DAILY;BYDAY", "RRULE"), ("FREQ=DAILY;WKST=M", "WKST"),
    ])
    func `a rule that is wrong is refused with its part`(text: String, part: String) {
        #expect { try RecurrenceRule(text) } throws: { ($0 as? RecurrenceRuleError)?.part == part }
    }

    @Test func `mixed days are either, as RFC 5545 has it`() throws {
        let set = RecurrenceSet(
            start: try #require(LocalDateTime("2026-01-01T09:00")),
            rule: try RecurrenceRule("FREQ=MONTHLY;BYDAY=MO,2TU"),
            zone: .utc
        )
        let first = set.zone.instant(of: set.start)
        let days = set.occurrences(in: first..<first + .days(31), limit: 10).map(\.local.date.day)
        #expect(days == [5, 12, 13, 19, 26])
    }

    @Test func `the first week of a rule with positions is a whole week`() throws {
        let rule = try RecurrenceRule("FREQ=WEEKLY;BYDAY=MO,WE,FR;BYSETPOS=1")
        let set = RecurrenceSet(start: try #require(LocalDateTime("2026-01-07T09:00")), rule: rule, zone: .utc)
        #expect(set.next(afterLocal: set.start)?.local.description == "2026-01-12T09:00")
    }

    @Test func `a list ends at its limit`() throws {
        let set = RecurrenceSet(
            start: try #require(LocalDateTime("2026-01-01T09:00")), rule: RecurrenceRule(.hourly), zone: .utc)
        let first = set.zone.instant(of: set.start)
        #expect(Array(set.occurrences(in: first..<first + .days(9999), limit: 100)).count == 100)
    }

    @Test func `an end in UTC counts on the time line`() throws {
        let zone = try #require(Zone(identifier: "America/New_York"))
        let rule = try RecurrenceRule("FREQ=DAILY;UNTIL=19971224T000000Z")
        let start = try #require(LocalDateTime("1997-12-20T09:00"))
        let set = RecurrenceSet(start: start, rule: rule, zone: zone)
        let first = zone.instant(of: start)
        #expect(set.occurrences(in: first..<first + .days(99), limit: 99).map(\.local.date.day) == [20, 21, 22, 23])
    }
}
