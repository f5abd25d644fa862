import CivilTime
import Interchange
import Recurrence
import Testing

@Suite struct VikunjaTests {
    private static let berlin = Zone(identifier: "Europe/Berlin") ?? .utc

    /// A project of tasks; each is what is given and what Vikunja always writes.
    private func read(_ tasks: String..., project: String = "Home") throws -> [ReadEntry] {
        let none =
            #""due_date":"0001-01-01T00:00:00Z","start_date":"0001-01-01T00:00:00Z","#
            + #""end_date":"0001-01-01T00:00:00Z","done_at":"0001-01-01T00:00:00Z","labels":null,"assignees":null,"#
            + #""related_tasks":{},"attachments":null,"hex_color":"","priority":0,"repeat_after":0,"repeat_mode":0,"#
            + #""percent_done":0,"reminders":null,"done":false,"comments":null"#
        // The last of two members counts.
        let all = tasks.enumerated().map { "{\(none),\"id\":\($0 + 1),\($1)}" }.joined(separator: ",\n")
        let text = #"[{"id":1,"title":"\#(project)","hex_color":"","tasks":[\#(all)],"buckets":[{"title":"To-Do"}]}]"#
        #expect(TaskFiles.recognise(Array(text.utf8), name: "data.json") == .vikunja)
        return try entries(text)
    }

    private func entries(_ text: String) throws -> [ReadEntry] {
        var reader = try TaskFiles.reader(of: Array(text.utf8), as: .vikunja, ReaderOptions(zone: Self.berlin))
        var entries: [ReadEntry] = []
        while let entry = try reader.next() { entries.append(entry) }
        return entries
    }

