import CivilTime
import Foundation
import Interchange

/// A task of a file under Errand's limits. What does not fit goes into the description and is told; nothing is left
/// out without a word.
struct FittedTask {
    /// Nil where nothing can be made of it; ``notes`` say why.
    private(set) var task: ImportedTask?
    var notes: [ReadNote] = []
    let source: PortableTask
    let basis: ImportBasis
    /// Lines for the end of the description.
    private var kept: [String] = []

    init(_ source: PortableTask, id: TaskID, _ basis: ImportBasis) {
        self.source = source
        self.basis = basis
        guard let (title, rest) = fittedTitle() else {
            note("title", "Has no title.", .error)
            return
        }
        var task = ImportedTask(id: id, title: title, line: source.line, now: basis.now)
        task.priority = source.priority.flatMap { Priority(rawValue: $0.rawValue) } ?? .standard
        task.tags = fittedTags()
        task.due = fittedDue()
        let start = recurrence(due: task.due)
        if let start { task.due = start.due }
        task.reminders = fittedReminders(of: id, isDue: task.due != nil)
        setTimes(of: &task)
        task.description = fittedDescription(after: rest)
        if let start {
            task.series = TaskSeries(
                id: SeriesID(.derived(from: id.value, 0)), original: start.due.local, recurrence: start.recurrence,
                template: TaskTemplate(task.task(0, in: basis.space)), clock: start.clock
            )
        }
        self.task = task
    }

    mutating func note(_ field: String, _ detail: String, _ severity: ReadNote.Severity = .warning) {
        notes.append(ReadNote(severity, line: source.line, field: field, detail))
    }

    /// Has the description say what has no place of its own.
    mutating func keep(_ line: String, of field: String, _ why: String) {
        guard basis.keepsInDescription else { return note(field, why) }
        kept.append(line)
        note(field, "\(why) It is kept in the description.")
    }

    private mutating func fittedTitle() -> (title: String, rest: String)? {
        let oneLine = String(
            String.UnicodeScalarView(
                source.title.unicodeScalars.map { "\n\r\t".unicodeScalars.contains($0) ? " " : $0 }
            )
        )
        let whole = allowed(oneLine, by: .title, "title").trimmed
        let name = whole.isEmpty ? firstLine : whole
        guard !name.isEmpty else { return nil }
        let (title, rest) = name.cut(at: Limits.titleLengthMax)
        if !rest.isEmpty {
            note("title", "Is longer than \(Limits.titleLengthMax) characters; the rest begins the description.")
        }
        return title.trimmed.isEmpty ? nil : (title.trimmed, rest.trimmed)
    }

    /// What a task without a title is called.
    private var firstLine: String {
        let lines = source.description.split(whereSeparator: \.isNewline)
        let text = lines.lazy.map { String($0).filtered(by: .title).trimmed }.first { !$0.isEmpty }
        return text ?? ""
    }

    private mutating func fittedDescription(after rest: String) -> String {
        let parts = [rest, allowed(source.description, by: .description, "description"), kept.joined(separator: "\n")]
        let (text, over) = parts.filter { !$0.isEmpty }.joined(separator: "\n\n").cut(at: Limits.descriptionLengthMax)
        if !over.isEmpty {
            let count = over.unicodeScalars.count
            note(
                "description",
                "Is longer than \(Limits.descriptionLengthMax) characters; the last \(count) are left out.")
        }
        return text
    }

    /// The text without the characters that the rule does not allow.
    private mutating func allowed(_ text: String, by rule: TextRule, _ field: String) -> String {
        let filtered = text.filtered(by: rule)
        if filtered != text { note(field, "Control characters are left out.") }
        return filtered
    }

    private mutating func fittedTags() -> [Tag] {
        var tags: [Tag] = []
        for text in source.tags {
            if let tag = Tag(valid: text) {
                tags.append(tag)
                continue
            }
            let (name, _) = text.replacing(",", with: " ").filtered(by: .tag).trimmed.cut(at: Limits.tagLengthMax)
            guard let tag = Tag(valid: name) else { continue }
            tags.append(tag)
            if tag.name == text.trimmed { continue }
            keep("#\(text.filtered(by: .title))", of: "tags", "Cannot be a tag as it is.")
        }
        tags = tags.withoutRepeats
        guard tags.count > Limits.tagsPerTaskMax else { return tags }
        let rest = tags[Limits.tagsPerTaskMax...].map { "#\($0.name)" }.joined(separator: " ")
        keep(rest, of: "tags", "Has more than \(Limits.tagsPerTaskMax) tags.")
        return Array(tags[..<Limits.tagsPerTaskMax])
    }

    private mutating func fittedDue() -> Due? {
        guard let due = source.due else { return nil }
        guard Limits.dueYears.contains(due.date.year) else {
            keep("Due: \(due.date)", of: "due", "Lies outside of the years that a task can be due in.")
            return nil
        }
        switch (due.time, due.zone) {
        case (nil, _): return .date(due.date)
        case (let time?, nil): return .floating(due.date, time)
        case (let time?, let zone?): return .zoned(due.date, time, zone)
        }
    }

    /// What lies in the future has not happened yet.
    private func setTimes(of task: inout ImportedTask) {
        func past(_ instant: Instant?) -> Instant? { instant.map { min($0, basis.now) } }
        let changed = past(source.updatedAt)
        task.createdAt = past(source.createdAt) ?? changed ?? basis.now
        task.updatedAt = max(changed ?? basis.now, task.createdAt)
        if source.isCompleted { task.completedAt = past(source.completedAt) ?? changed ?? basis.now }
        if source.isInTrash { task.deletedAt = changed ?? basis.now }
    }
}

extension String {
    var trimmed: String { String(trimmingCharacters(in: .whitespacesAndNewlines)) }

    /// Without the characters that the rule does not allow.
    func filtered(by rule: TextRule) -> String {
        if unicodeScalars.allSatisfy(rule.allows) { return self }
        return String(String.UnicodeScalarView(unicodeScalars.filter(rule.allows)))
    }

    /// So many code points, fewer where a character would be cut, and what comes after them.
    func cut(at count: Int) -> (head: String, rest: String) {
        // A character has a code point at least, and a code point an octet.
        if utf8.count <= count || unicodeScalars.count <= count { return (self, "") }
        var (length, end) = (0, startIndex)
        for index in indices {
            length += self[index].unicodeScalars.count
            if length > count { break }
            end = self.index(after: index)
        }
        // One character that is longer than all of it has to be cut.
        if end == startIndex { end = unicodeScalars.index(startIndex, offsetBy: count) }
        return (String(self[..<end]), String(self[end...]))
    }
}
