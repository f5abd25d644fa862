import CivilTime
import Interchange
import Recurrence
import Testing

@Suite struct ICalendarWriterTests {
    private let now = Instant(seconds: 1_767_225_600)

    private func lines(_ tasks: [PortableTask], asEvents: Bool = false) throws -> [String] {
        let bytes = try written(tasks, .ical, WriterOptions(now: now, asEvents: asEvents))
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(text.hasSuffix("END:VCALENDAR\r\n"))
        return text.split(separator: "\r\n").map(String.init)
    }

    private func task() throws -> PortableTask {
        var task = PortableTask(title: "A, b; c\\d")
        task.key = "k"
        task.description = "one\r\ntwo\u{7}"
        task.priority = .high
        task.tags = ["x,y", "z"]
        task.due = PortableDue(
            date: try #require(LocalDate("2026-03-02")), time: LocalTime("09:30"),
            zone: Zone(identifier: "Europe/Berlin"))
        task.createdAt = Instant("2026-01-01T08:00:00Z")
        return task
    }

    @Test func `a to-do has what RFC 5545 asks for`() throws {
        var task = try task()
        task.reminders = [PortableReminder(.before(CalendarSpan(days: 1, seconds: 3605)))]
        let lines = try lines([task])
        #expect(
            lines.prefix(4) == ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Errand//Errand//EN", "CALSCALE:GREGORIAN"])
        let start = try #require(lines.firstIndex(of: "BEGIN:VTODO"))
        #expect(
            lines[start...] == [
                "BEGIN:VTODO", "UID:k", "DTSTAMP:20260101T000000Z", "SUMMARY:A\\, b\\; c\\\\d", "DESCRIPTION:one\\ntwo",
                "CATEGORIES:x\\,y,z", "PRIORITY:3", "DUE;TZID=Europe/Berlin:20260302T093000", "STATUS:NEEDS-ACTION",
                "CREATED:20260101T080000Z", "BEGIN:VALARM", "ACTION:DISPLAY", "DESCRIPTION:A\\, b\\; c\\\\d",
                "TRIGGER;RELATED=END:-P1DT1H0M5S", "END:VALARM", "END:VTODO", "END:VCALENDAR",
            ])
    }

    @Test func `a series begins with the occurrence that is due, and its end is told in UTC`() throws {
        var task = try task()
        task.recurrence = PortableRecurrence(.rule(try RecurrenceRule("FREQ=WEEKLY;UNTIL=20260630")))
        task.recurrence?.excludedDays = [try #require(LocalDate("2026-03-30"))]
        let weekly = try lines([task])
        #expect(weekly.contains("DTSTART;TZID=Europe/Berlin:20260302T093000"))
        #expect(weekly.contains("RRULE:FREQ=WEEKLY;UNTIL=20260630T215959Z"))
        #expect(weekly.contains("EXDATE;TZID=Europe/Berlin:20260330T093000"))
        task.recurrence = PortableRecurrence(.rule(try RecurrenceRule("FREQ=DAILY;COUNT=10")))
        task.recurrence?.start = LocalDateTime("2026-02-26T09:30")
        let counted = try lines([task])
        #expect(counted.contains("RRULE:FREQ=DAILY;COUNT=6"))
        #expect(counted.contains("X-ERRAND-RRULE:FREQ=DAILY;COUNT=10"))
        #expect(counted.contains("X-ERRAND-START;TZID=Europe/Berlin:20260226T093000"))
    }

    @Test func `events need a date, block nobody's time, and keep that they are done`() throws {
        var task = try task()
        task.isCompleted = true
        task.completedAt = Instant("2026-01-02T08:00:00Z")
        let lines = try lines([task, PortableTask(title: "no date")], asEvents: true)
        #expect(lines.filter { $0 == "BEGIN:VEVENT" }.count == 1)
        #expect(lines.contains("DTSTART;TZID=Europe/Berlin:20260302T093000"))
        #expect(lines.contains("TRANSP:TRANSPARENT"))
        #expect(!lines.contains { $0.hasPrefix("DUE") || $0.hasPrefix("STATUS") || $0.hasPrefix("COMPLETED") })
        let bytes = try written([task], .ical, WriterOptions(now: now, asEvents: true))
        #expect(try entries(bytes, .ical).map(\.task?.completedAt) == [task.completedAt])
    }

    @Test func `lines have at most 75 octets, and no code point is cut`() throws {
        var task = PortableTask(title: String(repeating: "Grüße 😀 ", count: 40))
        task.description = String(repeating: "x", count: 300)
        let bytes = try written([task], .ical, WriterOptions(now: now))
        for line in bytes.split(separator: UInt8(ascii: "\n")) {
            #expect(line.count <= 76)
            #expect(String(validating: line, as: UTF8.self) != nil)
        }
        let read = try #require(try entries(bytes, .ical).first?.task)
        #expect(read.title == String(task.title.dropLast()))
        #expect(read.description == task.description)
    }

    @Test func `what lies in the trash is left out`() throws {
        var task = try task()
        task.isInTrash = true
        #expect(try !lines([task]).contains("BEGIN:VTODO"))
    }

    static let zones = [
        "Europe/Berlin", "Europe/London", "Europe/Dublin", "America/New_York", "America/Santiago", "America/Nuuk",
        "America/Sao_Paulo", "Asia/Jerusalem", "Asia/Kolkata", "Asia/Tokyo", "Asia/Gaza", "Africa/Cairo",
        "Africa/Casablanca", "Australia/Lord_Howe", "Pacific/Apia", "Pacific/Auckland", "Europe/Istanbul",
        "Africa/Monrovia", "Antarctica/Troll",
    ]

    @Test(arguments: zones) func `a time zone that is used is told, and means what it is`(name: String) throws {
        let zone = try #require(Zone(identifier: name))
        var task = try task()
        task.due?.zone = zone
        let lines = try lines([task, task])
        #expect(lines.filter { $0 == "BEGIN:VTIMEZONE" }.count == 1)
        #expect(lines.contains("TZID:\(name)"))
        let told = try ToldZone(unfolding: lines)
        // Hours that do not lie on the same time of the day or the week.
        var seconds: Int64 = 2 * 86_400
        var wrong: [String] = []
        while seconds < 2_840_000_000 {
            let expected = zone.offset(at: Instant(seconds: seconds))
            if told.offset(at: seconds) != expected { wrong.append("\(Instant(seconds: seconds))") }
            seconds += 7 * 3600 + 1
        }
        #expect(wrong.isEmpty, "\(wrong.count) from \(wrong.first ?? "")")
    }
}

