import CivilTime
import Recurrence

/// Writes a checklist in Markdown, a task an item, with its description indented below it. It has no place for
/// reminders and for dates that are left out of a series.
struct ChecklistWriter: TaskFileWriter {
    private let zone: Zone

    init(_ options: WriterOptions) { zone = options.zone }

    /// What lies in the trash is left out.
    mutating func text(of task: PortableTask) -> [UInt8] {
        if task.isInTrash { return [] }
        var text = "- [\(task.isCompleted ? "x" : " ")] \(Self.title(task.title))"
        for tag in task.tags { text += " #\(OneLine.word(tag))" }
        if let priority = task.priority { text += " !\(Words.name(of: priority))" }
        if let due = task.due {
            text += " due:\(due.date)"
            if let time = due.time { text += "T\(time)" }
            if due.time != nil, let zone = due.zone { text += " zone:\(zone.identifier)" }
            if let recurrence = task.recurrence, case .rule(let rule) = recurrence.source {
                text += " repeat:\(recurrence.countsFromCompletion ? "!" : "")\(rule)"
            }
        }
        if let completed = task.completedAt { text += " done:\(zone.local(at: completed).date)" }
        text += "\n"
        var lines = LineScanner(Array(task.description.utf8))
        while let line = lines.next() { text += line.trimmed.isEmpty ? "\n" : "  \(String(text: line))\n" }
        return Array(text.utf8)
    }

    /// In one line, with a backslash before a last word that would be taken for something else.
    private static func title(_ title: String) -> String {
        let words = OneLine.text(title).split(separator: " ")
        guard let last = words.last, ChecklistWords.isToken(ChecklistWords.bare(last)) else {
            return words.joined(separator: " ")
        }
        return (words.dropLast() + ["\\\(last)"]).joined(separator: " ")
    }
}
