import CivilTime
import Interchange
import Testing

@Suite struct CalendarFilterTests {
    private let home = Zone(identifier: "Europe/Berlin") ?? .utc

    private func object(_ lines: [String]) throws -> CalendarObject {
        let todo = (["BEGIN:VTODO", "UID:a1", "SUMMARY:Wäsche waschen"] + lines + ["END:VTODO"])
        let all = ["BEGIN:VCALENDAR", "VERSION:2.0"] + todo + ["END:VCALENDAR", ""]
        return try CalendarObject(Array(all.joined(separator: "\r\n").utf8))
    }

    private func filter(_ change: (inout CalendarFilter.Component) -> Void) -> CalendarFilter {
        var todo = CalendarFilter.Component("VTODO")
        change(&todo)
        var root = CalendarFilter.Component("VCALENDAR")
        root.components = [todo]
        return CalendarFilter(root)
    }

    private func range(_ from: String, _ to: String) throws -> Range<Instant> {
        try #require(CalendarFilter.instant(from))..<(try #require(CalendarFilter.instant(to)))
    }

    @Test func `properties are there, are not, or have a text`() throws {
        let one = try object(["STATUS:COMPLETED", "CATEGORIES;LANGUAGE=de:Haus"])
        func matches(_ name: String, _ change: (inout CalendarFilter.Property) -> Void = { _ in }) -> Bool {
            var property = CalendarFilter.Property(name)
            change(&property)
            return one.matches(filter { $0.properties = [property] }, home: home)
        }
        #expect(matches("STATUS") && !matches("COMPLETED"))
        #expect(matches("COMPLETED") { $0.isAbsent = true } && !matches("STATUS") { $0.isAbsent = true })
        #expect(matches("SUMMARY") { $0.text = .init("WÄSCHE") })
        #expect(!matches("SUMMARY") { $0.text = .init("WÄSCHE", foldsCase: false) })
        #expect(!matches("STATUS") { $0.text = .init("completed", isNegated: true) })
        #expect(!matches("SUMMARY") { $0.text = .init("bügeln") })
        var language = CalendarFilter.Parameter("LANGUAGE")
        language.text = .init("DE")
        #expect(matches("CATEGORIES") { $0.parameters = [language] })
        #expect(!matches("SUMMARY") { $0.parameters = [language] })
    }

