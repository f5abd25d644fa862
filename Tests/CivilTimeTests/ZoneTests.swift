import CivilTime
import Testing

@Suite struct ZoneTests {
    @Test(arguments: [
        // Zone, local date and time, instant.
        ("Europe/Paris", "2026-01-15", "10:00", "2026-01-15T09:00:00Z"),
        ("Europe/Paris", "2026-07-15", "10:00", "2026-07-15T08:00:00Z"),
        // The clocks skip 02:00 to 03:00: forward by the gap.
        ("Europe/Paris", "2026-03-29", "02:30", "2026-03-29T01:30:00Z"),
        ("America/New_York", "2026-03-08", "02:30", "2026-03-08T07:30:00Z"),
        // The clocks show 02:30 twice: the first.
        ("Europe/Paris", "2026-10-25", "02:30", "2026-10-25T00:30:00Z"),
        ("America/New_York", "2026-11-01", "01:30", "2026-11-01T05:30:00Z"),
        // Half an hour only.
        ("Australia/Lord_Howe", "2026-10-04", "02:15", "2026-10-03T15:45:00Z"),
        // Samoa went from 29 to 31 December 2011.
        ("Pacific/Apia", "2011-12-30", "12:00", "2011-12-30T22:00:00Z"),
        ("Pacific/Apia", "2011-12-31", "12:00", "2011-12-30T22:00:00Z"),
        ("Pacific/Apia", "2011-12-29", "12:00", "2011-12-29T22:00:00Z"),
        ("UTC", "0001-01-01", "00:00", "0001-01-01T00:00:00Z"),
    ])
    func `a local time is one instant`(_ zone: String, _ date: String, _ time: String, _ instant: String) throws {
        let zone = try #require(Zone(identifier: zone))
        let found = zone.instant(of: try #require(LocalDate(date)), at: try #require(LocalTime(time)))
        #expect(found.description == instant)
    }

    @Test func `an instant and its local time lead back to each other`() throws {
        for name in ["Europe/Paris", "America/Lima", "Pacific/Auckland", "Asia/Kathmandu", "Africa/Casablanca"] {
            let zone = try #require(Zone(identifier: name))
            for hour in stride(from: 0, to: 24 * 400, by: 7) {
                let instant = Instant(seconds: 1_767_225_600 + Int64(hour) * 3600)
                let local = zone.local(at: instant)
                let back = zone.instant(of: local.date, at: local.time)
                // In an overlap the first of the two is as good an answer.
                #expect(back == instant || instant - back == .hours(1), "\(name) \(instant)")
            }
        }
    }

    @Test(arguments: ["", "CET", "GMT+2", "Mars/Olympus", "Europe/", "UTC+1", "../../etc/passwd"])
    func `what names no zone is refused`(_ name: String) {
        #expect(Zone(identifier: name) == nil)
    }
}
