import CivilTime
import Interchange
import Recurrence
import Testing

@Suite struct ICalendarReaderTests {
    private func calendar(_ lines: String) -> String {
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n\(lines)\r\nEND:VCALENDAR\r\n"
    }

    private func todo(_ lines: String) -> String { calendar("BEGIN:VTODO\r\n\(lines)\r\nEND:VTODO") }

    private func one(_ text: String) throws -> ReadEntry {
        let entries = try entries(text, .ical)
        #expect(entries.count == 1)
        return try #require(entries.first)
    }

    @Test func `a to-do has its fields from properties`() throws {
        let entry = try one(
            todo(
                """
                UID:a1
                SUMMARY;LANGUAGE=en:Buy milk\\, bread\\; and
                  eggs
                DESCRIPTION;ALTREP="cid:x;y:z":One\\nTwo\\\\Three
                PRIORITY:1
                CATEGORIES:Home,Food\\, drink
                CATEGORIES:Errands
                DUE;TZID=Europe/Berlin:20260329T090000
                STATUS:NEEDS-ACTION
                CREATED:20260101T080000Z
                LAST-MODIFIED:20260102T080000Z
                BEGIN:VALARM
                ACTION:DISPLAY
                TRIGGER:-PT15M
                REPEAT:3
                DURATION:PT5M
                END:VALARM
                """))
        let task = try #require(entry.task)
        #expect(entry.notes.isEmpty)
        #expect(task.key == "a1")
        #expect(task.title == "Buy milk, bread; and eggs")
        #expect(task.description == "One\nTwo\\Three")
        #expect(task.priority == .urgent)
        #expect(task.tags == ["Home", "Food, drink", "Errands"])
        #expect(task.due?.date.description == "2026-03-29")
        #expect(task.due?.time?.description == "09:00")
        #expect(task.due?.zone?.identifier == "Europe/Berlin")
        #expect(task.createdAt == Instant("2026-01-01T08:00:00Z"))
        #expect(task.updatedAt == Instant("2026-01-02T08:00:00Z"))
        #expect(
            task.reminders == [
                PortableReminder(.before(CalendarSpan(seconds: 900)), repeatEvery: CalendarSpan(seconds: 300))
            ])
        #expect(task.line == 3)
    }

    @Test(arguments: [
        ("DUE;VALUE=DATE:20260131", "2026-01-31", nil, nil),
        ("DUE:20260131T093000Z", "2026-01-31", "09:30", "UTC"),
        ("DUE:20260131T093000", "2026-01-31", "09:30", nil),
        ("DTSTART:20260131T093000", "2026-01-31", "09:30", nil),
        ("DTSTART:20260131T230000\r\nDURATION:PT2H", "2026-02-01", "01:00", nil),
        ("DTSTART;VALUE=DATE:20260131\r\nDURATION:P1D", "2026-02-01", nil, nil),
        ("DUE;TZID=\"W. Europe Standard Time\":20260131T093000", "2026-01-31", "09:30", "Europe/Berlin"),
        (
            "DUE;TZID=/example.org/20260101_1/America/Argentina/Salta:20260131T093000", "2026-01-31", "09:30",
            "America/Argentina/Salta"
        ),
        ("DUE:20260131T235960Z", "2026-01-31", "23:59:59", "UTC"),
    ]) func `dates may be days, floating, in UTC or in a zone`(
        lines: String, date: String, time: String?, zone: String?
    ) throws {
        let entry = try one(todo("SUMMARY:A\r\n\(lines)"))
        #expect(entry.notes.isEmpty)
        #expect(entry.task?.due?.date.description == date)
        #expect(entry.task?.due?.time?.description == time)
        #expect(entry.task?.due?.zone?.identifier == zone)
    }

    @Test func `a zone that nobody knows leaves the time floating, with a warning`() throws {
        let entry = try one(todo("SUMMARY:A\nDUE;TZID=Mars/Base:20260131T093000"))
        #expect(entry.task?.due?.zone == nil)
        #expect(entry.task?.due?.time?.description == "09:30")
        #expect(entry.notes.map(\.field) == ["DUE"])
    }

    @Test func `a zone may say which place it is of`() throws {
        let zone =
            "BEGIN:VTIMEZONE\nTZID:Custom 1\nX-LIC-LOCATION:Asia/Tokyo\nBEGIN:STANDARD\nDTSTART:19700101T000000\n"
            + "TZOFFSETFROM:+0900\nTZOFFSETTO:+0900\nEND:STANDARD\nEND:VTIMEZONE"
        let text = calendar("\(zone)\nBEGIN:VTODO\nSUMMARY:A\nDUE;TZID=Custom 1:20260131T093000\nEND:VTODO")
        #expect(try one(text).task?.due?.zone?.identifier == "Asia/Tokyo")
    }

    @Test func `an event is due when it begins, and its list is a tag`() throws {
        let entry = try one(
            calendar(
                "X-WR-CALNAME:Work\nBEGIN:VEVENT\nSUMMARY:Standup\nDTSTART;TZID=Europe/Paris:20260105T091500\n"
                    + "DTEND;TZID=Europe/Paris:20260105T093000\nRRULE:FREQ=WEEKLY;BYDAY=MO,WE\n"
                    + "EXDATE;TZID=Europe/Paris:20260107T091500,20260112T091500\nLOCATION:Room 4\n"
                    + "BEGIN:VALARM\nTRIGGER;RELATED=END:-PT20M\nEND:VALARM\n"
                    + "BEGIN:VALARM\nTRIGGER;VALUE=DATE-TIME:20260105T070000Z\nEND:VALARM\nEND:VEVENT"))
        let task = try #require(entry.task)
        #expect(entry.notes.isEmpty)
        #expect(task.tags == ["Work"])
        #expect(task.description == "Location: Room 4")
        #expect(task.due?.time?.description == "09:15")
        #expect(task.recurrence?.source == .rule(try RecurrenceRule("FREQ=WEEKLY;BYDAY=MO,WE")))
        #expect(task.recurrence?.start == nil)
        #expect(task.recurrence?.excludedTimes.map(\.description) == ["2026-01-07T09:15", "2026-01-12T09:15"])
        #expect(
            task.reminders.map(\.moment) == [
                .before(CalendarSpan(seconds: 300)), .at(try #require(Instant("2026-01-05T07:00:00Z"))),
            ])
    }

    @Test func `a series is counted from its start, and exclusions are on the clock of the due date`() throws {
        let task = try #require(
            try one(
                todo(
                    "SUMMARY:A\nDTSTART;TZID=America/New_York:20260105T090000\nDUE;TZID=Europe/Berlin:20260112T150000\n"
                        + "RRULE:FREQ=WEEKLY\nEXDATE:20260119T140000Z\nEXDATE;VALUE=DATE:20260126")
            ).task)
        #expect(task.recurrence?.start?.description == "2026-01-05T15:00")
        #expect(task.recurrence?.excludedTimes.map(\.description) == ["2026-01-19T15:00"])
        #expect(task.recurrence?.excludedDays.map(\.description) == ["2026-01-26"])
    }

    /// RFC 5545 §3.8.5.3 counts from DTSTART; what is told here is when it is due.
    @Test func `what begins before it is due comes again as long after each beginning`() throws {
        func series(_ lines: String) throws -> PortableRecurrence {
            try #require(try one(todo("SUMMARY:A\n\(lines)")).task?.recurrence)
        }
        let hour = try series(
            "DTSTART:20260105T090000Z\nDUE:20260105T100000Z\nRRULE:FREQ=DAILY\nEXDATE:20260107T090000Z")
        #expect(hour.start == nil && hour.excludedTimes.map(\.description) == ["2026-01-07T10:00"])
        let days = try series(
            "DTSTART;VALUE=DATE:20260105\nDUE;VALUE=DATE:20260107\nRRULE:FREQ=WEEKLY\nEXDATE;VALUE=DATE:20260112")
        #expect(days.start == nil && days.excludedDays.map(\.description) == ["2026-01-14"])
        let named = try series("DTSTART;VALUE=DATE:20260105\nDUE;VALUE=DATE:20260107\nRRULE:FREQ=WEEKLY;BYDAY=MO")
        #expect(named.start?.description == "2026-01-05T00:00", "days that are named stay")
    }

    @Test(arguments: [
        ("STATUS:COMPLETED", true), ("COMPLETED:20260101T080000Z", true), ("PERCENT-COMPLETE:100", true),
        ("PERCENT-COMPLETE:50", false), ("STATUS:IN-PROCESS", false), ("", false),
        ("STATUS:IN-PROCESS\nPERCENT-COMPLETE:100", false),
    ]) func `what is done is told in three ways`(lines: String, isDone: Bool) throws {
        #expect(try one(todo("SUMMARY:A\n\(lines)")).task?.isCompleted == isDone)
    }

    @Test(arguments: [
        ("-P1D", PortableReminder.Moment.onDay(daysBefore: 1, .midnight)),
        ("PT9H", .onDay(daysBefore: 0, LocalTime(hour: 9, minute: 0) ?? .midnight)),
        ("-PT15H", .onDay(daysBefore: 1, LocalTime(hour: 9, minute: 0) ?? .midnight)),
    ]) func `reminders of whole days are times of a day`(trigger: String, moment: PortableReminder.Moment) throws {
        let text = "SUMMARY:A\nDUE;VALUE=DATE:20260131\nBEGIN:VALARM\nTRIGGER:\(trigger)\nEND:VALARM"
        #expect(try one(todo(text)).task?.reminders.map(\.moment) == [moment])
    }

    @Test func `nothing that cannot be followed is lost`() throws {
        let entry = try one(
            todo(
                "SUMMARY:A\nDUE:00000101T000000\nDTSTART:20260105T090000\nRRULE:FREQ=MINUTELY\nRRULE:FREQ=DAILY\n"
                    + "RDATE:20260107T090000\nPRIORITY:urgent\nno property\n"
                    + "BEGIN:VALARM\nTRIGGER:soon\nEND:VALARM\nBEGIN:VALARM\nACTION:NONE\nEND:VALARM"))
        let description = try #require(entry.task?.description)
        for line in [
            "DUE: 00000101T000000", "RRULE: FREQ=MINUTELY", "RRULE: FREQ=DAILY", "RDATE: 20260107T090000",
            "TRIGGER: soon",
        ] { #expect(description.split(separator: "\n").contains(Substring(line)), "\(line)") }
        #expect(entry.task?.due?.date.description == "2026-01-05")
        #expect(entry.notes.count == 7)
        #expect(entry.notes.contains { $0.field == nil && $0.line == 11 })
    }

    @Test func `an occurrence that was changed is a task of its own, and the series leaves it out`() throws {
        let read = try entries(
            calendar(
                "BEGIN:VEVENT\nUID:s\nSUMMARY:Moved\nRECURRENCE-ID:20260106T090000Z\n"
                    + "DTSTART:20260106T110000Z\nEND:VEVENT\n"
                    + "BEGIN:VEVENT\nUID:s\nSUMMARY:Series\nDTSTART:20260105T090000Z\nRRULE:FREQ=DAILY\nEND:VEVENT\n"
                    + "BEGIN:VEVENT\nUID:s\nSUMMARY:Again\nDTSTART:20260105T090000Z\nEND:VEVENT"), .ical)
        #expect(read.map(\.task?.key) == ["s/20260106T090000Z", "s", "s"])
        #expect(read[0].notes.map(\.field) == ["RECURRENCE-ID"])
        #expect(read[1].task?.recurrence?.excludedTimes.map(\.description) == ["2026-01-06T09:00"])
        #expect(read[1].notes.isEmpty)
        #expect(read[2].notes.map(\.field) == ["UID"])
    }

    @Test func `components that mean nothing here are passed over`() throws {
        let text = calendar(
            "BEGIN:VJOURNAL\nSUMMARY:No\nEND:VJOURNAL\nBEGIN:VTODO\nSUMMARY:A\nBEGIN:X-OTHER\nSUMMARY:B\n"
                + "BEGIN:VALARM\nTRIGGER:-PT5M\nEND:VALARM\nEND:X-OTHER\nEND:VTODO")
        let task = try #require(try one(text).task)
        #expect(task.title == "A")
        #expect(task.reminders.isEmpty)
    }

    @Test(arguments: [
        ("BEGIN:VCALENDAR\nBEGIN:VTODO\nSUMMARY:A\nEND:VEVENT\nEND:VCALENDAR", 4),
        ("BEGIN:VCALENDAR\nEND:VCALENDAR\nEND:VTODO", 3),
        ("BEGIN:VCALENDAR\nBEGIN:VTODO\nSUMMARY:A\n", 2),
        ("BEGIN:VCALENDAR\nEND:VCALENDAR\nBEGIN:VTODO\nEND:VTODO", 3),
        ("BEGIN:VCALENDAR\nEND:VCALENDAR\nSUMMARY:A", 3),
        ("SUMMARY:A", 1), ("", 1), ("\nBEGIN:VTODO", 2),
    ]) func `components that do not begin and end as they should are errors`(text: String, line: Int) {
        #expect(failure(text, .ical)?.line == line)
    }
}
