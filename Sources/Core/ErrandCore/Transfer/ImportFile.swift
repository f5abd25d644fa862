public import Interchange

/// A file that somebody wants to take tasks in from.
public struct ImportFile: Sendable {
    public let bytes: [UInt8]
    /// Whose file it is; nil for what it looks like.
    public let format: TaskFileFormat?
    /// As the person's computer calls it.
    public let name: String?

    public init(_ bytes: [UInt8], format: TaskFileFormat? = nil, name: String? = nil) {
        self.bytes = bytes
        self.format = format
        self.name = name
    }

    /// - Throws: ``ErrandError/invalid(_:)`` for a file that is like none that is known.
    func recognised() throws(ErrandError) -> TaskFileFormat {
        if let format { return format }
        if let format = TaskFiles.recognise(bytes, name: name) { return format }
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
    }

    private var reader: Reader

    init(_ file: ImportFile, as format: TaskFileFormat) throws(TaskFileError) {
        reader =
            format == .json
            ? .own(ExportReader(file.bytes)) : .foreign(try TaskFiles.reader(of: file.bytes, as: format))
    }

    /// - Returns: what becomes of the next entry; nil after the last one.
    mutating func next(_ planner: inout ImportPlanner) throws(TaskFileError) -> ImportPlanner.Entry? {
        switch reader {
        case .own(var own):
            defer { reader = .own(own) }
            return try own.next().map { planner.plan($0.task, line: $0.line) }
        case .foreign(var foreign):
            defer { reader = .foreign(foreign) }
            return try foreign.next().map { planner.plan($0) }
        }
    }

    /// Passes over the next entry.
    ///
    /// - Returns: false after the last one.
    mutating func skip() throws(TaskFileError) -> Bool {
        switch reader {
        case .own(var own):
            defer { reader = .own(own) }
            return try own.next() != nil
        case .foreign(var foreign):
            defer { reader = .foreign(foreign) }
            return try foreign.next() != nil
        }
    }
}