/// What another program makes of a VTIMEZONE: the last observance that has begun counts (RFC 5545 §3.6.5).
struct ToldZone {
    private var changes: [(instant: Int64, offset: Int64)] = []

    init(unfolding lines: [String]) throws {
        var whole: [String] = []
        for line in lines {
            if line.hasPrefix(" "), let last = whole.popLast() {
                whole.append(last + line.dropFirst())
            } else {
                whole.append(line)
            }
        }
        var properties: [String: String] = [:]
        for line in whole {
            if line == "BEGIN:STANDARD" || line == "BEGIN:DAYLIGHT" { properties = [:] }
            let parts = line.split(separator: ":", maxSplits: 1).map(String.init)
            properties[parts[0]] = parts[1]
            if line == "END:STANDARD" || line == "END:DAYLIGHT" { try add(properties) }
        }
        changes.sort { $0.instant < $1.instant }
    }

    private mutating func add(_ properties: [String: String]) throws {
        let from = try Self.seconds(properties["TZOFFSETFROM"])
        let to = try Self.seconds(properties["TZOFFSETTO"])
        let dates = try #require(properties["DTSTART"]) + (properties["RDATE"].map { ",\($0)" } ?? "")
        var locals = try dates.split(separator: ",").map { try Self.local(String($0)) }
        if let text = properties["RRULE"] {
            let set = RecurrenceSet(start: locals[0], rule: try RecurrenceRule(text), zone: .utc)
            let range = Zone.utc.instant(of: locals[0])..<Instant(seconds: 2_850_000_000)
            locals = set.occurrences(in: range, limit: 1_000).map(\.local)
        }
        changes += locals.map { (Int64($0.wallSeconds) - from, to) }
    }

    func offset(at seconds: Int64) -> Int64? {
        var (low, high) = (0, changes.count)
        while low < high {
            let middle = (low + high) / 2
            if changes[middle].instant <= seconds { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? nil : changes[low - 1].offset
    }

    private static func local(_ text: String) throws -> LocalDateTime {
        let digits = Array(text)
        func part(_ range: Range<Int>) -> String { String(digits[range]) }
        return try #require(
            LocalDateTime(
                "\(part(0..<4))-\(part(4..<6))-\(part(6..<8))T\(part(9..<11)):\(part(11..<13)):\(part(13..<15))"))
    }

    private static func seconds(_ text: String?) throws -> Int64 {
        let text = try #require(text)
        let digits = Array(text.dropFirst()).compactMap(\.wholeNumberValue).map(Int64.init)
        var size = (digits[0] * 10 + digits[1]) * 3600 + (digits[2] * 10 + digits[3]) * 60
        if digits.count == 6 { size += digits[4] * 10 + digits[5] }
        return text.hasPrefix("-") ? -size : size
    }
}
