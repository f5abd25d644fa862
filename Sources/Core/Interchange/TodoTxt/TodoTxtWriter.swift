import CivilTime
import Recurrence

/// Writes todo.txt. It has no place for descriptions, reminders, zones and dates that are left out of a series; times
/// go behind the due date (`due:2026-01-31T09:30`).
struct TodoTxtWriter: TaskFileWriter {
    private let zone: Zone

    init(_ options: WriterOptions) { zone = options.zone }

    /// What lies in the trash is left out.
    mutating func text(of task: PortableTask) -> [UInt8] {
        if task.isInTrash { return [] }
        var words: [String] = []
        if task.isCompleted {
            words.append("x")
            let done = task.completedAt.map { zone.local(at: $0).date.description }
            // A date of creation needs one of completion before it.
            let made = task.createdAt.map { zone.local(at: $0).date.description }
            if let first = done ?? made { words.append(first) }
            if let made { words.append(made) }
        } else {
            if let priority = task.priority { words.append("(\(Self.letter(priority)))") }
            if let created = task.createdAt { words.append(zone.local(at: created).date.description) }
        }
        words.append(OneLine.text(task.title))
        words += task.tags.map { "@\(OneLine.word($0))" }
        if let due = task.due {
            words.append("due:\(due.date)" + (due.time.map { "T\($0)" } ?? ""))
            if let recurrence = task.recurrence, let text = Self.text(recurrence) { words.append(text) }
        }
        if task.isCompleted, let priority = task.priority { words.append("pri:\(Self.letter(priority))") }
        return Array((words.joined(separator: " ") + "\n").utf8)
    }

    private static func letter(_ priority: PortablePriority) -> String {
        switch priority {
        case .urgent: "A"
        case .high: "B"
        case .medium: "C"
        case .low: "D"
        }
    }

    private static func text(_ recurrence: PortableRecurrence) -> String? {
        guard case .rule(let rule) = recurrence.source else { return nil }
        let isFromCompletion = recurrence.countsFromCompletion
        if let simple = TodoTxtRule.text(rule) { return "rec:\(isFromCompletion ? "" : "+")\(simple)" }
        return "rrule:\(isFromCompletion ? "!" : "")\(rule)"
    }
}

/// Text for formats that are made of lines and words.
enum OneLine {
    /// Line breaks and tabs become blanks.
    static func text(_ text: String) -> String {
        guard text.utf8.contains(where: { $0.isBreak || $0 == .tab }) else { return text.trimmed }
        return String(decoding: text.utf8.map { $0.isBreak || $0 == .tab ? .space : $0 }, as: UTF8.self).trimmed
    }

    /// Blanks become `_`.
    static func word(_ text: String) -> String {
        String(decoding: self.text(text).utf8.map { $0 == .space ? UInt8(ascii: "_") : $0 }, as: UTF8.self)
    }
}
