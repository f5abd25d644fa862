/// Reads the tables of a Todoist backup one after the other: each is a project, which its file is named after.
struct TodoistBackupReader: TaskFileReader {
    private let files: [ArchivedFile]
    private var place = -1
    private var reader: TodoistReader?
    /// Of the table at hand.
    private var project = ""
    private var name = ""

    init(_ files: [ArchivedFile]) { self.files = files }

    mutating func next() throws(TaskFileError) -> ReadEntry? {
        do throws(TaskFileError) {
            while true {
                if var table = reader {
                    defer { reader = table }
                    if let entry = try table.next() { return marked(entry) }
                }
                place += 1
                guard place < files.count else { return nil }
                name = ArchivedTasks.baseName(files[place].name)
                project = Self.project(of: name)
                reader = try TodoistReader(TextFile(utf8: TextDecoding.utf8(files[place].bytes)))
            }
        } catch {
            throw TaskFileError(line: error.line, column: error.column, "In \(name): \(error.detail)")
        }
    }

    private func marked(_ entry: ReadEntry) -> ReadEntry {
        var entry = entry
        if let tags = entry.task?.tags, !project.isEmpty, !tags.contains(project) {
            entry.task?.tags.insert(project, at: 0)
        }
        for place in entry.notes.indices { entry.notes[place].detail = "In \(name): \(entry.notes[place].detail)" }
        return entry
    }

    /// `Work [2203306141].csv` is the project "Work".
    private static func project(of name: String) -> String {
        var words = name.utf8.lastIndex(of: UInt8(ascii: ".")).map { String(name[..<$0]) } ?? name
        if words.hasSuffix("]"), let bracket = words.lastIndex(of: "["), bracket > words.startIndex,
            words[words.index(after: bracket)...].dropLast().allSatisfy({ $0.isASCII && $0.isNumber })
        {
            words = String(words[..<bracket])
        }
        return words.trimmed
    }
}
