import CivilTime
import Testing

@Suite struct CalendarSpanTests {
    @Test(arguments: [
        ("PT1H", 0, 3600, "PT1H"), ("PT90M", 0, 5400, "PT1H30M"), ("P1D", 1, 0, "P1D"), ("P2W", 14, 0, "P2W"),
        ("P1DT1H", 1, 3600, "P1DT1H"), ("pt30m", 0, 1800, "PT30M"), ("PT0S", 0, 0, "PT0S"), ("P7D", 7, 0, "P1W"),
        ("PT24H", 0, 86_400, "PT24H"), ("PT36H", 0, 129_600, "PT36H"), ("P1W2D", 9, 0, "P9D"),
        ("P1WT1S", 7, 1, "P7DT1S"), ("P1DT2H", 1, 7200, "P1DT2H"), ("P0D", 0, 0, "PT0S"),
    ])
    func `spans are read and written`(text: String, days: Int, seconds: Int, written: String) throws {
        let span = try #require(CalendarSpan(text))
        #expect(span == CalendarSpan(days: days, seconds: seconds) && span.description == written)
        #expect(CalendarSpan(span.description) == span)
    }

    @Test(arguments: [
        "", "P", "PT", "1H", "P1M", "P1Y", "PT1", "PT1H1H", "P1H", "PT1D", "PT-1H", "P1DT", "PT999999999H", "P1D1W",
        "PT1HT1M", "P1DT1DT1H", "P-1D", "P1.5D",
    ])
    func `what is none is refused`(text: String) {
        #expect(CalendarSpan(text) == nil)
    }

    @Test func `a day and 24 hours are one thing only where they are as long`() {
        #expect(CalendarSpan(days: 1) != CalendarSpan(seconds: 86_400))
        #expect(CalendarSpan(days: 1).usualLength == CalendarSpan(seconds: 86_400).usualLength)
        #expect(CalendarSpan.zero.isZero && !CalendarSpan(days: 1).isZero && !CalendarSpan(seconds: 1).isZero)
    }

    /// Berlin's clocks go forward at 02:00 on 29 March 2026, and back at 03:00 on 25 October.
    @Test(arguments: [
        ("2026-03-30T12:00", "P1D", "2026-03-29T10:00:00Z"), ("2026-03-30T12:00", "PT24H", "2026-03-29T10:00:00Z"),
        ("2026-03-29T12:00", "P1D", "2026-03-28T11:00:00Z"), ("2026-03-29T12:00", "PT24H", "2026-03-28T10:00:00Z"),
        ("2026-10-25T12:00", "P1D", "2026-10-24T10:00:00Z"), ("2026-10-25T12:00", "PT24H", "2026-10-24T11:00:00Z"),
        ("2026-10-26T01:30", "P1DT2H", "2026-10-24T21:30:00Z"), ("2026-03-30T02:30", "P1D", "2026-03-29T01:30:00Z"),
    ])
    func `days before are days of the calendar, hours are hours`(due: String, span: String, moment: String) throws {
        let berlin = try #require(Zone(identifier: "Europe/Berlin"))
        let (local, span) = (try #require(LocalDateTime(due)), try #require(CalendarSpan(span)))
        #expect(berlin.instant(span, before: local).description == moment)
    }

    @Test(arguments: [
        ("2026-03-28T11:00:00.250Z", "P1D", "2026-03-29T10:00:00.250Z"),
        ("2026-03-28T11:00:00Z", "PT24H", "2026-03-29T11:00:00Z"),
        ("2026-10-24T10:00:00Z", "P1D", "2026-10-25T11:00:00Z"),
        ("2026-10-25T00:30:00Z", "PT1H", "2026-10-25T01:30:00Z"),
    ])
    func `so are days and hours after`(from: String, span: String, moment: String) throws {
        let berlin = try #require(Zone(identifier: "Europe/Berlin"))
        let (instant, span) = (try #require(Instant(from)), try #require(CalendarSpan(span)))
        #expect(berlin.instant(span, after: instant).description == moment)
    }
}
