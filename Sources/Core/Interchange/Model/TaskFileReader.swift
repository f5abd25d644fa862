/// One task of a file, and what of it was not understood.
public struct ReadEntry: Hashable, Sendable {
    /// Nil where the place in the file tells of no task that can be taken in; `notes` say why.
    public var task: PortableTask?
    public var notes: [ReadNote]

    public init(task: PortableTask?, notes: [ReadNote] = []) {
        self.task = task
        self.notes = notes
    }
}

/// Something that a person should know about a place in a file.
public struct ReadNote: Hashable, Sendable {
    public enum Severity: String, Sendable {
        /// The task is taken in, without this or with this kept in its description.
        case warning
        /// The task is left out.
        case error
    }

    public var severity: Severity
    /// From 1.
    public var line: Int
    /// From 1, counted in Unicode code points; nil for the whole line.
    public var column: Int?
    /// What the file calls it: a column, a property; nil for the whole entry.
    public var field: String?
    /// One plain sentence.
    public var detail: String

    public init(_ severity: Severity, line: Int, column: Int? = nil, field: String? = nil, _ detail: String) {
        self.severity = severity
        self.line = line
        self.column = column
        self.field = field
        self.detail = detail
    }
}

/// Why a file cannot be read any further.
public struct TaskFileError: Error, Hashable, Sendable {
    public var line: Int
    public var column: Int?
    public var detail: String

    public init(line: Int, column: Int? = nil, _ detail: String) {
        self.line = line
        self.column = column
        self.detail = detail
    }
}

/// Reads the tasks of a file one by one, so that only the bytes of the file are held.
public protocol TaskFileReader {
    /// - Returns: nil at the end of the file.
    /// - Throws: what makes the rest of the file unreadable. Whatever a file holds, a reader ends: it neither traps
    ///   nor takes more than a time that grows with the file.
    mutating func next() throws(TaskFileError) -> ReadEntry?
}

/// Writes tasks one by one, so that nothing but the one at hand is held.
public protocol TaskFileWriter {
    /// What comes before the first task.
    func head() -> [UInt8]
    mutating func text(of task: PortableTask) -> [UInt8]
    /// What comes after the last one.
    func tail() -> [UInt8]
}

/// Most formats are their tasks and nothing else.
extension TaskFileWriter {
    public func head() -> [UInt8] { [] }
    public func tail() -> [UInt8] { [] }
}
