public import Interchange

/// What came of taking a file in, or would come of it.
public struct ImportReport: Sendable {
    public let format: TaskFileFormat
    public let isDryRun: Bool
    /// Entries of the file: those that are created, were there already, and are left out.
    public internal(set) var total = 0
    public internal(set) var created = 0
    public internal(set) var existing = 0
    public internal(set) var leftOut = 0
    /// In the order of the file, the first ``Limits/importNotesMax``.
    public internal(set) var notes: [ReadNote] = []
    public internal(set) var notesLeftOut = 0
    /// The first ``Limits/importPreviewMax`` tasks that would be created, as they would be; empty after it is done.
    public internal(set) var preview: [JSONValue] = []
    /// Saved filters that are added, and whether settings are taken over.
    public internal(set) var filters = 0
    public internal(set) var hasSettings = false
    /// What takes it back, part by part, the newest last.
    public private(set) var undoTokens: [String] = []
    /// Tasks that the newest token takes back, at most.
    private var tasksOfNewestUndo = 0

    init(_ format: TaskFileFormat, isDryRun: Bool) {
        self.format = format
        self.isDryRun = isDryRun
    }

    mutating func add(_ notes: [ReadNote]) {
        let room = max(0, Limits.importNotesMax - self.notes.count)
        self.notes += notes.prefix(room)
        notesLeftOut += max(0, notes.count - room)
    }

    mutating func add(_ task: ImportedTask, _ outcome: ImportOutcome, in space: SpaceID) {
        switch outcome {
        case .created:
            created += 1
            if isDryRun, preview.count < Limits.importPreviewMax { preview.append(task.preview(in: space)) }
        case .existing:
            existing += 1
        case .inTrash:
            leftOut += 1
            add([ReadNote(.warning, line: task.line, "Lies in the trash. Restore it from there if you want it back.")])
        }
    }

    /// What so many tasks more may be taken back with; nil where that would be too many at once.
    func undoToJoin(_ count: Int) -> String? {
        tasksOfNewestUndo + count <= Limits.importUndoMax ? undoTokens.last : nil
    }

    /// - Parameter joins: whether it takes the place of the one before it.
    mutating func addUndo(_ token: String, of count: Int, joins: Bool) {
        if joins { undoTokens.removeLast() } else { tasksOfNewestUndo = 0 }
        undoTokens.append(token)
        tasksOfNewestUndo += count
    }

    mutating func add(_ account: AccountOutcome) {
        filters = account.filters
        hasSettings = account.hasSettings
        add(account.notes)
    }

    public var json: JSONValue {
        [
            "format": .string(format.rawValue), "dry_run": .bool(isDryRun), "total": JSONValue(total),
            "created": JSONValue(created), "existing": JSONValue(existing), "left_out": JSONValue(leftOut),
            "notes": .array(notes.map(\.json)), "notes_left_out": JSONValue(notesLeftOut), "preview": .array(preview),
            "filters": JSONValue(filters), "settings": .bool(hasSettings), "undo": JSONValue(strings: undoTokens),
        ]
    }

    /// For a person.
    public var sentence: String {
        let tasks = created == 1 ? "1 task" : "\(created) tasks"
        return isDryRun ? "\(tasks) of \(total) would be added." : "Added \(tasks) of \(total)."
    }
}

extension ReadNote {
    fileprivate var json: JSONValue {
        var object: JSONObject = ["line": JSONValue(line)]
        if let column { object.append("column", JSONValue(column)) }
        if let field { object.append("field", .string(field)) }
        object.append("severity", .string(severity.rawValue))
        object.append("detail", .string(detail))
        return .object(object)
    }
}
