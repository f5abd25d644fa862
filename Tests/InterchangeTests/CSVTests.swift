import CivilTime
import Interchange
import Recurrence
import Testing

@Suite struct CSVTests {
    private let options = WriterOptions(now: Instant(seconds: 1_769_000_000))

    private static let heading =
        "id,title,description,priority,tags,due_date,due_time,due_zone,recurrence,recurrence_anchor,"
        + "recurrence_start,exdates,reminders,completed,completed_at,created_at,updated_at,in_trash\r\n"

    @Test func `a table has a fixed list of columns, and rows as RFC 4180 says`() throws {
        var task = PortableTask(title: "Milk, \"fresh\"")
        task.key = "7"
        task.description = "two\nlines"
        task.priority = .high
        task.tags = ["shop", "home"]
        task.due = PortableDue(
            date: try #require(LocalDate("2026-03-01")), time: LocalTime("18:30"),
            zone: Zone(identifier: "Europe/Berlin"))
        task.reminders = [
            PortableReminder(.before(CalendarSpan(seconds: 1800)), repeatEvery: CalendarSpan(seconds: 600)),
            PortableReminder(.onDay(daysBefore: 1, try #require(LocalTime("09:00")))),
        ]
        let text = String(decoding: try written([task], .csv, options), as: UTF8.self)
        #expect(
            text == Self.heading + "7,\"Milk, \"\"fresh\"\"\",\"two\nlines\",high,\"shop,home\",2026-03-01,18:30,"
                + "Europe/Berlin,,,,,PT30M/PT10M P1D@09:00,false,,,,false\r\n")
    }

    @Test(arguments: ["=1+1", "+49", "-1", "@SUM(A1)", "\tx", "\rx", "'=1", "''@x", "'x", "'"])
    func `no cell is a formula, and the apostrophe comes off again`(title: String) throws {
        let bytes = try written([PortableTask(title: title)], .csv, options)
        let row = String(decoding: bytes, as: UTF8.self).dropFirst(Self.heading.count)
        let cell = row.dropFirst(row.hasPrefix(",\"") ? 2 : 1)
        #expect(!["=", "+", "-", "@", "\t", "\r"].contains { cell.hasPrefix($0) })
        #expect(try entries(bytes, .csv).first?.task?.title == title)
    }

    @Test(arguments: [",", ";", "\t"], ["\n", "\r\n", "\r"])
    func `separators and ends of lines are recognised`(separator: String, end: String) throws {
        let rows = [["Task", "Due", "Labels"], ["\"a\(separator)\(end)b\"", "2026-01-31", "x"], ["", "", ""], ["c"]]
        let text = rows.map { $0.joined(separator: separator) }.joined(separator: end)
        let read = try entries(text, .csv)
        #expect(read.map(\.task?.title) == ["a\(separator)\(end)b", "c"])
        #expect(read.map(\.task?.line) == [2, 5])
        #expect(read[0].task?.due?.date.description == "2026-01-31")
        #expect(read[1].notes == [ReadNote(.warning, line: 5, "This row has 1 fields where the first has 3.")])
    }

    @Test func `Excel may say its separator`() throws {
        let read = try tasks("sep=;\r\nSubject;Notes\r\na,b;c", .csv)
        #expect(read.map(\.title) == ["a,b"])
        #expect(read.map(\.line) == [3])
    }

    @Test func `a quote that is never closed is named where it begins`() {
        let error = failure("title,notes\nä\n\"b\",\"c\nd\ne", .csv)
        #expect(error == TaskFileError(line: 3, column: 5, "A quote is opened here and never closed."))
    }

    @Test func `a table without titles is refused`() {
        #expect(failure("due,notes\n2026-01-01,x", .csv)?.detail.contains("column called title") == true)
        #expect(failure("", .csv)?.detail == "There is nothing in the file.")
        #expect(failure("\n\n", .csv)?.detail == "There is nothing in the file.")
    }

    @Test func `columns are known by many names, in any order`() throws {
        let task = try #require(
            try tasks(
                "Status,Fällig am,Betreff,Kategorien,Priorität,Projekt,Time zone\n"
                    + "erledigt,31.12.2026 18:05,Steuer,Geld; Amt,hoch,#Haus,W. Europe Standard Time\n", .csv
            ).first)
        #expect(task.title == "Steuer")
        #expect(task.isCompleted)
        #expect(task.due?.date.description == "2026-12-31")
        #expect(task.due?.time?.description == "18:05")
        #expect(task.due?.zone?.identifier == "Europe/Berlin")
        #expect(task.tags == ["Geld", "Amt", "Haus"])
        #expect(task.priority == .high)
    }

    @Test func `nothing that cannot be read is lost`() throws {
        let entry = try #require(
            try entries(
                "title,due,repeat,priority,colour\nA,soon,FREQ=SECONDLY,blue,red\n,,,high,\n", .csv
            ).first)
        #expect(
            entry.task?.description
                == "priority: blue\ndue_date: soon\nrecurrence: FREQ=SECONDLY")
        #expect(entry.task?.recurrence == nil)
        #expect(Set(entry.notes.compactMap(\.field)) == ["colour", "priority", "due_date", "recurrence"])
        #expect(entry.notes.allSatisfy { $0.severity == .warning })
    }

    @Test func `a row without a title is left out, and told`() throws {
        let read = try entries("title,priority\n,high\nb,\n", .csv)
        #expect(read.map(\.task?.title) == [nil, "b"])
        #expect(read[0].notes == [ReadNote(.error, line: 2, field: "title", "There is no title.")])
    }

    @Test(arguments: [
        ("2026-01-31", "2026-01-31", nil, nil), ("2026/1/5", "2026-01-05", nil, nil),
        ("20260131T0930", "2026-01-31", "09:30", nil), ("13/12/2026", "2026-12-13", nil, nil),
        ("12/13/2026 9:05 PM", "2026-12-13", "21:05", nil),
        ("2026-01-31T23:30:00.5-05:00", "2026-02-01", "04:30", "UTC"),
        ("2026-01-31 10:00:00Z", "2026-01-31", "10:00", "UTC"),
    ]) func `dates are read in many forms`(text: String, date: String, time: String?, zone: String?) throws {
        let due = try #require(try tasks("title,due\nA,\(text)\n", .csv).first?.due)
        #expect(due.date.description == date)
        #expect(due.time?.description == time)
        #expect(due.zone?.identifier == zone)
    }

    @Test(arguments: ["01/02/2026", "2026-02-30", "0000-01-01", "2026-01-01T25:00", "99999999999999", "1.2.3"])
    func `dates that are none, or may be two, are kept as they stand`(text: String) throws {
        let entry = try #require(try entries("title,due\nA,\(text)\n", .csv).first)
        #expect(entry.task?.due == nil)
        #expect(entry.task?.description == "due_date: \(text)")
        #expect(entry.notes.count == 1)
    }
}
