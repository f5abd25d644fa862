import CivilTime
import Recurrence

/// Reads tables with a line of names at the top: Errand's own, and those that people and spreadsheets make.
struct CSVTaskReader: TaskFileReader {
    private var scanner: CSVScanner
    private let heading: CSVHeading
    private var isFirst = true

    init(_ text: TextFile) throws(TaskFileError) {
        var scanner = try CSVScanner(text)
        var first = try scanner.next()
        while let record = first, record.isEmpty { first = try scanner.next() }
        guard let first else { throw TaskFileError(line: 1, "There is nothing in the file.") }
        heading = try CSVHeading(first)
        self.scanner = scanner
    }

    mutating func next() throws(TaskFileError) -> ReadEntry? {
        while let record = try scanner.next() {
            if record.isEmpty { continue }
            defer { isFirst = false }
            return entry(record)
        }
        return nil
    }

    private func entry(_ record: CSVScanner.Record) -> ReadEntry {
        func value(_ column: CSVColumn) -> String { heading.value(column, of: record) }
        var builder = EntryBuilder(title: value(.title), line: record.line)
        if isFirst {
            for name in heading.unknown {
                builder.warn(name, "There is no such column; what stands in it is left out.", line: heading.line)
            }
        }
        if record.fields.count != heading.count {
            let detail = "This row has \(record.fields.count) fields where the first has \(heading.count)."
            builder.warn(nil, detail)
        }
        let key = value(.id)
        builder.task.key = key.isEmpty ? nil : key
        builder.task.description = value(.description)
        let priority = value(.priority)
        if !priority.isEmpty {
            if let known = Words.priority(priority) {
                builder.task.priority = known
            } else {
                builder.keep("priority", priority, because: "This is none of urgent, high, medium and low.")
            }
        }
        addTags(of: record, to: &builder)
        readDue(of: record, into: &builder)
        readRecurrence(of: record, into: &builder)
        for word in Self.words(value(.reminders)) {
            if let reminder = ReminderText.reminder(word) {
                builder.task.reminders.append(reminder)
            } else {
                builder.keep("reminders", word, because: "This is no reminder.")
            }
        }
        readStamps(of: record, into: &builder)
        return builder.entry(titleField: "title")
    }

    private static func words(_ text: String) -> [String] {
        if text.isEmpty { return [] }
        return text.utf8.split(separator: .space).map { String(Substring($0)) }
    }

    private func addTags(of record: CSVScanner.Record, to builder: inout EntryBuilder) {
        for place in heading.tagPlaces where place < record.fields.count && !record.fields[place].isEmpty {
            let text = FormulaGuard.withoutApostrophe(record.fields[place])
            let isOwn = heading.isOwn
            for tag in text.utf8.split(whereSeparator: { $0 == .comma || !isOwn && ($0 == .semicolon || $0 == 0x7C) }) {
                if isOwn {
                    builder.task.tags.append(String(Substring(tag)))
                } else {
                    builder.addTag("\(Substring(tag))")
                }
            }
        }
    }

    private func readDue(of record: CSVScanner.Record, into builder: inout EntryBuilder) {
        let text = heading.value(.dueDate, of: record)
        let timeText = heading.value(.dueTime, of: record)
        let zoneText = heading.value(.dueZone, of: record)
        guard !text.isEmpty else {
            if !timeText.isEmpty { builder.keep("due_time", timeText, because: "A time needs a date.") }
            return
        }
        var zone: Zone?
        if !zoneText.isEmpty {
            zone = ZoneNames.zone(zoneText)
            if zone == nil { builder.keep("due_zone", zoneText, because: "This time zone is not known.") }
        }
        guard let date = DateText(text) else {
            let detail = "This date cannot be read; write it as 2026-01-31."
            builder.keep("due_date", timeText.isEmpty ? text : "\(text) \(timeText)", because: detail)
            return
        }
        var due = date.due(in: zone)
        if !timeText.isEmpty {
            if case .local(let local) = DateText("2000-01-01 \(timeText)") {
                (due.time, due.zone) = (local.time, zone)
            } else {
                builder.keep("due_time", timeText, because: "This time cannot be read; write it as 18:30.")
            }
        }
        builder.task.due = due
    }

    private func readRecurrence(of record: CSVScanner.Record, into builder: inout EntryBuilder) {
        let text = heading.value(.recurrence, of: record)
        guard !text.isEmpty else { return }
        if text.lowered.utf8.contains(.equals) {
            builder.setRule(text, field: "recurrence")
        } else {
            builder.task.recurrence = PortableRecurrence(.words(text))
        }
        guard builder.task.recurrence != nil else { return }
        switch heading.value(.recurrenceAnchor, of: record).lowered {
        case "", "due": break
        case "completion": builder.task.recurrence?.countsFromCompletion = true
        default: builder.warn("recurrence_anchor", "This is neither due nor completion; due is taken.")
        }
        let start = heading.value(.recurrenceStart, of: record)
        if !start.isEmpty {
            builder.task.recurrence?.start = LocalDateTime(start)
            if builder.task.recurrence?.start == nil {
                builder.warn("recurrence_start", "This is no date and time such as 2026-01-31T09:00; it is left out.")
            }
        }
        for word in Self.words(heading.value(.exdates, of: record)) {
            if let day = LocalDate(word) {
                builder.task.recurrence?.excludedDays.append(day)
            } else if let time = LocalDateTime(word) {
                builder.task.recurrence?.excludedTimes.append(time)
            } else {
                builder.keep("exdates", word, because: "This is no date.")
            }
        }
    }

    private func readStamps(of record: CSVScanner.Record, into builder: inout EntryBuilder) {
        func instant(_ column: CSVColumn) -> Instant? {
            let text = heading.value(column, of: record)
            if text.isEmpty { return nil }
            if let instant = Instant(text) ?? DateText(text)?.instant(in: .utc) { return instant }
            builder.warn(column.rawValue, "This moment cannot be read; write it as 2026-01-31T08:00:00Z.")
            return nil
        }
        func flag(_ column: CSVColumn) -> Bool {
            let text = heading.value(column, of: record)
            if text.isEmpty { return false }
            if let flag = Words.isDone(text) { return flag }
            builder.warn(column.rawValue, "This is neither yes nor no; no is taken.")
            return false
        }
        builder.task.completedAt = instant(.completedAt)
        builder.task.createdAt = instant(.createdAt)
        builder.task.updatedAt = instant(.updatedAt)
        builder.task.isInTrash = flag(.inTrash)
        builder.task.isCompleted = flag(.completed)
        // Tables that only say when.
        if !heading.has(.completed), builder.task.completedAt != nil { builder.task.isCompleted = true }
    }
}
