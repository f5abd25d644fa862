import CivilTime
import Interchange
import Recurrence
import Testing

@Suite struct TaskwarriorTests {
    private static let berlin = Zone(identifier: "Europe/Berlin") ?? .utc

    private func read(_ tasks: String..., zone: Zone = berlin) throws -> [ReadEntry] {
        let text = "[\n" + tasks.joined(separator: ",\n") + "\n]\n"
        var reader = try TaskFiles.reader(of: Array(text.utf8), as: .taskwarrior, ReaderOptions(zone: zone))
        var entries: [ReadEntry] = []
        while let entry = try reader.next() { entries.append(entry) }
        return entries
    }

    /// A task with what every one has, and what is given.
    private func task(_ title: String, _ members: String = "", uuid: Int = 1, status: String = "pending") -> String {
        #"{"id":1,"description":"\#(title)","entry":"20260101T080000Z","modified":"20260102T080000Z","#
            + #""status":"\#(status)","uuid":"00000000-0000-4000-8000-00000000000\#(uuid)","urgency":2.5"#
            + (members.isEmpty ? "}" : ",\(members)}")
    }

    @Test func `a task has its fields`() throws {
        let entry = try #require(
            try read(
                task(
                    "Paint \\u00e4 \\\"wall\\\"",
                    #""project":"Home.Kitchen","tags":["diy","slow"],"priority":"H","due":"20260329T070000Z","#
                        + #""annotations":[{"entry":"20260103T230000Z","description":"Two coats"},"#
                        + #"{"entry":"20260105T100000Z","description":"White"}]"#)
            ).first)
        let task = try #require(entry.task)
        #expect(entry.notes.isEmpty)
        #expect(task.title == "Paint ä \"wall\"")
        #expect(task.key == "00000000-0000-4000-8000-000000000001")
        #expect(task.tags == ["Home.Kitchen", "diy", "slow"])
        #expect(task.priority == .high)
        #expect(
            task.due
                == PortableDue(
                    date: try #require(LocalDate("2026-03-29")), time: LocalTime("09:00"), zone: Self.berlin))
        #expect(task.description == "2026-01-04: Two coats\n2026-01-05: White")
        #expect(task.createdAt == Instant("2026-01-01T08:00:00Z"))
        #expect(task.updatedAt == Instant("2026-01-02T08:00:00Z"))
        #expect(!task.isCompleted && task.line == 2)
    }

    @Test(arguments: [
        ("20260104T230000Z", "2026-01-05", nil), ("20260105T225959Z", "2026-01-05", nil),
        ("20260104T230001Z", "2026-01-05", "00:00:01"), ("20260704T220000Z", "2026-07-05", nil),
        ("20260105T000000Z", "2026-01-05", "01:00"),
    ]) func `midnight of its person is a day without a time`(text: String, date: String, time: String?) throws {
        let due = try #require(try read(task("A", #""due":"\#(text)""#)).first?.task?.due)
        #expect(due.date.description == date)
        #expect(due.time?.description == time)
    }

    @Test func `what is done is done, and what is deleted lies in the trash`() throws {
        let read = try read(
            task("Done", #""end":"20260104T120000Z""#, uuid: 1, status: "completed"),
            task("Gone", #""end":"20260105T120000Z""#, uuid: 2, status: "deleted"),
            task("Later", #""wait":"20270104T230000Z""#, uuid: 3, status: "waiting"),
            task("Came", #""wait":"20250104T230000Z""#, uuid: 4), task("Odd", uuid: 5, status: "asleep"))
        #expect(read.map(\.task?.isCompleted) == [true, false, false, false, false])
        #expect(read.map(\.task?.isInTrash) == [false, true, false, false, false])
        #expect(read[0].task?.completedAt == Instant("2026-01-04T12:00:00Z"))
        #expect(read[1].task?.updatedAt == Instant("2026-01-05T12:00:00Z"))
        #expect(read[2].task?.description == "wait: 2027-01-05")
        #expect(read.map(\.notes.count) == [0, 0, 1, 0, 1])
    }

    @Test func `what has no field is kept in words`() throws {
        let read = try read(
            task(
                "A",
                #""depends":["00000000-0000-4000-8000-000000000002","not here"],"estimate":3.5,"jira":["a","b"],"#
                    + #""until":"20261231T225959Z","scheduled":"20260109T230000Z","priority":"U","empty":"""#),
            task("B", #""depends":"00000000-0000-4000-8000-000000000001,x","due":"soon""#, uuid: 2))
        #expect(read[0].task?.due?.date.description == "2026-01-10")
        #expect(
            read[0].task?.description
                == "priority: U\nuntil: 2026-12-31\ndepends: B, not here\nestimate: 3.5\njira: a, b")
        #expect(read[0].notes.map(\.field) == ["priority", "scheduled", "until", "depends", "estimate", "jira"])
        #expect(read[1].task?.description == "due: soon\ndepends: A, x")
    }

    @Test(arguments: [
        ("weekly", "FREQ=WEEKLY"), ("3days", "FREQ=DAILY;INTERVAL=3"), ("2 wks", "FREQ=WEEKLY;INTERVAL=2"),
        ("P1M", "FREQ=MONTHLY"), ("P1Y6M", "FREQ=MONTHLY;INTERVAL=18"), ("P2W", "FREQ=DAILY;INTERVAL=14"),
        ("quarterly", "FREQ=MONTHLY;INTERVAL=3"), ("weekdays", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
        ("biannual", "FREQ=YEARLY;INTERVAL=2"), ("P2Y", "FREQ=YEARLY;INTERVAL=2"), ("PT12H", "FREQ=HOURLY;INTERVAL=12"),
        ("Fortnight", "FREQ=WEEKLY;INTERVAL=2"),
    ]) func `how often is a rule`(recur: String, rule: String) throws {
        let made = #""due":"20260104T230000Z","recur":"\#(recur)""#
        let entry = try #require(try read(task("A", made)).first)
        #expect(entry.notes.isEmpty)
        #expect(entry.task?.recurrence?.source == .rule(try RecurrenceRule(rule)))
    }

    @Test(arguments: ["every blue moon", "0days", "PT5M", "P1M2D", "99999999999999999999d", "P", "5"])
    func `other words are left to whoever takes them in`(recur: String) throws {
        let entry = try #require(try read(task("A", #""due":"20260104T230000Z","recur":"\#(recur)""#)).first)
        #expect(entry.task?.recurrence?.source == .words(recur))
    }

    @Test func `the last open task goes on as the series, and its template is not read`() throws {
        let parent = #""parent":"00000000-0000-4000-8000-000000000001","recur":"monthly""#
        let read = try read(
            task(
                "Rent", #""due":"20260130T230000Z","recur":"monthly","mask":"+--","until":"20261231T225959Z""#,
                status: "recurring"),
            task("Rent", #""due":"20260130T230000Z","imask":0,\#(parent)"#, uuid: 2, status: "completed"),
            task("Rent", #""due":"20260330T220000Z","imask":2,\#(parent)"#, uuid: 3, status: "waiting"),
            task("Rent", #""due":"20260227T230000Z","imask":1,\#(parent)"#, uuid: 4))
        #expect(read.map(\.task?.key?.last) == ["2", "3", "4"])
        #expect(read.map { $0.task?.recurrence != nil } == [false, true, false])
        let rule = try RecurrenceRule("FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1;UNTIL=20261231")
        #expect(read[1].task?.recurrence?.source == .rule(rule))
        #expect(read.flatMap(\.notes).isEmpty)
    }

    @Test func `a template of which nothing is open becomes the next task`() throws {
        let due = #""due":"20260130T230000Z","recur":"monthly","mask":"+X""#
        let read = try read(
            task("Rent", due, status: "recurring"),
            task(
                "Rent", #""due":"20260130T230000Z","parent":"00000000-0000-4000-8000-000000000001""#, uuid: 2,
                status: "completed"))
        #expect(read[0].task?.due == PortableDue(date: try #require(LocalDate("2026-03-31"))))
        #expect(read[0].task?.recurrence?.start == LocalDateTime("2026-01-31T00:00"))
        #expect(read[1].task?.recurrence == nil)
    }

    @Test func `series that have ended are told`() throws {
        let ended = #""due":"20260130T230000Z","recur":"monthly","mask":"++","until":"20260301T000000Z""#
        let read = try read(
            task("Rent", ended, status: "recurring"), task("Rent", ended, uuid: 2, status: "completed"))
        #expect(read.map(\.task) == [nil, nil])
        #expect(read.flatMap(\.notes).map(\.severity) == [.warning, .warning])
        let open = #""due":"20260227T230000Z","recur":"monthly","parent":"00000000-0000-4000-8000-000000000002""#
        let rest = try self.read(task("Rent", ended, uuid: 2, status: "deleted"), task("Rent", open, uuid: 3))
        #expect(rest[1].task != nil && rest[1].task?.recurrence == nil)
    }

    @Test func `the days of a chained series count from when it was done`() throws {
        let entry = try #require(
            try read(task("A", #""due":"20260104T230000Z","recur":"P7D","rtype":"chained""#)).first)
        #expect(entry.task?.recurrence?.countsFromCompletion == true)
    }

    @Test func `objects may stand one after the other`() throws {
        let lines = [task("A", uuid: 1), task("B", uuid: 2), task("C", uuid: 3)]
        for separator in ["\n", ",\n", " ", "\r\n"] {
            let text = lines.joined(separator: separator) + "\n"
            #expect(TaskFiles.recognise(Array(text.utf8), name: "tasks.json") == .taskwarrior)
            #expect(try tasks(text, .taskwarrior).map(\.title) == ["A", "B", "C"])
        }
        #expect(try tasks("[]", .taskwarrior).isEmpty)
        #expect(failure("milk", .taskwarrior)?.detail == "Is no JSON here: expected '[' or '{'.")
    }

    @Test func `the same key again is told, and values of other kinds do no harm`() throws {
        let read = try read(
            task("A"), task("A again"), "[1]", "7", "{}",
            #"{"description":["x"],"uuid":{"a":1},"tags":"a,b","annotations":"n","due":12,"depends":{},"status":3}"#,
            #"{"description":42,"entry":true,"due":"00000101T000000Z","recur":[]}"#)
        #expect(read.map(\.task?.title) == ["A", "A again", nil, nil, nil, nil, "42"])
        #expect(read[1].notes.map(\.field) == ["uuid"])
        #expect(read[2].notes == [ReadNote(.error, line: 4, "This is no task, which is an object.")])
        #expect(read[6].task?.description == "due: 00000101T000000Z")
    }
}
