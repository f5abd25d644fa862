import CivilTime
import Recurrence

/// Reads the CSV that TickTick makes as a backup: some lines about the file, then a table.
struct TickTickReader: TaskFileReader {
    private var table: NamedTable
    /// By `taskId`, for tasks that are part of others.
    private var titles: [String: String] = [:]
    /// Titles that are held; far more than the application has tasks.
    private static let titlesMax = 100_000

    init(_ text: TextFile) throws(TaskFileError) {
        table = try NamedTable(text, needed: ["list name", "title"])
    }

    mutating func next() throws(TaskFileError) -> ReadEntry? {
        guard try table.next() else { return nil }
        var builder = EntryBuilder(title: table["title"].trimmed, line: table.record.line)
        let key = table["taskid"].trimmed
        builder.task.key = key.isEmpty ? nil : key
        builder.task.description = description
        for name in ["folder name", "list name", "column name"] { builder.addTag(table[name]) }
        for tag in table["tags"].split(separator: ",") { builder.addTag(String(tag)) }
        switch table["priority"].trimmed {
        case "", "0": break
        case "1": builder.task.priority = .low
        case "3": builder.task.priority = .medium
        case "5": builder.task.priority = .high
        default: builder.warn("Priority", "This is none of 0, 1, 3 and 5; it is left out.")
        }
        readDue(into: &builder)
        readRepeat(into: &builder)
        readReminders(into: &builder)
        readStatus(into: &builder)
        readParent(into: &builder)
        if !key.isEmpty, titles.count < Self.titlesMax { titles[key] = builder.task.title }
        return builder.entry(titleField: "Title")
    }

    /// Items of checklists as Markdown has them.
    private var description: String {
        let content = table["content"]
        guard table["kind"].trimmed.lowered == "checklist" || table["is check list"].trimmed.lowered == "y" else {
            return content
        }
        return content.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map { line in
            switch line.first {
            case "▫": "- [ ] \(String(line.dropFirst()).trimmed)"
            case "▪": "- [x] \(String(line.dropFirst()).trimmed)"
            default: String(line)
            }
        }.joined(separator: "\n")
    }

    private func readDue(into builder: inout EntryBuilder) {
        let zoneText = table["timezone"].trimmed
        let zone = ZoneNames.zone(zoneText)
        if !zoneText.isEmpty, zone == nil { builder.warn("Timezone", "This time zone is not known; UTC is taken.") }
        let name = table["due date"].trimmed.isEmpty ? "start date" : "due date"
        let text = table[name].trimmed
        guard !text.isEmpty else { return }
        guard let date = DateText(text) else {
            builder.keep(name, text, because: "This date cannot be read.")
            return
        }
        var due = date.due(in: zone)
        if table["is all day"].trimmed.lowered == "true" { (due.time, due.zone) = (nil, nil) }
        if table["is floating"].trimmed.lowered == "true" { due.zone = nil }
        builder.task.due = due
    }

    private func readRepeat(into builder: inout EntryBuilder) {
        let text = table["repeat"].trimmed
        guard !text.isEmpty else { return }
        guard builder.task.due != nil else {
            builder.keep("Repeat", text, because: "A rule needs a date.")
            return
        }
        builder.setRule(text, field: "Repeat")
    }

    private func readReminders(into builder: inout EntryBuilder) {
        for word in table["reminder"].split(whereSeparator: { $0.isWhitespace || $0 == "," }) {
            let text = word.hasPrefix("TRIGGER:") ? String(word.dropFirst(8)) : String(word)
            if let due = builder.task.due, let (isNegative, span) = ICalendarValue.duration(text),
                let reminder = CalendarAlarm.reminder(isNegative, span, due: due)
            {
                builder.task.reminders.append(reminder)
            } else {
                builder.keep("Reminder", text, because: "This reminder cannot be followed.")
            }
        }
    }

    private func readStatus(into builder: inout EntryBuilder) {
        builder.task.completedAt = instant("completed time")
        builder.task.createdAt = instant("created time")
        switch table["status"].trimmed {
        case "", "0": break
        case "1", "2": builder.task.isCompleted = true
        case "-1":
            builder.task.isCompleted = true
            builder.warn("Status", "It will not be done, and is taken in as done.")
        default: builder.warn("Status", "This status is not known; the task is taken as open.")
        }
    }

    private func instant(_ name: String) -> Instant? {
        let text = table[name].trimmed
        return text.isEmpty ? nil : DateText(text)?.instant(in: .utc)
    }

    private func readParent(into builder: inout EntryBuilder) {
        let parent = table["parentid"].trimmed
        guard !parent.isEmpty else { return }
        builder.keep("Part of", titles[parent] ?? parent, because: "Tasks have no tasks within them here.")
    }
}
