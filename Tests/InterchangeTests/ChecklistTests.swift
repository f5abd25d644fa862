import CivilTime
import Interchange
import Recurrence
import Testing

@Suite struct ChecklistTests {
    private let options = WriterOptions(now: Instant(seconds: 1_790_000_000))

    @Test func `items are tasks, and what is indented below them is their description`() throws {
        let read = try tasks(
            """
            # Home
            - [ ] Paint the wall #diy #big_one !high due:2026-01-02
              Two coats.

              - [ ] buy paint
                - [x] blue
            - [x] Call plumber done:2026-01-03
            ## Work ##
            * [X] Fix #12
            1. [ ] Plan due:2026-05-01T09:30 zone:Europe/Berlin repeat:FREQ=WEEKLY

            """, .markdown)
        #expect(read.map(\.title) == ["Paint the wall", "Call plumber", "Fix #12", "Plan"])
        #expect(read.map(\.tags) == [["diy", "big_one", "Home"], ["Home"], ["Work"], ["Work"]])
        #expect(read[0].description == "Two coats.\n\n- [ ] buy paint\n  - [x] blue")
        #expect(read[0].priority == .high)
        #expect(read[0].due == PortableDue(date: try #require(LocalDate("2026-01-02"))))
        #expect(read.map(\.isCompleted) == [false, true, true, false])
        #expect(read[1].completedAt == Instant("2026-01-03T00:00:00Z"))
        #expect(read[3].due?.zone?.identifier == "Europe/Berlin")
        #expect(read[3].recurrence?.source == .rule(RecurrenceRule(.weekly)))
        #expect(read.map(\.line) == [2, 7, 9, 10])
    }

    @Test func `text outside of items is told once, and code is no checklist`() throws {
        let read = try entries("Intro\n\n```\n- [ ] no\n```\n- [ ] yes\n- plain\nmore", .markdown)
        #expect(read.map(\.task?.title) == ["yes", nil])
        #expect(
            read.flatMap(\.notes) == [
                ReadNote(.warning, line: 1, "Text outside of checklists, from this line on, is left out.")
            ])
    }

    @Test func `an item without words is told`() throws {
        let read = try entries("- [ ]\n- [ ] a", .markdown)
        #expect(read.map(\.task?.title) == [nil, "a"])
        #expect(read[0].notes.map(\.severity) == [.error])
    }

    @Test(arguments: [
        "#home", "a #home", "a !high", "a due:2026-01-01", "a \\#home", "a \\\\#home", "#12", "a #", "[x] b",
    ])
    func `a title may end with what looks like something else`(title: String) throws {
        let bytes = try written([PortableTask(title: title)], .markdown, options)
        let read = try tasks(String(decoding: bytes, as: UTF8.self), .markdown)
        #expect(read.map(\.title) == [title])
        #expect(read.map(\.tags) == [[]])
    }

    @Test func `what is written is read again`() throws {
        var task = PortableTask(title: "A")
        task.description = "one\n\n  two\n- [ ] three"
        task.priority = .urgent
        task.tags = ["a b", "c"]
        task.due = PortableDue(
            date: try #require(LocalDate("2026-01-31")), time: LocalTime("09:30"), zone: Zone(identifier: "Asia/Tokyo"))
        task.recurrence = PortableRecurrence(.rule(RecurrenceRule(.daily)), countsFromCompletion: true)
        (task.isCompleted, task.completedAt) = (true, Instant("2026-01-02T00:00:00Z"))
        var gone = task
        gone.isInTrash = true
        let bytes = try written([task, gone, PortableTask(title: "B")], .markdown, options)
        #expect(
            String(decoding: bytes, as: UTF8.self)
                == "- [x] A #a_b #c !urgent due:2026-01-31T09:30 zone:Asia/Tokyo repeat:!FREQ=DAILY done:2026-01-02\n"
                + "  one\n\n    two\n  - [ ] three\n- [ ] B\n")
        #expect(TaskFiles.recognise(bytes, name: nil) == .markdown)
        let read = try tasks(String(decoding: bytes, as: UTF8.self), .markdown)
        (task.tags, task.line) = (["a_b", "c"], 1)
        #expect(read.first == task)
        #expect(read.map(\.title) == ["A", "B"])
    }
}