    @Test func `what asks for all to-dos reads none of them, and all else does`() throws {
        let one = try object([])
        func check(_ filter: CalendarFilter, takesAll: Bool) {
            #expect(filter.takesEveryTodo == takesAll)
            if takesAll { #expect(one.matches(filter, home: home)) }
        }
        check(filter { _ in }, takesAll: true)
        check(CalendarFilter(CalendarFilter.Component("VCALENDAR")), takesAll: true)
        check(CalendarFilter(CalendarFilter.Component("VTODO")), takesAll: false)
        let event = CalendarFilter.Component("VEVENT")
        var root = CalendarFilter.Component("VCALENDAR")
        root.components = [event]
        check(CalendarFilter(root), takesAll: false)
        root.isAbsent = true
        check(CalendarFilter(root), takesAll: false)
        let month = try range("20260101T000000Z", "20260201T000000Z")
        for change: (inout CalendarFilter.Component) -> Void in [
            { $0.isAbsent = true }, { $0.range = month }, { $0.properties = [CalendarFilter.Property("STATUS")] },
            { $0.components = [CalendarFilter.Component("VALARM")] },
        ] {
            check(filter(change), takesAll: false)
        }
    }

    @Test func `components are there or are not`() throws {
        let one = try object(["BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:-PT5M", "END:VALARM"])
        var alarm = CalendarFilter.Component("VALARM")
        #expect(one.matches(filter { $0.components = [alarm] }, home: home))
        alarm.isAbsent = true
        #expect(!one.matches(filter { $0.components = [alarm] }, home: home))
        #expect(try object([]).matches(filter { $0.components = [alarm] }, home: home))
        var events = CalendarFilter.Component("VCALENDAR")
        events.components = [CalendarFilter.Component("VEVENT")]
        #expect(!one.matches(CalendarFilter(events), home: home))
        #expect(!one.matches(CalendarFilter(CalendarFilter.Component("VTODO")), home: home))
    }

    /// The table of RFC 4791 §9.9, against 1 December 2026 in UTC.
    @Test(
        arguments: [
            (["DUE:20261201T090000Z"], true), (["DUE:20261130T235959Z"], false), (["DUE:20261202T000000Z"], true),
            (["DUE:20261202T000001Z"], false), (["DTSTART:20261201T000000Z"], true),
            (["DTSTART:20261202T000000Z"], false),
            (["DTSTART:20261120T000000Z", "DUE:20261210T000000Z"], true),
            (["DTSTART:20261120T000000Z", "DURATION:P10D"], false),
            (["DTSTART:20261120T000000Z", "DURATION:P11DT1S"], true),
            (["COMPLETED:20261201T100000Z"], true), (["COMPLETED:20261203T100000Z"], false),
            (["CREATED:20261203T100000Z"], false), (["CREATED:20261101T100000Z"], true),
            (["COMPLETED:20261203T100000Z", "CREATED:20261101T100000Z"], true), ([], true),
            (["DUE;VALUE=DATE:20261202"], true), (["DUE;VALUE=DATE:20261203"], false),
            (["DTSTART:20260101T090000Z", "DUE:20260101T100000Z", "RRULE:FREQ=WEEKLY;BYDAY=TU"], true),
            (["DTSTART:20260101T090000Z", "DUE:20260101T100000Z", "RRULE:FREQ=WEEKLY;BYDAY=WE"], false),
            (["DTSTART:20270101T090000Z", "DUE:20270101T100000Z", "RRULE:FREQ=DAILY"], false),
            (
                ["DTSTART:20260101T090000Z", "DUE:20260101T100000Z", "RRULE:FREQ=DAILY", "EXDATE:20261201T090000Z"],
                false
            ),
        ]
    )
    func `time ranges are those of to-dos`(_ lines: [String], _ isWithin: Bool) throws {
        let day = try range("20261201T000000Z", "20261202T000000Z")
        #expect(try object(lines).matches(filter { $0.range = day }, home: .utc) == isWithin)
    }

    /// RFC 4791 §9.9: an alarm goes off at its trigger, and again as often as it says; against 1 December 2026 in UTC.
    @Test(
        arguments: [
            (["TRIGGER:-PT10M"], [], true), (["TRIGGER:-P2D"], [], false), (["TRIGGER:PT15H"], [], false),
            (["TRIGGER;VALUE=DATE-TIME:20261201T235959Z"], [], true),
            (["TRIGGER;VALUE=DATE-TIME:20261202T000000Z"], [], false),
            (["TRIGGER;RELATED=END:-P1DT1S"], ["DUE:20261203T000000Z"], true),
            (["TRIGGER;RELATED=START:-P1DT1S"], ["DUE:20261203T000000Z"], false),
            (["TRIGGER:-P2D", "DURATION:P1D", "REPEAT:2"], [], true),
            (["TRIGGER:-P2D", "DURATION:P1D", "REPEAT:1"], [], false),
            (["TRIGGER:-P2D", "DURATION:PT1S", "REPEAT:2000000000"], [], false),
            (["TRIGGER:soon"], [], false), ([], [], false),
            (["TRIGGER:-PT10M"], ["DUE:20261201T100000Z", "RRULE:FREQ=DAILY"], true),
            (["TRIGGER:-P31D"], ["DUE:20261201T100000Z", "RRULE:FREQ=MONTHLY"], true),
            (["TRIGGER:-P30D"], ["DUE:20261201T100000Z", "RRULE:FREQ=MONTHLY"], false),
        ]
    )
    func `an alarm is found by when it goes off`(_ alarm: [String], _ more: [String], _ isFound: Bool) throws {
        let own = more.contains { $0.hasPrefix("DUE") } ? [] : ["DUE:20261201T100000Z"]
        let one = try object(
            ["DTSTART:20261201T090000Z"] + own + more + ["BEGIN:VALARM", "ACTION:DISPLAY"] + alarm + ["END:VALARM"])
        var filtered = CalendarFilter.Component("VALARM")
        filtered.range = try range("20261201T000000Z", "20261202T000000Z")
        #expect(one.matches(filter { $0.components = [filtered] }, home: .utc) == isFound)
    }

    @Test func `a date begins where its person is`() throws {
        let hour = try range("20261130T230000Z", "20261130T233000Z")
        var due = CalendarFilter.Property("DUE")
        due.range = hour
        let one = try object(["DUE;VALUE=DATE:20261201"])
        #expect(one.matches(filter { $0.properties = [due] }, home: home))
        #expect(!one.matches(filter { $0.properties = [due] }, home: .utc))
    }
}
