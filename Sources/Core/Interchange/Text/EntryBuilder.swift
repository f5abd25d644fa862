import Recurrence

/// A task as it is put together from a place in a file, and what there is to say about it.
struct EntryBuilder {
    var task: PortableTask
    private(set) var notes: [ReadNote] = []
    /// Notes about one entry beyond these say nothing new.
    private static let notesMax = 20
    private static let tagsMax = 200

    /// Whether the description says what has no place of its own; otherwise it is kept elsewhere.
    let keepsInDescription: Bool

    init(title: String = "", line: Int, keepsInDescription: Bool = true) {
        task = PortableTask(title: title, line: line)
        self.keepsInDescription = keepsInDescription
    }

    mutating func warn(_ field: String?, _ detail: String, line: Int? = nil, column: Int? = nil) {
        note(.warning, field, detail, line, column)
    }

    private mutating func note(
        _ severity: ReadNote.Severity, _ field: String?, _ detail: String, _ line: Int?, _ column: Int?
    ) {
        guard notes.count < Self.notesMax else { return }
        notes.append(ReadNote(severity, line: line ?? task.line, column: column, field: field, detail))
    }

    /// Keeps what no field can hold as a line of the description, and says so.
    mutating func keep(_ field: String, _ text: String, because detail: String, line: Int? = nil) {
        guard keepsInDescription else { return warn(field, detail, line: line) }
        addLine("\(field): \(text)")
        warn(field, "\(detail) It is kept in the description.", line: line)
    }

    /// A line at the end of the description.
    mutating func addLine(_ line: String) {
        task.description += task.description.isEmpty ? line : "\n\(line)"
    }

    mutating func addParagraph(_ text: String) {
        task.description += task.description.isEmpty ? text : "\n\n\(text)"
    }

    /// - Parameter tag: with or without "#"; empty ones and repeats are left out.
    mutating func addTag(_ tag: String) {
        let trimmed = tag.trimmed
        let name = trimmed.hasPrefix("#") ? String(trimmed.dropFirst()) : trimmed
        // More than anybody has; each is compared with all before it.
        guard task.tags.count < Self.tagsMax else { return }
        if !name.isEmpty, !task.tags.contains(name) { task.tags.append(name) }
    }

    /// The rule, or its text in the description.
    mutating func setRule(_ text: String, field: String, line: Int? = nil) {
        do throws(RecurrenceRuleError) {
            task.recurrence = PortableRecurrence(.rule(try RecurrenceRule(text)))
        } catch {
            keep(field, text, because: "This rule cannot be followed (\(error.part): \(error.detail))", line: line)
        }
    }

    /// - Parameter field: what the file calls the title.
    func entry(titleField field: String) -> ReadEntry {
        if task.title.trimmed.isEmpty {
            let note = ReadNote(.error, line: task.line, field: field, "There is no title.")
            return ReadEntry(task: nil, notes: [note])
        }
        return ReadEntry(task: task, notes: notes)
    }
}
