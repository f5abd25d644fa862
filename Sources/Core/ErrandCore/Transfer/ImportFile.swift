public import Interchange

/// A file that somebody wants to take tasks in from.
public struct ImportFile: Sendable {
    public let content: any FileContent
    /// Whose file it is; nil for what it looks like.
    public let format: TaskFileFormat?
    /// As the person's computer calls it.
    public let name: String?

    public init(_ content: any FileContent, format: TaskFileFormat? = nil, name: String? = nil) {
        self.content = content
        self.format = format
        self.name = name
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
            if let format = TaskFiles.recognise(sample, name: name) { return format }
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

    init(_ file: ImportFile, as format: TaskFileFormat) async throws(TaskFileError) {
        if format == .json {
            reader = .own(ExportReader(file.content))
        } else {
            let limit = Limits.importWholeBytesMax
            reader = .foreign(try await TaskFiles.reader(of: file.content, as: format, wholeBytesMax: limit))
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
