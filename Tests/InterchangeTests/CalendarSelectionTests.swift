import CivilTime
import Foundation
import Interchange
import Testing

/// What of an object is told where a program asks for a part of it (RFC 4791 §9.6).
@Suite struct CalendarSelectionTests {
    private let berlin = Zone(identifier: "Europe/Berlin") ?? .utc

    private func object(_ todos: [[String]]) throws -> CalendarObject {
        let parts = todos.flatMap { ["BEGIN:VTODO", "UID:a1"] + $0 + ["END:VTODO"] }
        let all = ["BEGIN:VCALENDAR", "VERSION:2.0"] + parts + ["END:VCALENDAR", ""]
        return try CalendarObject(Array(all.joined(separator: "\r\n").utf8))
    }

    private func range(_ from: String, _ to: String) throws -> Range<Instant> {
        try #require(CalendarFilter.instant(from))..<(try #require(CalendarFilter.instant(to)))
    }

    /// Its lines, without what every calendar has.
    private func lines(_ object: CalendarObject, _ selection: CalendarSelection) throws -> [String] {
        let text = String(decoding: try #require(object.text(selection, home: berlin)), as: UTF8.self)
        let frame = ["BEGIN:VCALENDAR", "VERSION:2.0", "END:VCALENDAR", "UID:a1", "END:VTODO", ""]
        return text.components(separatedBy: "\r\n").filter { !frame.contains($0) }
    }

    private func expanded(_ todos: [[String]], _ from: String, _ to: String) throws -> [String] {
        try lines(try object(todos), CalendarSelection(series: .expanded(try range(from, to))))
    }

    @Test func `occurrences are told by themselves, in UTC, by the clock of their zone`() throws {
        // Summer time begins on 29 March.
        let daily = [
            "DTSTART;TZID=Europe/Berlin:20260301T090000", "DUE;TZID=Europe/Berlin:20260301T100000", "SUMMARY:Run",
            "RRULE:FREQ=DAILY", "EXDATE;TZID=Europe/Berlin:20260330T090000",
        ]
        #expect(
            try expanded([daily], "20260328T000000Z", "20260401T000000Z") == [
                "BEGIN:VTODO", "DTSTART:20260328T080000Z", "RECURRENCE-ID:20260328T080000Z", "DUE:20260328T090000Z",
                "SUMMARY:Run",
                "BEGIN:VTODO", "DTSTART:20260329T070000Z", "RECURRENCE-ID:20260329T070000Z", "DUE:20260329T080000Z",
                "SUMMARY:Run",
                "BEGIN:VTODO", "DTSTART:20260331T070000Z", "RECURRENCE-ID:20260331T070000Z", "DUE:20260331T080000Z",
                "SUMMARY:Run",
            ])
    }

    @Test func `days stay days`() throws {
        #expect(
            try expanded(
                [["DUE;VALUE=DATE:20260105", "RRULE:FREQ=WEEKLY"]], "20260110T000000Z", "20260118T000000Z"
            ) == ["BEGIN:VTODO", "DUE;VALUE=DATE:20260112", "RECURRENCE-ID;VALUE=DATE:20260112"])
    }

    @Test func `an occurrence that was changed by itself is told once, as it was changed`() throws {
        let series = ["DTSTART:20260101T090000Z", "DUE:20260101T100000Z", "RRULE:FREQ=DAILY", "SUMMARY:Run"]
        let changed = [
            "RECURRENCE-ID:20260103T090000Z", "DTSTART:20260103T180000Z", "DUE:20260103T190000Z", "SUMMARY:Later",
        ]
        let told = try expanded([series, changed], "20260102T000000Z", "20260105T000000Z")
        #expect(told.filter { $0.hasPrefix("SUMMARY") } == ["SUMMARY:Run", "SUMMARY:Run", "SUMMARY:Later"])
        #expect(
            told.filter { $0.hasPrefix("DTSTART") }
                == ["DTSTART:20260102T090000Z", "DTSTART:20260104T090000Z", "DTSTART:20260103T180000Z"])
    }

    @Test func `what does not come again is told in its range, and what nobody can follow as it is`() throws {
        let once = ["DUE;TZID=Europe/Berlin:20260701T120000", "SUMMARY:Once"]
        #expect(
            try expanded([once], "20260701T000000Z", "20260702T000000Z")
                == ["BEGIN:VTODO", "DUE:20260701T100000Z", "SUMMARY:Once"])
        #expect(try expanded([once], "20260702T000000Z", "20260703T000000Z") == [])
        let odd = ["DUE:20260701T120000Z", "RRULE:FREQ=SECONDLY;BYSECOND=7"]
        #expect(try expanded([odd], "20260101T000000Z", "20260102T000000Z") == ["BEGIN:VTODO"] + odd)
    }

    @Test func `more occurrences than are told by themselves are none`() throws {
        let daily = try object([["DUE:20200101T090000Z", "RRULE:FREQ=DAILY"]])
        let decade = CalendarSelection(series: .expanded(try range("20200101T000000Z", "20300101T000000Z")))
        #expect(daily.text(decade, home: berlin) == nil)
        let year = CalendarSelection(series: .expanded(try range("20200101T000000Z", "20210101T000000Z")))
        #expect(try lines(daily, year).count { $0 == "BEGIN:VTODO" } == 366)
    }

    @Test func `of a series only the changed occurrences of a range are told`() throws {
        let series = ["DTSTART:20260101T090000Z", "DUE:20260101T100000Z", "RRULE:FREQ=DAILY"]
        func changed(_ day: String) -> [String] {
            ["RECURRENCE-ID:\(day)T090000Z", "DTSTART:\(day)T180000Z", "DUE:\(day)T190000Z"]
        }
        let all = try object([series, changed("20260103"), changed("20260110")])
        let limit = CalendarSelection(series: .limited(try range("20260109T000000Z", "20260111T000000Z")))
        #expect(
            try lines(all, limit) == ["BEGIN:VTODO"] + series + ["BEGIN:VTODO"] + changed("20260110"))
    }

    @Test func `parts are told by their names, with their values or without`() throws {
        let one = try object([
            [
                "SUMMARY;LANGUAGE=en:Run", "LOCATION:Park", "BEGIN:VALARM", "TRIGGER:-PT5M", "ACTION:DISPLAY",
                "END:VALARM",
            ]
        ])
        var alarm = CalendarSelection.Component("VALARM", properties: ["TRIGGER": true], components: [])
        var todo = CalendarSelection.Component(
            "VTODO", properties: ["SUMMARY": false, "UID": true], components: [alarm])
        func told() throws -> [String] {
            let root = CalendarSelection.Component("VCALENDAR", properties: ["VERSION": true], components: [todo])
            return try lines(one, CalendarSelection(root))
        }
        #expect(
            try told() == ["BEGIN:VTODO", "SUMMARY;LANGUAGE=en:", "BEGIN:VALARM", "TRIGGER:-PT5M", "END:VALARM"])
        todo.components = []
        #expect(try told() == ["BEGIN:VTODO", "SUMMARY;LANGUAGE=en:"])
        todo.properties = nil
        #expect(try told() == ["BEGIN:VTODO", "SUMMARY;LANGUAGE=en:Run", "LOCATION:Park"])
        alarm.properties = nil
        todo.components = [alarm]
        #expect(try told().contains("ACTION:DISPLAY"))
        #expect(try lines(one, CalendarSelection()).contains("LOCATION:Park"))
    }
}
