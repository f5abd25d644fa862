import CivilTime
public import Interchange

/// A file that somebody wants to take tasks in from.
public struct ImportFile: Sendable {
    /// Empty for an archive of several files.
    public let content: any FileContent
    /// The files of an archive that have tasks, where there are several.
    public let parts: [ArchivedFile]
    /// Whose file it is; nil for what it looks like.
    public let format: TaskFileFormat?
    /// As the person's computer calls it.
    public let name: String?

    public init(_ content: any FileContent, format: TaskFileFormat? = nil, name: String? = nil) {
        self.content = content
        self.format = format
        self.name = name
        parts = []
    }

    /// What was packed in an archive: one file is read as it would be alone.
    public init(parts: [ArchivedFile], format: TaskFileFormat? = nil) {
        let only = parts.count == 1 && format != .todoist ? parts.first : nil
        content = HeldFile(only?.bytes ?? [])
        name = only?.name
        // Only Todoist packs several tables, one for each project.
        let areOfTodoist =
            !parts.isEmpty && parts.allSatisfy { TaskFiles.recognise($0.bytes, name: $0.name) == .todoist }
        self.format = format ?? (areOfTodoist ? .todoist : nil)
        self.parts = only == nil || self.format == .todoist ? parts : []
    }

    /// A file that is held.
    public init(_ bytes: [UInt8], format: TaskFileFormat? = nil, name: String? = nil) {
        self.init(HeldFile(bytes), format: format, name: name)
    }

    /// Octets from the beginning that tell whose file it is.
    private static let sampleSize = 131_072

    /// - Throws: ``ErrandError/invalid(_:)`` for a file that is like none that is known.
    func recognised() throws(ErrandError) -> TaskFileFormat {
        if let format { return format }
        do throws(TaskFileError) {
            let sample = try content.bytes(at: 0, upTo: ImportFile.sampleSize)
            if parts.isEmpty, let format = TaskFiles.recognise(sample, name: name) { return format }
        } catch {
            throw ErrandError(error)
        }
        throw .invalid([
            FieldProblem(
                place: .parameter("format"), code: .required,
                detail: "The file is like none that is known. Say what it is."
            )
        ])
    }
}

/// Goes through a file from its beginning.
struct ImportReading {
    private enum Reader {
        case own(ExportReader)
        case foreign(any TaskFileReader)
        /// While it reads.
        case none
    }

    private var reader: Reader

    /// - Parameter zone: of the person whose tasks they become.
    init(_ file: ImportFile, as format: TaskFileFormat, in zone: Zone) async throws(TaskFileError) {
        if !file.parts.isEmpty {
            guard let several = TaskFiles.reader(ofAll: file.parts, as: format) else {
                let detail = "The archive has several files, and only those of Todoist are read together."
                throw TaskFileError(line: 1, detail)
            }
            reader = .foreign(several)
        } else if format == .json {
            reader = .own(ExportReader(file.content))
        } else {
            let options = ReaderOptions(zone: zone, wholeBytesMax: Limits.importWholeBytesMax)
            reader = .foreign(try await TaskFiles.reader(of: file.content, as: format, options))
        }
    }

    /// What the file says beside its tasks; known when it has been read to its end.
    var account: ExportedAccount { if case .own(let own) = reader { own.account } else { ExportedAccount() } }

    /// - Returns: what becomes of the next entry; nil after the last one.
    mutating func next(_ planner: inout ImportPlanner) throws(TaskFileError) -> ImportPlanner.Entry? {
        switch reader {
        case .own(var own):
            // Held in one place only, so that its window is not copied when it moves.
            reader = .none
            defer { reader = .own(own) }
            return try own.next().map { planner.plan($0.task, line: $0.line) }
        case .foreign(var foreign):
            reader = .none
            defer { reader = .foreign(foreign) }
            return try foreign.next().map { planner.plan($0) }
        case .none: return nil
        }
    }

    /// Passes over the next entry.
    ///
    /// - Returns: false after the last one.
    mutating func skip() throws(TaskFileError) -> Bool {
        switch reader {
        case .own(var own):
            reader = .none
            defer { reader = .own(own) }
            return try own.next() != nil
        case .foreign(var foreign):
            reader = .none
            defer { reader = .foreign(foreign) }
            return try foreign.next() != nil
        case .none: return false
        }
    }
}
