import CivilTime
import Interchange
import Recurrence
import Testing

@Suite struct CalendarObjectTests {
    private func text(_ lines: String, _ uid: String? = "a1") -> String {
        let uid = uid.map { "UID:\($0)\n" } ?? ""
        let todo = "BEGIN:VTODO\n\(uid)\(lines)\nEND:VTODO"
        return "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\n\(todo)\nEND:VCALENDAR\n"
            .replacing("\n", with: "\r\n")
    }

    private func object(_ lines: String) throws(TaskFileError) -> CalendarObject {
        try CalendarObject(Array(text(lines).utf8))
    }

    private func string(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    @Test func `what Errand does not know is not put into the description`() throws {
        let object = try object(
            """
            SUMMARY:Paint
            LOCATION:Attic
            URL:https://example.org
            RDATE:20270101T090000Z
            RRULE:FREQ=SECONDLY
            DTSTART:20261201T090000Z
            DESCRIPTION:In white
            """)
        let entry = object.entry
        #expect(object.uid == "a1" && entry.task?.title == "Paint" && entry.task?.description == "In white")
        #expect(entry.task?.recurrence == nil && !entry.notes.isEmpty)
    }

    @Test func `a part that is told anew leaves everything else as it was written`() throws {
        let written = try object(
            """
            SUMMARY;LANGUAGE=en:Old
            X-APPLE-SORT-ORDER:7
            DTSTART;TZID=Europe/Berlin:20261201T080000
            DUE;TZID=Europe/Berlin:20261201T090000
            RELATED-TO;RELTYPE=PARENT:other
            PRIORITY:2
            BEGIN:VALARM
            ACTION:AUDIO
            TRIGGER:-PT5M
            X-MOZ-LASTACK:20261101T080000Z
            END:VALARM
            """)
        var task = try #require(written.entry.task)
        (task.title, task.priority) = ("New, and longer", .low)
        let now = try CalendarObject(task, WriterOptions(now: try #require(Instant("2026-11-28T10:00:00Z"))))
        let text = string(written.text(taking: [.title, .priority], from: now))
        #expect(text.contains("\r\nSUMMARY:New\\, and longer\r\n") && !text.contains("Old"))
        #expect(text.contains("\r\nPRIORITY:9\r\n") && !text.contains("PRIORITY:2"))
        for kept in [
            "X-APPLE-SORT-ORDER:7", "DTSTART;TZID=Europe/Berlin:20261201T080000", "RELATED-TO;RELTYPE=PARENT:other",
            "ACTION:AUDIO", "X-MOZ-LASTACK:20261101T080000Z", "DUE;TZID=Europe/Berlin:20261201T090000",
        ] {
            #expect(text.contains("\r\n\(kept)\r\n"), "\(kept)")
        }
        #expect(text.contains("\r\nDTSTAMP:20261128T100000Z\r\n"))
        #expect(written.text(taking: [], from: now) == written.text, "nothing changed: octet for octet")
        let read = try CalendarObject(written.text(taking: Set(CalendarPart.allCases), from: now)).entry.task
        #expect(read?.title == task.title && read?.due == task.due && read?.reminders == task.reminders)
    }

    @Test func `new dates take the place of occurrences of their own`() throws {
        let lines = "SUMMARY:A\r\nDTSTART:20261201T090000Z\r\nDUE:20261201T090000Z\r\nRRULE:FREQ=DAILY"
        let override = "BEGIN:VTODO\r\nUID:a1\r\nRECURRENCE-ID:20261202T090000Z\r\nSUMMARY:B\r\nEND:VTODO\r\n"
        let whole = text(lines).replacing("END:VCALENDAR", with: override + "END:VCALENDAR")
        let written = try CalendarObject(Array(whole.utf8))
        var task = try #require(written.entry.task)
        let day = try #require(LocalDate("2026-12-24"))
        task.due = PortableDue(date: day, time: .midnight, zone: Zone(identifier: "Europe/Berlin"))
        let now = try CalendarObject(task, WriterOptions(now: try #require(Instant("2026-11-28T10:00:00Z"))))
        #expect(string(written.text(taking: [.title], from: now)).contains("RECURRENCE-ID"))
        let moved = string(written.text(taking: [.dates], from: now))
        #expect(!moved.contains("RECURRENCE-ID") && moved.contains("BEGIN:VTIMEZONE"))
        #expect(string(try written.carried(to: "b2").text).contains("\r\nUID:b2\r\n"))
        #expect(!string(try written.carried(to: "b2").text).contains("RECURRENCE-ID"))
    }

    @Test func `an occurrence that was completed by itself is told`() throws {
        let lines = "SUMMARY:A\r\nDUE;VALUE=DATE:20261201\r\nRRULE:FREQ=DAILY"
        func with(_ status: String) throws -> [PortableDue] {
            let override =
                "BEGIN:VTODO\r\nUID:a1\r\nRECURRENCE-ID;VALUE=DATE:20261201\r\nSUMMARY:A\r\n\(status)\r\nEND:VTODO\r\n"
            let whole = text(lines).replacing("END:VCALENDAR", with: override + "END:VCALENDAR")
            return try CalendarObject(Array(whole.utf8)).completedOccurrences
        }
        #expect(try with("STATUS:COMPLETED").map(\.date.description) == ["2026-12-01"])
        #expect(try with("STATUS:NEEDS-ACTION").isEmpty)
    }

    @Test(
        arguments: [
            ("", 1), ("BEGIN:VCARD\r\nEND:VCARD\r\n", 1), ("BEGIN:VCALENDAR\r\n", 1),
            ("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", 1),
            ("BEGIN:VCALENDAR\r\nnonsense\r\nEND:VCALENDAR\r\n", 2),
            ("BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VTODO\r\nUID:a\r\nEND:VTODO\r\nEND:VCALENDAR\r\n", 1),
            ("BEGIN:VCALENDAR\r\nBEGIN:VTODO\r\nSUMMARY:a\r\nEND:VTODO\r\nEND:VCALENDAR\r\n", 2),
            ("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:a\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n", 2),
            ("BEGIN:VCALENDAR\r\nBEGIN:VTODO\r\nUID:a\r\nSUMMARY:\u{0}\r\nEND:VTODO\r\nEND:VCALENDAR\r\n", 4),
            ("BEGIN:VCALENDAR\r\nBEGIN:VTODO\r\nUID:a\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n", 4),
            (
                "BEGIN:VCALENDAR\r\nBEGIN:VTODO\r\nUID:a\r\nEND:VTODO\r\nBEGIN:VTODO\r\nUID:b\r\nEND:VTODO\r\n"
                    + "END:VCALENDAR\r\n", 5
            ),
            ("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\nBEGIN:VCALENDAR\r\n", 3),
        ]
    )
    func `what is no calendar of one to-do is refused with its line`(_ text: String, _ line: Int) {
        let error = #expect(throws: TaskFileError.self) { try CalendarObject(Array(text.utf8)) }
        #expect(error?.line == line)
    }

    @Test func `random texts are read or refused, and end`() {
        var generator = SystemRandomNumberGenerator()
        let base = Array(text("SUMMARY:A\r\nDTSTART:20261201T090000Z\r\nRRULE:FREQ=DAILY;COUNT=3\r\nPRIORITY:1").utf8)
        for _ in 0..<2_000 {
            var bytes = base
            for _ in 0..<Int.random(in: 1...8, using: &generator) {
                let place = Int.random(in: 0..<bytes.count, using: &generator)
                if Bool.random(using: &generator) {
                    bytes[place] = .random(in: 0...255, using: &generator)
                } else {
                    bytes.removeSubrange(place..<min(place + 5, bytes.count))
                }
            }
            guard let object = try? CalendarObject(bytes) else { continue }
            _ = (object.entry, object.completedOccurrences)
            _ = object.text(taking: Set(CalendarPart.allCases), from: object)
        }
    }
}
