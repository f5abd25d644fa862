import CivilTime
import Interchange
import Recurrence
import Testing

@Suite struct MicrosoftToDoTests {
    private static let berlin = Zone(identifier: "Europe/Berlin") ?? .utc

    private func entries(_ text: String) throws -> [ReadEntry] {
        var reader = try TaskFiles.reader(of: Array(text.utf8), as: .microsoftToDo, ReaderOptions(zone: Self.berlin))
        var entries: [ReadEntry] = []
        while let entry = try reader.next() { entries.append(entry) }
        return entries
    }

    private func read(_ tasks: String...) throws -> [ReadEntry] {
        let all = tasks.map { #"{"status":"notStarted","importance":"normal","isReminderOn":false,\#($0)}"# }
        let text = #"{"@odata.context":"https://graph.microsoft.com/","value":[\#(all.joined(separator: ",\n"))]}"#
        #expect(TaskFiles.recognise(Array(text.utf8), name: "tasks.json") == .microsoftToDo)
        return try entries(text)
    }

    private func moment(_ text: String, _ zone: String = "UTC") -> String {
        #"{"dateTime":"\#(text).0000000","timeZone":"\#(zone)"}"#
    }

    @Test func `a task has its fields`() throws {
        let read = try read(
            #""id":"AAMk=","title":"Water plants","importance":"high","categories":["Green","Slow one"],"#
                + #""body":{"content":"Those outside","contentType":"text"},"createdDateTime":"2026-01-01T08:00:00Z","#
                + #""lastModifiedDateTime":"2026-01-02T08:00:00.5Z","isReminderOn":true,"#
                + #""dueDateTime":\#(moment("2026-01-05T00:00:00")),"#
                + #""reminderDateTime":\#(moment("2026-01-05T09:00:00", "Eastern Standard Time")),"#
                + #""checklistItems":[{"displayName":"one","isChecked":true},{"displayName":"two","isChecked":false}],"#
                + #""linkedResources":[{"displayName":"Mail","webUrl":"https://example.org"}],"hasAttachments":false"#,
            #""title":"B","status":"completed","importance":"low","#
                + #""completedDateTime":\#(moment("2026-01-05T12:00:00")),"#
                + #""body":{"content":"<html><body>a<br>b</body></html>","contentType":"html"}"#)
        let task = try #require(read[0].task)
        #expect(read.flatMap(\.notes).isEmpty)
        #expect(task.key == "AAMk=" && task.priority == .high && task.tags == ["Green", "Slow one"])
        #expect(task.description == "Those outside\n\n- [x] one\n- [ ] two\nMail: https://example.org")
        #expect(task.due == PortableDue(date: try #require(LocalDate("2026-01-05"))))
        #expect(task.reminders.map(\.moment) == [.at(try #require(Instant("2026-01-05T14:00:00Z")))])
        #expect(task.createdAt == Instant("2026-01-01T08:00:00Z"))
        #expect(read[1].task?.isCompleted == true && read[1].task?.priority == .low)
        #expect(read[1].task?.completedAt == Instant("2026-01-05T12:00:00Z"))
        #expect(read[1].task?.description == "a\nb")
    }

    @Test(arguments: [
        ("2026-01-05T00:00:00", "UTC", "2026-01-05"), ("2026-01-04T23:00:00", "UTC", "2026-01-05"),
        ("2026-01-05T00:00:00", "Tokyo Standard Time", "2026-01-05"),
        ("2026-01-04T15:00:00", "America/Los_Angeles", "2026-01-05"),
        ("2026-07-04T22:00:00", "", "2026-07-05"),
    ]) func `a due date is the day of its person`(text: String, zone: String, day: String) throws {
        let entry = try #require(try read(#""title":"A","dueDateTime":\#(moment(text, zone))"#).first)
        #expect(entry.notes.isEmpty)
        #expect(entry.task?.due == PortableDue(date: try #require(LocalDate(day))))
    }

    @Test(arguments: [
        (#""type":"daily","interval":3"#, #""type":"noEnd""#, "FREQ=DAILY;INTERVAL=3"),
        (
            #""type":"weekly","interval":1,"daysOfWeek":["monday","friday"],"firstDayOfWeek":"sunday""#,
            #""type":"numbered","numberOfOccurrences":10"#, "FREQ=WEEKLY;BYDAY=MO,FR;WKST=SU;COUNT=10"
        ),
        (
            #""type":"absoluteMonthly","interval":2,"dayOfMonth":31"#, #""type":"endDate","endDate":"2026-12-31""#,
            "FREQ=MONTHLY;BYMONTHDAY=31;INTERVAL=2;UNTIL=20261231"
        ),
        (
            #""type":"relativeMonthly","interval":1,"daysOfWeek":["tuesday"],"index":"last""#, #""type":"noEnd""#,
            "FREQ=MONTHLY;BYDAY=TU;BYSETPOS=-1"
        ),
        (
            #""type":"absoluteYearly","interval":1,"dayOfMonth":24,"month":12"#, #""type":"noEnd""#,
            "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24"
        ),
        (
            #""type":"relativeYearly","interval":1,"daysOfWeek":["thursday"],"index":"fourth","month":11"#,
            #""type":"noEnd""#, "FREQ=YEARLY;BYMONTH=11;BYDAY=TH;BYSETPOS=4"
        ),
    ]) func `patterns are rules`(pattern: String, range: String, rule: String) throws {
        let text =
            #""title":"A","dueDateTime":\#(moment("2026-01-05T00:00:00")),"#
            + #""recurrence":{"pattern":{\#(pattern)},"range":{\#(range)}}"#
        let entry = try #require(try read(text).first)
        #expect(entry.notes.isEmpty)
        #expect(entry.task?.recurrence?.source == .rule(try RecurrenceRule(rule)))
    }

    @Test func `what cannot be followed is kept in words`() throws {
        let due = #""dueDateTime":\#(moment("2026-01-05T00:00:00"))"#
        let read = try read(
            #""title":"A","recurrence":{"pattern":{"type":"daily","interval":1}}"#,
            #""title":"B",\#(due),"recurrence":{"pattern":{"type":"hourly"}}"#,
            #""title":"C",\#(due),"recurrence":{"pattern":{"type":"absoluteMonthly","dayOfMonth":99}}"#,
            #""title":"D","dueDateTime":{"dateTime":"soon"},"importance":"huge","status":"deferred""#,
            #""title":"E","startDateTime":\#(moment("2026-01-04T12:00:00", "Nowhere")),"hasAttachments":true"#,
            #""title":"F",\#(due),"reminderDateTime":\#(moment("2026-01-04T12:00:00")),"isReminderOn":false"#)
        #expect(read.map(\.notes.count) == [1, 1, 1, 3, 3, 0])
        #expect(read[1].task?.description == "recurrence: pattern: type: hourly")
        #expect(read[2].task?.description == "recurrence: FREQ=MONTHLY;BYMONTHDAY=99")
        #expect(read[3].task?.description == "importance: huge\nstatus: deferred\ndueDateTime: dateTime: soon")
        #expect(read[4].task?.due?.date.description == "2026-01-04")
        #expect(read[5].task?.reminders == [])
    }

    @Test func `lists have tasks, however they are put together`() throws {
        let tasks = #"[{"title":"A","status":"notStarted","importance":"normal"}]"#
        let texts = [
            #"[{"displayName":"Home","wellknownListName":"none","tasks":\#(tasks)}]"#,
            #"{"value":[{"tasks":\#(tasks),"displayName":"Home"}]}"#,
            #"{"lists":[{"displayName":"Home","tasks":\#(tasks)}]}"#,
            #"{"displayName":"Home","tasks":\#(tasks)}"#,
            #"[{"displayName":"Home","value":\#(tasks)}]"#,
        ]
        for text in texts {
            #expect(TaskFiles.recognise(Array(text.utf8), name: nil) == .microsoftToDo)
            #expect(try entries(text).map(\.task?.tags) == [["Home"]], "\(text)")
        }
        #expect(try entries(tasks).map(\.task?.tags) == [[]])
    }

    @Test(arguments: [
        "Dateline Standard Time", "Hawaiian Standard Time", "UTC-09", "Pacific Standard Time",
        "Mountain Standard Time", "Central Standard Time", "Canada Central Standard Time", "Eastern Standard Time",
        "US Eastern Standard Time", "Atlantic Standard Time", "SA Western Standard Time", "Tocantins Standard Time",
        "Argentina Standard Time", "Magallanes Standard Time", "UTC-02", "GMT Standard Time",
        "Morocco Standard Time", "Romance Standard Time", "Jordan Standard Time", "Egypt Standard Time",
        "West Bank Standard Time", "Israel Standard Time", "Sudan Standard Time", "Arabic Standard Time",
        "Belarus Standard Time", "Volgograd Standard Time", "Astrakhan Standard Time", "Mauritius Standard Time",
        "Caucasus Standard Time", "Qyzylorda Standard Time", "India Standard Time", "Central Asia Standard Time",
        "Myanmar Standard Time", "W. Mongolia Standard Time", "Tomsk Standard Time", "Singapore Standard Time",
        "Ulaanbaatar Standard Time", "Tokyo Standard Time", "Yakutsk Standard Time", "E. Australia Standard Time",
        "Tasmania Standard Time", "Bougainville Standard Time", "Norfolk Standard Time", "Russia Time Zone 11",
        "Fiji Standard Time", "Tonga Standard Time",
    ]) func `zones may have the names of Windows`(name: String) throws {
        let reminder = #""title":"A","isReminderOn":true,"reminderDateTime":\#(moment("2026-01-05T12:00:00", name))"#
        let entry = try #require(try read(reminder).first)
        #expect(entry.notes.isEmpty && entry.task?.reminders.count == 1)
    }

    @Test func `the same key again, and what is no task, is told`() throws {
        let read = try entries(#"[{"id":"1","title":"A"},{"id":"1","title":"B"},7,{"title":""},{"title":["x"]}]"#)
        #expect(read.map(\.task?.title) == ["A", "B", nil, nil, nil])
        #expect(read.map(\.notes.count) == [0, 1, 1, 1, 1])
    }
}