    @Test func `a task has its fields`() throws {
        let entry = try #require(
            try read(
                #""title":"Water plants","description":"<p>Those <strong>outside</strong></p>","priority":5,"#
                    + #""labels":[{"id":1,"title":"green"},{"id":2,"title":"slow"}],"due_date":"2026-03-29T07:00:00Z","#
                    + #""created":"2026-01-01T08:00:00Z","updated":"2026-01-02T09:00:00+01:00""#
            ).first)
        let task = try #require(entry.task)
        #expect(entry.notes.isEmpty)
        #expect(task.title == "Water plants" && task.description == "Those outside")
        #expect(task.tags == ["Home", "green", "slow"])
        #expect(task.priority == .urgent)
        #expect(task.key == "1 2026-01-01T08:00:00Z")
        let date = try #require(LocalDate("2026-03-29"))
        #expect(task.due == PortableDue(date: date, time: LocalTime("09:00"), zone: Self.berlin))
        #expect(task.createdAt == Instant("2026-01-01T08:00:00Z"))
        #expect(task.updatedAt == Instant("2026-01-02T08:00:00Z"))
    }

    @Test func `year 1 is no date, and other dates stand in for the one it is due on`() throws {
        let read = try read(
            #""title":"A""#, #""title":"B","start_date":"2026-01-04T23:00:00Z","end_date":"2026-01-05T23:00:00Z""#,
            #""title":"C","due_date":"soon","done":true,"done_at":"2026-01-05T12:00:00Z""#)
        #expect(read[0].task?.due == nil && read[0].notes.isEmpty)
        #expect(read[1].task?.due == PortableDue(date: try #require(LocalDate("2026-01-06"))))
        #expect(read[1].task?.description == "start_date: 2026-01-05")
        #expect(read[2].task?.description == "due_date: soon")
        #expect(read[2].task?.completedAt == Instant("2026-01-05T12:00:00Z"))
    }

    @Test(arguments: [
        (86_400, 0, "FREQ=DAILY", false), (604_800, 2, "FREQ=WEEKLY", true),
        (1_209_600, 0, "FREQ=WEEKLY;INTERVAL=2", false),
        (2_592_000, 0, "FREQ=DAILY;INTERVAL=30", false), (7_200, 0, "FREQ=HOURLY;INTERVAL=2", false),
        (0, 1, "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1", false),
    ]) func `seconds and months are rules`(after: Int, mode: Int, rule: String, fromCompletion: Bool) throws {
        let text = #""title":"A","due_date":"2026-01-30T23:00:00Z","repeat_after":\#(after),"repeat_mode":\#(mode)"#
        let entry = try #require(try read(text).first)
        #expect(entry.notes.isEmpty)
        #expect(
            entry.task?.recurrence
                == PortableRecurrence(.rule(try RecurrenceRule(rule)), countsFromCompletion: fromCompletion))
    }

    @Test func `what cannot repeat is kept in words`() throws {
        let read = try read(
            #""title":"A","repeat_after":86400"#,
            #""title":"B","due_date":"2026-01-05T12:00:00Z","repeat_after":90"#,
            #""title":"C","due_date":"2026-01-05T12:00:00Z","repeat_after":9223372036854775807"#)
        #expect(read.map { $0.task?.recurrence } == [nil, nil, nil])
        #expect(read[0].task?.description == "repeat_after: every 86400 seconds")
        #expect(read.map(\.notes.count) == [1, 1, 1])
    }

    @Test func `reminders are moments, or count from the due date`() throws {
        let reminders =
            #""reminders":["2026-01-05T09:00:00Z",{"reminder":"2026-01-05T08:00:00Z"},"#
            + #"{"reminder":"2026-01-05T10:30:00Z","relative_period":-5400,"relative_to":"due_date"},"#
            + #"{"reminder":"2026-01-05T07:00:00Z","relative_period":60,"relative_to":"start_date"},{"reminder":"?"}]"#
        let read = try read(
            #""title":"A","due_date":"2026-01-05T12:00:00Z",\#(reminders)"#,
            #""title":"B","due_date":"2026-01-05T23:00:00Z","#
                + #""reminders":[{"relative_period":-3600,"relative_to":"due_date"}]"#
        )
        let moments = ["09", "08", "", "07"].map { Instant("2026-01-05T\($0):00:00Z") }
        #expect(
            read[0].task?.reminders.map(\.moment)
                == [
                    .at(try #require(moments[0])), .at(try #require(moments[1])), .before(CalendarSpan(seconds: 5_400)),
                    .at(try #require(moments[3])),
                ])
        #expect(read[0].task?.description == "reminder: reminder: ?")
        #expect(read[1].task?.reminders.map(\.moment) == [.onDay(daysBefore: 1, try #require(LocalTime("23:00")))])
    }

    @Test func `relations, people, files and comments are kept in words`() throws {
        let read = try read(
            #""title":"Roof","related_tasks":{"parenttask":[{"id":9,"title":"House"}],"subtask":[{"title":"x"}],"#
                + #""blocking":[{"id":1,"title":"Roof"},null],"copiedto":[{"title":"y"}]},"#
                + #""assignees":[{"name":"","username":"ada"}],"percent_done":0.5,"#
                + #""attachments":[{"file":{"name":"a.png"}}],"#
                + #""comments":[{"comment":"<p>Hm</p>","author":{"name":"Bob"},"created":"2026-01-04T23:30:00Z"}]"#)
        #expect(
            read[0].task?.description
                == "Part of: House\nblocking: Roof\nassignees: ada\npercent_done: 50 %\nattachments: a.png"
                + "\n\nBob, 2026-01-05: Hm")
        #expect(
            read[0].notes.map(\.field)
                == ["Part of", "blocking", "assignees", "percent_done", "attachments", "comments"])
    }

    @Test func `projects are within each other, and what they are called may come last`() throws {
        let read = try entries(
            """
            [{"tasks": null, "child_projects": [{"tasks": [{"title": "A"}], "title": "Kitchen"}], "title": "Home"},
             {"title": "Old", "lists": [{"title": "List", "tasks": [{"title": "B"}, {"title": " "}, 7]}]},
             {"title": "Empty"}]
            """)
        #expect(read.map(\.task?.tags) == [["Home", "Kitchen"], ["Old", "List"], nil, nil])
        #expect(read.map { $0.task?.line ?? 0 } == [1, 2, 0, 0])
        #expect(read[2].notes.map(\.line) == [2])
        #expect(read.flatMap(\.notes).map(\.severity) == [.error, .error])
    }

    @Test(arguments: [
        ("a < b and c > d", "a < b and c > d"), ("**bold** & plain", "**bold** & plain"),
        ("<p>a &amp; b&nbsp;&lt;c&gt; &#228;&#x1F600; &unknown; &#0;</p>", "a & b <c> ä😀 &unknown; &#0;"),
        ("<p>one</p><p>two<br>three</p>", "one\n\ntwo\nthree"), ("<h1>T</h1>text", "T\n\ntext"),
        ("<p>a</p><ul><li><p>x</p></li><li>y<ul><li>z</li></ul></li></ul><p>b</p>", "a\n\n- x\n- y\n  - z\n\nb"),
        (
            #"<ul class="t"><li data-checked="true"><p>x</p></li><li data-checked="false"><p>y</p></li></ul>"#,
            "- [x] x\n- [ ] y"
        ),
        (#"<p>see <a href="https://example.org">there</a></p>"#, "see there (https://example.org)"),
        (#"<a href="https://example.org">https://example.org</a>"#, "https://example.org"),
        ("<style>p { }</style><p>a</p><script>x < y</script><!-- no -->", "a"),
        ("<p>a", "a"), ("<p", "<p"), ("<p>a < b</p>", "a < b"),
    ]) func `HTML becomes text`(html: String, text: String) throws {
        let escaped = html.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\\\"")
        let entry = try #require(try read(#""title":"A","description":"\#(escaped)""#).first)
        #expect(entry.task?.description == text)
    }

    @Test func `the same task again is told`() throws {
        let read = try entries(#"[{"title":"L","tasks":[{"id":1,"title":"A"},{"id":1,"title":"A"}]}]"#)
        #expect(read.map(\.notes.count) == [0, 1])
    }
}
