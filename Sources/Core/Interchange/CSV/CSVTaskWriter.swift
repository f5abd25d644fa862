import CivilTime
import Recurrence

/// Writes a table that spreadsheets open, with a fixed list of columns (``CSVColumn``), and that gives back what went
/// in when it is read again.
struct CSVTaskWriter: TaskFileWriter {
    func head() -> [UInt8] {
        Array((CSVColumn.allCases.map(\.rawValue).joined(separator: ",") + "\r\n").utf8)
    }

    mutating func text(of task: PortableTask) -> [UInt8] {
        var row = CSVRow()
        for column in CSVColumn.allCases { row.append(Self.value(column, of: task)) }
        return row.finished()
    }

    private static func value(_ column: CSVColumn, of task: PortableTask) -> String {
        switch column {
        case .id: task.key ?? ""
        case .title: task.title
        case .description: task.description
        case .priority: task.priority.map(Words.name) ?? ""
        case .tags: task.tags.joined(separator: ",")
        case .dueDate: task.due?.date.description ?? ""
        case .dueTime: task.due?.time?.description ?? ""
        case .dueZone: task.due?.zone?.identifier ?? ""
        case .recurrence: task.recurrence.map(text) ?? ""
        case .recurrenceAnchor: task.recurrence.map { $0.countsFromCompletion ? "completion" : "due" } ?? ""
        case .recurrenceStart: task.recurrence?.start?.description ?? ""
        case .exdates: task.recurrence.map(exdates) ?? ""
        case .reminders: task.reminders.map(ReminderText.text).joined(separator: " ")
        case .completed: task.isCompleted ? "true" : "false"
        case .completedAt: task.completedAt?.description ?? ""
        case .createdAt: task.createdAt?.description ?? ""
        case .updatedAt: task.updatedAt?.description ?? ""
        case .inTrash: task.isInTrash ? "true" : "false"
        }
    }

    private static func text(_ recurrence: PortableRecurrence) -> String {
        switch recurrence.source {
        case .rule(let rule): rule.description
        case .words(let words): words
        }
    }

    private static func exdates(_ recurrence: PortableRecurrence) -> String {
        (recurrence.excludedDays.map(\.description) + recurrence.excludedTimes.map(\.description))
            .joined(separator: " ")
    }
}

/// One record, put together octet by octet.
private struct CSVRow {
    private var bytes: [UInt8] = []
    private var isFirst = true

    init() { bytes.reserveCapacity(256) }

    mutating func append(_ field: String) {
        if isFirst { isFirst = false } else { bytes.append(.comma) }
        if field.isEmpty { return }
        let isGuarded = FormulaGuard.needsApostrophe(field)
        guard isGuarded || Self.needsQuotes(field) else {
            bytes.append(contentsOf: field.utf8)
            return
        }
        bytes.append(.quote)
        if isGuarded { bytes.append(UInt8(ascii: "'")) }
        for byte in field.utf8 {
            if byte == .quote { bytes.append(.quote) }
            bytes.append(byte)
        }
        bytes.append(.quote)
    }

    consuming func finished() -> [UInt8] {
        bytes.append(.carriageReturn)
        bytes.append(.lineFeed)
        return bytes
    }

    private static func needsQuotes(_ field: String) -> Bool {
        guard let first = field.utf8.first, let last = field.utf8.last else { return false }
        if first.isBlank || last.isBlank { return true }
        return field.utf8.contains { $0 == .comma || $0 == .quote || $0 == .semicolon || $0.isBreak || $0 == .tab }
    }
}
