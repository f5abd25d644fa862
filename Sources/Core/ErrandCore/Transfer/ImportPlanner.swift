public import CivilTime
public import Interchange
import Recurrence

/// Makes tasks of this installation from tasks of a file. Whatever does not fit is told, and kept in the description
/// where that can be.
public struct ImportPlanner: Sendable {
    /// An entry of a file, and what is said about it.
    public struct Entry: Hashable, Sendable {
        /// Nil where it is left out.
        public var task: ImportedTask?
        public var notes: [ReadNote]
    }

    let basis: ImportBasis
    let format: TaskFileFormat
    /// How many tasks of the file there were so far under each id, of which only some bits are held: there may be
    /// many. Where two ids share them the second is taken for a repetition, as in every reading of the same file.
    private var counts: [UInt64: UInt32] = [:]

    public init(_ basis: ImportBasis, format: TaskFileFormat) {
        self.basis = basis
        self.format = format
    }

    /// What becomes of the next entry of the file.
    public mutating func plan(_ entry: ReadEntry) -> Entry {
        guard let task = entry.task else { return Entry(task: nil, notes: entry.notes) }
        let fitted = FittedTask(task, id: id(of: task), basis)
        return Entry(task: fitted.task, notes: entry.notes + fitted.notes)
    }

    /// What is a UUID already is the id: so Errand's own files in any format name the tasks that they come from.
    /// Otherwise it follows from what the file calls the task, or from what it says of it; the second of the same
    /// gets another one.
    private mutating func id(of task: PortableTask) -> TaskID {
        let base: UniqueID
        if let key = task.key, !key.isEmpty {
            base = UniqueID(key) ?? .derived(from: basis.space.value, Array("\(format.rawValue)\0\(key)".utf8))
        } else {
            base = .derived(from: basis.space.value, Array("\(format.rawValue)\0\0\(task.content)".utf8))
        }
        let count = counts[base.shortHash, default: 0]
        counts[base.shortHash] = count + 1
        return TaskID(count == 0 ? base : .derived(from: base, Int(count)))
    }
}

/// What tasks of files are read under: whose they become, and what words and times mean to that person.
public struct ImportBasis: Hashable, Sendable {
    public let space: SpaceID
    public let settings: UserSettings
    public let now: Instant
    /// Whether the description says what has no place of its own; otherwise it is kept elsewhere.
    let keepsInDescription: Bool

    public init(space: SpaceID, settings: UserSettings, now: Instant, keepsInDescription: Bool = true) {
        self.space = space
        self.settings = settings
        self.now = now
        self.keepsInDescription = keepsInDescription
    }
}

extension PortableTask {
    /// What tells one task from another where the file gives them no names. Whether it is done is not of it: ticked
    /// off in the file it is the same task.
    fileprivate var content: String {
        var parts = [title, description] + tags.sorted()
        if let due { parts += [due.date.description, due.time?.description ?? "", due.zone?.identifier ?? ""] }
        switch recurrence?.source {
        case .rule(let rule): parts.append(rule.description)
        case .words(let words): parts.append(words)
        case nil: break
        }
        if let createdAt { parts.append(createdAt.description) }
        return parts.joined(separator: "\0")
    }
}
