import CivilTime
import Interchange
import Testing

/// Time grows with the file, and no faster.
@Suite(.serialized) struct PaceTests {
    private static let clock = ContinuousClock()
    /// What a busy machine may take; an idle one takes a tenth of it.
    private static let timeMax = Duration.seconds(30)
    private static let rows = 100_000

    private func time(_ body: () throws -> Void) rethrows -> Duration { try Self.clock.measure(body) }

    private func count(_ bytes: [UInt8], _ format: TaskFileFormat) throws -> Int {
        var reader = try TaskFiles.reader(of: bytes, as: format)
        var count = 0
        while let entry = try reader.next() { count += entry.task == nil ? 0 : 1 }
        return count
    }

    @Test(arguments: [TaskFileFormat.csv, .ical, .todotxt, .markdown])
    func `a hundred thousand tasks are written and read in seconds`(format: TaskFileFormat) throws {
        var maker = TaskMaker(seed: 7)
        let some = (0..<1_000).map { _ in
            var task = maker.next()
            task.isInTrash = false
            return task
        }
        var bytes: [UInt8] = []
        let writing = try time {
            var writer = try #require(TaskFiles.writer(format, WriterOptions(now: Instant(seconds: 1_790_000_000))))
            bytes = writer.head()
            for number in 0..<Self.rows {
                var task = some[number % some.count]
                task.key = "\(number)"
                bytes += writer.text(of: task)
            }
            bytes += writer.tail()
        }
        var read = 0
        let reading = try time { read = try count(bytes, format) }
        #expect(read == Self.rows)
        #expect(writing < Self.timeMax)
        #expect(reading < Self.timeMax)
    }

    static let heaps: [(name: String, format: TaskFileFormat, begin: String, middle: String, end: String)] = [
        ("rows", .csv, "title\n", "a\n", ""),
        ("columns", .csv, "title", ",x", "\na\n"),
        ("tags", .csv, "title,tags\na,\"", "t,", "\"\n"),
        ("quotes", .csv, "title\n\"", "\"\"", "\"\n"),
        ("open quotes", .csv, "title\n", "\"a\"b\"\n", ""),
        ("reminders", .csv, "title,reminders\na,\"", "soon ", "\"\n"),
        ("folded lines", .ical, "BEGIN:VCALENDAR\nBEGIN:VTODO\nSUMMARY:a", "\n b", "\nEND:VTODO\nEND:VCALENDAR\n"),
        (
            "categories", .ical, "BEGIN:VCALENDAR\nBEGIN:VTODO\nSUMMARY:a\n", "CATEGORIES:a,b\n",
            "END:VTODO\nEND:VCALENDAR\n"
        ),
        (
            "exdates", .ical, "BEGIN:VCALENDAR\nBEGIN:VTODO\nSUMMARY:a\nDUE:20260101\nRRULE:FREQ=DAILY\n",
            "EXDATE:20260102\n", "END:VTODO\nEND:VCALENDAR\n"
        ),
        ("parameters", .ical, "BEGIN:VCALENDAR\nBEGIN:VTODO\nSUMMARY", ";X=y", ":a\nEND:VTODO\nEND:VCALENDAR\n"),
        (
            "replaced", .ical, "BEGIN:VCALENDAR\n",
            "BEGIN:VTODO\nUID:u\nSUMMARY:a\nRECURRENCE-ID:20260101\nEND:VTODO\n", "END:VCALENDAR\n"
        ),
        ("comments", .todoist, "TYPE,CONTENT,PRIORITY,INDENT\ntask,a,1,1\n", "note,b,,\n", ""),
        ("indents", .todoist, "TYPE,CONTENT,PRIORITY,INDENT\n", "task,a,1,99\n", ""),
        ("labels", .todoist, "TYPE,CONTENT,PRIORITY,INDENT\ntask,a", " @b", ",1,1\n"),
        ("words", .todotxt, "a", " +b", "\n"),
        ("words", .markdown, "- [ ] a", " #b", "\n"),
        ("lines", .markdown, "- [ ] a\n", "  b\n", ""),
        ("blank lines", .markdown, "- [ ] a\n", "\n", "- [ ] b"),
        ("headings", .markdown, "", "#", " a"),
        (
            "tasks", .taskwarrior, "", "{\"description\":\"a\",\"uuid\":\"1\",\"parent\":\"2\",\"depends\":[\"1\"]}\n",
            ""
        ),
        ("lists of tags", .taskwarrior, "[{\"description\":\"a\",\"tags\":[", "\"b\",", "1]}]"),
        ("escapes", .taskwarrior, "[{\"description\":\"", "\\u00e9", "\"}]"),
        ("tasks", .vikunja, "[{\"title\":\"l\",\"tasks\":[", "{\"title\":\"a\"},", "{}]}]"),
        ("openings", .vikunja, "[{\"tasks\":[{\"title\":\"a\",\"description\":\"<p>", "<p ", "\"}]}]"),
        ("lists of HTML", .vikunja, "[{\"tasks\":[{\"title\":\"a\",\"description\":\"<p>", "<ul><li>&amp;", "\"}]}]"),
        ("scripts", .vikunja, "[{\"tasks\":[{\"title\":\"a\",\"description\":\"<p>", "<script>", "\"}]}]"),
        ("tasks", .microsoftToDo, "{\"value\":[", "{\"title\":\"a\"},", "{}]}"),
    ]

    @Test(arguments: heaps) func `a heap of one thing is read in seconds`(
        name: String, format: TaskFileFormat, begin: String, middle: String, end: String
    ) throws {
        let bytes = Array((begin + String(repeating: middle, count: 200_000) + end).utf8)
        let taken = time { _ = try? count(bytes, format) }
        #expect(taken < Self.timeMax, "\(name) of \(format)")
    }
}
