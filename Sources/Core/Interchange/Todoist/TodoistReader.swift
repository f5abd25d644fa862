import CivilTime
import Recurrence

/// Reads the CSV of a Todoist project: tasks, the sections they are in, and comments behind the task they are about.
struct TodoistReader: TaskFileReader {
    private var table: NamedTable
    /// The task that the next rows may still be about.
    private var pending: EntryBuilder?
    private var section: String?
    /// Titles of the tasks that the next one may be part of, from the outermost.
    private var parents: [String] = []
    private var isAtEnd = false
    private static let indentMax = 100

    init(_ text: TextFile) throws(TaskFileError) {
        table = try NamedTable(text, needed: ["type", "content"])
    }

    mutating func next() throws(TaskFileError) -> ReadEntry? {
        while !isAtEnd {
            guard try table.next() else {
                isAtEnd = true
                break
            }
            switch table["type"].trimmed.lowered {
            case "task":
                let finished = pending
                pending = task()
                if let finished { return finished.entry(titleField: "CONTENT") }
            case "section":
                section = table["content"].trimmed
                parents = []
                if let entry = takePending() { return entry }
            case "note":
                if pending == nil { return comment }
                pending?.addParagraph(table["content"])
            case "", "meta": break
            default:
                let detail = "This is none of task, section and note; the row is left out."
                return ReadEntry(task: nil, notes: [ReadNote(.error, line: table.record.line, field: "TYPE", detail)])
            }
        }
        return takePending()
    }

    private mutating func takePending() -> ReadEntry? {
        defer { pending = nil }
        return pending?.entry(titleField: "CONTENT")
    }

    private var comment: ReadEntry {
        let detail = "This comment is about no task; it is left out."
        return ReadEntry(task: nil, notes: [ReadNote(.warning, line: table.record.line, field: "TYPE", detail)])
    }

    private mutating func task() -> EntryBuilder {
        var builder = EntryBuilder(line: table.record.line)
        readContent(into: &builder)
        builder.task.description = table["description"]
        if let section { builder.addTag(section) }
        switch table["priority"].trimmed {
        case "1": builder.task.priority = .urgent
        case "2": builder.task.priority = .high
        case "3": builder.task.priority = .medium
        case "", "4": break
        default: builder.warn("PRIORITY", "This is no number from 1 to 4; it is left out.")
        }
        readDates(into: &builder)
        let responsible = table["responsible"].trimmed
        if !responsible.isEmpty {
            builder.keep("RESPONSIBLE", responsible, because: "Nobody is responsible for tasks here.")
        }
        readIndent(into: &builder)
        return builder
    }

    /// Labels are words of the title that begin with `@`; `* ` before it is for tasks that cannot be done.
    private func readContent(into builder: inout EntryBuilder) {
        let content = table["content"].trimmed
        let text = content.hasPrefix("* ") ? String(content.dropFirst(2)) : content
        guard text.utf8.contains(UInt8(ascii: "@")) else {
            builder.task.title = text
            return
        }
        var words: [Substring] = []
        for word in text.split(separator: " ", omittingEmptySubsequences: false) {
            if word.utf8.first == UInt8(ascii: "@"), word.utf8.count > 1 {
                builder.addTag(String(word.dropFirst()))
            } else {
                words.append(word)
            }
        }
        builder.task.title = words.joined(separator: " ").trimmed
        // A title of nothing but labels is better than none.
        if builder.task.title.isEmpty { builder.task.title = text }
    }

    private func readDates(into builder: inout EntryBuilder) {
        let zoneText = table["timezone"].trimmed
        let zone = zoneText.isEmpty ? nil : ZoneNames.zone(zoneText)
        if !zoneText.isEmpty, zone == nil {
            builder.warn("TIMEZONE", "This time zone is not known; times are on the clock of their person.")
        }
        let text = table["date"].trimmed
        if !text.isEmpty {
            if let date = SpokenDate.date(text) {
                builder.task.due = date.due(in: zone)
            } else if let recurrence = SpokenDate.recurrence(text) {
                builder.task.recurrence = recurrence
            } else {
                builder.keep("DATE", text, because: "This date cannot be read.")
            }
        }
        let deadline = table["deadline"].trimmed
        if !deadline.isEmpty {
            if builder.task.due == nil, builder.task.recurrence == nil, let date = SpokenDate.date(deadline) {
                builder.task.due = date.due(in: zone)
            } else {
                builder.keep("DEADLINE", deadline, because: "A task is due once.")
            }
        }
        let duration = "\(table["duration"].trimmed) \(table["duration_unit"].trimmed)".trimmed
        if let first = duration.utf8.first, first.isDigit { builder.addLine("Duration: \(duration)") }
    }

    private mutating func readIndent(into builder: inout EntryBuilder) {
        let indent = min(max(Int(table["indent"].trimmed) ?? 1, 1), Self.indentMax)
        parents = Array(parents.prefix(indent - 1))
        if indent > 1, let parent = parents.last {
            builder.keep("Part of", parent, because: "Tasks have no tasks within them here.")
        }
        parents.append(builder.task.title)
    }
}
