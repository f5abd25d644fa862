import CivilTime
import Testing

@Suite struct CalendarTests {
    @Test func `days and dates lead to each other, over four centuries`() {
        var date = LocalDate(daysSinceEpoch: -141_428)
        for days in -141_428...4657 {
            #expect(date.daysSinceEpoch == days)
            date = date.adding(days: 1)
        }
    }

    @Test(arguments: [
        ("1970-01-01", Weekday.thursday), ("2026-11-21", .saturday), ("2000-02-29", .tuesday), ("1900-01-01", .monday),
    ])
    func `weekdays are right`(_ text: String, _ weekday: Weekday) throws {
        #expect(try #require(LocalDate(text)).weekday == weekday)
    }

    @Test func `a week begins where the user says`() throws {
        let date = try #require(LocalDate("2026-11-21"))
        #expect(date.startOfWeek(beginningOn: .monday).description == "2026-11-16")
        #expect(date.startOfWeek(beginningOn: .sunday).description == "2026-11-15")
        #expect(date.startOfWeek(beginningOn: .saturday).description == "2026-11-21")
    }

    @Test(arguments: ["2026-02-29", "2026-13-01", "2026-00-10", "0000-01-01", "2026-1-1", "2026-01-01 ", "x", ""])
    func `days that do not exist are refused`(_ text: String) {
        #expect(LocalDate(text) == nil)
    }

    @Test(arguments: [
        ("2026-01-15T10:30:00Z", "2026-01-15T10:30:00Z"), ("2026-01-15t10:30:00z", "2026-01-15T10:30:00Z"),
        ("2026-01-15T10:30:00+01:00", "2026-01-15T09:30:00Z"), ("2026-01-15T00:00:00-00:30", "2026-01-15T00:30:00Z"),
        ("2026-01-15T10:30:00.5Z", "2026-01-15T10:30:00.500Z"),
        ("1969-12-31T23:59:59.999Z", "1969-12-31T23:59:59.999Z"),
        ("2026-01-15T10:30:00.123456789Z", "2026-01-15T10:30:00.123Z"),
    ])
    func `date-times are read as RFC 3339 writes them`(_ text: String, _ written: String) {
        #expect(Instant(text)?.description == written)
    }

    @Test(arguments: [
        "2026-02-30T00:00:00Z", "2026-01-15T24:00:00Z", "2026-01-15T23:59:60Z", "2026-01-15T10:30:00",
        "2026-01-15 10:30:00Z", "2026-01-15T10:30Z", "2026-01-15T10:30:00.Z", "2026-01-15T10:30:00+1:00",
        "0001-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01",
    ])
    func `date-times that are none are refused`(_ text: String) {
        #expect(Instant(text) == nil)
    }

    @Test func `a day can end early, at midnight, and in the small hours that follow it`() throws {
        #expect(DayEnd("24:00") == .midnight)
        #expect(DayEnd("18:30")?.description == "18:30")
        #expect(["24:01", "1:00", "12:00:00"].allSatisfy { DayEnd($0) == nil })
        let date = try #require(LocalDate("2026-03-29"))
        let paris = try #require(Zone(identifier: "Europe/Paris"))
        #expect(DayEnd.midnight.instant(on: date, in: paris).description == "2026-03-29T22:00:00Z")
        #expect(DayEnd("00:00")?.description == "00:00")
        #expect(DayEnd("00:00")?.instant(on: date, in: paris).description == "2026-03-29T22:00:00Z")
        #expect(DayEnd("03:00")?.instant(on: date, in: paris).description == "2026-03-30T01:00:00Z")
        #expect(DayEnd("18:30")?.instant(on: date, in: paris).description == "2026-03-29T16:30:00Z")
    }

    @Test(arguments: [
        ("03:00", "2026-01-15T00:30:00Z", "2026-01-14"), ("03:00", "2026-01-15T02:00:00Z", "2026-01-15"),
        ("03:00", "2026-01-15T01:59:59.999Z", "2026-01-14"), ("00:00", "2026-01-14T23:00:00Z", "2026-01-15"),
        ("24:00", "2026-01-14T23:30:00Z", "2026-01-15"), ("18:00", "2026-01-15T20:00:00Z", "2026-01-15"),
        // 02:30 is skipped that night and comes at 03:30; the second 02:30 of autumn is after the end.
        ("02:30", "2026-03-29T01:15:00Z", "2026-03-28"), ("02:30", "2026-03-29T01:30:00Z", "2026-03-29"),
        ("02:30", "2026-10-25T00:15:00Z", "2026-10-24"), ("02:30", "2026-10-25T01:15:00Z", "2026-10-25"),
    ])
    func `until the day ends, today is the day before`(end: String, now: String, today: String) throws {
        let paris = try #require(Zone(identifier: "Europe/Paris"))
        let end = try #require(DayEnd(end))
        #expect(end.today(at: try #require(Instant(now)), in: paris).description == today)
    }
}
