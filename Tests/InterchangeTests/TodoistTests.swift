import CivilTime
import Interchange
import Recurrence
import Testing

@Suite struct TodoistTests {
    private static let heading =
        "TYPE,CONTENT,DESCRIPTION,PRIORITY,INDENT,AUTHOR,RESPONSIBLE,DATE,DATE_LANG,TIMEZONE,DURATION,DURATION_UNIT,"
        + "DEADLINE,DEADLINE_LANG\n"

    /// A row with only what is given.
    private func row(
        _ type: String, _ content: String, description: String = "", priority: Int = 4, indent: Int = 1,
        responsible: String = "", date: String = "", zone: String = "", deadline: String = ""
    ) -> String {
        "\(type),\"\(content)\",\"\(description)\",\(priority),\(indent),Ada (1),\(responsible),"
            + "\"\(date)\",en,\(zone),,None,\(deadline),\n"
    }

    private func read(_ rows: String...) throws -> [ReadEntry] {
        let text = Self.heading + rows.joined()
        #expect(TaskFiles.recognise(Array(text.utf8), name: "Work.csv") == .todoist)
        return try entries(text, .todoist)
    }

    @Test func `tasks, sections and comments belong together`() throws {
        let read = try read(
            "meta,view_style=list,,,,,,,,,,,,\n",
            row("task", "* Read @home @deep-work the book", description: "Chapter 1"),
            row("note", "First comment"), row("note", "Second, with a comma"), row("section", "Later"),
            row("task", "Mail ada@example.org", priority: 1), row("task", "@phone", priority: 2))
        #expect(read.map(\.task?.title) == ["Read the book", "Mail ada@example.org", "@phone"])
        #expect(read.map(\.task?.priority) == [nil, .urgent, .high])
        #expect(read.map(\.task?.tags) == [["home", "deep-work"], ["Later"], ["phone", "Later"]])
        #expect(read[0].task?.description == "Chapter 1\n\nFirst comment\n\nSecond, with a comma")
        #expect(read.flatMap(\.notes).isEmpty)
    }

    @Test(arguments: [
        ("2026-01-05", "2026-01-05", nil), ("2026-01-05 10:30", "2026-01-05", "10:30"),
        ("Jan 5 2026", "2026-01-05", nil), ("5 January 2026 at 10am", "2026-01-05", "10:00"),
        ("Jan 5th, 2026, 9:05 pm", "2026-01-05", "21:05"), ("5. März 2026 um 18 Uhr", "2026-03-05", "18:00"),
        ("5 Dez. 2026", "2026-12-05", nil),
    ]) func `dates are read in digits and with names of months`(text: String, date: String, time: String?) throws {
        let entry = try #require(try read(row("task", "A", date: text, zone: "Europe/Berlin")).first)
        #expect(entry.notes.isEmpty)
        #expect(entry.task?.due?.date.description == date)
        #expect(entry.task?.due?.time?.description == time)
        #expect(entry.task?.due?.zone?.identifier == (time == nil ? nil : "Europe/Berlin"))
    }

    @Test(arguments: [
        ("every other friday", "every other friday", false), ("every! 3 days", "every 3 days", true),
        ("ev mon, fri 20:00", "every mon, fri 20:00", false), ("Daily", "Daily", false),
        ("jeden Montag", "jeden Montag", false), ("täglich um 9", "täglich um 9", false),
    ]) func `words that say how often are kept as words`(text: String, words: String, fromCompletion: Bool) throws {
        let entry = try #require(try read(row("task", "A", date: text)).first)
        #expect(entry.notes.isEmpty)
        #expect(entry.task?.recurrence == PortableRecurrence(.words(words), countsFromCompletion: fromCompletion))
    }

    @Test(arguments: ["tomorrow", "Jan 5", "Feb 30 2026", "next week at 9", "Jan Jan 2026", "5 5 2026"])
    func `other words are kept in the description`(text: String) throws {
        let entry = try #require(try read(row("task", "A", date: text)).first)
        #expect(entry.task?.due == nil)
        #expect(entry.task?.description == "DATE: \(text)")
        #expect(entry.notes.map(\.field) == ["DATE"])
    }

    @Test func `what is part of another task says so`() throws {
        let read = try read(
            row("task", "House"), row("task", "Kitchen", indent: 2), row("task", "Tiles", indent: 3),
            row("task", "Roof", indent: 2), row("task", "Garden"), row("task", "Lost", indent: 4))
        #expect(
            read.map(\.task?.description) == [
                "", "Part of: House", "Part of: Kitchen", "Part of: House", "", "Part of: Garden",
            ])
        #expect(read.map(\.notes.count) == [0, 1, 1, 1, 0, 1])
    }

    @Test func `a deadline counts where there is no date, and people are kept in words`() throws {
        let read = try read(
            row("task", "A", responsible: "Bob (2)", deadline: "2026-02-01"),
            row("task", "B", date: "2026-01-01", deadline: "2026-02-01"))
        #expect(read[0].task?.due?.date.description == "2026-02-01")
        #expect(read[0].task?.description == "RESPONSIBLE: Bob (2)")
        #expect(read[1].task?.due?.date.description == "2026-01-01")
        #expect(read[1].task?.description == "DEADLINE: 2026-02-01")
    }

    @Test func `rows about nothing are told`() throws {
        let read = try read(row("note", "Of the project"), row("thing", "?"), row("task", ""), row("task", "A"))
        #expect(read.map(\.task?.title) == [nil, nil, nil, "A"])
        #expect(read.flatMap(\.notes).map(\.severity) == [.warning, .error, .error])
        #expect(failure("name,notes\na,b", .todoist)?.detail.contains("type, content") == true)
    }
}
