import CivilTime
import Interchange
import Recurrence
import Testing

@Suite struct TodoTxtTests {
    private let options = WriterOptions(now: Instant(seconds: 1_790_000_000))

    @Test func `a line has priority, dates, projects, contexts and values`() throws {
        let read = try tasks(
            "(A) 2026-01-02 Call mom +Family @phone due:2026-02-01 rec:+1w\r\n\r\n"
                + "x 2026-01-05 2026-01-01 Pay rent pri:C\n"
                + "@home Mail ada@x.org about +trip soon id:7 pages:3\nx done\n",
            .todotxt)
        #expect(read.map(\.title) == ["Call mom", "Pay rent", "Mail ada@x.org about +trip soon id:7 pages:3", "done"])
        #expect(read.map(\.tags) == [["Family", "phone"], [], ["home", "trip"], []])
        #expect(read.map(\.priority) == [.urgent, .medium, nil, nil])
        #expect(read.map(\.line) == [1, 3, 4, 5])
        #expect(read.map(\.isCompleted) == [false, true, false, true])
        #expect(read[0].due?.date.description == "2026-02-01")
        #expect(read[0].createdAt == Instant("2026-01-02T00:00:00Z"))
        #expect(read[0].recurrence == PortableRecurrence(.rule(RecurrenceRule(.weekly))))
        #expect(read[1].completedAt == Instant("2026-01-05T00:00:00Z"))
        #expect(read[1].createdAt == Instant("2026-01-01T00:00:00Z"))
    }

    @Test(arguments: [
        ("+2d", "FREQ=DAILY;INTERVAL=2", false), ("1m", "FREQ=MONTHLY", true), ("+1y", "FREQ=YEARLY", false),
        ("1b", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", true),
    ]) func `rules with a plus count from the due date`(text: String, rule: String, fromCompletion: Bool) throws {
        let task = try #require(try tasks("A due:2026-01-01 rec:\(text)", .todotxt).first)
        #expect(
            task.recurrence == PortableRecurrence(.rule(try RecurrenceRule(rule)), countsFromCompletion: fromCompletion)
        )
    }

    @Test(arguments: [
        ("A due:soon", "A due:soon", ""), ("A due:2026-01-01 rec:0d", "A", "rec: 0d"), ("A rec:1d", "A", "rec: 1d"),
        ("A t:2026-01-01", "A", "t: 2026-01-01"), ("A due:2026-01-01 rrule:FREQ=NEVER", "A", "rrule: FREQ=NEVER"),
    ]) func `what cannot be followed is kept, with a warning`(line: String, title: String, kept: String) throws {
        let entry = try #require(try entries(line, .todotxt).first)
        #expect(entry.task?.title == title)
        #expect(entry.task?.description == kept)
        #expect(entry.notes.count == 1)
    }

    @Test func `what is written is read again`() throws {
        var task = PortableTask(title: "Two\nlines")
        task.priority = .high
        task.tags = ["a b", "c"]
        task.due = PortableDue(date: try #require(LocalDate("2026-01-31")), time: LocalTime("09:30"))
        task.recurrence = PortableRecurrence(
            .rule(try RecurrenceRule("FREQ=WEEKLY;BYDAY=MO")), countsFromCompletion: true)
        task.createdAt = Instant("2026-01-01T00:00:00Z")
        var done = task
        (done.isCompleted, done.completedAt) = (true, Instant("2026-01-02T00:00:00Z"))
        done.recurrence = PortableRecurrence(.rule(RecurrenceRule(.monthly, interval: 3)))
        var gone = task
        gone.isInTrash = true
        let bytes = try written([task, done, gone], .todotxt, options)
        #expect(
            String(decoding: bytes, as: UTF8.self)
                == "(B) 2026-01-01 Two lines @a_b @c due:2026-01-31T09:30 rrule:!FREQ=WEEKLY;BYDAY=MO\n"
                + "x 2026-01-02 2026-01-01 Two lines @a_b @c due:2026-01-31T09:30 rec:+3m pri:B\n")
        #expect(TaskFiles.recognise(bytes, name: nil) == .todotxt)
        let read = try tasks(String(decoding: bytes, as: UTF8.self), .todotxt)
        for (read, task) in zip(read, [task, done]) {
            var expected = task
            (expected.title, expected.tags, expected.line) = ("Two lines", ["a_b", "c"], read.line)
            #expect(read == expected)
        }
    }
}
